//! Passkeys (WebAuthn): the browser signs a challenge with a key that never leaves the person's device. webauthn-rs checks what
//! it answers; here is only what is kept, for whom, and for how long.
mod queries;
mod register;
mod sign_in;

pub use queries::sweep;
pub use register::{finish_registration, passkeys, remove_passkey, start_registration};
pub use sign_in::{sign_in, start_sign_in};

use super::{AccountError, Forbidden};
use crate::kernel::Ctx;
use jiff::SignedDuration;
use sapar_shared::forms::FieldError;
use std::net::IpAddr;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// The browser's own dialogue gives up before that.
const CHALLENGE_LASTS: SignedDuration = SignedDuration::from_mins(5);
/// Devices of one person.
pub const MAX_PASSKEYS: i64 = 20;

/// What a browser is asked; it answers under the same `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    pub id: uuid::Uuid,
    /// JSON as `PublicKeyCredential.parse…OptionsFromJSON` takes it.
    pub options: String,
}

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// Passkeys belong to a name; an address of numbers has none.
    #[error("no passkeys at this address")]
    NotHere,
    /// The answer does not fit the challenge, or came too late.
    #[error("not proven")]
    NotProven,
    #[error("too many passkeys")]
    TooMany,
    /// What the device is called is no name for it.
    #[error("not a device's name")]
    Name(FieldError),
    /// Guessed too often.
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether passkeys can be offered at our own address.
#[must_use]
pub fn are_offered(ctx: &Ctx) -> bool {
    relying_party(ctx).is_ok()
}

fn relying_party(ctx: &Ctx) -> Result<Webauthn, PasskeyError> {
    let origin = Url::parse(&ctx.public_url).map_err(|_| PasskeyError::NotHere)?;
    let host = origin.host_str().filter(|host| host.parse::<IpAddr>().is_err() && !host.starts_with('['));
    let host = host.ok_or(PasskeyError::NotHere)?;
    let built = WebauthnBuilder::new(host, &origin).and_then(|builder| builder.rp_name("Sapar").build());
    built.map_err(|error| {
        tracing::warn!(?error, "no passkeys at our address");
        PasskeyError::NotHere
    })
}

/// What webauthn-rs found wrong is for the log; whoever asked learns that it was not proven.
fn not_proven(error: impl std::fmt::Debug) -> PasskeyError {
    tracing::info!(?error, "a passkey's answer was refused");
    PasskeyError::NotProven
}

fn to_json(value: &impl serde::Serialize) -> sqlx::Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn of_json<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> sqlx::Result<T> {
    serde_json::from_value(value).map_err(|error| sqlx::Error::Decode(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Keys;

    #[test]
    fn passkeys_want_a_name_for_an_address() {
        for (url, offered) in [
            ("https://sapar.kz", true),
            ("http://localhost:3000", true),
            ("http://127.0.0.1:3000", false),
            ("http://[::1]:3000", false),
            ("nonsense", false),
        ] {
            assert_eq!(are_offered(&Ctx::new(Keys::derive(b"x"), url, true)), offered, "{url}");
        }
    }
}
