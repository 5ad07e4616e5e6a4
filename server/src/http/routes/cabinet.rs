//! Files of the cabinet: a departure's passengers as a table or on paper.
use super::Failure;
use crate::{
    http::{language, session},
    lists,
    state::AppState,
};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use sapar_domain::{orders::DeskError, tickets};
use sapar_shared::{Lang, dto::partner::DepartureRow, ids::DepartureId, when};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Wanted {
    lang: Option<String>,
}

/// `passengers.csv`, `passengers.xlsx` or `passengers.pdf` of a departure, for members who may take lists out of the house.
pub async fn passengers(
    State(state): State<AppState>,
    Path((id, name)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let lang: Lang = wanted.lang.and_then(|lang| lang.parse().ok()).unwrap_or_else(|| language::of("/cabinet", &headers));
    let kind = name.strip_prefix("passengers.").unwrap_or_default().to_owned();
    let Some(actor) = session::actor(&state, &headers).await? else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Ok(id) = id.parse::<DepartureId>() else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let services = &state.services;
    let departure = match tickets::list_head(&mut *services.conn().await?, &services.ctx, &actor, id, lang).await {
        Ok(Some(departure)) => departure,
        Ok(None) | Err(DeskError::NotFound) => return Ok(StatusCode::NOT_FOUND.into_response()),
        Err(DeskError::Forbidden(_)) => return Ok(StatusCode::FORBIDDEN.into_response()),
        Err(error) => return Err(error.into()),
    };
    let (body, content_type) = match kind.as_str() {
        "csv" => (Body::from_stream(lists::csv(services.clone(), actor, id, lang)), "text/csv; charset=utf-8"),
        "xlsx" => (
            Body::from(lists::xlsx(services, &actor, &departure, lang).await?),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "pdf" => (Body::from(lists::pdf(services, &actor, &departure, lang).await?), "application/pdf"),
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    let mut response = body.into_response();
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_DISPOSITION, disposition(&departure, &kind)),
        // Names and phones stay in no cache.
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (HeaderName::from_static("referrer-policy"), "no-referrer".to_owned()),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_str(&value)?);
    }
    Ok(response)
}

/// Paper is looked at, tables are kept.
fn disposition(departure: &DepartureRow, kind: &str) -> String {
    let starts = when::local(departure.starts_at);
    let how = if kind == "pdf" { "inline" } else { "attachment" };
    format!("{how}; filename=\"passengers-{}-{:02}{:02}.{kind}\"", when::iso(starts.date()), starts.hour(), starts.minute())
}
