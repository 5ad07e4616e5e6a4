//! The moderator's yes to another name or BIN.
use super::{ModerationError, jobs::MailChange, queries_changes, queries_moderation};
use crate::{
    catalog,
    kernel::{Ctx, db::OnConstraint as _, jobs},
};
use sapar_shared::ids::{OrganisationChangeId, OrganisationId};
use sqlx::PgConnection;

/// What was decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: OrganisationChangeId,
    /// What is wanted; `None` where it stays.
    pub name: Option<String>,
    pub bin: Option<String>,
}

/// As `activate`, for the operator only. The new name is found in search and shown by pages at once, and documents are made anew
/// (`tickets::papers_version`); the address stays. With `request` only if it is still that one: the owner may have replaced it since
/// the moderator looked. The owner is told.
pub async fn approve_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    slug: &str,
    request: Option<OrganisationChangeId>,
) -> Result<Change, ModerationError> {
    let (organisation, change) = waiting(&mut *conn, slug, request).await?;
    queries_changes::apply(&mut *conn, organisation, &change)
        .await
        .on_constraint("organisations_bin_unique", || ModerationError::BinTaken)?;
    queries_changes::approve(&mut *conn, change.id, ctx.now()).await?;
    if change.name.is_some() {
        let listings = queries_changes::listings(&mut *conn, organisation).await?;
        catalog::refresh_listings(&mut *conn, ctx, &listings).await?;
    }
    jobs::enqueue(conn, ctx, &MailChange { change: change.id }, ctx.now()).await?;
    Ok(change)
}

/// The organisation is held before its request, as by whoever asks.
pub(super) async fn waiting(
    conn: &mut PgConnection,
    slug: &str,
    request: Option<OrganisationChangeId>,
) -> Result<(OrganisationId, Change), ModerationError> {
    let organisation = queries_moderation::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?.id;
    let change = queries_changes::waiting(conn, organisation).await?.ok_or(ModerationError::NoChange)?;
    if request.is_some_and(|request| request != change.id) {
        return Err(ModerationError::OtherChange);
    }
    Ok((organisation, change))
}
