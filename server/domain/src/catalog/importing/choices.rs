//! What the template's lists offer.
use super::{ImportError, names::Names, queries_known as queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{Lang, dto::editor::Tri, roles::Permission};
use sqlx::PgConnection;

/// In the reader's language, as it is read back.
#[derive(Debug, Default)]
pub struct TemplateChoices {
    pub places: Vec<String>,
    pub categories: Vec<String>,
    /// Slugs and titles of the organisation's tours.
    pub tours: Vec<(String, String)>,
}

/// Every place and category, and the organisation's own tours.
pub async fn choices(conn: &mut PgConnection, _: &Ctx, actor: &Actor, lang: Lang) -> Result<TemplateChoices, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let mut places = named(queries::places(&mut *conn).await?, lang);
    places.sort_by_key(|name| name.to_lowercase());
    let categories = named(queries::categories(&mut *conn).await?, lang);
    let tours = queries::tours(conn, organisation.0, lang.code()).await?;
    Ok(TemplateChoices { places, categories, tours })
}

fn named(rows: Vec<(String, Tri)>, lang: Lang) -> Vec<String> {
    let names = Names::of(rows.clone());
    rows.iter().map(|(slug, name)| names.choice(name.best(lang), slug)).collect()
}
