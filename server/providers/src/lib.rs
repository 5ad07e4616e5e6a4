//! What stands on the other side of Sapar's borders: clients of the payment, SMS and mail providers, and sandboxes that
//! play those providers over the same protocols for the demo, the tests and the benchmark.
pub mod freedompay;
mod http;
pub mod mail;
pub mod mobizon;
pub mod sandbox;

pub use freedompay::{FreedomPay, FreedomPayConfig};
pub use mail::{Mailer, MailerConfig};
pub use mobizon::{Mobizon, MobizonConfig};
pub use sandbox::{Sandbox, SandboxConfig};

/// A client could not be made from its configuration. The text never holds a secret.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SetupError(pub String);
