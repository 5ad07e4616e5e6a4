//! The catalogue over a real database that holds the demo.
#![allow(clippy::unwrap_used)]
use jiff::{SignedDuration, civil::date};
use sapar_domain::{
    catalog::{self, seed},
    kernel::Ctx,
    testing::{ctx_at, ctx_with},
};
use sapar_shared::{
    Lang, Money,
    dto::catalog::{COUNT_LIMIT, ListingCard, ListingPage},
    forms::search::{Length, SearchQuery, Sort},
    when,
};
use sqlx::{PgConnection, PgPool, pool::PoolConnection};
use std::collections::{BTreeSet, HashMap};

type Conn = PoolConnection<sqlx::Postgres>;

/// A Saturday, nine o'clock in Almaty.
const NOW: &str = "2026-11-21T04:00:00Z";
const KOLSAI: &str = "kolsai-lakes-one-day";

fn pictures() -> seed::PictureSet {
    let stored = |key: String| seed::StoredPicture {
        key,
        widths: vec![320, 640, 1280],
        width: 1280,
        height: 853,
        color: "#5b7f95".into(),
    };
    let tours = seed::plan().tours;
    tours.iter().flat_map(|t| (0..t.pictures.len()).map(|n| ((t.slug.clone(), n), stored(format!("{}-{n}", t.slug))))).collect()
}

/// The demo, written.
async fn demo(pool: &PgPool) -> (Conn, Ctx) {
    let ctx = ctx_at(NOW);
    let mut tx = pool.begin().await.unwrap();
    seed::write(&mut tx, &ctx, &seed::plan(), &pictures()).await.unwrap();
    tx.commit().await.unwrap();
    (pool.acquire().await.unwrap(), ctx)
}

async fn run(conn: &mut PgConnection, sql: &'static str) -> u64 {
    sqlx::query(sql).execute(conn).await.unwrap().rows_affected()
}

async fn number(conn: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap()
}

async fn search(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery) -> ListingPage {
    catalog::search(conn, ctx, Lang::Ru, query).await.unwrap()
}

/// All pages of a query, one after another.
async fn all(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery) -> Vec<ListingCard> {
    let mut query = query.clone();
    let mut cards = Vec::new();
    for _ in 0..100 {
        let page = search(conn, ctx, &query).await;
        cards.extend(page.items);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return cards,
        }
    }
    panic!("the pages never end");
}

fn slugs(cards: &[ListingCard]) -> BTreeSet<&str> {
    cards.iter().map(|card| card.slug.as_str()).collect()
}

fn text(q: &str) -> SearchQuery {
    SearchQuery { q: q.into(), ..SearchQuery::default() }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_demo_is_written_once_and_holds_together(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let count = |sql| async move { number(&mut pool.acquire().await.unwrap(), sql).await };
    assert_eq!(number(&mut conn, "select count(*) from listings where status = 'published' and price_from > 0").await, 62);
    assert_eq!(number(&mut conn, "select count(*) from listings where next_departure_at is null").await, 0);
    let departures = number(&mut conn, "select count(*) from departures").await;
    assert!(departures > 62 * 12, "{departures}");
    let orphans = "select count(*) from departures d where not exists (select from stock s where s.departure_id = d.id
                   and s.ticket_type_id is null)";
    assert_eq!(number(&mut conn, orphans).await, 0);
    let full = "select count(*) from stock where sold = capacity and ticket_type_id is null and capacity > 0";
    assert!((10..200).contains(&number(&mut conn, full).await));
    seed::write(&mut conn, &ctx, &seed::plan(), &pictures()).await.unwrap();
    assert_eq!(count("select count(*) from departures").await, departures);
}

