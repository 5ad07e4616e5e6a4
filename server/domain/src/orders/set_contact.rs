//! Step 2: who the tickets are for.
use super::{OrderError, queries};
use crate::kernel::Ctx;
use sapar_shared::forms::checkout::ContactForm;
use sqlx::PgConnection;

pub async fn set_contact(conn: &mut PgConnection, ctx: &Ctx, token: &str, form: &ContactForm) -> Result<(), OrderError> {
    let contact = form.validate().map_err(OrderError::Form)?;
    let order = queries::lock_by_token(&mut *conn, token).await?.ok_or(OrderError::NotFound)?;
    if !order.status.holds_places() || order.expires_at <= ctx.now() {
        return Err(OrderError::NotOpen(order.status));
    }
    queries::write_contact(conn, order.id, &contact.name, &contact.phone, &contact.email).await?;
    Ok(())
}
