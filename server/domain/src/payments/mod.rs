//! Collecting the money. Whatever a provider says, by callback, on return or when asked, goes through `settle`, and an
//! order settles once.
mod callback;
mod cancel;
mod cards;
mod cash;
mod end_holds;
mod error;
mod expire;
pub mod jobs;
mod poll;
pub mod provider;
mod queries;
mod return_money;
mod settle;
mod start;

pub use callback::receive_callback;
pub use cancel::cancel;
pub use cards::{CARD_RESULT_PATH, receive_card, remove_card, store_card};
pub use cash::{record_cash, return_cash};
pub use end_holds::end_holds;
pub use error::PaymentError;
pub use expire::{close_payment, expire_due};
pub use poll::{poll, poll_due};
pub use provider::PaymentProvider;
pub use return_money::return_money;
pub use settle::{Settled, Source, settle};
pub use start::{RESULT_PATH, start};
