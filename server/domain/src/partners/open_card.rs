//! Asking for a page on which a card is entered.
use super::{PartnerError, queries, queries_cards};
use crate::{
    accounts::{Actor, Proven},
    kernel::{Ctx, keys::digest},
};
use jiff::SignedDuration;
use sapar_shared::{ids::PayoutCardId, roles::Permission};
use sqlx::PgConnection;

/// A card that the provider tells of later is not used any more.
pub const CARD_HOURS: i64 = 3;

/// Writes down that a card is waited for; what was asked for before is waited for no longer. As for an account number: once the
/// organisation was sent, only with the password given anew. `provider` is the word under which its cards are kept.
pub async fn open_card(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    proven: Option<&Proven>,
    provider: &str,
) -> Result<PayoutCardId, PartnerError> {
    let organisation = actor.require(Permission::EditPayout)?;
    let account = actor.person()?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    let proven = proven.is_some_and(|proven| proven.is_of(actor));
    if now.needs_proof() && !proven {
        return Err(PartnerError::ProofWanted);
    }
    queries_cards::give_up_asked(&mut *conn, organisation, ctx.now()).await?;
    let id = PayoutCardId(ctx.id());
    let new = queries_cards::NewCard {
        id,
        organisation,
        account,
        proven,
        digest: digest(&ctx.keys.card_token(id)),
        provider,
        now: ctx.now(),
        expires_at: ctx.now() + SignedDuration::from_hours(CARD_HOURS),
    };
    queries_cards::insert(conn, &new).await?;
    Ok(id)
}

/// The page could not be opened.
pub async fn give_up_card(conn: &mut PgConnection, ctx: &Ctx, id: PayoutCardId) -> sqlx::Result<()> {
    queries_cards::give_up(conn, id, ctx.now()).await
}
