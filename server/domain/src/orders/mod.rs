//! A cart that was placed: its lines, its hold, its life until it is paid, given up or given back.
//!
//! `held → awaiting_payment → paid → (completed | partly_refunded | refunded)`;
//! `held | awaiting_payment → failed | expired | cancelled`; and, when money comes after all,
//! `failed | expired | cancelled → paid`.
mod affected;
mod close;
mod error;
mod hold_cart;
pub mod jobs;
mod join;
mod mark_paid;
mod mine;
mod place;
mod popularity;
mod queries;
mod queries_mine;
mod set_contact;
mod states;
mod view;

pub use affected::{AffectedError, affected};
pub use close::{Closing, cancel_open, close, refund};
pub use error::OrderError;
pub use hold_cart::{held_by_cart, hold_cart};
pub use join::join_account;
pub use mark_paid::{MarkPaid, mark_paid};
pub use mine::my_orders;
pub use place::{HOLD, place};
pub use popularity::count_sales_later;
pub use queries::{
    Locked, by_number, lock_by_id, lock_by_number, lock_by_token, open_of_departure, overdue, places_of, set_failure,
    start_awaiting,
};
pub use set_contact::set_contact;
pub use states::may_follow;
pub use view::{find_by_id, view};
