//! Keeps the page right while the order changes behind it: the server tells by an event stream; where that does not get
//! through, the page asks by itself, less and less often.
use crate::site::order::api::load_order;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use sapar_shared::{Lang, dto::order::OrderView, paths};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventSource;

const FIRST: Duration = Duration::from_secs(3);
/// Also how often is asked beside an open stream, in case a proxy swallows its events.
const SLOWEST: Duration = Duration::from_secs(30);

/// Reads the order again. Without a network the page stays as it was.
#[must_use]
pub fn refresher(lang: Lang, order: RwSignal<OrderView>) -> Callback<()> {
    Callback::new(move |()| {
        let Some(token) = order.try_with_untracked(|order| order.token.clone()) else { return };
        spawn_local(async move {
            let Ok(fresh) = load_order(lang, token).await else { return };
            let news = order.try_with_untracked(|shown| fresh.now > shown.now && differs(shown, &fresh));
            if news == Some(true) {
                order.try_set(fresh);
            }
        });
    })
}

/// The clock alone is no news, until it passes the end of the hold.
fn differs(shown: &OrderView, fresh: &OrderView) -> bool {
    let passed = (shown.now < shown.expires_at) != (fresh.now < fresh.expires_at);
    passed || OrderView { now: shown.now, ..fresh.clone() } != *shown
}

/// Watches as long as `moving` says that there is something to wait for.
pub fn watch(token: String, moving: Memo<bool>, refresh: Callback<()>) {
    Effect::new(move |_| {
        if !moving.get() {
            return;
        }
        let stream = StoredValue::new_local(Stream::open(&token, refresh));
        let timer = StoredValue::new(None);
        wait(FIRST, stream, timer, refresh);
        on_cleanup(move || {
            if let Some(Some(handle)) = timer.try_get_value() {
                let handle: TimeoutHandle = handle;
                handle.clear();
            }
            stream.try_with_value(|stream| stream.as_ref().map(Stream::close));
        });
    });
}

type Shared = StoredValue<Option<Stream>, LocalStorage>;

fn wait(delay: Duration, stream: Shared, timer: StoredValue<Option<TimeoutHandle>>, refresh: Callback<()>) {
    let handle = set_timeout_with_handle(
        move || {
            let told = stream.try_with_value(|stream| stream.as_ref().is_some_and(Stream::is_open)).unwrap_or(false);
            if !told || delay >= SLOWEST {
                refresh.run(());
            }
            let next = if told { SLOWEST } else { (delay * 3 / 2).min(SLOWEST) };
            wait(next, stream, timer, refresh);
        },
        delay,
    );
    timer.try_set_value(handle.ok());
}

/// The event stream with the function it calls, which must live as long.
struct Stream {
    source: EventSource,
    _heard: Closure<dyn FnMut()>,
}

impl Stream {
    fn open(token: &str, refresh: Callback<()>) -> Option<Self> {
        let source = EventSource::new(&paths::order_events(token)).ok()?;
        let heard = Closure::<dyn FnMut()>::new(move || refresh.run(()));
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { source, _heard: heard })
    }

    fn is_open(&self) -> bool {
        self.source.ready_state() == EventSource::OPEN
    }

    fn close(&self) {
        self.source.set_onmessage(None);
        self.source.close();
    }
}
