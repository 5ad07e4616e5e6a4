//! Who asks, for handlers that are no pages.
use super::routes::Failure;
use crate::state::AppState;
use http::{HeaderMap, header::COOKIE};
use sapar_app::site::sign_in::api::SESSION_COOKIE;
use sapar_domain::accounts::{self, Actor};

/// By the session's cookie; `None` when it opens nothing.
pub async fn actor(state: &AppState, headers: &HeaderMap) -> Result<Option<Actor>, Failure> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let Some((_, cookie)) = pairs.find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty()) else { return Ok(None) };
    Ok(accounts::actor(&mut *state.services.conn().await?, &state.services.ctx, cookie).await?)
}
