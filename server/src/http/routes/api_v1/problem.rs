//! Every refusal of the API: RFC 9457's problem+json with a code that programs may rely on.
use crate::http::routes::passes;
use axum::response::{IntoResponse, Response};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use sapar_domain::{inventory::Left, orders::OrderError, payments::PaymentError, tickets::GateError};
use sapar_shared::forms::{
    FieldError, FieldErrors,
    checkout::{MAX_LINES, MAX_QUANTITY},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! codes {
    ($($name:ident = $status:literal $word:literal: $title:literal, $meaning:literal;)*) => {
        /// What went wrong, in a word that stays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Code {
            $($name,)*
        }

        impl Code {
            pub(super) const ALL: &[Self] = &[$(Self::$name,)*];

            pub(super) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            pub(super) const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            pub(super) const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    MalformedJson = 400 "malformed_json": "Malformed JSON", "The body is not JSON in UTF-8.";
    InvalidParameter = 400 "invalid_parameter": "Invalid parameter", "A query parameter or a header has an impossible value; `errors` names it.";
    IdempotencyKeyRequired = 400 "idempotency_key_required": "Idempotency-Key required", "Placing an order needs the header `Idempotency-Key`: 1 to 255 visible ASCII characters, best a random UUID.";
    Unauthorized = 401 "unauthorized": "Unauthorized", "No bearer token, or an unknown or revoked one.";
    Forbidden = 403 "forbidden": "Forbidden", "The token may not do this.";
    NotFound = 404 "not_found": "Not found", "No such address, listing, order, departure or ticket, or another organisation's.";
    MethodNotAllowed = 405 "method_not_allowed": "Method not allowed", "The address exists, but not for this method; the header `Allow` lists those it knows.";
    InFlight = 409 "in_flight": "Still in flight", "The first request with this Idempotency-Key has not been answered yet. Ask again in a second.";
    SoldOut = 409 "sold_out": "Sold out", "Fewer places are left than asked for; `left` says how many of each ticket type.";
    NotOnSale = 409 "not_on_sale": "Not on sale", "The departure has left, was cancelled or is not published, or its sale is closed.";
    NotOpen = 409 "not_open": "Not open", "The order's status does not allow it any more.";
    TooLate = 409 "too_late": "Too late", "Cancelling is not free any more, or a ticket was used.";
    PayloadTooLarge = 413 "payload_too_large": "Payload too large", "The body is larger than 256 KiB.";
    UnsupportedMediaType = 415 "unsupported_media_type": "Unsupported media type", "The body must be sent as `application/json`.";
    Validation = 422 "validation": "Validation failed", "The body is JSON, but some of its fields are missing or wrong; `errors` names each.";
    Quantity = 422 "quantity": "Quantity out of bounds", "Fewer or more tickets than are sold in one order.";
    IdempotencyKeyReused = 422 "idempotency_key_reused": "Idempotency-Key reused", "This Idempotency-Key came with another body before.";
    TooManyRequests = 429 "too_many_requests": "Too many requests", "Slow down; the header `Retry-After` says for how long.";
    Internal = 500 "internal": "Internal error", "Our fault, and written down. Repeating the request may help.";
    Unavailable = 503 "unavailable": "Unavailable", "We cannot answer now; the header `Retry-After` says when to ask again.";
}

/// A refusal. `code` is for programs and stays; `title` and `detail` are for people and may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "/api/v1/docs#sold_out")]
    kind: Box<str>,
    #[schema(value_type = String, example = "Sold out")]
    title: Box<str>,
    /// The HTTP status once more.
    #[schema(example = 409)]
    status: u16,
    code: Code,
    #[schema(value_type = String, example = "Not enough places are left.")]
    detail: Box<str>,
    /// Fields that are wrong; absent where no field is to blame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// With `sold_out`: what is left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left: Vec<PlacesLeft>,
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// Its path in the body, or the parameter's name.
    #[schema(example = "contact.phone")]
    field: String,
    /// `missing`, `name`, `phone`, `email`, `quantity`, `malformed`, `unknown` or `out_of_range`.
    #[schema(example = "phone")]
    code: String,
}

/// What is left of a ticket type that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct PlacesLeft {
    ticket_type_id: Uuid,
    #[schema(example = 2)]
    places_left: i32,
}

