//! What can go wrong between a page and the house behind it: small, typed, the same on both sides of the wire.
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::PostcardEncoding,
};
use sapar_shared::{
    dto::{
        editor::{Problem, StockRefusal},
        order::OrderStatus,
    },
    forms::{FieldError, FieldErrors},
    ids::TicketTypeId,
};
use serde::{Deserialize, Serialize};

/// Why a server function did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// There is no such thing, or it is not for this visitor to know.
    NotFound,
    /// Less is free than was asked for; what is left of each ticket type.
    SoldOut { left: Vec<(TicketTypeId, i32)> },
    /// The departure has left, is cancelled, or is not sold yet.
    NotOnSale,
    /// No departure was chosen.
    NoDeparture,
    /// Nothing was chosen.
    NothingChosen,
    /// A count outside what one order may hold.
    Quantity,
    /// What is wrong with which field.
    Fields(FieldErrors),
    /// The order has moved on and no longer allows this.
    NotOpen(OrderStatus),
    /// Why stock was not changed as asked.
    Stock(StockRefusal),
    /// What keeps a draft, or what was sent beside it, from being taken.
    Problems(Vec<Problem>),
    /// The listing's status does not allow it; its word, `in_review` also for a published one whose edits wait.
    WrongStatus(String),
    /// Too many tries; how long to wait.
    TooMany { seconds: u32 },
    /// Wrong e-mail or password; it does not say which.
    WrongSignIn,
    /// Nobody is signed in.
    SignInFirst,
    /// Signed in, but this is not theirs.
    Forbidden,
    /// The database, the network or a provider does not answer now; nothing was changed.
    Unavailable,
}

/// What a form gets: `Ok(Err(…))` is a refusal that the visitor can put right. It travels as HTTP 200, for a browser
/// writes every answer from 400 up into its console as if the page were broken.
pub type Tried<T> = Result<Result<T, AppError>, AppError>;

impl AppError {
    /// The HTTP status of a page that shows this error.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SoldOut { .. } | Self::NotOnSale | Self::NotOpen(_) | Self::Stock(_) | Self::WrongStatus(_) => 409,
            Self::NoDeparture | Self::NothingChosen | Self::Quantity | Self::Fields(_) | Self::Problems(_) => 422,
            Self::TooMany { .. } => 429,
            Self::WrongSignIn | Self::SignInFirst => 401,
            Self::Forbidden => 403,
            Self::Unavailable => 503,
        }
    }

    /// The error of one field, if that is what this is about.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<FieldError> {
        match self {
            Self::Fields(errors) => errors.iter().find(|(field, _)| field == name).map(|(_, error)| *error),
            _ => None,
        }
    }

    /// The word that stands for it in a query string, for forms sent without a script.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::SoldOut { .. } => "sold_out",
            Self::NotOnSale => "not_on_sale",
            Self::NoDeparture => "no_departure",
            Self::NothingChosen => "nothing_chosen",
            Self::Quantity => "quantity",
            Self::TooMany { .. } => "too_many",
            _ => "unavailable",
        }
    }

    /// The other way round, for the booking panel. What is left is on the page anyway.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "sold_out" => Some(Self::SoldOut { left: Vec::new() }),
            "not_on_sale" => Some(Self::NotOnSale),
            "no_departure" => Some(Self::NoDeparture),
            "nothing_chosen" => Some(Self::NothingChosen),
            "quantity" => Some(Self::Quantity),
            "too_many" => Some(Self::TooMany { seconds: 60 }),
            "unavailable" => Some(Self::Unavailable),
            _ => None,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        {
            tracing::warn!(%error, "a server function's call was not understood");
            // A plain form is sent back to its page.
            if let (Some(status), false) = (blame(&error), crate::request::wants_html()) {
                crate::request::set_status(status);
            }
        }
        let _ = error;
        Self::Unavailable
    }
}

/// The status that tells the caller what was wrong with the call; `None` where it was not the caller's fault.
#[cfg(feature = "ssr")]
fn blame(error: &ServerFnErrorErr) -> Option<u16> {
    match error {
        ServerFnErrorErr::Deserialization(why) if why.contains("length limit") => Some(413),
        ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Some(400),
        _ => None,
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl std::error::Error for AppError {}
