//! A person's own data: all of it at once for whoever asks for theirs, and its end. What bookkeeping must keep of an erased
//! person's orders stays under a pseudonym.
mod erase;
mod error;
mod export;
pub mod jobs;
mod queries;
mod queries_export;
mod queries_organisations;
mod sweep;

pub use erase::{erase, erasure};
pub use error::PrivacyError;
pub use export::{Export, ExportedOrder, begin_export, exported_account, exported_orders};
pub use sweep::sweep;
