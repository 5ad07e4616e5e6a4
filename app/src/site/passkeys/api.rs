//! What the browser's dialogue is asked, and what it answered. Without a script there is no dialogue, so no plain forms either.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::account::PasskeyRow};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A challenge; `options` is JSON for the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub id: Uuid,
    pub options: String,
}

/// The account's keys; `offered` tells whether this address can have any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkeys {
    pub offered: bool,
    pub rows: Vec<PasskeyRow>,
}

#[server(prefix = "/fn", endpoint = "load-passkeys", output = Wire)]
pub async fn load_passkeys() -> Tried<Passkeys> {
    use crate::{request::unavailable, site::enter::door};
    use sapar_domain::accounts::passkeys;
    let (actor, services, _) = match door::person().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    let rows = passkeys::passkeys(&mut conn, &actor).await.map_err(server::refused);
    Ok(rows.map(|rows| Passkeys { offered: passkeys::are_offered(&services.ctx), rows }))
}

/// A challenge for a new key of the account, whose password is asked for: a key lets in for good.
#[server(prefix = "/fn", endpoint = "begin-passkey", output = Wire)]
pub async fn begin_passkey(password: String) -> Tried<Asked> {
    use crate::{request::unavailable, site::enter::door};
    use sapar_domain::accounts;
    let (actor, services, _) = match door::person().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    // No transaction: a failed try must stay counted.
    let proven = match accounts::prove_person(&mut conn, &services.ctx, &actor, &password, &door::Visitor::now().address).await {
        Ok(proven) => proven,
        Err(error) => return Ok(Err(door::refused(error))),
    };
    let asked = accounts::passkeys::start_registration(&mut conn, &services.ctx, &actor, &proven).await;
    Ok(asked.map(server::asked).map_err(server::refused))
}

/// Keeps the key that was made for the challenge.
#[server(prefix = "/fn", endpoint = "add-passkey", output = Wire)]
pub async fn add_passkey(lang: Lang, challenge: Uuid, name: String, answer: String) -> Tried<()> {
    use crate::{request::unavailable, site::enter::door};
    use sapar_domain::accounts::passkeys;
    let (actor, services, _) = match door::person().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let (ctx, visitor) = (&services.ctx, door::Visitor::now());
    let (name, agent) = ((name.as_str(), lang), visitor.device().agent);
    let made = passkeys::finish_registration(&mut tx, ctx, &actor, challenge, name, &answer, agent).await;
    if let Err(error) = made {
        return Ok(Err(server::refused(error)));
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(Ok(()))
}

#[server(prefix = "/fn", endpoint = "remove-passkey", output = Wire)]
pub async fn remove_passkey(id: String) -> Tried<()> {
    use crate::{request::unavailable, site::enter::door};
    let (actor, services, _) = match door::person().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let visitor = door::Visitor::now();
    let removed =
        sapar_domain::accounts::passkeys::remove_passkey(&mut tx, &services.ctx, &actor, &id, visitor.device().agent).await;
    // One that is not there is removed.
    if let Err(error) = removed {
        return Ok(Err(server::refused(error)));
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(Ok(()))
}

/// A challenge for whoever has a key. `None`: this address has none.
#[server(prefix = "/fn", endpoint = "begin-passkey-sign-in", output = Wire)]
pub async fn begin_passkey_sign_in() -> Tried<Asked> {
    use crate::request::{services, unavailable};
    use sapar_domain::accounts::passkeys;
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(passkeys::start_sign_in(&mut conn, &services.ctx).await.map(server::asked).map_err(server::refused))
}

/// Opens a session for whoever's key has signed the challenge; answers where to go.
#[server(prefix = "/fn", endpoint = "passkey-sign-in", output = Wire)]
pub async fn passkey_sign_in(lang: Lang, challenge: Uuid, answer: String, next: String) -> Tried<String> {
    use crate::{
        request::{services, unavailable},
        site::enter::door,
    };
    use sapar_domain::accounts::passkeys;
    let services = services()?;
    let visitor = door::Visitor::now();
    // No transaction: a failed try must stay counted.
    let mut conn = services.conn().await.map_err(unavailable)?;
    let opened = passkeys::sign_in(&mut conn, &services.ctx, challenge, &answer, &visitor.device()).await;
    drop(conn);
    match opened {
        Ok(session) => door::enter(&services, &session, lang, &next).await.map(Ok),
        Err(error) => Ok(Err(server::refused(error))),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use super::Asked;
    use crate::{error::AppError, request::unavailable, site::enter::door};
    use sapar_domain::accounts::passkeys::{Challenge, PasskeyError};

    pub(super) fn asked(challenge: Challenge) -> Asked {
        Asked { id: challenge.id, options: challenge.options }
    }

    pub(super) fn refused(error: PasskeyError) -> AppError {
        match error {
            PasskeyError::NotHere => AppError::NotFound,
            PasskeyError::NotProven => AppError::WrongSignIn,
            PasskeyError::TooMany => AppError::Quantity,
            PasskeyError::Name(error) => AppError::Fields(vec![("device".to_owned(), error)]),
            PasskeyError::Account(error) => door::refused(error),
            PasskeyError::Forbidden(_) => AppError::SignInFirst,
            PasskeyError::Database(cause) => unavailable(cause),
        }
    }
}
