//! The home page.
use super::{cards::cards, queries};
use crate::kernel::{Ctx, db::ts};
use sapar_shared::{
    Lang,
    dto::catalog::{CategoryTile, Home, PlaceTile},
};
use sqlx::PgConnection;

/// Cards and tiles in each row.
const ROW: i64 = 8;

pub async fn home(conn: &mut PgConnection, ctx: &Ctx, lang: Lang) -> sqlx::Result<Home> {
    let categories = queries::categories(conn, lang.code()).await?;
    let places = queries::place_tiles(conn, lang.code(), ROW).await?;
    let found = queries::highlights(conn, ts(ctx.now()), ROW).await?;
    let mut wanted = found.soonest.clone();
    wanted.extend(&found.popular);
    let mut soonest = cards(conn, lang, &wanted, None).await?;
    let popular = soonest.split_off(found.soonest.len().min(soonest.len()));
    Ok(Home {
        categories: categories
            .into_iter()
            .filter(|row| row.tours > 0)
            .map(|row| CategoryTile { slug: row.slug, name: row.name, icon: row.icon, tours: row.tours })
            .collect(),
        soonest,
        popular,
        places: places
            .into_iter()
            .map(|row| PlaceTile { slug: row.slug, name: row.name, tours: row.tours, cover: row.cover.picture() })
            .collect(),
        tours: found.tours,
        partners: found.partners,
    })
}
