use crate::accounts::{AccountError, Forbidden};
use sapar_shared::{
    dto::organisation::{OrganisationStatus, Refusal},
    forms::FieldErrors,
};

/// What a member, or somebody who wants to be one, may be refused.
#[derive(Debug, thiserror::Error)]
pub enum PartnerError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Tried too often, or somebody else's address.
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error("not found")]
    NotFound,
    /// It wants the password once more.
    #[error("the password is wanted")]
    ProofWanted,
    #[error("refused: {0:?}")]
    Refused(Refusal),
    #[error("fields: {0:?}")]
    Form(FieldErrors),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a moderator may be refused.
#[derive(Debug, thiserror::Error)]
pub enum ModerationError {
    #[error("no organisation has this slug")]
    NotFound,
    #[error("it has not been sent yet: its owner is still filling it in")]
    NotSent,
    #[error("it was sent, but its owner's e-mail is not confirmed, or its BIN belongs to another organisation")]
    NotConfirmed,
    #[error("an organisation that is {} cannot be blocked", .0.as_str())]
    NotBlockable(OrganisationStatus),
    #[error("nothing that it asked for waits")]
    NoChange,
    #[error("its owner has asked for something else since: see the list again")]
    OtherChange,
    #[error("another organisation has this BIN")]
    BinTaken,
    #[error("its BIN is another's: its owner asks for the right one first")]
    BinLost,
    #[error("a remark has 1 to 1000 letters")]
    Remark,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
