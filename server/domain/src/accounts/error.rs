use super::Forbidden;
use sapar_shared::forms::FieldErrors;

/// Why an account's use case did not do what it was asked to. None of it tells whether an account exists.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A wrong e-mail, password or code; it does not say which.
    #[error("wrong secret")]
    Wrong,
    #[error("too many attempts")]
    TooMany { seconds: i64 },
    /// The link, code or wish has ended, was used, or was never there.
    #[error("no longer open")]
    Over,
    /// Somebody else has proven this address or number.
    #[error("another account owns it")]
    Taken,
    #[error("the form has errors")]
    Form(FieldErrors),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
