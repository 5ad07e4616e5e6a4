//! What the results page's filters offer: only what leads to some tour.
use super::queries;
use crate::kernel::{Ctx, alphabet::sort_key};
use sapar_shared::{
    Lang,
    dto::catalog::{FilterOptions, Named, PlaceOption},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

pub async fn filter_options(conn: &mut PgConnection, _: &Ctx, lang: Lang) -> sqlx::Result<FilterOptions> {
    let categories = queries::used_categories(conn, lang.code()).await?;
    let places = queries::used_places(conn, lang.code()).await?;
    Ok(FilterOptions {
        places: tree(places),
        categories: categories.into_iter().map(|(slug, name)| Named { slug, name }).collect(),
    })
}

/// Each place after what it lies in, brothers by name.
pub(super) fn tree(places: Vec<queries::PlaceRow>) -> Vec<PlaceOption> {
    let names: HashMap<Uuid, Vec<usize>> = places.iter().map(|place| (place.id, sort_key(&place.name))).collect();
    let mut sorted: Vec<_> = places
        .into_iter()
        .map(|place| {
            let key: Vec<_> = place.path.iter().map(|id| (names.get(id).cloned().unwrap_or_default(), *id)).collect();
            (key, place)
        })
        .collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted
        .into_iter()
        .map(|(_, place)| PlaceOption {
            depth: u8::try_from(place.path.len().saturating_sub(1)).unwrap_or(u8::MAX),
            slug: place.slug,
            name: place.name,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(n: u128, name: &str, path: &[u128]) -> queries::PlaceRow {
        let path = path.iter().map(|n| Uuid::from_u128(*n)).collect();
        queries::PlaceRow { id: Uuid::from_u128(n), slug: n.to_string(), name: name.into(), path }
    }

    #[test]
    fn children_follow_their_parent_in_the_order_of_the_alphabet() {
        let options = tree(vec![
            place(1, "Өзбекстан", &[1]),
            place(2, "Қазақстан", &[2]),
            place(3, "Түркістан", &[2, 3]),
            place(4, "Ақтау", &[2, 4]),
            place(5, "Қырғызстан", &[5]),
            place(6, "Отырар", &[2, 3, 6]),
        ]);
        let slugs: Vec<_> = options.iter().map(|o| (o.slug.as_str(), o.depth)).collect();
        assert_eq!(slugs, [("2", 0), ("4", 1), ("3", 1), ("6", 2), ("5", 0), ("1", 0)]);
    }
}
