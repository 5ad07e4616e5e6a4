//! The catalogue. Public, and fresh to some seconds.
use super::{
    extract::{ApiPath, ApiQuery, given, language},
    problem::{Code, Problem},
    shapes::{Listing, Listings},
};
use crate::state::AppState;
use axum::{Json, extract::State, response::IntoResponse};
use http::{HeaderName, header::CACHE_CONTROL};
use sapar_domain::catalog;
use sapar_shared::forms::search::{SearchQuery, Sort};
use serde::Deserialize;
use utoipa::IntoParams;

/// As long as a page of results may be kept.
const FRESH: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "public, max-age=5")];
const LIMIT: usize = 20;
const LARGEST_LIMIT: usize = 100;
const LONGEST_QUERY: usize = 100;
/// What a listing may be; of all but the first there is nothing yet.
const KINDS: [&str; 4] = ["tour", "event", "hotel", "product"];

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct ListQuery {
    /// `tour`, `event`, `hotel` or `product`; only of tours there is something yet.
    #[param(example = "tour")]
    kind: Option<String>,
    /// The language of titles and texts: `ru` (default), `kk` or `en`.
    #[param(example = "en")]
    lang: Option<String>,
    /// Words of titles, places and partners; mistyped ones are understood.
    #[param(example = "kolsai")]
    q: Option<String>,
    /// 1 to 100, 20 when absent.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, example = 20)]
    limit: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct LangQuery {
    /// The language of texts: `ru` (default), `kk` or `en`.
    #[param(example = "en")]
    lang: Option<String>,
}

/// Find tours
///
/// The most popular first, a page at a time: follow `next` until it is null.
#[utoipa::path(
    get,
    path = "/api/v1/listings",
    tag = "Catalogue",
    params(ListQuery),
    responses(
        (status = 200, body = Listings, description = "A page of listings."),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "`invalid_parameter`."),
    )
)]
pub(super) async fn list(
    State(state): State<AppState>,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<impl IntoResponse, Problem> {
    let lang = language(query.lang.as_deref())?.unwrap_or_default();
    let limit = limit(query.limit.as_deref())?;
    let kind = given(query.kind.as_deref()).unwrap_or(KINDS[0]);
    if !KINDS.contains(&kind) {
        let detail = format!("kind is one of {}.", KINDS.join(", "));
        return Err(Problem::field(Code::InvalidParameter, "kind", "unknown", detail));
    }
    let cursor = given(query.cursor.as_deref());
    if cursor.is_some_and(|cursor| !catalog::is_cursor(cursor, Sort::default())) {
        let detail = "cursor is the next of a page before, as it came.";
        return Err(Problem::field(Code::InvalidParameter, "cursor", "malformed", detail));
    }
    if kind != KINDS[0] {
        return Ok((FRESH, Json(Listings::default())));
    }
    let services = &state.services;
    let wanted = SearchQuery {
        q: given(query.q.as_deref()).unwrap_or_default().chars().take(LONGEST_QUERY).collect(),
        cursor: cursor.map(str::to_owned),
        ..SearchQuery::default()
    };
    let page = catalog::search_page(&mut *services.conn().await?, &services.ctx, lang, &wanted, limit).await?;
    Ok((FRESH, Json(Listings::new(page, &services.ctx, lang))))
}

fn limit(text: Option<&str>) -> Result<usize, Problem> {
    let Some(text) = given(text) else { return Ok(LIMIT) };
    text.parse()
        .ok()
        .filter(|limit| (1..=LARGEST_LIMIT).contains(limit))
        .ok_or_else(|| Problem::field(Code::InvalidParameter, "limit", "out_of_range", "limit is a number from 1 to 100."))
}

/// Read a tour
///
/// With its departures of the next 90 days and what is left of each.
#[utoipa::path(
    get,
    path = "/api/v1/listings/{slug}",
    tag = "Catalogue",
    params(("slug" = String, Path, description = "From a list, or from the address of the tour's page.", example = "kolsai-lakes-one-day"), LangQuery),
    responses(
        (status = 200, body = Listing, description = "The tour."),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "`invalid_parameter`."),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: no such tour, or it is not published."),
    )
)]
pub(super) async fn read(
    State(state): State<AppState>,
    ApiPath(slug): ApiPath<String>,
    ApiQuery(query): ApiQuery<LangQuery>,
) -> Result<impl IntoResponse, Problem> {
    let lang = language(query.lang.as_deref())?.unwrap_or_default();
    let services = &state.services;
    let tour = catalog::tour(&mut *services.conn().await?, &services.ctx, lang, &slug).await?;
    let tour = tour.ok_or_else(|| Problem::not_found("listing"))?;
    Ok((FRESH, Json(Listing::new(tour, &services.ctx, lang))))
}
