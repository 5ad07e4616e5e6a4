//! Files of tours, as the cabinet sends and gets them: the template out, a filled one in, one with its errors marked out.
use super::{Failure, rest};
use crate::{imports, state::AppState};
use axum::{
    Json,
    body::BodyDataStream,
    extract::{Path, Query, Request, State},
    response::{IntoResponse as _, Response},
};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE},
};
use object_store::{ObjectStoreExt as _, path::Path as StorePath};
use sapar_app::site::sign_in::api::SESSION_COOKIE;
use sapar_domain::{
    Services,
    accounts::{self, Actor},
    catalog::importing::{self, ImportError},
};
use sapar_shared::{
    Lang,
    dto::import::{ImportView, MAX_FILE},
    ids::ImportId,
    tr::imports as words,
};
use sapar_sheets::Refused;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// A phone that sends nothing for so long has lost its network.
const SILENCE: Duration = Duration::from_secs(30);
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `?lang=ru&name=tours.xlsx`.
#[derive(Deserialize)]
pub struct Asked {
    lang: Option<String>,
    name: Option<String>,
}

impl Asked {
    fn lang(&self) -> Lang {
        self.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or_default()
    }
}

/// Why somebody gets no answer.
enum Refusal {
    SignIn,
    Import(ImportError),
    File(Refused),
    NotFound,
    /// It broke off; most likely nobody hears the answer.
    CutOff,
    Failure(Failure),
}

impl<E: Into<anyhow::Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Failure(error.into().into())
    }
}

impl Refusal {
    fn answer(self, lang: Lang) -> Response {
        let (status, kind, words) = match self {
            Self::SignIn => (StatusCode::UNAUTHORIZED, "sign_in", words::refused_sign_in(lang).to_owned()),
            Self::Import(ImportError::Forbidden(_)) => {
                (StatusCode::FORBIDDEN, "forbidden", words::refused_forbidden(lang).to_owned())
            }
            Self::Import(ImportError::NotFound | ImportError::State(_)) | Self::NotFound => {
                (StatusCode::NOT_FOUND, "not_found", words::refused_not_found(lang).to_owned())
            }
            Self::Import(ImportError::Busy | ImportError::Changed) => {
                (StatusCode::CONFLICT, "busy", words::refused_busy(lang).to_owned())
            }
            Self::Import(ImportError::Database(error)) => return Failure::from(error).into_response(),
            Self::File(refused) => (status_of(&refused), refused.kind(), refused.words(lang)),
            Self::CutOff => (StatusCode::REQUEST_TIMEOUT, "cut_off", words::refused_cut_off(lang).to_owned()),
            Self::Failure(failure) => return failure.into_response(),
        };
        (status, Json(json!({ "error": words, "kind": kind }))).into_response()
    }
}

