//! One answer, kept in memory, for every request: `sapar-bare ADDRESS BODY HEADERS`, of which the last two are files.
//! HEADERS holds lines of `name: value`.
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
    serve::ListenerExt as _,
};
use std::{env, error::Error, fs};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, body, headers] = arguments.as_slice() else { return Err("sapar-bare ADDRESS BODY HEADERS".into()) };
    let body = Bytes::from(fs::read(body)?);
    let headers = parse(&fs::read_to_string(headers)?)?;
    let answer = move || {
        let mut response = Response::new(Body::from(body.clone()));
        *response.headers_mut() = headers.clone();
        std::future::ready(response)
    };
    // As the product listens.
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, Router::new().fallback(answer)).await?;
    Ok(())
}

fn parse(text: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    for (name, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    Ok(headers)
}
