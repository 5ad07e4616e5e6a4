//! Who asks, and what they may do.
use super::{queries, queries_sessions};
use crate::kernel::{Ctx, db::unknown_word, keys::digest};
use jiff::SignedDuration;
use sapar_shared::{
    dto::organisation::OrganisationStatus,
    ids::{AccountId, OrganisationId},
    roles::{Permission, Role},
};
use sqlx::PgConnection;

/// The last sight of a session is known to the hour, for writing it is a write on a read's path.
const SEEN: SignedDuration = SignedDuration::from_hours(1);

/// Someone signed in, or a program with an organisation's token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// None for a program.
    pub account: Option<AccountId>,
    pub name: String,
    pub email: String,
    /// The e-mail is proven; a program's organisation has proven its own.
    pub email_confirmed: bool,
    pub organisation: Option<(OrganisationId, String, Role)>,
    /// Where that organisation stands. Only an active one has anything public.
    pub organisation_status: Option<OrganisationStatus>,
}

/// The actor's role does not allow it, or there is no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct Forbidden;

impl Actor {
    #[must_use]
    pub fn organisation_is_active(&self) -> bool {
        self.organisation_status == Some(OrganisationStatus::Active)
    }

    /// The person behind the actor; a program is none.
    pub fn person(&self) -> Result<AccountId, Forbidden> {
        self.account.ok_or(Forbidden)
    }

    /// The organisation and the actor's role in it, whatever the role may do.
    pub fn member(&self) -> Result<(OrganisationId, Role), Forbidden> {
        self.organisation.as_ref().map(|(id, _, role)| (*id, *role)).ok_or(Forbidden)
    }

    /// The organisation on whose behalf the actor may do this. Cabinet queries take it from here and from nowhere else.
    pub fn require(&self, permission: Permission) -> Result<OrganisationId, Forbidden> {
        match &self.organisation {
            Some((id, _, role)) if role.may(permission) => Ok(*id),
            _ => Err(Forbidden),
        }
    }
}

/// Who holds this session cookie, while the session lasts. One that waits for its second step is nobody's yet.
pub async fn actor(conn: &mut PgConnection, ctx: &Ctx, session_cookie: &str) -> sqlx::Result<Option<Actor>> {
    let (digest, now) = (digest(session_cookie), ctx.now());
    let Some(member) = queries::member_by_session(&mut *conn, &digest, now).await? else { return Ok(None) };
    if member.last_seen_at + SEEN < now {
        queries_sessions::touch(conn, &digest, now).await?;
    }
    let mut actor = Actor {
        account: Some(member.account_id.into()),
        name: member.name,
        email: member.email,
        email_confirmed: member.email_confirmed,
        ..Actor::default()
    };
    if let Some(own) = member.organisation {
        let role = Role::parse(&own.role).ok_or_else(|| unknown_word(&own.role))?;
        actor.organisation_status = Some(OrganisationStatus::parse(&own.status).ok_or_else(|| unknown_word(&own.status))?);
        actor.organisation = Some((own.id, own.name, role));
    }
    Ok(Some(actor))
}
