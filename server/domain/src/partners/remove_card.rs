//! A card that the provider shall forget. Without an actor: whoever gave it up was authorised then.
use super::{
    card::{CardToken, customer_of},
    queries_cards,
};
use crate::kernel::Ctx;
use sapar_shared::ids::PayoutCardId;
use sqlx::PgConnection;

/// The customer and the token of a card that no money goes to; `None` where it is forgotten already, or used after all.
pub async fn card_to_remove(conn: &mut PgConnection, _: &Ctx, id: PayoutCardId) -> sqlx::Result<Option<(String, CardToken)>> {
    let token = queries_cards::to_remove(conn, id).await?;
    Ok(token.as_deref().and_then(CardToken::parse).map(|token| (customer_of(id), token)))
}

pub async fn card_is_removed(conn: &mut PgConnection, ctx: &Ctx, id: PayoutCardId) -> sqlx::Result<()> {
    queries_cards::removed(conn, id, ctx.now()).await
}
