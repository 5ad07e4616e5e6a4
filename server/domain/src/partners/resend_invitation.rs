//! Sending an invitation once more; its week begins anew.
use super::{PartnerError, invite::LASTS, jobs::MailInvitation, queries_invitations};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::{Ctx, jobs},
};
use jiff::SignedDuration;
use sapar_shared::{dto::organisation::Refusal, ids::InvitationId, roles::Permission};
use sqlx::PgConnection;

/// Mails are late more often than lost.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

pub async fn resend_invitation(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: InvitationId) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let sent = queries_invitations::lock_open(&mut *conn, organisation, id).await?.ok_or(PartnerError::NotFound)?;
    if !own.may_grant(sent.role) {
        return Err(Forbidden.into());
    }
    let now = ctx.now();
    // One that has expired is older than the pause.
    let left = (sent.sent_at + PAUSE).duration_since(now);
    if left.is_positive() {
        let seconds = u32::try_from(left.as_secs()).unwrap_or_default().max(1);
        return Err(PartnerError::Refused(Refusal::JustSent { seconds }));
    }
    queries_invitations::set_sent(&mut *conn, id, now, now + LASTS).await?;
    Ok(jobs::enqueue(conn, ctx, &MailInvitation { invitation: id }, now).await?)
}
