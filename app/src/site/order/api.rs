//! What the order's page asks of the server. Whoever holds the token may do all of this, nobody else any of it.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView};

#[server(prefix = "/fn", endpoint = "load_order", output = Wire)]
pub async fn load_order(lang: Lang, token: String) -> Result<OrderView, AppError> {
    let services = crate::request::services()?;
    door::keep_private();
    door::view(&services, lang, &token).await
}

/// To the payment page, once more or for the first time.
#[server(prefix = "/fn", endpoint = "resume_payment", output = Wire)]
pub async fn resume_payment(lang: Lang, token: String) -> Tried<()> {
    use crate::request;
    use sapar_domain::payments::{self, PaymentError};
    use sapar_shared::paths;

    door::check(&token)?;
    let services = request::services()?;
    let ip = request::client_ip().to_string();
    let refusal = match payments::start(&services, &token, Some(&ip)).await {
        Ok(Some(url)) => return door::lead_to(&url),
        Ok(None) => AppError::Unavailable,
        Err(PaymentError::NoContact) => return door::lead_to(&paths::checkout_order(lang, &token)),
        Err(error) => door::from_payment(error),
    };
    door::refuse(refusal, &paths::order(lang, &token))
}

/// Gives an unpaid order up, or a paid one back while that is free.
#[server(prefix = "/fn", endpoint = "cancel_order", output = Wire)]
pub async fn cancel_order(lang: Lang, token: String) -> Tried<()> {
    use crate::request;
    use sapar_domain::payments;
    use sapar_shared::paths;

    door::check(&token)?;
    let page = paths::order(lang, &token);
    let services = request::services()?;
    let cancelled = async {
        let mut tx = services.begin().await?;
        payments::cancel(&mut tx, &services.ctx, &token).await?;
        tx.commit().await?;
        Ok::<(), payments::PaymentError>(())
    };
    match cancelled.await {
        Ok(()) if request::wants_html() => door::lead_to(&page),
        Ok(()) => Ok(Ok(())),
        Err(error) => {
            let refusal = door::from_payment(error);
            let notice = if matches!(refusal, AppError::NotOpen(_)) { "late" } else { "cancel" };
            door::refuse(refusal, &format!("{page}?notice={notice}"))
        }
    }
}

/// From an order that was replaced to the one that the browser's cart holds; where it holds none, to the tour.
#[server(prefix = "/fn", endpoint = "to_newer_order", output = Wire)]
pub async fn to_newer(lang: Lang, slug: String) -> Tried<()> {
    use crate::{request, site::tour::api::CART_COOKIE};
    use sapar_domain::orders;
    use sapar_shared::{forms::search::encode, paths};

    let services = request::services()?;
    let mut held = None;
    if let Some(cart) = request::cookie(CART_COOKIE).and_then(|text| text.parse().ok()) {
        let mut conn = services.conn().await.map_err(request::unavailable)?;
        held = orders::held_by_cart(&mut conn, &services.ctx, cart).await.map_err(request::unavailable)?;
    }
    let tour = || format!("{}#book", paths::tour(lang, &encode(&slug)));
    door::lead_to(&held.map_or_else(tour, |token| paths::checkout_order(lang, &token)))
}

/// What the server functions of order and checkout have in common.
#[cfg(feature = "ssr")]
pub mod door {
    use crate::{
        error::{AppError, Tried},
        request,
    };
    use http::header::CACHE_CONTROL;
    use sapar_domain::{
        Services,
        orders::{self, OrderError},
        payments::PaymentError,
    };
    use sapar_shared::{Lang, dto::order::OrderStatus, dto::order::OrderView};

    pub async fn view(services: &Services, lang: Lang, token: &str) -> Result<OrderView, AppError> {
        let mut conn = services.conn().await.map_err(request::unavailable)?;
        let order = orders::view(&mut conn, &services.ctx, token, lang).await.map_err(request::unavailable)?;
        order.ok_or(AppError::NotFound)
    }

    /// A token goes into addresses we send people to: whatever is none of ours stops here.
    pub fn check(token: &str) -> Result<(), AppError> {
        let ours = (1..=64).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric());
        if ours { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// No cache but the reader's own keeps it; that one may show it again without a network.
    pub fn keep_private() {
        request::append_header(CACHE_CONTROL, "private, no-cache");
    }

    /// Sends the browser on, with a script or without one, within the site or out of it.
    pub fn lead_to(address: &str) -> Tried<()> {
        if http::HeaderValue::from_str(address).is_err() {
            return Ok(Err(request::unavailable("an address that no header can carry")));
        }
        leptos_axum::redirect(address);
        Ok(Ok(()))
    }

    /// With a script the page says it; without one the browser goes to `fallback`, which does.
    pub fn refuse(refusal: AppError, fallback: &str) -> Tried<()> {
        if request::wants_html() { lead_to(fallback) } else { Ok(Err(refusal)) }
    }

    #[must_use]
    pub fn from_order(error: OrderError) -> AppError {
        match error {
            OrderError::NotFound => AppError::NotFound,
            OrderError::Form(errors) => AppError::Fields(errors),
            OrderError::NotOpen(status) => AppError::NotOpen(status),
            OrderError::TooLate => AppError::NotOpen(OrderStatus::Paid),
            OrderError::NotOnSale | OrderError::SoldOut(_) => AppError::NotOnSale,
            OrderError::Quantity => AppError::Quantity,
            OrderError::Database(error) => request::unavailable(error),
        }
    }

    #[must_use]
    pub fn from_payment(error: PaymentError) -> AppError {
        match error {
            PaymentError::Order(error) => from_order(error),
            PaymentError::NoContact => AppError::NothingChosen,
            error => request::unavailable(error),
        }
    }
}
