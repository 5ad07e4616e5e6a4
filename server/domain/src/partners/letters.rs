//! What the mails of `jobs` say.
use super::{
    jobs::{MailNotice, Notice},
    queries_changes, queries_invitations, queries_members,
};
use crate::kernel::Ctx;
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    ids::{InvitationId, OrganisationChangeId, OrganisationId},
    paths,
    roles::Role,
};
use sqlx::PgConnection;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationLetter {
    pub to: String,
    pub lang: Lang,
    pub organisation: String,
    pub role: Role,
    /// Empty where that account is gone.
    pub invited_by: String,
    /// Absolute.
    pub url: String,
    /// Each sending is a mail of its own.
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
}

/// `None` when it was accepted or taken back in the meantime.
pub async fn invitation_letter(conn: &mut PgConnection, ctx: &Ctx, id: InvitationId) -> sqlx::Result<Option<InvitationLetter>> {
    let found = queries_invitations::find(conn, Some(id), None).await?;
    Ok(found.filter(|found| found.end(ctx.now()).is_none()).map(|found| InvitationLetter {
        url: ctx.url(&paths::invitation(found.lang, &ctx.keys.invitation_token(id))),
        to: found.email,
        lang: found.lang,
        organisation: found.organisation_name,
        role: found.role,
        invited_by: found.invited_by,
        sent_at: found.sent_at,
        expires_at: found.expires_at,
    }))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivationLetter {
    pub to: String,
    pub name: String,
    pub lang: Lang,
    pub organisation: String,
    /// Absolute; the cabinet.
    pub url: String,
}

/// `None` without an owner.
pub async fn activation_letter(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
) -> sqlx::Result<Option<ActivationLetter>> {
    let owner = queries_invitations::owner(conn, organisation).await?;
    Ok(owner.map(|owner| ActivationLetter {
        url: ctx.url(&paths::partner(owner.lang)),
        to: owner.email,
        name: owner.name,
        lang: owner.lang,
        organisation: owner.organisation,
    }))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLetter {
    pub to: String,
    pub name: String,
    pub lang: Lang,
    /// As it is called now.
    pub organisation: String,
    /// What was asked for; `None` where it was to stay.
    pub new_name: Option<String>,
    pub new_bin: Option<String>,
    /// The moderator's, when it was rejected.
    pub remark: Option<String>,
    /// Absolute; the organisation's page in the cabinet.
    pub url: String,
}

/// `None` without an owner.
pub async fn change_letter(conn: &mut PgConnection, ctx: &Ctx, id: OrganisationChangeId) -> sqlx::Result<Option<ChangeLetter>> {
    let decided = queries_changes::decided(conn, id).await?;
    Ok(decided.map(|decided| ChangeLetter {
        url: ctx.url(&paths::partner_organisation(decided.lang)),
        to: decided.email,
        name: decided.owner,
        lang: decided.lang,
        organisation: decided.organisation,
        new_name: decided.name,
        new_bin: decided.bin,
        remark: decided.remark,
    }))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLetter {
    pub to: String,
    pub name: String,
    pub lang: Lang,
    pub organisation: String,
    /// Who else is named in it; may be empty.
    pub other: String,
    /// Absolute; what its button opens.
    pub url: String,
}

/// `None` where nobody is there to read it any more.
pub async fn notice_letter(conn: &mut PgConnection, ctx: &Ctx, job: &MailNotice) -> sqlx::Result<Option<NoticeLetter>> {
    let other = match job.notice {
        Notice::HandedOver { to: other } | Notice::TakenOver { from: other } => Some(other),
        _ => None,
    };
    let told = queries_members::told(conn, job.organisation, job.to, other).await?;
    Ok(told.map(|told| NoticeLetter {
        url: ctx.url(&match job.notice {
            Notice::Removed => paths::home(told.lang),
            Notice::HandedOver { .. } | Notice::TakenOver { .. } => paths::partner_members(told.lang),
            Notice::PayoutAccount { .. } | Notice::PayoutCard { .. } | Notice::Blocked { .. } | Notice::ActiveAgain => {
                paths::partner_organisation(told.lang)
            }
        }),
        to: told.email,
        name: told.name,
        lang: told.lang,
        organisation: told.organisation,
        other: told.other.unwrap_or_default(),
    }))
}
