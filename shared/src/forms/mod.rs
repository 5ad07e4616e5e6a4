//! What people send, with `validate()`: typed answers beside the field, never a sentence.
pub mod account;
pub mod cash;
pub mod checkout;
pub mod draft;
pub mod organisation;
pub mod search;
pub mod ticket_types;

use serde::{Deserialize, Serialize};

/// What is wrong with one field; the UI has the words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldError {
    Missing,
    Name,
    Phone,
    Email,
    Quantity,
    /// A password of too few letters.
    Short,
    /// A password that everybody tries first.
    Common,
    /// No day, or none that it can be.
    Date,
    /// No BIN or IIN: a digit is wrong.
    Bin,
    /// No IBAN of Kazakhstan: a letter or a digit is wrong.
    Iban,
    /// None of what can be chosen.
    Choice,
    TooLong,
    /// What it was before.
    Same,
    /// A value whose use was not agreed to.
    Consent,
    /// A code that does not fit.
    Code,
}

/// A field's name and what is wrong with it.
pub type FieldErrors = Vec<(String, FieldError)>;
