//! Where the list was left for one of its orders, so that the way back leads there. In the browser only, and for one return.
use sapar_shared::dto::desk::OrdersQuery;
use std::cell::RefCell;

#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    query: OrdersQuery,
    /// So many were loaded.
    pub rows: usize,
    /// So far down it was scrolled.
    pub down: f64,
}

thread_local! {
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

pub fn leave(query: OrdersQuery, rows: usize, down: f64) {
    LEFT.set(Some(Left { query, rows, down }));
}

/// `None` unless this very list was left.
pub fn come_back(query: &OrdersQuery) -> Option<Left> {
    LEFT.take().filter(|left| left.query == *query)
}
