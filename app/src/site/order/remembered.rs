//! The orders made in this browser, for its page of tickets.
use super::phase::Phase;
use crate::browser;
use jiff::Timestamp;
use sapar_shared::dto::order::{OrderStatus, OrderView};
use serde::{Deserialize, Serialize};

/// The key in the browser's storage; a list, the latest order first.
pub const KEY: &str = "sapar_orders";
/// The oldest ones make room.
const MOST: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedOrder {
    pub token: String,
    pub number: String,
    pub title: String,
    #[serde(with = "sapar_shared::packed")]
    pub starts_at: Timestamp,
    pub tickets: i32,
    /// As it was last seen; what older versions kept does not say.
    #[serde(default)]
    pub status: Option<OrderStatus>,
    /// Sold for cash and taken back at the counter: nothing comes to a card.
    #[serde(default)]
    pub undone: bool,
    /// The end of the hold.
    #[serde(default, with = "sapar_shared::packed")]
    pub expires_at: Option<Timestamp>,
}

impl RememberedOrder {
    /// Not paid when it was last seen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status.is_some_and(OrderStatus::holds_places)
    }
}

#[must_use]
pub fn remembered() -> Vec<RememberedOrder> {
    browser::stored(KEY).unwrap_or_default()
}

/// Puts the order first, or where it already stands. A hold that ended before anybody said for whom it is was no order yet,
/// and no money can come for it: it is forgotten.
pub fn remember(order: &OrderView) {
    let Some(first) = order.lines.first() else { return };
    let mut orders = remembered();
    if Phase::of(order).is_lost() && order.contact_name.is_empty() {
        orders.retain(|known| known.token != order.token);
        browser::store(KEY, &orders);
        return;
    }
    let entry = RememberedOrder {
        token: order.token.clone(),
        number: order.number.clone(),
        title: first.listing_title.clone(),
        starts_at: first.starts_at,
        tickets: order.lines.iter().map(|line| line.quantity).sum(),
        status: Some(order.status),
        undone: Phase::of(order) == Phase::Undone,
        expires_at: Some(order.expires_at),
    };
    match orders.iter_mut().find(|known| known.token == entry.token) {
        Some(known) => *known = entry,
        None => orders.insert(0, entry),
    }
    orders.truncate(MOST);
    browser::store(KEY, &orders);
}
