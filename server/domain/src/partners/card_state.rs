use super::{PartnerError, queries_cards};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{dto::organisation::CardState, roles::Permission};
use sqlx::PgConnection;

/// For the page that waits for the bank.
pub async fn card_state(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<CardState, PartnerError> {
    let organisation = actor.require(Permission::EditPayout)?;
    Ok(queries_cards::state(conn, organisation, ctx.now()).await?)
}
