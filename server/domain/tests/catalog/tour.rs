//! One tour's page, and what is shown at all.
use crate::world::{KOLSAI, all, demo, run, slugs, text};
use jiff::SignedDuration;
use sapar_domain::{catalog, testing::ctx_with};
use sapar_shared::{
    Lang,
    forms::search::{SearchQuery, Sort},
};
use sqlx::PgPool;

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
    assert_eq!((closing.departures[0].places_left, &closing.departures[0].ticket_types_left[..]), (0, &[0, 0, 0, 0][..]));
    clock.advance(SignedDuration::from_mins(30));
    let gone = catalog::tour(&mut conn, &later, Lang::Ru, KOLSAI).await.unwrap().unwrap();
    assert!(gone.departures.iter().all(|d| d.starts_at > start));
    for unknown in ["atlantis", "", "\0", "ещё", "a' or '1'='1"] {
        assert_eq!(catalog::tour(&mut conn, &ctx, Lang::Ru, unknown).await.unwrap(), None);
        assert_eq!(catalog::partner_page(&mut conn, &ctx, Lang::Ru, unknown, "").await.unwrap(), None);
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
        let partner = catalog::partner_page(&mut conn, &ctx, Lang::Ru, "kolsai-tour", "").await.unwrap().unwrap();
        assert_eq!((partner.partner.tours, partner.listings.len()), (2, 2));
        let listed = catalog::sitemap(&mut conn, None).await.unwrap();
        assert!(listed.len() == 61 && listed.iter().all(|entry| entry.slug != KOLSAI));
    }
    run(&mut conn, "update organisations set status = 'blocked' where slug = 'kolsai-tour'").await;
    assert_eq!(catalog::partner_page(&mut conn, &ctx, Lang::Ru, "kolsai-tour", "").await.unwrap(), None);
    assert_eq!(catalog::sitemap_partners(&mut conn).await.unwrap().len(), 13);
}
