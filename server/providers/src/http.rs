//! One way to make HTTP calls: rustls with ring, no redirects, bounded time and size.
use crate::SetupError;
use reqwest::{Client, Response, redirect::Policy};
use rustls_platform_verifier::BuilderVerifierExt;
use std::{sync::Arc, time::Duration};

const CONNECT: Duration = Duration::from_secs(5);

/// More than any provider's answer needs; what is longer is not read.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// Why a body could not be had.
#[derive(Debug)]
pub(crate) enum BodyError {
    Lost(String),
    TooLong,
}

/// `timeout` bounds the whole call. Redirects are not followed: a signed call answers where it was made.
pub(crate) fn client(timeout: Duration) -> Result<Client, SetupError> {
    let setup = |error: &dyn std::fmt::Display| SetupError(format!("the HTTP client cannot be made: {error}"));
    // ring is named here, so that no process-wide default has to be installed first.
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| setup(&error))?
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .connect_timeout(CONNECT.min(timeout))
        .timeout(timeout)
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_nodelay(true)
        .user_agent("sapar")
        .build()
        .map_err(|error| setup(&error))
}

/// Reads at most [`MAX_BODY`] bytes.
pub(crate) async fn body(mut response: Response) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| BodyError::Lost(reason(&error)))? {
        if bytes.len() + chunk.len() > MAX_BODY {
            return Err(BodyError::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// What went wrong, in words that hold neither address nor parameters.
pub(crate) fn reason(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    kind.to_owned()
}

/// A form body.
pub(crate) fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
