//! What an account's own pages show.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A device that signs in without a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRow {
    /// The key's id in base64url.
    pub id: String,
    pub name: String,
    #[serde(with = "crate::packed")]
    pub created_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub last_used_at: Option<Timestamp>,
}
