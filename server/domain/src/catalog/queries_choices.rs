//! What an editor chooses from: all of it, used or not.
use super::queries::PlaceRow;
use sqlx::PgConnection;

/// A place, and where it lies: latitude and longitude in millionths of a degree.
pub(super) struct ChoiceRow {
    pub place: PlaceRow,
    pub lat_e6: i32,
    pub lng_e6: i32,
}

pub(super) async fn all_places(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<ChoiceRow>> {
    sqlx::query!(r#"select id, slug, in_lang($1, name_ru, name_kk, name_en) as "name!", path, lat_e6, lng_e6 from places"#, lang,)
        .map(|row| ChoiceRow {
            place: PlaceRow { id: row.id, slug: row.slug, name: row.name, path: row.path },
            lat_e6: row.lat_e6,
            lng_e6: row.lng_e6,
        })
        .fetch_all(conn)
        .await
}

/// Slugs with names, in their order.
pub(super) async fn all_categories(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query!(r#"select slug, in_lang($1, name_ru, name_kk, name_en) as "name!" from categories order by position"#, lang)
        .map(|row| (row.slug, row.name))
        .fetch_all(conn)
        .await
}
