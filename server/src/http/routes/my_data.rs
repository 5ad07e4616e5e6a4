//! All of a person's data as an archive. By POST, for the password comes with it; it changes nothing but the count of downloads.
use super::Failure;
use crate::{archive, http::session, state::AppState};
use axum::{
    Extension, Form,
    body::Body,
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use sapar_app::{
    request::ClientIp,
    site::{
        enter::{door, refusal},
        sign_in::next,
    },
};
use sapar_domain::{
    accounts::{self, AccountError, Actor},
    privacy::{self, Export},
};
use sapar_shared::{Lang, paths, when};
use serde::Deserialize;

/// The form's name on its page.
const FORM: &str = "download";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    password: String,
}

/// The archive, or back to the page that says what was wrong.
pub async fn download(
    State(state): State<AppState>,
    Extension(ip): Extension<ClientIp>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let lang: Lang = asked.lang.parse().unwrap_or_default();
    let page = paths::my_data(lang);
    let Some(actor) = session::actor(&state, &headers).await? else {
        return Ok(Redirect::to(&next::sign_in(lang, &page)).into_response());
    };
    let export = match begin(&state, &actor, &asked.password, &ip.0.to_string()).await {
        Ok(export) => export,
        Err(AccountError::Database(error)) => return Err(error.into()),
        Err(error) => {
            let word = refusal::word(&door::refused(error));
            return Ok(Redirect::to(&format!("{page}?form={FORM}&error={word}#{FORM}")).into_response());
        }
    };
    let today = when::iso(state.services.ctx.today());
    let mut response = Body::from_stream(archive::zip(state.services.clone(), export, lang)).into_response();
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"sapar-{today}.zip\"")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (HeaderName::from_static("referrer-policy"), "no-referrer".to_owned()),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_str(&value)?);
    }
    Ok(response)
}

async fn begin(state: &AppState, actor: &Actor, password: &str, address: &str) -> Result<Export, AccountError> {
    let services = &state.services;
    let mut conn = services.conn().await?;
    let proven = accounts::prove_person(&mut conn, &services.ctx, actor, password, address).await?;
    privacy::begin_export(&mut conn, &services.ctx, actor, &proven).await
}