impl Problem {
    pub(super) fn new(code: Code, detail: impl Into<Box<str>>) -> Self {
        Self {
            kind: format!("/api/v1/docs#{}", code.as_str()).into(),
            title: code.title().into(),
            status: code.status(),
            code,
            detail: detail.into(),
            errors: Vec::new(),
            left: Vec::new(),
        }
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}."))
    }

    /// One field is to blame.
    pub(super) fn field(code: Code, field: &str, error: &str, detail: impl Into<Box<str>>) -> Self {
        let errors = vec![FieldProblem { field: field.to_owned(), code: error.to_owned() }];
        Self { errors, ..Self::new(code, detail) }
    }

    pub(crate) fn too_many(seconds: u64) -> Response {
        let mut response = Self::new(Code::TooManyRequests, format!("Try again in {seconds} s.")).into_response();
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    pub(crate) fn unavailable() -> Response {
        Self::new(Code::Unavailable, "It took too long.").into_response()
    }

    pub(super) const fn status(&self) -> u16 {
        self.status
    }

    fn sold_out(left: Vec<Left>) -> Self {
        let left = left.into_iter().map(|l| PlacesLeft { ticket_type_id: l.ticket_type.0, places_left: l.places }).collect();
        Self { left, ..Self::new(Code::SoldOut, "Not enough places are left.") }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Strings and numbers: this cannot fail.
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self.code {
            Code::InFlight | Code::Unavailable => headers.insert(RETRY_AFTER, HeaderValue::from_static("1")),
            Code::Unauthorized => headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Sapar\"")),
            _ => None,
        };
        response
    }
}

/// The path of a form's field in the API's body.
fn place_of(field: &str) -> String {
    if field == "lines" { field.to_owned() } else { format!("contact.{field}") }
}

fn quantity_bounds() -> String {
    format!(
        "An order has 1 to {MAX_LINES} lines of 1 to {MAX_QUANTITY} tickets each, and of a ticket type from its min_per_order \
         to its max_per_order."
    )
}

const fn word(error: FieldError) -> &'static str {
    match error {
        FieldError::Missing => "missing",
        FieldError::Name => "name",
        FieldError::Phone => "phone",
        FieldError::Email => "email",
        FieldError::Quantity => "quantity",
        FieldError::Short => "short",
        FieldError::Common => "common",
        FieldError::Date => "date",
        FieldError::Bin => "bin",
        FieldError::Iban => "iban",
        FieldError::Choice => "choice",
        FieldError::TooLong => "too_long",
        FieldError::Same => "same",
        FieldError::Consent => "consent",
        FieldError::Code => "code",
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        let errors =
            errors.into_iter().map(|(field, error)| FieldProblem { field: place_of(&field), code: word(error).to_owned() });
        Self { errors: errors.collect(), ..Self::new(Code::Validation, "Some fields are missing or wrong.") }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        // The message of a database error names no values; those are in its detail, which is not printed.
        tracing::error!(%error, "an API request failed");
        if passes(&error) {
            Self::new(Code::Unavailable, "The service cannot answer now.")
        } else {
            Self::new(Code::Internal, "Something went wrong on our side.")
        }
    }
}

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::NotFound => Self::not_found("order"),
            OrderError::SoldOut(left) => Self::sold_out(left),
            OrderError::NotOnSale => Self::new(Code::NotOnSale, "A ticket of this order is not on sale."),
            OrderError::Quantity => Self::field(Code::Quantity, "lines", "quantity", quantity_bounds()),
            OrderError::Form(errors) => errors.into(),
            OrderError::NotOpen(status) => Self::new(Code::NotOpen, format!("The order is {}.", status.as_str())),
            OrderError::TooLate => Self::new(Code::TooLate, "Cancelling is not free any more, or a ticket was used."),
            OrderError::Database(error) => error.into(),
        }
    }
}

impl From<PaymentError> for Problem {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::Order(error) => error.into(),
            PaymentError::Database(error) => error.into(),
            error => {
                tracing::error!(%error, "an API request failed");
                Self::new(Code::Internal, "Something went wrong on our side.")
            }
        }
    }
}

impl From<GateError> for Problem {
    fn from(error: GateError) -> Self {
        match error {
            GateError::Forbidden(_) => Self::new(Code::Forbidden, "The token may not do this."),
            GateError::Database(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_travels() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).ok().as_ref().and_then(|v| v.as_str()), Some(code.as_str()));
            assert!(StatusCode::from_u16(code.status()).is_ok_and(|s| s.is_client_error() || s.is_server_error()));
        }
    }
}
