//! One's account: contacts, orders, what one tells of oneself, what keeps it safe, its data and its end. Without one: language, theme, the way in.
pub mod api;
mod codes;
mod contacts;
pub mod data;
mod follows;
mod frame;
mod orders;
mod page;
mod profile;
mod security;
mod sessions;
mod step;
mod unproven;

pub use data::DataPage;
pub use orders::OrdersPage;
pub use page::MePage;
pub use profile::ProfilePage;
pub use security::SecurityPage;
pub use unproven::UnprovenEmail;
