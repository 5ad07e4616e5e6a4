//! Server-sent events of an order's page: `data: changed` whenever it changed.
use super::Failure;
use crate::state::AppState;
use axum::{
    extract::{Path, State},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event as Sent, KeepAlive},
    },
};
use futures::{StreamExt as _, stream};
use http::{HeaderName, HeaderValue, StatusCode};
use sapar_domain::{kernel::events::Event, orders};
use sapar_shared::Lang;
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

pub async fn order(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, Failure> {
    // Subscribed before the look, so that nothing falls between them.
    let news = BroadcastStream::new(state.events.subscribe());
    let found = orders::view(&mut *state.services.conn().await?, &state.services.ctx, &token, Lang::Ru).await?;
    let Some(order) = found else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let id = order.id;
    let changes = news.filter_map(move |news| async move {
        match news {
            Ok(Event::Order(changed)) if changed == id => Some(()),
            // News were missed: the page had better look.
            Err(BroadcastStreamRecvError::Lagged(_)) => Some(()),
            Ok(_) => None,
        }
    });
    // The page may have been rendered before the last change.
    let sent = stream::once(async {}).chain(changes).map(|()| Ok::<_, Infallible>(Sent::default().data("changed")));
    let sent = sent.take_until(state.stop.clone().cancelled_owned());
    let mut response = Sse::new(sent).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // Proxies must not hold events back.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}
