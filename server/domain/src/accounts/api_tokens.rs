//! Tokens with which an organisation's programs call the API.
use super::{Actor, queries};
use crate::kernel::{Ctx, db::Ts, keys::digest};
use jiff::SignedDuration;
use sapar_shared::{dto::organisation::OrganisationStatus, roles::Role};
use sqlx::PgConnection;

/// The last use is known to the minute, for writing it is a write on a read's path.
const TOUCHED: SignedDuration = SignedDuration::from_mins(1);

/// Makes a token for the organisation; only its digest is kept, so it is shown this once. `None`: no such organisation.
pub async fn create_token(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation_slug: &str,
    name: &str,
) -> sqlx::Result<Option<String>> {
    let token = format!("sapar_{}", ctx.code(40));
    let known = queries::insert_token(conn, ctx.id(), organisation_slug, name, &digest(&token), ctx.now()).await?;
    Ok(known.then_some(token))
}

/// A program acts as a manager of its organisation, under the token's name.
pub async fn actor_by_token(conn: &mut PgConnection, ctx: &Ctx, token: &str) -> sqlx::Result<Option<Actor>> {
    let Some(owner) = queries::token_owner(&mut *conn, &digest(token)).await? else { return Ok(None) };
    let fresh = |at: Ts| at.to_jiff() + TOUCHED >= ctx.now();
    if !owner.last_used_at.is_some_and(fresh) {
        queries::touch_token(conn, owner.id, ctx.now()).await?;
    }
    Ok(Some(Actor {
        account: None,
        name: owner.token_name,
        email: String::new(),
        email_confirmed: true,
        organisation: Some((owner.organisation_id.into(), owner.organisation, Role::Manager)),
        // Tokens of others are not known at all.
        organisation_status: Some(OrganisationStatus::Active),
    }))
}
