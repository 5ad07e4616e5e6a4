//! "It is ours": the BIN of a draft, though another organisation is registered with it.
use super::{PartnerError, page, queries, queries_claims};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    Lang,
    dto::organisation::{OrganisationStatus, Refusal},
    roles::Permission,
};
use sqlx::PgConnection;

/// A moderator will ask both. Only while the BIN is taken, and only of a draft that could be sent otherwise: nobody looks BINs up
/// this way more easily than by sending.
pub async fn claim_bin(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let (_, role) = actor.member()?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if !page::view(&mut *conn, ctx, organisation, role, Lang::default()).await?.is_complete() {
        return Err(PartnerError::Refused(Refusal::Incomplete));
    }
    if now.status != OrganisationStatus::Draft || !queries::bin_taken(&mut *conn, organisation).await? {
        return Err(PartnerError::Refused(Refusal::BinFree));
    }
    Ok(queries_claims::claim(conn, organisation, ctx.now()).await?)
}
