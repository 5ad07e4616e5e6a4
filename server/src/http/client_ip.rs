//! The visitor's address: the socket's, or what a trusted proxy says.
use crate::state::AppState;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use sapar_app::request::ClientIp;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The last entry of X-Forwarded-For is the one that our own proxy wrote; those before it are the visitor's word.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let socket = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let forwarded = || {
        let header = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        header.rsplit(',').next()?.trim().parse().ok()
    };
    let ip = if state.config.trusted_proxy { forwarded().unwrap_or(socket) } else { socket };
    request.extensions_mut().insert(ClientIp(ip));
    next.run(request).await
}
