//! What handlers take out of a request. Whatever is wrong with it becomes a problem, never axum's plain text.
use super::problem::{Code, Problem};
use crate::state::AppState;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, Path, Query, Request},
};
use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
    request::Parts,
};
use sapar_app::request::ClientIp;
use sapar_domain::accounts::{self, Actor};
use sapar_shared::Lang;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{convert::Infallible, str::FromStr};

/// A JSON body. As `Option`, none at all is as good.
pub(super) struct ApiJson<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ApiJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let body = body(request, state).await?;
        if json { read(&body).map(Self) } else { Err(no_json()) }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for ApiJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        let json = is_json(request.headers());
        let body = body(request, state).await?;
        match (body.is_empty(), json) {
            (true, _) => Ok(None),
            (false, true) => read(&body).map(|body| Some(Self(body))),
            (false, false) => Err(no_json()),
        }
    }
}

fn no_json() -> Problem {
    Problem::new(Code::UnsupportedMediaType, "Send the body as application/json.")
}

/// `application/json` or `application/…+json`, with any parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::PayloadTooLarge, "The body is larger than 256 KiB."),
        _ => Problem::new(Code::MalformedJson, "The body could not be read to its end."),
    })
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // In two steps: what is no JSON and what is JSON of another shape are two answers.
    let json: Value = serde_json::from_slice(body).map_err(|error| Problem::new(Code::MalformedJson, error.to_string()))?;
    serde_path_to_error::deserialize(json).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { "body" } else { &path };
        Problem::field(Code::Validation, field, "malformed", error.inner().to_string())
    })
}

/// The query; what is wrong with a value is the handler's to say, for every field of `T` is an optional text.
pub(super) struct ApiQuery<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self(query)),
            Err(error) => Err(Problem::new(Code::InvalidParameter, error.body_text())),
        }
    }
}

/// The path's one parameter. What does not parse names nothing that exists.
pub(super) struct ApiPath<T>(pub(super) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for ApiPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let nothing = || Problem::not_found("thing");
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| nothing())?;
        text.parse().map(Self).map_err(|_| nothing())
    }
}

/// Text as it came; an empty one is none.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A language of a query; `None` when it was not given.
pub(super) fn language(text: Option<&str>) -> Result<Option<Lang>, Problem> {
    given(text)
        .map(str::parse)
        .transpose()
        .map_err(|_| Problem::field(Code::InvalidParameter, "lang", "unknown", "lang is one of ru, kk, en."))
}

/// Makes a request one that is carried out once.
pub(super) struct IdempotencyKey(pub(super) String);

const LONGEST_KEY: usize = 255;

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let mut keys = parts.headers.get_all("idempotency-key").iter();
        let key = match (keys.next(), keys.next()) {
            (Some(key), None) => key.to_str().ok().map(str::trim),
            _ => None,
        };
        match key {
            Some(key) if (1..=LONGEST_KEY).contains(&key.len()) => Ok(Self(key.to_owned())),
            _ => Err(Problem::new(
                Code::IdempotencyKeyRequired,
                "Send one Idempotency-Key of 1 to 255 visible ASCII characters, best a random UUID.",
            )),
        }
    }
}

/// A program that acts for an organisation, by its bearer token.
pub(super) struct Partner(pub(super) Actor);

impl FromRequestParts<AppState> for Partner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token =
            bearer(&parts.headers).ok_or_else(|| Problem::new(Code::Unauthorized, "Send Authorization: Bearer <token>."))?;
        let mut conn = state.services.conn().await?;
        let actor = accounts::actor_by_token(&mut conn, &state.services.ctx, token).await?;
        actor.map(Self).ok_or_else(|| Problem::new(Code::Unauthorized, "The token is unknown or revoked."))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The visitor's address, for the payment provider.
pub(super) struct Address(pub(super) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<ClientIp>().map(|ip| ip.0.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_json_is_taken_for_json() {
        let is = |kind: &'static str| is_json(&HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]));
        assert!(is("application/json") && is("Application/JSON; charset=utf-8") && is("application/vnd.api+json"));
        assert!(!is("text/plain") && !is("application/jsonp") && !is("text/x+json") && !is_json(&HeaderMap::new()));
    }

    #[test]
    fn a_bearer_is_known_by_its_scheme() {
        let of = |value: &'static str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))]);
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(of("bearer  sapar_X ").as_deref(), Some("sapar_X"));
        assert_eq!(of("Basic sapar_X"), None);
        assert_eq!(of("Bearer "), None);
    }
}
