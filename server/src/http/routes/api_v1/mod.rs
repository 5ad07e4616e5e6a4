//! `/api/v1`: the same use cases as the pages', for programs. The whole API on a screen.
mod extract;
mod gate;
mod listings;
mod orders;
mod placing;
mod problem;
mod reference;
mod shapes;

pub(crate) use problem::Problem;

use crate::state::AppState;
use axum::{
    Router,
    body::Bytes,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http::{
    HeaderName, HeaderValue,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
};
use problem::Code;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::{
    OpenApi as _,
    openapi::{
        OpenApi, Server,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Sapar API", version = "1.0.0", description = include_str!("introduction.md"), license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    tags(
        (name = "Catalogue", description = "What there is to buy. Public."),
        (name = "Orders", description = "Buying as a guest. An order is opened by its token and by nothing else."),
        (name = "Gate", description = "At the bus, with an organisation's token."),
    )
)]
struct Api;

/// The pages' policy wants a nonce; the reference has no script and its one style sheet is a file of ours.
const REFERENCE_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; \
                                form-action 'none'; frame-ancestors 'none'";

pub fn router(state: AppState) -> Router {
    let (router, document) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(listings::list))
        .routes(routes!(listings::read))
        .routes(routes!(orders::place))
        .routes(routes!(orders::read))
        .routes(routes!(orders::cancel))
        .routes(routes!(gate::departure_tickets))
        .routes(routes!(gate::activate))
        .split_for_parts();
    let document = completed(document, &state.services.ctx.public_url);
    let text = Bytes::from(serde_json::to_vec(&document).unwrap_or_default());
    let page = Bytes::from(reference::page(&serde_json::to_value(&document).unwrap_or_default()));
    let style = Bytes::from(reference::style());
    router
        .route("/api/v1/openapi.json", get(move || async move { fixed("application/json", text) }))
        .route("/api/v1/docs", get(move || async move { docs(page) }))
        .route("/api/v1/docs.css", get(move || async move { fixed("text/css; charset=utf-8", style) }))
        .route("/api/v1", any(unknown))
        .route("/api/v1/", any(unknown))
        .route("/api/v1/{*unknown}", any(unknown))
        .method_not_allowed_fallback(method_not_allowed)
        // Orders and tickets are nobody else's; what may be kept says so itself.
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .with_state(state)
}

/// What the handlers cannot say: where we are, and how a program proves who it is.
fn completed(mut document: OpenApi, public_url: &str) -> OpenApi {
    document.servers = Some(vec![Server::new(public_url)]);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An organisation's token.")).build();
    document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(bearer));
    document
}

async fn unknown() -> Problem {
    Problem::not_found("address")
}

async fn method_not_allowed() -> Problem {
    Problem::new(Code::MethodNotAllowed, "This address does not know the method.")
}

fn docs(page: Bytes) -> Response {
    ([(CONTENT_SECURITY_POLICY, REFERENCE_POLICY)], fixed("text/html; charset=utf-8", page)).into_response()
}

/// What does not change while the process lives.
fn fixed(content_type: &'static str, body: Bytes) -> Response {
    let headers: [(HeaderName, &str); 2] = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "public, max-age=300")];
    (headers, body).into_response()
}
