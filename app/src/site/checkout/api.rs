//! The server functions of steps 2 and 3.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::order::OrderView,
    forms::{FieldErrors, checkout::ContactForm},
};
use serde::{Deserialize, Serialize};

/// The order, and how its form begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub order: OrderView,
    pub typed: ContactForm,
    /// Not empty when a form without a script has just been refused.
    pub errors: FieldErrors,
}

#[server(prefix = "/fn", endpoint = "load_checkout", output = Wire)]
pub async fn load_checkout(lang: Lang, token: String) -> Result<Checkout, AppError> {
    use super::draft::cookie;
    use crate::site::order::api::door;

    let services = crate::request::services()?;
    door::keep_private();
    let order = door::view(&services, lang, &token).await?;
    // What was sent for another order only fills what this one does not know yet.
    let draft = cookie::read(&token).filter(|(_, refused)| *refused || order.contact_name.is_empty());
    if let Some((typed, refused)) = draft {
        let errors = if refused { typed.validate().err().unwrap_or_default() } else { FieldErrors::new() };
        return Ok(Checkout { order, typed, errors });
    }
    let typed =
        ContactForm { name: order.contact_name.clone(), phone: order.contact_phone.clone(), email: order.contact_email.clone() };
    Ok(Checkout { order, typed, errors: FieldErrors::new() })
}

/// Takes the contact and leads to the payment page. A second press finds the payment of the first.
#[server(prefix = "/fn", endpoint = "pay_order", output = Wire)]
pub async fn pay_order(
    lang: Lang,
    token: String,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
) -> Tried<()> {
    use super::draft::cookie;
    use crate::{request, site::order::api::door};
    use sapar_shared::paths;

    door::check(&token)?;
    let form = ContactForm { name, phone, email };
    let refusal = match take(&token, &form).await {
        Ok(address) => {
            cookie::forget();
            return door::lead_to(&address);
        }
        Err(refusal) => refusal,
    };
    let (checkout, order) = (paths::checkout_order(lang, &token), paths::order(lang, &token));
    match refusal {
        // It has moved on, or its hour is over: its own page says so.
        AppError::NotOpen(_) | AppError::NotFound => door::lead_to(&order),
        AppError::Fields(_) => {
            if request::wants_html() {
                cookie::keep(&token, &form);
            }
            door::refuse(refusal, &format!("{checkout}#contact-form"))
        }
        // Depending on what is away, the checkout tells it or leads on to the order, which tells it.
        _ => {
            if request::wants_html() {
                cookie::keep(&token, &form);
            }
            door::refuse(refusal, &format!("{checkout}?notice=pay#pay-trouble"))
        }
    }
}

/// The payment page's address.
#[cfg(feature = "ssr")]
async fn take(token: &str, form: &ContactForm) -> Result<String, AppError> {
    use crate::{request, site::order::api::door};
    use sapar_domain::{orders, payments};

    let services = request::services()?;
    let mut tx = services.begin().await.map_err(request::unavailable)?;
    orders::set_contact(&mut tx, &services.ctx, token, form).await.map_err(door::from_order)?;
    tx.commit().await.map_err(request::unavailable)?;
    let ip = request::client_ip().to_string();
    let started = payments::start(&services, token, Some(&ip)).await.map_err(door::from_payment)?;
    started.ok_or(AppError::Unavailable)
}
