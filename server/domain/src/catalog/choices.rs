//! What a tour may be: its category, and the places that it may lie in and leave from.
use super::{filter_options::tree, queries_choices as queries};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{
    Lang,
    dto::editor::{Choice, Choices, MapPoint},
    roles::Permission,
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Why an editor gets no choices.
#[derive(Debug, thiserror::Error)]
pub enum ChoicesError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Every place after what it lies in, every category in its order.
pub async fn choices(conn: &mut PgConnection, _: &Ctx, actor: &Actor, lang: Lang) -> Result<Choices, ChoicesError> {
    actor.require(Permission::EditListings)?;
    let rows = queries::all_places(conn, lang.code()).await?;
    let categories = queries::all_categories(conn, lang.code()).await?;
    let points: HashMap<String, MapPoint> =
        rows.iter().map(|row| (row.place.slug.clone(), MapPoint { lat_e6: row.lat_e6, lng_e6: row.lng_e6 })).collect();
    let places = tree(rows.into_iter().map(|row| row.place).collect());
    Ok(Choices {
        places: places
            .into_iter()
            .map(|place| Choice {
                point: points.get(&place.slug).copied(),
                depth: place.depth.into(),
                slug: place.slug,
                name: place.name,
            })
            .collect(),
        categories: categories.into_iter().map(|(slug, name)| Choice { slug, name, point: None, depth: 0 }).collect(),
    })
}
