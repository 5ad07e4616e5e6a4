//! The visitor's address: the socket's, or what a trusted proxy says.
use crate::state::AppState;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderMap;
use sapar_app::request::ClientIp;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The last entry of X-Forwarded-For is the one that our own proxy wrote; those before it are the visitor's word.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let ip = address(request.headers(), request.extensions().get(), state.config.trusted_proxy);
    request.extensions_mut().insert(ClientIp(ip));
    next.run(request).await
}

fn address(headers: &HeaderMap, socket: Option<&ConnectInfo<SocketAddr>>, trusted_proxy: bool) -> IpAddr {
    let socket = socket.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let forwarded = || headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    if trusted_proxy { forwarded().unwrap_or(socket) } else { socket }
}
