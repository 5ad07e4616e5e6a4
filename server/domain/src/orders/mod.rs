//! A cart that was placed: its lines, its hold, its life until it is paid, given up or given back.
//!
//! `held → awaiting_payment → paid → (completed | partly_refunded | refunded)`;
//! `held | awaiting_payment → failed | expired | cancelled`; and, when money comes after all,
//! `failed | expired | cancelled → paid`.
mod affected;
mod attention;
mod close;
mod counter;
mod delete_view;
mod detail;
mod error;
mod history;
mod hold_cart;
pub mod jobs;
mod join;
mod list;
mod mark_paid;
mod mine;
mod note;
mod place;
mod popularity;
mod queries;
mod queries_counter;
mod queries_desk;
mod queries_mine;
mod queries_views;
mod save_view;
mod saved_views;
mod set_contact;
mod states;
mod take_back;
mod view;

pub use affected::{AffectedError, affected};
pub use attention::attention;
pub use close::{Closing, cancel_open, close, refund};
pub use counter::{Open, Sold, counter, place_for_cash};
pub use delete_view::delete_view;
pub use detail::organisation_order;
pub use error::{DeskError, OrderError};
pub use history::{happened_since, record};
pub use hold_cart::{held_by_cart, hold_cart};
pub use join::join_account;
pub use list::{order_listings, organisation_orders};
pub use mark_paid::{MarkPaid, mark_paid};
pub use mine::my_orders;
pub use note::note;
pub use place::{HOLD, place};
pub use popularity::count_sales_later;
pub use queries::{
    Locked, by_number, lock_by_id, lock_by_number, lock_by_token, open_of_departure, overdue, places_of, set_failure,
    start_awaiting,
};
pub use save_view::save_view;
pub use saved_views::saved_views;
pub use set_contact::set_contact;
pub use states::may_follow;
pub use take_back::{Back, take_back};
pub use view::{find_by_id, given, view};
