//! Pictures from the cabinet, one a request, so that the page can show how far each is. A file is known by its beginning
//! before anything of it is stored, and goes on to the store as it comes.
use super::{Failure, rest};
use crate::{http::plain, state::AppState};
use axum::{
    Json,
    body::BodyDataStream,
    extract::{Query, Request, State},
    response::{IntoResponse as _, Response},
};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_LENGTH, COOKIE, RETRY_AFTER},
};
use object_store::{ObjectStoreExt as _, WriteMultipart, path::Path};
use sapar_app::site::sign_in::api::SESSION_COOKIE;
use sapar_art::photo::{self, Head};
use sapar_domain::{
    Services,
    accounts::{self, Actor},
    uploads::{self, Purpose, UploadError},
};
use sapar_shared::{Lang, dto::editor::UploadView, ids::UploadId, paths, tr::pictures as words};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// Of one file, in bytes.
pub const LARGEST: u64 = 25 * 1024 * 1024;
/// A phone that sends nothing for so long has lost its network.
const SILENCE: Duration = Duration::from_secs(30);
/// Parts that are on their way to the store at once.
const UNDER_WAY: usize = 2;

/// Whose picture it is: `?listing=<id>` or `?purpose=logo`.
#[derive(Deserialize)]
pub struct For {
    listing: Option<String>,
    purpose: Option<String>,
}

impl For {
    fn purpose(&self) -> Option<Purpose> {
        match (&self.listing, self.purpose.as_deref()) {
            (Some(id), None) => id.parse().ok().map(Purpose::Listing),
            (None, Some("logo")) => Some(Purpose::Logo),
            _ => None,
        }
    }
}

/// Why a file is not taken.
enum Refusal {
    SignIn,
    Upload(UploadError),
    TooHeavy,
    Heic,
    Foreign,
    Broken,
    TooLarge,
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
            Self::SignIn => (StatusCode::UNAUTHORIZED, "sign_in", words::sign_in(lang)),
            Self::Upload(UploadError::Forbidden(_)) => (StatusCode::FORBIDDEN, "forbidden", words::forbidden(lang)),
            Self::Upload(UploadError::NotFound | UploadError::NotReady | UploadError::InReview) => {
                (StatusCode::NOT_FOUND, "not_found", words::not_found(lang))
            }
            Self::Upload(UploadError::Full) => (StatusCode::CONFLICT, "full", words::full(lang)),
            Self::Upload(UploadError::Busy) => (StatusCode::TOO_MANY_REQUESTS, "busy", words::busy(lang)),
            Self::Upload(UploadError::Database(error)) => return Failure::from(error).into_response(),
            Self::TooHeavy => (StatusCode::PAYLOAD_TOO_LARGE, "too_heavy", words::too_heavy(lang)),
            Self::Heic => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "heic", words::heic(lang)),
            Self::Foreign => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "kind", words::wrong_kind(lang)),
            Self::Broken => (StatusCode::UNPROCESSABLE_ENTITY, "broken", words::broken(lang)),
            Self::TooLarge => (StatusCode::UNPROCESSABLE_ENTITY, "too_large", words::too_large(lang)),
            Self::CutOff => (StatusCode::REQUEST_TIMEOUT, "cut_off", words::cut_off(lang)),
            Self::Failure(failure) => return failure.into_response(),
        };
        let mut response = (status, Json(json!({ "error": words, "kind": kind }))).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(RETRY_AFTER, 30.into());
        }
        response
    }
}

/// `POST /cabinet/uploads`: the body is the file. 201 with `{id, state}`; else `{error, kind}` in the person's language.
pub async fn receive(State(state): State<AppState>, Query(target): Query<For>, request: Request) -> Response {
    let lang = plain::lang_of(paths::UPLOADS, request.headers());
    let (head, body) = request.into_parts();
    let mut body = Counted { stream: body.into_data_stream(), read: 0 };
    match take(&state.services, &target, &head.headers, &mut body).await {
        Ok(view) => (StatusCode::CREATED, Json(json!({ "id": view.id, "state": "waiting" }))).into_response(),
        Err(refusal) => {
            rest::let_pass(body.stream, LARGEST);
            refusal.answer(lang)
        }
    }
}

