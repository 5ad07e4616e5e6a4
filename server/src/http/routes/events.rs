//! Server-sent events: of an order's page, `data: changed` whenever it changed; of the cabinet, `data: <order> <state>` for each
//! order of the organisation; of the organisation's day, `data: changed` whenever numbers or passengers may have.
use super::Failure;
use crate::{http::session, state::AppState};
use axum::{
    extract::{Path, State},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event as Sent, KeepAlive},
    },
};
use futures::{Stream, StreamExt as _, stream};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sapar_domain::{kernel::events::Event, orders};
use sapar_shared::{Lang, ids::OrganisationId, roles::Permission};
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::{
    Receiver,
    error::{RecvError, TryRecvError},
};
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
    let sent = stream::once(async {}).chain(changes).map(|()| Ok::<_, Infallible>(Sent::default().data(CHANGED)));
    Ok(streamed(sent, &state))
}

/// After so long a stream ends and the browser asks anew: whoever was signed out or left the organisation hears no more.
const SITTING: Duration = Duration::from_secs(300);
/// Tells a page to read its list anew.
const AGAIN: &str = "again";
/// Tells a page to look at what it shows.
const CHANGED: &str = "changed";
/// What happens within so short a while is told once: at a bus tickets are let on by the second.
const GATHER: Duration = Duration::from_millis(300);

/// For members who may see orders; the organisation is that of the session.
pub async fn cabinet(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Failure> {
    let news = BroadcastStream::new(state.events.subscribe());
    let Some(actor) = session::actor(&state, &headers).await? else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Ok(own) = actor.require(Permission::SeeOrders) else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let changes = news.filter_map(move |news| async move {
        match news {
            Ok(Event::Sale { organisation, order, status }) if organisation == own => {
                Some(format!("{order} {}", status.as_str()))
            }
            // News were missed: the page had better look.
            Err(BroadcastStreamRecvError::Lagged(_)) => Some(AGAIN.to_owned()),
            Ok(_) => None,
        }
    });
    let sent = changes.map(|data| Ok::<_, Infallible>(Sent::default().data(data)));
    Ok(streamed(sent.take_until(Box::pin(tokio::time::sleep(SITTING))), &state))
}

/// For members who may see departures. It never says what happened, nor to whose order: not all of them may see orders.
pub async fn day(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Failure> {
    let news = state.events.subscribe();
    let Some(actor) = session::actor(&state, &headers).await? else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Ok(own) = actor.require(Permission::SeeDepartures) else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let changes = stream::unfold(news, move |mut news| async move {
        hear(&mut news, own).await?;
        tokio::time::sleep(GATHER).await;
        // Whatever else came meanwhile is told with it.
        while !matches!(news.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
        Some(((), news))
    });
    // The page may have been rendered, or out of sight, before the last change.
    let sent = stream::once(async {}).chain(changes).map(|()| Ok::<_, Infallible>(Sent::default().data(CHANGED)));
    Ok(streamed(sent.take_until(Box::pin(tokio::time::sleep(SITTING))), &state))
}

/// Waits for news of the organisation's day; `None` at the end of all news.
async fn hear(news: &mut Receiver<Event>, own: OrganisationId) -> Option<()> {
    loop {
        match news.recv().await {
            Ok(Event::Sale { organisation, .. } | Event::Day(organisation)) if organisation == own => return Some(()),
            // Some were missed, and may have been of it.
            Err(RecvError::Lagged(_)) => return Some(()),
            Err(RecvError::Closed) => return None,
            Ok(_) => {}
        }
    }
}

fn streamed(sent: impl Stream<Item = Result<Sent, Infallible>> + Send + 'static, state: &AppState) -> Response {
    let sent = sent.take_until(state.stop.clone().cancelled_owned());
    let mut response = Sse::new(sent).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // Proxies must not hold events back.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
