use crate::accounts::Forbidden;

/// Why an account was not erased.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    /// An order is still ahead, or an organisation would lose its owner; `erasure` names them.
    #[error("not yet")]
    NotYet,
    /// Nobody is signed in, or the password was another account's.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
