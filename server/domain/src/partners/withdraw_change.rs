//! Taking a request for another name or BIN back.
use super::{PartnerError, queries, queries_changes};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::roles::Permission;
use sqlx::PgConnection;

/// As long as nobody has decided about it.
pub async fn withdraw_change(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::RequestChange)?;
    queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    let withdrawn = queries_changes::withdraw(conn, organisation, ctx.now()).await?;
    if withdrawn { Ok(()) } else { Err(PartnerError::NotFound) }
}
