//! What a tour may be: its category, and the places that it may lie in and leave from.
use super::{filter_options::tree, queries_choices as queries};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{
    Lang,
    dto::{
        catalog::PlaceOption,
        editor::{Choice, Choices, MapPoint},
    },
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
    Ok(all(conn, lang).await?)
}

/// The same for whoever has asked already who is asking.
pub(super) async fn all(conn: &mut PgConnection, lang: Lang) -> sqlx::Result<Choices> {
    let rows = queries::all_places(conn, lang.code()).await?;
    let categories = queries::all_categories(conn, lang.code()).await?;
    let points: HashMap<String, MapPoint> =
        rows.iter().map(|row| (row.place.slug.clone(), MapPoint { lat_e6: row.lat_e6, lng_e6: row.lng_e6 })).collect();
    let place = |place: PlaceOption| Choice {
        point: points.get(&place.slug).copied(),
        depth: place.depth.into(),
        slug: place.slug,
        name: place.name,
    };
    let category = |(slug, name)| Choice { slug, name, point: None, depth: 0 };
    Ok(Choices {
        places: tree(rows.into_iter().map(|row| row.place).collect()).into_iter().map(place).collect(),
        categories: categories.into_iter().map(category).collect(),
    })
}
