//! The frame around the customer's pages: top bar, the phone's bottom bar, footer.
pub mod bottom_bar;
pub mod cabinet;
pub mod footer;
pub mod frame;
pub mod lang;
pub mod menu;
pub mod progress;
pub mod saved;
pub mod sheet;
pub mod theme;
pub mod top_bar;

pub use frame::{SiteFrame, SiteLayout};
pub use lang::use_lang;
