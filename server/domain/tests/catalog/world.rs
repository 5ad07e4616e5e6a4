//! The demo in a database, and ways to ask for it.
use sapar_domain::{
    catalog::{self, seed},
    kernel::Ctx,
    testing::ctx_at,
};
use sapar_shared::{
    Lang,
    dto::catalog::{ListingCard, ListingPage},
    forms::search::SearchQuery,
};
use sqlx::{PgConnection, PgPool, pool::PoolConnection};
use std::collections::BTreeSet;

pub(crate) type Conn = PoolConnection<sqlx::Postgres>;

/// A Saturday, nine o'clock in Almaty.
pub(crate) const NOW: &str = "2026-11-21T04:00:00Z";
pub(crate) const KOLSAI: &str = "kolsai-lakes-one-day";

pub(crate) fn pictures() -> seed::PictureSet {
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
pub(crate) async fn demo(pool: &PgPool) -> (Conn, Ctx) {
    let ctx = ctx_at(NOW);
    let mut tx = pool.begin().await.unwrap();
    seed::write(&mut tx, &ctx, &seed::plan(), &pictures()).await.unwrap();
    tx.commit().await.unwrap();
    (pool.acquire().await.unwrap(), ctx)
}

pub(crate) async fn run(conn: &mut PgConnection, sql: &'static str) -> u64 {
    sqlx::query(sql).execute(conn).await.unwrap().rows_affected()
}

pub(crate) async fn number(conn: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap()
}

pub(crate) async fn search(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery) -> ListingPage {
    catalog::search(conn, ctx, Lang::Ru, query).await.unwrap()
}

/// All pages of a query, one after another.
pub(crate) async fn all(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery) -> Vec<ListingCard> {
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

pub(crate) fn slugs(cards: &[ListingCard]) -> BTreeSet<&str> {
    cards.iter().map(|card| card.slug.as_str()).collect()
}

pub(crate) fn text(q: &str) -> SearchQuery {
    SearchQuery { q: q.into(), ..SearchQuery::default() }
}
