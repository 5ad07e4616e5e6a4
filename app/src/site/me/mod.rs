//! One's account: contacts, orders, what one tells of oneself, what keeps it safe. Without one: language, theme, the way in.
pub mod api;
mod contacts;
mod frame;
mod orders;
mod page;
mod profile;
mod security;
mod sessions;
mod step;
mod unproven;

pub use orders::OrdersPage;
pub use page::MePage;
pub use profile::ProfilePage;
pub use security::SecurityPage;
pub use unproven::UnprovenEmail;
