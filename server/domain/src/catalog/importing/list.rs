//! Who brought in what, and when.
use super::{ImportError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{dto::import::ImportList, ids::ImportId, roles::Permission};
use sqlx::PgConnection;

/// Imports of one page.
const PAGE: i64 = 20;

/// The organisation's, the newest first. `cursor` is what the last page ended with; one that is none begins anew.
pub async fn list(conn: &mut PgConnection, _: &Ctx, actor: &Actor, cursor: &str) -> Result<ImportList, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let before = cursor.parse().ok().map(|id: ImportId| id.0);
    let mut rows = queries::list(conn, organisation.0, before, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(ImportList { rows, next_cursor })
}
