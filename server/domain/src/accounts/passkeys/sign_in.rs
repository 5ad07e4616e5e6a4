//! Signing in: the browser offers the keys that it has for us, and the one that is chosen says whose it is.
use super::{CHALLENGE_LASTS, Challenge, PasskeyError, not_proven, of_json, queries, relying_party, to_json};
use crate::{
    accounts::{Device, NewSession, session},
    kernel::Ctx,
};
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

/// A challenge for whoever has a key.
pub async fn start_sign_in(conn: &mut PgConnection, ctx: &Ctx) -> Result<Challenge, PasskeyError> {
    let (options, state) = relying_party(ctx)?.start_discoverable_authentication().map_err(not_proven)?;
    let id = ctx.id();
    queries::insert_challenge(conn, id, None, &to_json(&state)?, ctx.now() + CHALLENGE_LASTS).await?;
    Ok(Challenge { id, options: to_json(&options.public_key)?.to_string() })
}

/// A session for whoever's key has signed the challenge. The device has asked its owner (finger, face, code), so no second step
/// is wanted. The challenge is gone whatever comes of it: the caller commits on `NotProven` too.
pub async fn sign_in(
    conn: &mut PgConnection,
    ctx: &Ctx,
    challenge: Uuid,
    answer: &str,
    device: &Device<'_>,
) -> Result<NewSession, PasskeyError> {
    let account = prove(&mut *conn, ctx, challenge, answer).await?;
    Ok(session::open_wide(conn, ctx, account, device).await?)
}

async fn prove(conn: &mut PgConnection, ctx: &Ctx, challenge: Uuid, answer: &str) -> Result<AccountId, PasskeyError> {
    let party = relying_party(ctx)?;
    let state = queries::take_challenge(&mut *conn, challenge, None, ctx.now()).await?.ok_or(PasskeyError::NotProven)?;
    let state: DiscoverableAuthentication = of_json(state)?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(not_proven)?;
    let (person, id) = party.identify_discoverable_authentication(&answer).map_err(not_proven)?;
    let Some((account, kept)) = queries::lock(&mut *conn, id).await? else { return Err(not_proven("an unknown key")) };
    if account.0 != person {
        return Err(not_proven("a key of somebody else"));
    }
    let mut passkey: Passkey = of_json(kept)?;
    let result = party.finish_discoverable_authentication_v2(&answer, state, &passkey).map_err(not_proven)?;
    passkey.update_credential(&result);
    queries::used(conn, id, &to_json(&passkey)?, ctx.now()).await?;
    Ok(account)
}
