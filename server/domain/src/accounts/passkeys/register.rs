//! Making a passkey, looking at one's own, removing one.
use super::{CHALLENGE_LASTS, Challenge, MAX_PASSKEYS, PasskeyError, not_proven, of_json, queries, relying_party, to_json};
use crate::{
    accounts::{Actor, Proven, notices},
    kernel::{Ctx, db::OnConstraint as _},
};
use data_encoding::BASE64URL_NOPAD;
use sapar_shared::{
    Lang,
    dto::account::{PasskeyRow, SafetyChange},
    forms::account::check_device,
    tr::passkeys as words,
};
use sqlx::PgConnection;
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

/// A challenge for a new key of this account; keys that it has already are not made twice on one device. `proven`: a key outlives
/// the session, and whoever sits down at an open browser must not leave with one.
pub async fn start_registration(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    proven: &Proven,
) -> Result<Challenge, PasskeyError> {
    let account = actor.person()?;
    if !proven.is_of(actor) {
        return Err(PasskeyError::NotProven);
    }
    let party = relying_party(ctx)?;
    let known = queries::ids_of(&mut *conn, account).await?;
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= MAX_PASSKEYS {
        return Err(PasskeyError::TooMany);
    }
    let (mut options, state) =
        party.start_passkey_registration(account.0, &actor.email, &actor.name, Some(known)).map_err(not_proven)?;
    // Kept on the device, so that it can be found without anybody being named: signing in asks for no e-mail.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.require_resident_key = true;
        selection.resident_key = Some(webauthn_rs_proto::ResidentKeyRequirement::Required);
    }
    let id = ctx.id();
    queries::insert_challenge(conn, id, Some(account), &to_json(&state)?, ctx.now() + CHALLENGE_LASTS).await?;
    Ok(Challenge { id, options: to_json(&options.public_key)?.to_string() })
}

/// Keeps the key that the browser made for the challenge. One without a name gets the page's own word. All of it in the caller's
/// transaction; `agent` is what the browser calls itself.
pub async fn finish_registration(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    challenge: Uuid,
    name: (&str, Lang),
    answer: &str,
    agent: &str,
) -> Result<(), PasskeyError> {
    let account = actor.person()?;
    let (typed, lang) = name;
    let name = if typed.trim().is_empty() { words::name_default(lang) } else { typed };
    let name = check_device(name).map_err(PasskeyError::Name)?;
    let party = relying_party(ctx)?;
    let state = queries::take_challenge(&mut *conn, challenge, Some(account), ctx.now()).await?.ok_or(PasskeyError::NotProven)?;
    let state: PasskeyRegistration = of_json(state)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(not_proven)?;
    let passkey = party.finish_passkey_registration(&answer, &state).map_err(not_proven)?;
    // Another account's key would open two.
    queries::insert(&mut *conn, passkey.cred_id(), account, &name, &to_json(&passkey)?, ctx.now())
        .await
        .on_constraint("passkeys_pkey", || PasskeyError::NotProven)?;
    Ok(notices::tell(conn, ctx, account, SafetyChange::PasskeyAdded, agent).await?)
}

/// The account's keys, the oldest first.
pub async fn passkeys(conn: &mut PgConnection, actor: &Actor) -> Result<Vec<PasskeyRow>, PasskeyError> {
    let rows = queries::list(conn, actor.person()?).await?;
    Ok(rows
        .into_iter()
        .map(|row| PasskeyRow {
            id: BASE64URL_NOPAD.encode(&row.id),
            name: row.name,
            created_at: row.created_at.to_jiff(),
            last_used_at: row.last_used_at.map(|at| at.to_jiff()),
        })
        .collect())
}

/// Removes a key of this account; `false` where it has no such key. All of it in the caller's transaction.
pub async fn remove_passkey(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: &str,
    agent: &str,
) -> Result<bool, PasskeyError> {
    let account = actor.person()?;
    let Ok(id) = BASE64URL_NOPAD.decode(id.as_bytes()) else { return Ok(false) };
    let removed = queries::delete(&mut *conn, account, &id).await?;
    if removed {
        notices::tell(conn, ctx, account, SafetyChange::PasskeyRemoved, agent).await?;
    }
    Ok(removed)
}
