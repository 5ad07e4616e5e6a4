//! Signing in: the browser offers the keys that it has for us, and the one that is chosen says whose it is.
use super::{CHALLENGE_LASTS, Challenge, PasskeyError, not_proven, of_json, queries, relying_party, to_json};
use crate::{
    accounts::{Device, NewSession, session, tries::Tries},
    kernel::Ctx,
};
use sapar_shared::ids::AccountId;
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;
use webauthn_rs::{
    Webauthn,
    prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential},
};

/// A challenge for whoever has a key.
pub async fn start_sign_in(conn: &mut PgConnection, ctx: &Ctx) -> Result<Challenge, PasskeyError> {
    let (options, state) = relying_party(ctx)?.start_discoverable_authentication().map_err(not_proven)?;
    let id = ctx.id();
    queries::insert_challenge(conn, id, None, &to_json(&state)?, ctx.now() + CHALLENGE_LASTS).await?;
    Ok(Challenge { id, options: to_json(&options.public_key)?.to_string() })
}

/// A session for whoever's key has signed the challenge. The device has asked its owner (finger, face, code), so no second step
/// is wanted. The challenge is gone whatever comes of it, and the try stays counted: the caller opens no transaction.
pub async fn sign_in(
    conn: &mut PgConnection,
    ctx: &Ctx,
    challenge: Uuid,
    answer: &str,
    device: &Device<'_>,
) -> Result<NewSession, PasskeyError> {
    let (party, now) = (relying_party(ctx)?, ctx.now());
    let answer: Result<PublicKeyCredential, _> = serde_json::from_str(answer);
    let named = answer.as_ref().ok().and_then(|answer| party.identify_discoverable_authentication(answer).ok());
    let whose = named.map_or_else(|| "unknown".to_owned(), |(person, _)| person.to_string());
    let tries = Tries::of(&format!("passkeys of {whose}"), device.address);
    tries.begin(&mut *conn, now).await?;
    let state = queries::take_challenge(&mut *conn, challenge, None, now).await?.ok_or(PasskeyError::NotProven)?;
    let state: DiscoverableAuthentication = of_json(state)?;
    let answer = answer.map_err(not_proven)?;
    let mut tx = conn.begin().await?;
    let account = prove(&mut tx, ctx, &party, state, &answer).await?;
    tries.forget(&mut tx, now).await?;
    let session = session::open_wide(&mut tx, ctx, account, device).await?;
    tx.commit().await?;
    Ok(session)
}

async fn prove(
    conn: &mut PgConnection,
    ctx: &Ctx,
    party: &Webauthn,
    state: DiscoverableAuthentication,
    answer: &PublicKeyCredential,
) -> Result<AccountId, PasskeyError> {
    let (person, id) = party.identify_discoverable_authentication(answer).map_err(not_proven)?;
    let Some((account, kept)) = queries::lock(&mut *conn, id).await? else { return Err(not_proven("an unknown key")) };
    if account.0 != person {
        return Err(not_proven("a key of somebody else"));
    }
    let mut passkey: Passkey = of_json(kept)?;
    let result = party.finish_discoverable_authentication_v2(answer, state, &passkey).map_err(not_proven)?;
    passkey.update_credential(&result);
    queries::used(conn, id, &to_json(&passkey)?, ctx.now()).await?;
    Ok(account)
}
