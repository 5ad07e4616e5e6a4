//! At the bus, for an organisation's own programs.
use super::{
    extract::{ApiJson, ApiPath, ApiQuery, Partner, language},
    problem::Problem,
    shapes::{Activate, Activated, DepartureTickets},
};
use crate::state::AppState;
use axum::{Json, extract::State};
use sapar_domain::{Services, accounts::Actor, kernel::db::is_retryable, tickets, tickets::GateError};
use sapar_shared::{Lang, dto::partner::Activation, ids::DepartureId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Two phones that activate whole orders at once may lock each other out; one of them begins again.
const ATTEMPTS: usize = 3;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct GateQuery {
    /// The language of titles: `ru` (default), `kk` or `en`.
    #[param(example = "en")]
    lang: Option<String>,
}

/// List a departure's tickets
///
/// Of one of the organisation's own departures.
#[utoipa::path(
    get,
    path = "/api/v1/departures/{id}/tickets",
    tag = "Gate",
    security(("token" = [])),
    params(("id" = uuid::Uuid, Path, description = "The departure."), GateQuery),
    responses(
        (status = 200, body = DepartureTickets, description = "The departure and its tickets."),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthorized`."),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: no such departure, or another organisation's."),
    )
)]
pub(super) async fn departure_tickets(
    Partner(actor): Partner,
    State(state): State<AppState>,
    ApiPath(id): ApiPath<DepartureId>,
    ApiQuery(query): ApiQuery<GateQuery>,
) -> Result<Json<DepartureTickets>, Problem> {
    let lang = language(query.lang.as_deref())?.unwrap_or_default();
    let services = &state.services;
    let found = tickets::departure(&mut *services.conn().await?, &services.ctx, &actor, id, lang).await?;
    found.map(|detail| Json(detail.into())).ok_or_else(|| Problem::not_found("departure"))
}

/// Activate a ticket
///
/// Lets its holder on, once, whoever asks first. Whatever state the ticket is in, the answer is 200 and `outcome` says what
/// happened. The body may be left out.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{code}/activate",
    tag = "Gate",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "The ticket's code, grouped or not, or what stands in its QR code behind `/t/`.", example = "7K2M-9QXA-03TB"),
        GateQuery,
    ),
    request_body = Option<Activate>,
    responses(
        (status = 200, body = Activated, description = "What came of it."),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthorized`."),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: no such ticket, or another organisation's."),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "`payload_too_large`."),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "`unsupported_media_type`."),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`too_many_requests`."),
    )
)]
pub(super) async fn activate(
    Partner(actor): Partner,
    State(state): State<AppState>,
    ApiPath(code): ApiPath<String>,
    ApiQuery(query): ApiQuery<GateQuery>,
    body: Option<ApiJson<Activate>>,
) -> Result<Json<Activated>, Problem> {
    let lang = language(query.lang.as_deref())?.unwrap_or_default();
    let whole_order = body.is_some_and(|ApiJson(body)| body.whole_order);
    for _ in 1..ATTEMPTS {
        match attempt(&state.services, &actor, &code, whole_order, lang).await {
            Err(GateError::Database(error)) if is_retryable(&error) => {}
            done => return seen(done?),
        }
    }
    seen(attempt(&state.services, &actor, &code, whole_order, lang).await?)
}

async fn attempt(services: &Services, actor: &Actor, code: &str, whole_order: bool, lang: Lang) -> Result<Activation, GateError> {
    tickets::activate(&mut *services.conn().await?, &services.ctx, actor, code, whole_order, lang).await
}

fn seen(activation: Activation) -> Result<Json<Activated>, Problem> {
    Activated::new(activation).map(Json).ok_or_else(|| Problem::not_found("ticket"))
}
