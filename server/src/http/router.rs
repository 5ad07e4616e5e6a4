//! The whole HTTP face on a screen.
use super::{client_ip, csp, csrf, language, lost, page_cache, plain, rate_limit, routes};
use crate::{load::UnderWay, state::AppState};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY},
};
use leptos::{
    config::{Env, LeptosOptions},
    nonce::use_nonce,
    prelude::provide_context,
    prelude::use_context,
};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, ResponseOptions, generate_route_list};
use sapar_app::{App, shell};
use sapar_domain::payments::{CARD_RESULT_PATH, RESULT_PATH};
use sapar_providers::Sandbox;
use sapar_shared::paths;
use std::{sync::LazyLock, time::Instant};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel, Predicate as _,
        predicate::{NotForContentType, SizeAbove},
    },
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// No form of ours is larger; uploads read their body themselves, up to a limit of their own.
const LARGEST_BODY: usize = 256 * 1024;

/// The pages' addresses, found out once for the whole process, before any page is made: as long as leptos looks for them no
/// resource loads, in no thread, and one that is first asked just then never answers (leptos's issue 4773).
static ADDRESSES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

pub fn router(state: AppState, sandbox: Option<&Sandbox>) -> Router {
    let pages = pages(&state);
    // People open these.
    let links = Router::new()
        .route("/files/orders/{token}/{name}", get(routes::files::document))
        .route("/o/{token}", get(routes::links::short_order))
        .route("/t/{signed}", get(routes::links::ticket))
        .layer(from_fn_with_state(pages.clone(), lost::layer))
        .with_state(state.clone());
    let handlers = Router::new()
        .route("/files/pictures/{name}", get(routes::files::picture))
        .route("/orders/{token}/events", get(routes::events::order))
        .route("/{lang}/orders/{token}/return", get(routes::links::order_return))
        .route(paths::UPLOADS, post(routes::uploads::receive))
        .route(paths::CABINET_EVENTS, get(routes::events::cabinet))
        .route(paths::CABINET_DAY_EVENTS, get(routes::events::day))
        .route("/cabinet/departures/{id}/{name}", get(routes::cabinet::passengers))
        .route(paths::IMPORTS, post(routes::imports::receive))
        .route("/cabinet/imports/template.xlsx", get(routes::imports::template))
        .route("/cabinet/imports/{id}/corrected.xlsx", get(routes::imports::corrected))
        .route(paths::MY_DATA_FILE, post(routes::my_data::download))
        .route("/robots.txt", get(routes::sitemap::robots))
        .route("/sitemap.xml", get(routes::sitemap::index))
        .route("/sitemap/{name}", get(routes::sitemap::part))
        .route(RESULT_PATH, get(routes::webhooks::payment_result).post(routes::webhooks::payment_result))
        .route(CARD_RESULT_PATH, post(routes::webhooks::card_result))
        .with_state(state.clone());
    let mut router = Router::new().merge(links).merge(handlers).merge(routes::api_v1::router(state.clone())).merge(pages);
    if let Some(sandbox) = sandbox {
        router = router.merge(sandbox.outbox_router());
    }
    let LeptosOptions { site_root, env, .. } = &state.leptos;
    let site = static_files(site_root, *env == Env::DEV);
    router
        .merge(site)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(rate_limit::Limits::new(state.clone()), rate_limit::layer))
        .layer(from_fn_with_state(state.clone(), csrf::layer))
        .layer(from_fn(plain::layer))
        .layer(from_fn(csp::layer))
        .layer(from_fn_with_state(state, client_ip::layer))
        .layer(from_fn(measure))
        .layer(compression())
        .layer(CatchPanicLayer::new())
}

/// Leptos's pages and server functions. Every render gets its own nonce and says so in its policy.
fn pages(state: &AppState) -> Router {
    let services = state.services.clone();
    let context = move || {
        provide_context(services.clone());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&csp::page_policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    let options = state.leptos.clone();
    let fallback_options = options.clone();
    Router::new()
        .leptos_routes_with_context(state, ADDRESSES.clone(), context.clone(), move || shell(options.clone()))
        .fallback(leptos_axum::render_app_async_with_context(context, move || shell(fallback_options.clone())))
        .layer(from_fn_with_state(state.clone(), page_cache::layer))
        .layer(from_fn_with_state(state.clone(), language::layer))
        .with_state(state.clone())
}

/// What cargo-leptos built and what lies in `public/`, compressed before; `watched` while somebody works on it.
fn static_files(site: &str, watched: bool) -> Router {
    let dir = |sub: &str| ServeDir::new(format!("{site}/{sub}")).precompressed_br().precompressed_gzip();
    let forever =
        SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    let a_day = SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    let hashed = Router::new().nest_service("/pkg", dir("pkg")).layer(forever.clone());
    // Where tools/style.sh watches, it makes one name again and again.
    let fresh = SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let styles = Router::new().nest_service("/styles", dir("styles")).layer(if watched { fresh } else { forever });
    let named = Router::new()
        .nest_service("/fonts", dir("fonts"))
        .nest_service("/art", dir("art"))
        .nest_service("/vendor", dir("vendor"))
        .nest_service("/gate", dir("gate"))
        .nest_service("/scripts", dir("scripts"));
    let file = |name: &str| ServeFile::new(format!("{site}/{name}"));
    let icons = Router::new()
        .route_service("/favicon.ico", file("favicon.ico"))
        .route_service("/apple-touch-icon.png", file("apple-touch-icon.png"))
        .route_service("/manifest.webmanifest", file("manifest.webmanifest"))
        .layer(a_day.clone());
    hashed.merge(styles).merge(named.layer(a_day)).merge(icons).merge(offline(file("offline.js")))
}

/// The service worker: asked for anew each time, or an old one would live on; what it may fetch is said by its own policy.
fn offline(file: ServeFile) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .route_service("/offline.js", file)
        .layer(header(CACHE_CONTROL, "no-cache"))
        .layer(header(CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'"))
}

/// Pages and JSON, fast; never what is compressed already, and never events, which would be held back.
fn compression() -> CompressionLayer<impl tower_http::compression::Predicate> {
    let wanted = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/wasm"))
        .and(NotForContentType::const_new("text/javascript"))
        .and(NotForContentType::const_new("text/css"))
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(wanted)
}

/// Time and outcome by route, never by address: addresses hold tokens.
async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    // An upload waits for a phone, not for a core.
    let under_way = (![paths::UPLOADS, paths::IMPORTS].contains(&route.as_str())).then(UnderWay::begin);
    let began = Instant::now();
    let response = next.run(request).await;
    drop(under_way);
    let status = response.status().as_u16().to_string();
    metrics::histogram!("http_request_seconds", "route" => route, "status" => status).record(began.elapsed().as_secs_f64());
    response
}
