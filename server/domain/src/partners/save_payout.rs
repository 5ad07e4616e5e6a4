//! Where the organisation's money goes.
use super::{
    PartnerError,
    jobs::{Notice, RemoveCard},
    queries, queries_cards,
    tell::tell_owner,
};
use crate::{
    accounts::{Actor, Proven},
    kernel::{Ctx, jobs},
};
use sapar_shared::{forms::organisation::PayoutForm, roles::Permission};
use sqlx::PgConnection;

/// Once the organisation was sent, only with the password given anew: a stranger at an open browser must not lead the money
/// elsewhere. A card that money went to before, or was to go to, is forgotten. From then on the owner is told of another account.
pub async fn save_payout(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    proven: Option<&Proven>,
    form: &PayoutForm,
) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditPayout)?;
    let iban = form.validate().map_err(PartnerError::Form)?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if now.needs_proof() && !proven.is_some_and(|proven| proven.is_of(actor)) {
        return Err(PartnerError::ProofWanted);
    }
    let other = queries::set_iban(&mut *conn, organisation, &iban).await?;
    if other && now.needs_proof() {
        let last_four = iban.last_four().to_owned();
        tell_owner(&mut *conn, ctx, organisation, Notice::PayoutAccount { last_four }).await?;
    }
    queries_cards::give_up_asked(&mut *conn, organisation, ctx.now()).await?;
    if let Some(card) = now.card {
        jobs::enqueue(conn, ctx, &RemoveCard { card }, ctx.now()).await?;
    }
    Ok(())
}