async fn take(services: &Services, target: &For, headers: &HeaderMap, body: &mut Counted) -> Result<UploadView, Refusal> {
    let actor = who(services, headers).await?;
    let purpose = target.purpose().ok_or(Refusal::Upload(UploadError::NotFound))?;
    uploads::may_receive(&mut *services.conn().await?, &services.ctx, &actor, purpose).await.map_err(Refusal::Upload)?;
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST) {
        return Err(Refusal::TooHeavy);
    }
    let id = UploadId(services.ctx.id());
    let path = Path::from(uploads::raw_path(id));
    store(services, &path, body).await?;
    // By a task of its own: whoever hangs up now finds either all of it or nothing.
    let services = services.clone();
    let written = tokio::spawn(async move {
        let outcome = write_down(&services, &actor, id, purpose).await;
        if outcome.is_err() {
            let _ = services.files.delete(&path).await;
        }
        outcome
    });
    written.await?.map_err(Refusal::Upload)
}

async fn write_down(services: &Services, actor: &Actor, id: UploadId, purpose: Purpose) -> Result<UploadView, UploadError> {
    let mut tx = services.begin().await?;
    let view = uploads::receive(&mut tx, &services.ctx, actor, id, purpose).await?;
    tx.commit().await?;
    Ok(view)
}

async fn who(services: &Services, headers: &HeaderMap) -> Result<Actor, Refusal> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let cookie = pairs.find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty()).ok_or(Refusal::SignIn)?.1;
    accounts::actor(&mut *services.conn().await?, &services.ctx, cookie).await?.ok_or(Refusal::SignIn)
}

/// A body, counted while it is read.
struct Counted {
    stream: BodyDataStream,
    read: u64,
}

impl Counted {
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        let next = tokio::time::timeout(SILENCE, self.stream.next()).await;
        let Some(chunk) = next.map_err(|_| Refusal::CutOff)? else { return Ok(None) };
        let chunk = chunk.map_err(|_| Refusal::CutOff)?;
        self.read += chunk.len() as u64;
        if self.read > LARGEST { Err(Refusal::TooHeavy) } else { Ok(Some(chunk)) }
    }
}

/// Only of a file that is a picture of the kinds and sizes that we take is anything stored.
async fn store(services: &Services, path: &Path, body: &mut Counted) -> Result<(), Refusal> {
    let beginning = recognised(body).await?;
    let mut to = WriteMultipart::new(services.files.put_multipart(path).await?);
    let sent = async {
        let mut next = Some(beginning);
        while let Some(chunk) = next {
            to.wait_for_capacity(UNDER_WAY).await?;
            to.put(chunk);
            next = body.next().await?;
        }
        Ok(())
    };
    match sent.await {
        Ok(()) => {
            to.finish().await?;
            Ok(())
        }
        Err(refusal) => {
            // What it was refused for counts.
            let _ = to.abort().await;
            Err(refusal)
        }
    }
}

/// Reads until the beginning tells what the file is.
async fn recognised(body: &mut Counted) -> Result<Bytes, Refusal> {
    let mut beginning = BytesMut::new();
    loop {
        let more = body.next().await?;
        let ended = more.is_none();
        if let Some(chunk) = more {
            beginning.extend_from_slice(&chunk);
        }
        if beginning.len() < 12 && !ended {
            continue;
        }
        return match photo::head(&beginning) {
            Head::Known { width, height, .. } if photo::is_too_large(width, height) => Err(Refusal::TooLarge),
            Head::Known { .. } => Ok(beginning.freeze()),
            Head::More if !ended && beginning.len() < photo::HEAD => continue,
            Head::More | Head::Broken => Err(Refusal::Broken),
            Head::Heic => Err(Refusal::Heic),
            Head::Foreign => Err(Refusal::Foreign),
        };
    }
}
