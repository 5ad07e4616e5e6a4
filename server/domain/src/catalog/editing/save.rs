//! Saving a draft, by itself and often: whoever saves upon an older version loses nothing and overwrites nobody.
use super::{
    EditError, Merged,
    check::check,
    draft::{self, Draft, author},
    merge, none_of, queries_draft as queries,
};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    dto::editor::{Saved, TourDraft},
    forms::draft::{cleaned, oversized},
    ids::ListingId,
};
use sqlx::PgConnection;

/// `base` is the version that was edited. What is the same as before makes no new version.
pub async fn save_draft(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    base: i32,
    sent: &TourDraft,
) -> Result<Saved, EditError> {
    let listing = draft::lock(&mut *conn, actor, id).await?;
    none_of(oversized(sent))?;
    let sent = cleaned(sent);
    let mut known = Draft::of(&mut *conn, &listing).await?;
    known.may_change(&listing)?;
    let alone = base == known.version;
    let Merged { draft: content, conflicts } = if alone {
        Merged { draft: sent, conflicts: Vec::new() }
    } else {
        let base = queries::version(&mut *conn, id.0, base).await?;
        merge(base.as_ref(), &sent, &known.content)
    };
    let mut version = known.version;
    if content != known.content {
        known.keep(&mut *conn, ctx, &listing).await?;
        version += 1;
        queries::save(&mut *conn, id.0, version, &content, author(actor), ctx.now()).await?;
    }
    let problems = check(conn, &listing, &content).await?.problems;
    Ok(Saved { version, draft: content, problems, with: (!alone).then_some(known.edited_by), conflicts })
}
