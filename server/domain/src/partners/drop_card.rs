//! Taking a card out of a draft.
use super::{PartnerError, jobs::RemoveCard, queries, queries_cards};
use crate::{
    accounts::Actor,
    kernel::{Ctx, jobs},
};
use sapar_shared::{dto::organisation::Refusal, roles::Permission};
use sqlx::PgConnection;

/// Only of a draft: whatever was sent has somewhere for its money to go, and another card or account takes the old one's place.
/// Nobody waits for a card that was asked for, either.
pub async fn drop_card(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditPayout)?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if now.needs_proof() {
        return Err(PartnerError::Refused(Refusal::Incomplete));
    }
    queries_cards::give_up_asked(&mut *conn, organisation, ctx.now()).await?;
    if let Some(card) = now.card {
        queries_cards::set_card(&mut *conn, organisation, None).await?;
        jobs::enqueue(conn, ctx, &RemoveCard { card }, ctx.now()).await?;
    }
    Ok(())
}
