//! Long lists, a page at a time.
use crate::world::{all, demo, run, search, slugs};
use sapar_domain::catalog;
use sapar_shared::{
    Lang,
    dto::catalog::COUNT_LIMIT,
    forms::search::{SearchQuery, Sort},
};
use sqlx::PgPool;

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
