//! Leaving an organisation.
use super::{PartnerError, queries_members};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{dto::organisation::Refusal, roles::Role};
use sqlx::PgConnection;

/// Everybody may, but for the owner, who hands over first.
pub async fn leave(conn: &mut PgConnection, _: &Ctx, actor: &Actor) -> Result<(), PartnerError> {
    let (organisation, _) = actor.member()?;
    let account = actor.person()?;
    // As it is now: ownership may have come a moment ago.
    if queries_members::lock_member(&mut *conn, organisation, account).await? == Some(Role::Owner) {
        return Err(PartnerError::Refused(Refusal::OwnerStays));
    }
    Ok(queries_members::delete_member(conn, organisation, account).await?)
}
