//! What a tour's page asks for, and the first step of buying.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{Lang, dto::catalog::Tour};
use std::collections::BTreeMap;

/// The cookie that tells one visitor's cart from another's; scripts do not see it.
pub const CART_COOKIE: &str = "sapar_cart";

#[server(prefix = "/fn", endpoint = "catalog/tour", input = GetUrl, output = Wire)]
pub async fn load_tour(lang: Lang, slug: String) -> Result<Tour, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let tour = sapar_domain::catalog::tour(&mut conn, &services.ctx, lang, &slug).await.map_err(unavailable)?;
    tour.ok_or(AppError::NotFound)
}

/// Holds places for an hour and goes on to the second step. `departure` and the keys of `counts` are ids, the values are
/// numbers as typed. A refusal comes back in place, or, without a script, as a redirect to the tour with everything kept.
#[server(prefix = "/fn", endpoint = "orders/hold", output = Wire)]
pub async fn hold_places(
    lang: Lang,
    slug: String,
    #[server(default)] departure: String,
    #[server(default)] counts: BTreeMap<String, String>,
) -> Tried<()> {
    match hold::hold(lang, &departure, &counts).await {
        Ok(token) => {
            leptos_axum::redirect(&sapar_shared::paths::checkout_order(lang, &token));
            Ok(Ok(()))
        }
        Err(error) => {
            let back = hold::back(lang, &slug, &departure, &counts, &error);
            crate::request::refuse(error, back)
        }
    }
}

#[cfg(feature = "ssr")]
mod hold {
    use super::CART_COOKIE;
    use crate::{
        error::AppError,
        request::{cookie, services, set_cookie, unavailable},
    };
    use sapar_domain::orders::{OrderError, hold_cart};
    use sapar_shared::{
        Lang,
        forms::{checkout::CartLine, search::encode},
        ids::{DepartureId, TicketTypeId},
        paths,
    };
    use std::collections::BTreeMap;
    use uuid::Uuid;

    /// As long as a browser keeps the cookie of a cart: held places go after an hour, the cart's name may stay.
    const CART_AGE: u32 = 7 * 24 * 3600;

    fn cart() -> Uuid {
        cookie(CART_COOKIE).and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            let cart = Uuid::new_v4();
            set_cookie(CART_COOKIE, &cart.to_string(), Some(CART_AGE), false);
            cart
        })
    }

    /// Form fields are `counts[t<id>]`: a key that begins with a digit would be read as a place in a list.
    fn bare(key: &str) -> &str {
        key.strip_prefix('t').unwrap_or(key)
    }

    fn lines(departure: &str, counts: &BTreeMap<String, String>) -> Result<Vec<CartLine>, AppError> {
        let departure_id: DepartureId = departure.parse().map_err(|_| AppError::NoDeparture)?;
        let mut lines = Vec::new();
        for (id, typed) in counts {
            let ticket_type_id: TicketTypeId = bare(id).parse().map_err(|_| AppError::NotOnSale)?;
            let typed = typed.trim();
            let quantity: i32 = if typed.is_empty() { 0 } else { typed.parse().map_err(|_| AppError::Quantity)? };
            match quantity {
                0 => {}
                1.. => lines.push(CartLine { departure_id, ticket_type_id, quantity }),
                _ => return Err(AppError::Quantity),
            }
        }
        if lines.is_empty() { Err(AppError::NothingChosen) } else { Ok(lines) }
    }

    /// The order's token.
    pub(super) async fn hold(lang: Lang, departure: &str, counts: &BTreeMap<String, String>) -> Result<String, AppError> {
        let lines = lines(departure, counts)?;
        let services = services()?;
        let mut tx = services.begin().await.map_err(unavailable)?;
        let placed = hold_cart(&mut tx, &services.ctx, cart(), lang, &lines).await.map_err(refusal)?;
        tx.commit().await.map_err(unavailable)?;
        Ok(placed.token)
    }

    fn refusal(error: OrderError) -> AppError {
        match error {
            OrderError::SoldOut(left) => {
                AppError::SoldOut { left: left.into_iter().map(|l| (l.ticket_type, l.places)).collect() }
            }
            OrderError::NotOnSale | OrderError::NotFound => AppError::NotOnSale,
            OrderError::Quantity => AppError::Quantity,
            OrderError::Form(errors) => AppError::Fields(errors),
            OrderError::NotOpen(status) => AppError::NotOpen(status),
            other => unavailable(other),
        }
    }

    /// The tour's page with what was chosen and what went wrong.
    pub(super) fn back(lang: Lang, slug: &str, departure: &str, counts: &BTreeMap<String, String>, error: &AppError) -> String {
        let chosen: String =
            counts.iter().take(100).map(|(id, count)| format!("&c.{}={}", encode(bare(id)), encode(count))).collect();
        format!("{}?departure={}&error={}{chosen}#book", paths::tour(lang, &encode(slug)), encode(departure), error.word())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn counts_are_read_as_typed() {
            let id = Uuid::new_v4().to_string();
            let counts =
                |text: &str| BTreeMap::from([(Uuid::new_v4().to_string(), String::new()), (id.clone(), text.to_owned())]);
            assert_eq!(lines(&id, &counts(" 2 ")).map(|l| l.len()), Ok(1));
            assert_eq!(lines(&id, &counts("0")), Err(AppError::NothingChosen));
            assert_eq!(lines(&id, &counts("-1")), Err(AppError::Quantity));
            assert_eq!(lines(&id, &counts("99999999999")), Err(AppError::Quantity));
            assert_eq!(lines("", &counts("1")), Err(AppError::NoDeparture));
        }

        #[test]
        fn nothing_typed_leaves_the_query() {
            let counts = BTreeMap::from([("a&b".to_owned(), "1#x".to_owned())]);
            let back = back(Lang::Ru, "a/../b", "d\r\n", &counts, &AppError::NothingChosen);
            assert_eq!(back, "/ru/tours/a%2F..%2Fb?departure=d%0D%0A&error=nothing_chosen&c.a%26b=1%23x#book");
        }
    }
}