#[sqlx::test(migrations = "../migrations")]
async fn either_spelling_finds_the_lake(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    for q in ["Колсай", "Көлсай", "КӨЛСАЙ", "Кольсай", "kolsai", "көлсайға", "колс"] {
        let page = search(&mut conn, &ctx, &text(q)).await;
        assert!(page.items.iter().any(|card| card.slug == KOLSAI), "{q}: {:?}", slugs(&page.items));
        assert!(page.found < 20, "{q} finds {}", page.found);
    }
    let kazakh = catalog::search(&mut conn, &ctx, Lang::Kk, &text("Колсай")).await.unwrap();
    assert!(kazakh.items.iter().any(|card| card.title.contains("Көлсай")));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_mistyped_name_finds_the_place(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    for (typo, place) in
        [("Калсай", "kolsai"), ("Чарин", "charyn"), ("Бурабои", "burabay"), ("Турксетан", "turkistan"), ("Burabai", "burabay")]
    {
        let found = all(&mut conn, &ctx, &text(typo)).await;
        let wanted = SearchQuery { place: Some(place.into()), ..SearchQuery::default() };
        let there = all(&mut conn, &ctx, &wanted).await;
        assert!(slugs(&found).intersection(&slugs(&there)).next().is_some(), "{typo}: {:?}", slugs(&found));
    }
    for nothing in ["zzzzqqqq", "!!!", "\"", "\0\u{1}", "' or 1=1 --", ":* & | (", &"щ".repeat(5000)] {
        search(&mut conn, &ctx, &text(nothing)).await;
    }
    assert_eq!(search(&mut conn, &ctx, &text("zzzzqqqq")).await, ListingPage::default());
}

#[sqlx::test(migrations = "../migrations")]
async fn place_category_language_length_and_price_narrow_the_list(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let tours: HashMap<String, seed::data::Tour> = seed::plan().tours.into_iter().map(|t| (t.slug.clone(), t)).collect();
    let everything = SearchQuery::default();
    let expect = |wanted: &dyn Fn(&seed::data::Tour) -> bool| -> BTreeSet<String> {
        tours.values().filter(|tour| wanted(tour)).map(|tour| tour.slug.clone()).collect()
    };
    let cheapest = |tour: &seed::data::Tour| tour.ticket_types.iter().map(|t| t.price).min().unwrap();
    type Check<'a> = (SearchQuery, Box<dyn Fn(&seed::data::Tour) -> bool + 'a>);
    let checks: Vec<Check<'_>> = vec![
        (SearchQuery { place: Some("kolsai".into()), ..everything.clone() }, Box::new(|t| t.place == "kolsai")),
        (SearchQuery { category: Some("lakes".into()), ..everything.clone() }, Box::new(|t| t.category == "lakes")),
        (
            SearchQuery { language: Some("en".into()), ..everything.clone() },
            Box::new(|t| t.guide_languages.iter().any(|l| l == "en")),
        ),
        (SearchQuery { length: Some(Length::HalfDay), ..everything.clone() }, Box::new(|t| t.duration_minutes <= 360)),
        (SearchQuery { length: Some(Length::Long), ..everything.clone() }, Box::new(|t| t.duration_minutes > 4320)),
        (
            SearchQuery { price_min: Some(10_000), price_max: Some(15_000), ..everything.clone() },
            Box::new(|t| (10_000..=15_000).contains(&cheapest(t))),
        ),
        (
            SearchQuery { category: Some("lakes".into()), price_max: Some(12_000), ..everything.clone() },
            Box::new(|t| t.category == "lakes" && cheapest(t) <= 12_000),
        ),
        (everything.clone(), Box::new(|_| true)),
    ];
    for (query, wanted) in checks {
        let expected = expect(&wanted);
        let found = all(&mut conn, &ctx, &query).await;
        assert_eq!(slugs(&found), expected.iter().map(String::as_str).collect(), "{query:?}");
        let counted = search(&mut conn, &ctx, &query).await.found;
        assert_eq!(counted, i64::try_from(expected.len()).unwrap().min(COUNT_LIMIT + 1), "{query:?}");
        assert!(found.iter().all(|card| card.price_from == Money::from_tenge(cheapest(&tours[&card.slug]))));
    }
    // What lies in a region or a country counts, and so does the city that a tour starts from.
    for (place, inside) in [("almaty-region", "charyn"), ("kazakhstan", "kolsai"), ("almaty", "kolsai")] {
        let found = all(&mut conn, &ctx, &SearchQuery { place: Some(place.into()), ..everything.clone() }).await;
        assert!(found.iter().any(|card| tours[&card.slug].place == inside), "{place}");
    }
    for unknown in [
        SearchQuery { place: Some("atlantis".into()), ..everything.clone() },
        SearchQuery { category: Some("\0".into()), ..everything.clone() },
        SearchQuery { language: Some("de".into()), ..everything.clone() },
        SearchQuery { price_min: Some(i64::MAX), ..everything.clone() },
        SearchQuery { from: Some(date(2026, 12, 2)), to: Some(date(2026, 12, 1)), ..everything.clone() },
        SearchQuery { to: Some(date(2020, 1, 1)), ..everything.clone() },
        SearchQuery { from: Some(date(-9999, 1, 1)), to: Some(date(-9000, 1, 1)), ..everything.clone() },
    ] {
        assert_eq!(search(&mut conn, &ctx, &unknown).await, ListingPage::default(), "{unknown:?}");
    }
    let far = SearchQuery { from: Some(date(9999, 12, 31)), to: Some(date(9999, 12, 31)), ..everything };
    assert_eq!(search(&mut conn, &ctx, &far).await.found, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn dates_and_people_want_a_departure_with_room(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let weekend = SearchQuery { from: Some(date(2026, 11, 28)), to: Some(date(2026, 11, 29)), ..SearchQuery::default() };
    for people in [None, Some(1), Some(8), Some(16), Some(30)] {
        let query = SearchQuery { people, ..weekend.clone() };
        let expected: Vec<String> = sqlx::query_scalar(
            "select distinct l.slug from listings l join departures d on d.listing_id = l.id
             join stock s on s.departure_id = d.id and s.ticket_type_id is null
             where d.starts_at >= '2026-11-28 00:00+05' and d.starts_at < '2026-11-30 00:00+05'
               and s.capacity - s.sold >= $1",
        )
        .bind(people.unwrap_or(1))
        .fetch_all(&mut *conn)
        .await
        .unwrap();
        for sort in Sort::ALL {
            let found = all(&mut conn, &ctx, &SearchQuery { sort, ..query.clone() }).await;
            assert_eq!(slugs(&found), expected.iter().map(String::as_str).collect(), "{people:?} {sort:?}");
            assert_eq!(found.len(), expected.len(), "{people:?} {sort:?}");
            for card in &found {
                let day = when::local(card.next_departure.unwrap()).date();
                assert!((date(2026, 11, 28)..=date(2026, 11, 29)).contains(&day), "the card shows the departure that fits");
                assert!(card.places_left.unwrap() >= people.unwrap_or(1));
            }
            if sort == Sort::Soonest {
                assert!(found.is_sorted_by_key(|card| card.next_departure));
            }
        }
    }
    run(&mut conn, "update departures set status = 'cancelled'").await;
    assert_eq!(search(&mut conn, &ctx, &weekend).await.found, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn paging_visits_each_tour_once_in_order(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    // Ties in every key, and some tours that run no more.
    run(&mut conn, "update listings set sold_count = sold_count % 3, price_from = price_from % 5").await;
    run(&mut conn, "update listings set next_departure_at = null where slug < 'c'").await;
    run(&mut conn, "update listings set next_departure_at = '2026-12-01' where slug > 'k'").await;
    for sort in Sort::ALL {
        let cards = all(&mut conn, &ctx, &SearchQuery { sort, ..SearchQuery::default() }).await;
        assert_eq!((cards.len(), slugs(&cards).len()), (62, 62), "{sort:?}");
        match sort {
            Sort::PriceUp => assert!(cards.is_sorted_by_key(|card| card.price_from)),
            Sort::PriceDown => assert!(cards.iter().rev().is_sorted_by_key(|card| card.price_from)),
            Sort::Soonest => assert!(cards.is_sorted_by_key(|card| card.next_departure.is_none())),
            Sort::Popular => {}
        }
    }
    let page = search(&mut conn, &ctx, &SearchQuery::default()).await;
    assert_eq!((page.items.len(), page.found), (24, 62));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_forged_cursor_starts_the_list_anew(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let first = search(&mut conn, &ctx, &SearchQuery::default()).await;
    let next = first.next.clone().unwrap();
    let forged = ["", "x", "'; drop table listings", "ещё", &next[1..], &"A".repeat(300)];
    for cursor in forged {
        for sort in Sort::ALL {
            let query = SearchQuery { sort, ..SearchQuery::default() };
            let anew = search(&mut conn, &ctx, &query).await;
            let page = search(&mut conn, &ctx, &SearchQuery { cursor: Some(cursor.into()), ..query }).await;
            assert_eq!(page, anew, "{cursor} {sort:?}");
        }
    }
    let other_order = SearchQuery { sort: Sort::PriceUp, cursor: Some(next.clone()), ..SearchQuery::default() };
    let anew = SearchQuery { sort: Sort::PriceUp, ..SearchQuery::default() };
    assert_eq!(search(&mut conn, &ctx, &other_order).await, search(&mut conn, &ctx, &anew).await);
    let second = search(&mut conn, &ctx, &SearchQuery { cursor: Some(next), ..SearchQuery::default() }).await;
    assert!(slugs(&first.items).is_disjoint(&slugs(&second.items)));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_tour_shows_what_is_left(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    run(&mut conn, "update stock set sold = 0").await;
    let tour = catalog::tour(&mut conn, &ctx, Lang::Ru, KOLSAI).await.unwrap().unwrap();
    assert_eq!((tour.pictures.len(), tour.ticket_types.len(), tour.similar.len()), (4, 4, 4));
    assert_eq!(tour.places.first().map(|place| place.slug.as_str()), Some("kazakhstan"));
    assert_eq!(tour.partner.slug, "kolsai-tour");
    assert!(tour.description.len() >= 2 && tour.programme.len() >= 5);
    assert!(tour.departures.is_sorted_by_key(|d| d.starts_at));
    assert_eq!(tour.departures[0].ticket_types_left, [18, 18, 12, 2], "a quota binds its own type only");

    // The first is sold out, of the second three places are left, two of them held.
    sqlx::query("update stock set sold = capacity where departure_id = $1 and ticket_type_id is null")
        .bind(tour.departures[0].id.0)
        .execute(&mut *conn)
        .await
        .unwrap();
    sqlx::query("update stock set sold = 13, held = 2 where departure_id = $1 and ticket_type_id is null")
        .bind(tour.departures[1].id.0)
        .execute(&mut *conn)
        .await
        .unwrap();
    let sold = catalog::tour(&mut conn, &ctx, Lang::Ru, KOLSAI).await.unwrap().unwrap();
    assert_eq!((sold.departures[0].places_left, &sold.departures[0].ticket_types_left[..]), (0, &[0, 0, 0, 0][..]));
    assert_eq!((sold.departures[1].places_left, &sold.departures[1].ticket_types_left[..]), (3, &[3, 3, 3, 2][..]));

    // Half an hour before the start the sale is closed; when it starts the departure is gone.
    let start = tour.departures[2].starts_at;
    let (later, clock) = ctx_with(&(start - SignedDuration::from_mins(30)).to_string());
    let closing = catalog::tour(&mut conn, &later, Lang::Ru, KOLSAI).await.unwrap().unwrap();
    assert_eq!(closing.departures[0].starts_at, start);
    assert_eq!(closing.departures[0].ticket_types_left, [0, 0, 0, 0]);
    clock.advance(SignedDuration::from_mins(30));
    let gone = catalog::tour(&mut conn, &later, Lang::Ru, KOLSAI).await.unwrap().unwrap();
    assert!(gone.departures.iter().all(|d| d.starts_at > start));
    for unknown in ["atlantis", "", "\0", "ещё", "a' or '1'='1"] {
        assert_eq!(catalog::tour(&mut conn, &ctx, Lang::Ru, unknown).await.unwrap(), None);
        assert_eq!(catalog::partner_page(&mut conn, &ctx, Lang::Ru, unknown).await.unwrap(), None);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_language_lacks_comes_in_russian(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let title = |lang| {
        let ctx = ctx.clone();
        let pool = pool.clone();
        async move {
            let mut conn = pool.acquire().await.unwrap();
            catalog::tour(&mut conn, &ctx, lang, KOLSAI).await.unwrap().unwrap().title
        }
    };
    assert_eq!(title(Lang::Kk).await, "Көлсайға бір күндік сапар");
    run(&mut conn, "delete from listing_texts where lang <> 'ru'").await;
    run(&mut conn, "update ticket_types set name_kk = '', name_en = ''").await;
    run(&mut conn, "update organisations set about_kk = ''").await;
    for lang in Lang::ALL {
        assert_eq!(title(lang).await, "Кольсай за один день");
    }
    let tour = catalog::tour(&mut conn, &ctx, Lang::Kk, KOLSAI).await.unwrap().unwrap();
    assert_eq!(tour.ticket_types[0].name, "Взрослый");
    assert!(!tour.partner.about.is_empty());
    let page = catalog::search(&mut conn, &ctx, Lang::En, &text("Кольсай")).await.unwrap();
    assert!(page.items.iter().any(|card| card.title == "Кольсай за один день" && card.place != card.title));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_what_is_published_is_seen(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    for status in ["draft", "in_review", "rejected", "paused", "archived"] {
        sqlx::query("update listings set status = $1 where slug = $2")
            .bind(status)
            .bind(KOLSAI)
            .execute(&mut *conn)
            .await
            .unwrap();
        assert_eq!(catalog::tour(&mut conn, &ctx, Lang::Ru, KOLSAI).await.unwrap(), None, "{status}");
        for sort in Sort::ALL {
            for q in ["", "Кольсай"] {
                let found = all(&mut conn, &ctx, &SearchQuery { sort, ..text(q) }).await;
                assert!(!found.is_empty() && !slugs(&found).contains(KOLSAI), "{status} {q}");
            }
        }
        let home = catalog::home(&mut conn, &ctx, Lang::Ru).await.unwrap();
        assert_eq!(home.tours, 61);
        assert!(!slugs(&home.soonest).contains(KOLSAI) && !slugs(&home.popular).contains(KOLSAI));
        let partner = catalog::partner_page(&mut conn, &ctx, Lang::Ru, "kolsai-tour").await.unwrap().unwrap();
        assert_eq!((partner.partner.tours, partner.listings.len()), (2, 2));
        let listed = catalog::sitemap(&mut conn, None).await.unwrap();
        assert!(listed.len() == 61 && listed.iter().all(|entry| entry.slug != KOLSAI));
    }
    run(&mut conn, "update organisations set status = 'blocked' where slug = 'kolsai-tour'").await;
    assert_eq!(catalog::partner_page(&mut conn, &ctx, Lang::Ru, "kolsai-tour").await.unwrap(), None);
    assert_eq!(catalog::sitemap_partners(&mut conn).await.unwrap().len(), 13);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_home_page_and_the_filters_offer_what_there_is(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let home = catalog::home(&mut conn, &ctx, Lang::Kk).await.unwrap();
    assert_eq!((home.tours, home.partners, home.soonest.len(), home.popular.len()), (62, 14, 8, 8));
    assert!(home.soonest.is_sorted_by_key(|card| card.next_departure));
    assert_eq!(home.categories.iter().map(|tile| tile.tours).sum::<i64>(), 62);
    assert!(home.places.iter().all(|tile| tile.tours > 0 && tile.cover.is_some()));
    let options = catalog::filter_options(&mut conn, &ctx, Lang::Ru).await.unwrap();
    assert_eq!((options.places[0].slug.as_str(), options.places[0].depth), ("kazakhstan", 0));
    for place in &options.places {
        let query = SearchQuery { place: Some(place.slug.clone()), ..SearchQuery::default() };
        assert!(search(&mut conn, &ctx, &query).await.found > 0, "{}", place.slug);
    }
    assert!(catalog::sitemap_pages(&mut conn).await.unwrap().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn next_departures_roll_on_and_rules_repeat_without_doubles(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    assert!(catalog::roll_next_departures(&mut conn, &ctx).await.unwrap().is_empty());
    let next = "select count(*) from listings where next_departure_at <= '2026-11-28 04:00Z'";
    let stale = number(&mut conn, next).await;
    assert!(stale > 10);
    let later = ctx_at("2026-11-28T04:00:00Z");
    let rolled = catalog::roll_next_departures(&mut conn, &later).await.unwrap();
    assert_eq!(i64::try_from(rolled.len()).unwrap(), stale);
    assert_eq!(number(&mut conn, next).await, 0);

    let id: uuid::Uuid =
        sqlx::query_scalar("select id from listings where slug = $1").bind(KOLSAI).fetch_one(&mut *conn).await.unwrap();
    let (rule_id, organisation): (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "select r.id, l.organisation_id from departure_rules r join listings l on l.id = r.listing_id where l.id = $1",
    )
    .bind(id)
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    let rule = catalog::Rule {
        id: rule_id,
        listing: id.into(),
        organisation: organisation.into(),
        weekdays: vec![3, 6, 7],
        start: "05:30".parse().unwrap(),
        first_day: date(2026, 11, 21),
        last_day: date(2027, 12, 31),
        except: vec![],
        capacity: 18,
        duration_minutes: 960,
        quotas: vec![],
    };
    let week = catalog::make_departures(&mut conn, &ctx, std::slice::from_ref(&rule), date(2027, 2, 28)).await.unwrap();
    assert_eq!(week, 3, "the demo runs to the 21st of February");
    assert_eq!(catalog::make_departures(&mut conn, &ctx, &[rule], date(2027, 2, 28)).await.unwrap(), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_big_catalogue_is_searched_like_the_small_one(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    catalog::generate::generate(&mut conn, &ctx, 700).await.unwrap();
    catalog::generate::generate(&mut conn, &ctx, 50).await.unwrap();
    let page = search(&mut conn, &ctx, &SearchQuery::default()).await;
    assert_eq!((page.items.len(), page.found), (24, COUNT_LIMIT + 1));
    assert_eq!(all(&mut conn, &ctx, &SearchQuery { sort: Sort::Soonest, ..SearchQuery::default() }).await.len(), 812);
    let slug = page.items.iter().find(|card| card.slug.contains("-g")).map(|card| card.slug.clone());
    let tour = catalog::tour(&mut conn, &ctx, Lang::Kk, &slug.unwrap()).await.unwrap().unwrap();
    assert!(tour.pictures.len() == 3 && tour.ticket_types.len() == 3 && (5..=10).contains(&tour.departures.len()));
    assert_eq!(tour.programme.len(), 4);
}
