//! What people send, with `validate()`: typed answers beside the field, never a sentence.
pub mod cash;
pub mod checkout;
pub mod search;

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
}

/// A field's name and what is wrong with it.
pub type FieldErrors = Vec<(String, FieldError)>;
