//! Where the organisation's money goes.
use super::{PartnerError, queries};
use crate::{
    accounts::{Actor, Proven},
    kernel::Ctx,
};
use sapar_shared::{forms::organisation::PayoutForm, roles::Permission};
use sqlx::PgConnection;

/// Once the organisation was sent, only with the password given anew: a stranger at an open browser must not lead the money
/// elsewhere.
pub async fn save_payout(
    conn: &mut PgConnection,
    _: &Ctx,
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
    Ok(queries::set_iban(conn, organisation, &iban).await?)
}
