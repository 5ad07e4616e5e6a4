//! Becoming a member by an invitation.
use super::{PartnerError, choose::choose, queries_invitations, queries_members};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::OnConstraint as _, keys::digest},
};
use sapar_shared::{dto::organisation::Refusal, ids::OrganisationId};
use sqlx::PgConnection;

/// By the account of the invited address only. The token came by mail to that address, so whoever has it has proven the
/// address, unless somebody else did before. `session` is the cookie: the organisation is chosen in it. A second time changes
/// nothing; who is a member already keeps the role.
pub async fn accept(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    session: &str,
    token: &str,
) -> Result<OrganisationId, PartnerError> {
    let account = actor.person()?;
    let found = queries_invitations::find(&mut *conn, None, Some(&digest(token))).await?.ok_or(PartnerError::NotFound)?;
    let now = ctx.now();
    if found.accepted_by != Some(account) {
        if !found.untouched || found.expires_at <= now {
            return Err(PartnerError::Refused(Refusal::InvitationEnded));
        }
        let (email, confirmed) = queries_invitations::lock_email(&mut *conn, account).await?.ok_or(PartnerError::NotFound)?;
        if email != found.email {
            return Err(PartnerError::Refused(Refusal::OtherAddress));
        }
        if !confirmed {
            queries_invitations::confirm_email(&mut *conn, account, now)
                .await
                .on_constraint("accounts_email_unique", || PartnerError::Refused(Refusal::AddressTaken))?;
        }
        queries_members::insert_member(&mut *conn, found.organisation, account, found.role, now).await?;
        queries_invitations::set_accepted(&mut *conn, found.id, account, now).await?;
    }
    choose(conn, ctx, actor, session, found.organisation).await?;
    Ok(found.organisation)
}
