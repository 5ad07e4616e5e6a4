//! What a paid order looks like on paper, in a phone's gallery, in a mailbox and in a text message.
//!
//! Pure: the same [`OrderPaper`](sapar_shared::dto::paper::OrderPaper) gives the same bytes; nothing is read or kept
//! but typst's own cache.
mod clean;
mod error;
pub mod letter;
pub mod mail;
pub mod manifest;
mod moves;
pub mod notice;
pub mod organisation;
mod press;
pub mod safety;
mod sheet;
pub mod sms;
pub mod void;

pub use error::DocumentError;

use sapar_shared::dto::paper::OrderPaper;
use sheet::Sheet;

/// All tickets of an order as one PDF, a page each, in the order of their positions.
///
/// # Errors
/// When a QR code's address is too long for a code, or typst refuses the data (see [`DocumentError`]).
pub fn order_pdf(order: &OrderPaper) -> Result<Vec<u8>, DocumentError> {
    if order.tickets.is_empty() {
        return Err(DocumentError::NoTicket(0));
    }
    press::pdf(&Sheet::of(order, 0..order.tickets.len())?, order.paid_at)
}

/// One ticket as a PNG, 900 pixels wide; `index` counts from 0.
///
/// # Errors
/// As [`order_pdf`], and when the order has no ticket at `index`.
pub fn ticket_png(order: &OrderPaper, index: usize) -> Result<Vec<u8>, DocumentError> {
    if index >= order.tickets.len() {
        return Err(DocumentError::NoTicket(index));
    }
    press::png(&Sheet::of(order, index..index + 1)?.without_order_link())
}
