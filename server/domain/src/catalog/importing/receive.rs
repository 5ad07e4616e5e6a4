//! Taking a file in: it is checked at once, and written down with what was understood of it or what is wrong with it.
use super::{
    ImportError,
    check::check,
    known::known,
    queries::{self, NewImport},
};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{Lang, dto::import::ImportView, forms::draft::line, ids::ImportId, roles::Permission, sheets::Raw};
use sqlx::PgConnection;

/// Files that were not begun, of one organisation. Older ones are forgotten.
const KEPT: i64 = 10;
/// Letters of a file's name.
const NAME: usize = 120;

/// A file that was taken in.
#[derive(Debug)]
pub struct Received {
    pub view: ImportView,
    /// Whose files are of no use any more.
    pub forgotten: Vec<ImportId>,
}

/// Whether the actor may send files at all: asked before anybody sends megabytes in vain.
pub fn may_receive(actor: &Actor) -> Result<(), ImportError> {
    actor.require(Permission::EditListings)?;
    Ok(())
}

/// Writes down a file that lies at `file_path(id)`. `lang` is that of the names shown.
pub async fn receive(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    id: ImportId,
    file_name: &str,
    raw: &Raw,
) -> Result<Received, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let known = known(&mut *conn, ctx, organisation, raw, false).await?;
    let (plan, errors) = check(raw, &known, ctx.now());
    let preview = plan.preview(lang, |id| known.by_id(id).map(|tour| tour.title.clone()).unwrap_or_default());
    let name: String = line(file_name).trim().chars().take(NAME).collect();
    let new = NewImport {
        id: id.0,
        organisation: organisation.0,
        file_name: if name.is_empty() { "tours.xlsx" } else { &name },
        counts: plan.counts(),
        errors: &errors,
        preview: &preview,
        by: actor.account.map(|account| account.0),
        at: ctx.now(),
    };
    queries::insert(&mut *conn, &new).await?;
    let forgotten = queries::forget_old(&mut *conn, organisation.0, KEPT).await?;
    let view = super::view(conn, ctx, actor, id).await?;
    Ok(Received { view, forgotten: forgotten.into_iter().map(ImportId).collect() })
}
