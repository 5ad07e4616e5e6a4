//! Cards that money is paid out to: the calls to the provider. What is kept of them and who may is the partners' room.
mod receive;
mod remove;
mod store;

pub use receive::receive_card;
pub use remove::remove_card;
pub use store::store_card;

/// Our address for what came of a card; its last segment is the request's own token, and part of what is signed. So a report is
/// good for the one request that it was made for, whoever sends it where.
pub const CARD_RESULT_PATH: &str = "/webhooks/freedompay/cards/{token}";
