//! Becoming a member by an invitation.
use super::{PartnerError, choose::choose, queries_invitations, queries_members};
use crate::{
    accounts::{AccountError, Actor, Tries, confirm_email},
    kernel::{Ctx, keys::digest},
};
use sapar_shared::{
    dto::organisation::Refusal,
    ids::{AccountId, OrganisationId},
};
use sqlx::{Connection as _, PgConnection};

/// By the account of the invited address only. The token came by mail to that address, so whoever has it has proven the
/// address, unless somebody else did before. `session` is the cookie: the organisation is chosen in it. A second time changes
/// nothing; who is a member already keeps the role. The caller opens no transaction: the try stays counted. `address` is the
/// client's.
pub async fn accept(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    session: &str,
    token: &str,
    address: &str,
) -> Result<OrganisationId, PartnerError> {
    let account = actor.person()?;
    let tries = Tries::of(&format!("invitations of {account}"), address);
    let begun = ctx.now();
    tries.begin(&mut *conn, begun).await?;
    let mut tx = conn.begin().await?;
    let organisation = join(&mut tx, ctx, account, token).await?;
    choose(&mut tx, ctx, actor, session, organisation).await?;
    tries.forget(&mut tx, begun).await?;
    tx.commit().await?;
    Ok(organisation)
}

async fn join(conn: &mut PgConnection, ctx: &Ctx, account: AccountId, token: &str) -> Result<OrganisationId, PartnerError> {
    let found = queries_invitations::find(&mut *conn, None, Some(&digest(token))).await?.ok_or(PartnerError::NotFound)?;
    let now = ctx.now();
    if found.accepted_by == Some(account) {
        return Ok(found.organisation);
    }
    if let Some(end) = found.end(now) {
        return Err(PartnerError::Refused(Refusal::InvitationEnded(end)));
    }
    let (email, confirmed) = queries_invitations::lock_email(&mut *conn, account).await?.ok_or(PartnerError::NotFound)?;
    if email != found.email {
        return Err(PartnerError::Refused(Refusal::OtherAddress));
    }
    if !confirmed {
        confirm_email(&mut *conn, ctx, account, found.id.0).await.map_err(|error| match error {
            AccountError::Taken => PartnerError::Refused(Refusal::AddressTaken),
            error => error.into(),
        })?;
    }
    queries_members::insert_member(&mut *conn, found.organisation, account, found.role, now).await?;
    queries_invitations::set_accepted(conn, found.id, account, now).await?;
    Ok(found.organisation)
}
