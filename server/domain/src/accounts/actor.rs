//! Who asks, and what they may do.
use super::queries;
use crate::kernel::{Ctx, db::unknown_word, keys::digest};
use sapar_shared::{
    ids::{AccountId, OrganisationId},
    roles::{Permission, Role},
};
use sqlx::PgConnection;

/// Someone signed in, or a program with an organisation's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// None for a program.
    pub account: Option<AccountId>,
    pub name: String,
    pub email: String,
    pub organisation: Option<(OrganisationId, String, Role)>,
}

/// The actor's role does not allow it, or there is no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct Forbidden;

impl Actor {
    /// The organisation on whose behalf the actor may do this. Cabinet queries take it from here and from nowhere else.
    pub fn require(&self, permission: Permission) -> Result<OrganisationId, Forbidden> {
        match &self.organisation {
            Some((id, _, role)) if role.may(permission) => Ok(*id),
            _ => Err(Forbidden),
        }
    }
}

/// Who holds this session cookie, while the session lasts.
pub async fn actor(conn: &mut PgConnection, ctx: &Ctx, session_cookie: &str) -> sqlx::Result<Option<Actor>> {
    let Some(member) = queries::member_by_session(conn, &digest(session_cookie), ctx.now()).await? else { return Ok(None) };
    let organisation = match member.organisation {
        Some((id, name, role)) => Some((id, name, Role::parse(&role).ok_or_else(|| unknown_word(&role))?)),
        None => None,
    };
    Ok(Some(Actor { account: Some(member.account_id.into()), name: member.name, email: member.email, organisation }))
}
