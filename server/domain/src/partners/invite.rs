//! Inviting somebody by e-mail.
use super::{
    PartnerError,
    jobs::MailInvitation,
    queries_invitations::{self, NewInvitation},
    queries_members,
};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::{Ctx, db::OnConstraint as _, jobs, keys::digest},
};
use jiff::SignedDuration;
use sapar_shared::{Lang, dto::organisation::Refusal, forms::organisation::InviteForm, ids::InvitationId, roles::Permission};
use sqlx::PgConnection;

/// An invitation opens the door for so long.
pub const INVITATION_DAYS: i64 = 7;
pub(super) const LASTS: SignedDuration = SignedDuration::from_hours(24 * INVITATION_DAYS);
/// Invitations of one organisation in a day: nobody uses us to write to the whole town.
const MOST_A_DAY: i64 = 50;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The mail goes out in `lang`, the language of whoever invites.
pub async fn invite(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    form: &InviteForm,
) -> Result<InvitationId, PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let by = actor.person()?;
    let invite = form.validate().map_err(PartnerError::Form)?;
    if !own.may_grant(invite.role) {
        return Err(Forbidden.into());
    }
    let now = ctx.now();
    if queries_invitations::made_since(&mut *conn, organisation, now - DAY).await? >= MOST_A_DAY {
        return Err(PartnerError::Refused(Refusal::TooManyInvitations));
    }
    if queries_members::is_member(&mut *conn, organisation, invite.email.as_str()).await? {
        return Err(PartnerError::Refused(Refusal::AlreadyMember));
    }
    let id = InvitationId(ctx.id());
    let digest = digest(&ctx.keys.invitation_token(id));
    let new = NewInvitation { id, organisation, invite: &invite, lang, digest: &digest, by, now, expires_at: now + LASTS };
    queries_invitations::insert(&mut *conn, &new)
        .await
        .on_constraint("invitations_open", || PartnerError::Refused(Refusal::AlreadyInvited))?;
    jobs::enqueue(conn, ctx, &MailInvitation { invitation: id }, now).await?;
    Ok(id)
}
