//! The orders made in this browser, for its page of tickets.
use crate::browser;
use jiff::Timestamp;
use sapar_shared::dto::order::OrderView;
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
}

#[must_use]
pub fn remembered() -> Vec<RememberedOrder> {
    browser::stored(KEY).unwrap_or_default()
}

/// Puts the order first, or where it already stands.
pub fn remember(order: &OrderView) {
    let Some(first) = order.lines.first() else { return };
    let entry = RememberedOrder {
        token: order.token.clone(),
        number: order.number.clone(),
        title: first.listing_title.clone(),
        starts_at: first.starts_at,
        tickets: order.lines.iter().map(|line| line.quantity).sum(),
    };
    let mut orders = remembered();
    match orders.iter_mut().find(|known| known.token == entry.token) {
        Some(known) => *known = entry,
        None => orders.insert(0, entry),
    }
    orders.truncate(MOST);
    browser::store(KEY, &orders);
}