const fn status_of(refused: &Refused) -> StatusCode {
    match refused {
        Refused::TooHeavy | Refused::TooBig | Refused::TooManyRows(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Refused::Macros | Refused::Locked | Refused::OldFormat | Refused::NotXlsx => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refused::Formulas { .. } | Refused::Broken | Refused::NoSheets | Refused::Empty => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// `POST /cabinet/imports`: the body is the file. 201 with `{id, state}`, whether anything in it must be mended or not; else
/// `{error, kind}` in the person's language.
pub async fn receive(State(state): State<AppState>, Query(asked): Query<Asked>, request: Request) -> Response {
    let lang = asked.lang();
    let (head, body) = request.into_parts();
    let mut body = body.into_data_stream();
    let name = asked.name.as_deref().unwrap_or_default();
    match take(&state.services, lang, name, &head.headers, &mut body).await {
        Ok(view) => {
            let state = if view.row.errors > 0 { "faulty" } else { "ready" };
            (StatusCode::CREATED, Json(json!({ "id": view.row.id, "state": state }))).into_response()
        }
        Err(refusal) => {
            rest::let_pass(body, MAX_FILE as u64);
            refusal.answer(lang)
        }
    }
}

async fn take(
    services: &Services,
    lang: Lang,
    name: &str,
    headers: &HeaderMap,
    body: &mut BodyDataStream,
) -> Result<ImportView, Refusal> {
    let actor = who(services, headers).await?;
    importing::may_receive(&actor).map_err(Refusal::Import)?;
    let file = whole(headers, body).await?;
    let raw = imports::read(file.clone()).await?.map_err(Refusal::File)?;
    let id = ImportId(services.ctx.id());
    let path = StorePath::from(importing::file_path(id));
    services.files.put(&path, file.into()).await?;
    // By a task of its own: whoever hangs up now finds either all of it or nothing.
    let (services, name) = (services.clone(), name.to_owned());
    let written = tokio::spawn(async move {
        let outcome = async {
            let mut tx = services.begin().await?;
            let received = importing::receive(&mut tx, &services.ctx, &actor, lang, id, &name, &raw).await?;
            tx.commit().await?;
            Ok(received)
        };
        let outcome: Result<_, ImportError> = outcome.await;
        let useless = match &outcome {
            Ok(received) => received.forgotten.clone(),
            Err(_) => vec![id],
        };
        for id in useless {
            let _ = services.files.delete(&StorePath::from(importing::file_path(id))).await;
        }
        outcome
    });
    Ok(written.await?.map_err(Refusal::Import)?.view)
}

/// No more of it than a file may have is ever held.
async fn whole(headers: &HeaderMap, body: &mut BodyDataStream) -> Result<Bytes, Refusal> {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_FILE) {
        return Err(Refusal::File(Refused::TooHeavy));
    }
    let mut file = BytesMut::new();
    loop {
        let next = tokio::time::timeout(SILENCE, body.next()).await.map_err(|_| Refusal::CutOff)?;
        let Some(chunk) = next else { return Ok(file.freeze()) };
        let chunk = chunk.map_err(|_| Refusal::CutOff)?;
        if file.len() + chunk.len() > MAX_FILE {
            return Err(Refusal::File(Refused::TooHeavy));
        }
        file.extend_from_slice(&chunk);
    }
}

async fn who(services: &Services, headers: &HeaderMap) -> Result<Actor, Refusal> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let cookie = pairs.find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty()).ok_or(Refusal::SignIn)?.1;
    accounts::actor(&mut *services.conn().await?, &services.ctx, cookie).await?.ok_or(Refusal::SignIn)
}

/// `GET /cabinet/imports/template.xlsx`.
pub async fn template(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = asked.lang();
    let made = async {
        let services = &state.services;
        let actor = who(services, &headers).await?;
        let choices = importing::choices(&mut *services.conn().await?, &services.ctx, &actor, lang).await;
        Ok(imports::template(lang, services.ctx.today(), choices.map_err(Refusal::Import)?).await?)
    };
    match made.await {
        Ok(file) => workbook(&format!("sapar-tours-{lang}.xlsx"), file),
        Err(refusal) => Refusal::answer(refusal, lang),
    }
}

/// `GET /cabinet/imports/{id}/corrected.xlsx`.
pub async fn corrected(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let lang = asked.lang();
    match mark(&state.services, lang, &id, &headers).await {
        Ok((name, file)) => workbook(&name, file),
        Err(refusal) => refusal.answer(lang),
    }
}

async fn mark(services: &Services, lang: Lang, id: &str, headers: &HeaderMap) -> Result<(String, Vec<u8>), Refusal> {
    let actor = who(services, headers).await?;
    importing::may_receive(&actor).map_err(Refusal::Import)?;
    let id: ImportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let errors = importing::errors(&mut *services.conn().await?, &services.ctx, &actor, id).await;
    let (name, errors) = errors.map_err(Refusal::Import)?;
    let file = imports::corrected(services, id, lang, errors).await?.ok_or(Refusal::NotFound)?;
    Ok((format!("{}-{}.xlsx", name.trim_end_matches(".xlsx"), words::suffix_corrected(lang)), file))
}

/// Nobody else's, and never kept.
fn workbook(name: &str, file: Vec<u8>) -> Response {
    let mut response = file.into_response();
    let named: String = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(XLSX));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"tours.xlsx\"; filename*=UTF-8''{named}")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}
