//! The import itself, all of it or nothing.
use super::{ImportError, Step, check::check, known::known, queries, write::write};
use crate::kernel::Ctx;
use sapar_shared::{
    dto::import::ImportCounts,
    ids::{ImportId, OrganisationId},
    sheets::Raw,
};
use sqlx::PgConnection;
use tokio::sync::watch;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    Done(ImportCounts),
    /// Since the file was sent something changed, and it must be mended.
    Faulty,
    /// Somebody else has done it, or it was given up.
    Gone,
}

/// Checks the rows once more, for time has passed, and writes what they bring. Commit what this returned; `told` hears of each
/// step.
pub async fn import(
    conn: &mut PgConnection,
    ctx: &Ctx,
    id: ImportId,
    raw: &Raw,
    told: &watch::Sender<Step>,
) -> Result<Imported, ImportError> {
    let Some((organisation, by)) = queries::running(&mut *conn, id.0).await? else { return Ok(Imported::Gone) };
    told.send_replace(Step::Check);
    let organisation = OrganisationId(organisation);
    let known = known(&mut *conn, ctx, organisation, raw, true).await?;
    let (plan, errors) = check(raw, &known, ctx.now());
    if errors.count > 0 {
        queries::refuse(conn, id.0, &errors).await?;
        return Ok(Imported::Faulty);
    }
    write(&mut *conn, ctx, (id, organisation, by), &plan, &known, told).await?;
    let counts = plan.counts();
    // Its row is touched last: until then others tell how far it is.
    if queries::finish(conn, id.0, counts, ctx.now()).await? { Ok(Imported::Done(counts)) } else { Err(ImportError::Changed) }
}
