//! Words and filters.
use crate::world::{KOLSAI, all, demo, run, search, slugs, text};
use jiff::civil::date;
use sapar_domain::catalog::{self, seed};
use sapar_shared::{
    Lang, Money,
    dto::catalog::{COUNT_LIMIT, ListingPage},
    forms::search::{Length, SearchQuery, Sort},
    when,
};
use sqlx::PgPool;
use std::collections::{BTreeSet, HashMap};

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
async fn the_home_page_and_the_filters_offer_what_there_is(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let home = catalog::home(&mut conn, &ctx, Lang::Kk).await.unwrap();
    assert_eq!((home.tours, home.partners, home.soonest.len(), home.popular.len()), (62, 14, 8, 8));
    assert!(home.soonest.is_sorted_by_key(|card| card.next_departure));
    assert_eq!(home.categories.iter().map(|tile| tile.tours).sum::<i64>(), 62);
    assert!(home.places.iter().all(|tile| tile.tours > 0 && tile.cover.is_some()));
    let options = catalog::filter_options(&mut conn, &ctx, Lang::Ru).await.unwrap();
    assert_eq!((options.places[0].slug.as_str(), options.places[0].depth), ("kazakhstan", 0));
    let offered = |slug: &str| options.places.iter().any(|place| place.slug == slug);
    assert!(offered("kolsai") && !offered("petropavl"), "no tour leads there, though companies are at home there");
    for place in &options.places {
        let query = SearchQuery { place: Some(place.slug.clone()), ..SearchQuery::default() };
        assert!(search(&mut conn, &ctx, &query).await.found > 0, "{}", place.slug);
    }
    assert!(catalog::sitemap_pages(&mut conn).await.unwrap().is_empty());
}
