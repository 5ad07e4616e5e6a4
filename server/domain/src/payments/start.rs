//! Step 3: sending the customer to the payment page.
use super::{
    PaymentError,
    jobs::ClosePayment,
    provider::{ProviderError, StartPayment},
    queries::{self, NewPayment, Payment, PaymentStatus},
};
use crate::{
    Services,
    kernel::jobs,
    ledger,
    orders::{self, Locked, OrderError},
};
use jiff::SignedDuration;
use sapar_shared::{contact::Phone, dto::order::OrderStatus, ids::PaymentId, paths};
use sqlx::PgConnection;

/// The first question about a payment whose callback did not come.
const FIRST_POLL: SignedDuration = SignedDuration::from_secs(10);
/// Our address for the provider's results; its last segment is part of what is signed.
pub const RESULT_PATH: &str = "/webhooks/freedompay/result";

/// The payment page's address. `None`: the provider cannot be reached now, the hold stands, try again.
///
/// A double click finds the payment of the first click; the provider itself is asked with an idempotency key, so even
/// a crash between its answer and our commit opens no second payment. An order of 0 ₸ is paid at once and leads to its
/// own page.
pub async fn start(services: &Services, token: &str, client_ip: Option<&str>) -> Result<Option<String>, PaymentError> {
    let mut tx = services.begin().await?;
    let order = orders::lock_by_token(&mut tx, token).await?.ok_or(OrderError::NotFound)?;
    let order_page = services.ctx.url(&paths::order(order.lang, token));
    if order.status.has_tickets() {
        return Ok(Some(order_page));
    }
    if !order.status.holds_places() || order.expires_at <= services.ctx.now() {
        return Err(OrderError::NotOpen(order.status).into());
    }
    if order.contact_email.is_none() {
        return Err(PaymentError::NoContact);
    }
    if order.total.tiyn() == 0 {
        orders::mark_paid(&mut tx, &services.ctx, &order).await?;
        ledger::post_sale(&mut tx, &services.ctx, order.id).await?;
        tx.commit().await?;
        return Ok(Some(order_page));
    }
    let payment = attempt(&mut tx, services, &order).await?;
    if let (PaymentStatus::Pending, Some(url)) = (payment.status, &payment.redirect_url) {
        return Ok(Some(url.clone()));
    }
    let request = request(&mut tx, services, &order, payment.id, token, client_ip).await?;
    tx.commit().await?;
    hand_over(services, &order, payment.id, &request, order_page).await
}

/// The live attempt, or a new one.
async fn attempt(conn: &mut PgConnection, services: &Services, order: &Locked) -> Result<Payment, PaymentError> {
    if let Some(payment) = queries::live(&mut *conn, order.id).await? {
        return Ok(payment);
    }
    let id = PaymentId(services.ctx.id());
    let new = NewPayment {
        id,
        order: order.id,
        provider: services.payments.name(),
        amount: order.total,
        now: services.ctx.now(),
        expires_at: order.expires_at,
    };
    queries::insert(&mut *conn, &new).await?;
    orders::start_awaiting(&mut *conn, order.id).await?;
    Ok(Payment {
        id,
        order: order.id,
        provider_payment_id: None,
        amount: order.total,
        status: PaymentStatus::Created,
        redirect_url: None,
    })
}

async fn request(
    conn: &mut PgConnection,
    services: &Services,
    order: &Locked,
    payment: PaymentId,
    token: &str,
    client_ip: Option<&str>,
) -> Result<StartPayment, PaymentError> {
    let ctx = &services.ctx;
    let positions = queries::positions(conn, order.id, order.lang).await?;
    Ok(StartPayment {
        order_number: order.number.clone(),
        idempotency_key: payment.to_string(),
        amount: order.total,
        description: sapar_shared::tr::payment::description(order.lang, &order.number),
        lang: order.lang,
        phone: order.contact_phone.as_deref().and_then(Phone::parse),
        email: order.contact_email.clone(),
        client_ip: client_ip.map(str::to_owned),
        lifetime: order.expires_at.duration_since(ctx.now()).as_secs().max(60),
        result_url: ctx.url(RESULT_PATH),
        return_url: ctx.url(&paths::order_return(order.lang, token)),
        positions,
    })
}

/// The remote call, outside any transaction.
async fn hand_over(
    services: &Services,
    order: &Locked,
    payment: PaymentId,
    request: &StartPayment,
    order_page: String,
) -> Result<Option<String>, PaymentError> {
    match services.payments.start(request).await {
        Ok(started) => {
            let mut tx = services.begin().await?;
            let order = orders::lock_by_id(&mut tx, order.id).await?.ok_or(OrderError::NotFound)?;
            let now = services.ctx.now();
            queries::started(&mut tx, payment, &started.provider_payment_id, &started.redirect_url, now + FIRST_POLL).await?;
            // Given up or paid while the provider made the page: nobody may pay there any more.
            if !order.status.holds_places() {
                jobs::enqueue(&mut tx, &services.ctx, &ClosePayment { payment }, now).await?;
            }
            tx.commit().await?;
            match order.status {
                status if status.holds_places() => Ok(Some(started.redirect_url)),
                status if status.has_tickets() => Ok(Some(order_page)),
                status => Err(OrderError::NotOpen(status).into()),
            }
        }
        Err(ProviderError::Refused { code, text }) => {
            let mut tx = services.begin().await?;
            // The order first: every transaction locks order, payment, stock in this sequence.
            let order = orders::lock_by_id(&mut tx, order.id).await?.ok_or(OrderError::NotFound)?;
            if matches!(order.status, OrderStatus::Held | OrderStatus::AwaitingPayment) {
                queries::set_status(&mut tx, payment, PaymentStatus::Failed, None, services.ctx.now()).await?;
                orders::set_failure(&mut tx, order.id, &text).await?;
            }
            tx.commit().await?;
            Err(ProviderError::Refused { code, text }.into())
        }
        Err(error) => {
            tracing::warn!(order = %order.number, %error, "payment not started");
            Ok(None)
        }
    }
}
