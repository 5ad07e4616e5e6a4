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
    /// Where the example's tour leads and leaves from; the first of all where these are not known.
    pub example_place: String,
    pub example_from: String,
    pub example_category: String,
    /// Slugs and titles of the organisation's tours.
    pub tours: Vec<(String, String)>,
}

/// Every place and category, and the organisation's own tours.
pub async fn choices(conn: &mut PgConnection, _: &Ctx, actor: &Actor, lang: Lang) -> Result<TemplateChoices, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let mut places = named(queries::places(&mut *conn).await?, lang);
    places.sort_by_key(|(_, name)| name.to_lowercase());
    let categories = named(queries::categories(&mut *conn).await?, lang);
    let tours = queries::tours(conn, organisation.0, lang.code()).await?;
    let names = |rows: &[(String, String)]| rows.iter().map(|(_, name)| name.clone()).collect();
    Ok(TemplateChoices {
        example_place: fitting(&places, &TO),
        example_from: fitting(&places, &FROM),
        example_category: fitting(&categories, &OF),
        places: names(&places),
        categories: names(&categories),
        tours,
    })
}

/// Slugs that fit the example's tour to the Kolsai lakes, the best first.
const TO: [&str; 2] = ["kolsai", "almaty-region"];
const FROM: [&str; 2] = ["almaty", "almaty-region"];
const OF: [&str; 1] = ["lakes"];

fn fitting(rows: &[(String, String)], slugs: &[&str]) -> String {
    let known = slugs.iter().find_map(|wanted| rows.iter().find(|(slug, _)| slug == wanted));
    known.or_else(|| rows.first()).map(|(_, name)| name.clone()).unwrap_or_default()
}

/// Slugs, and names that mean only one.
fn named(rows: Vec<(String, Tri)>, lang: Lang) -> Vec<(String, String)> {
    let names = Names::of(rows.clone());
    rows.into_iter()
        .map(|(slug, name)| {
            let name = names.choice(name.best(lang), &slug);
            (slug, name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_stands_where_it_leads_and_else_in_the_first_place() {
        let rows = |slugs: &[&str]| slugs.iter().map(|slug| ((*slug).to_owned(), slug.to_uppercase())).collect::<Vec<_>>();
        assert_eq!(fitting(&rows(&["akmola", "almaty-region", "kolsai"]), &TO), "KOLSAI");
        assert_eq!(fitting(&rows(&["akmola", "almaty-region"]), &TO), "ALMATY-REGION");
        assert_eq!(fitting(&rows(&["akmola"]), &TO), "AKMOLA");
        assert_eq!(fitting(&[], &TO), "");
    }
}
