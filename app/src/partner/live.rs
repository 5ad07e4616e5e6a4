//! News of the organisation's orders, as they happen.
use leptos::prelude::*;
use sapar_shared::{
    dto::{desk::OrderGroup, order::OrderStatus},
    paths,
};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::EventSource;

/// What the stream tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// An order, by its id, and the state that it is in now.
    Order { id: String, status: OrderStatus },
    /// Something was missed: look again.
    Again,
}

impl Told {
    fn of(data: &str) -> Self {
        let order = data.split_once(' ').and_then(|(id, status)| Some((id.to_owned(), OrderStatus::parse(status)?)));
        order.map_or(Self::Again, |(id, status)| Self::Order { id, status })
    }

    /// An order that is not on the list and should be: it waits for money, or has it.
    #[must_use]
    pub fn is_new(status: OrderStatus) -> bool {
        matches!(OrderGroup::of(status), OrderGroup::Open | OrderGroup::Paid) && status != OrderStatus::Completed
    }
}

/// What the server says where something was missed.
const AGAIN: &str = "again";
/// So long a break is none: the server ends each sitting itself, and the browser begins another.
const PATIENCE: Duration = Duration::from_secs(8);

/// Listens while the page is there and `wanted`: whoever may not hear need not ask. `lost` says that nothing is heard now; the
/// browser itself tries again, and once it is through, `heard` is told to look again.
pub fn listen(wanted: Signal<bool>, heard: Callback<Told>, lost: RwSignal<bool>) {
    hear(paths::CABINET_EVENTS, wanted, Callback::new(move |data: String| heard.run(Told::of(&data))), lost);
}

/// The same with any stream of the cabinet's; `heard` is given what was sent, and `AGAIN` after a break.
pub(super) fn hear(path: &'static str, wanted: Signal<bool>, heard: Callback<String>, lost: RwSignal<bool>) {
    let wanted = Memo::new(move |_| wanted.get());
    let refused = Refused { times: StoredValue::new(0), anew: RwSignal::new(()) };
    Effect::new(move |_| {
        refused.anew.track();
        if !wanted.get() {
            return;
        }
        let stream = StoredValue::new_local(Stream::open(path, heard, lost, refused));
        on_cleanup(move || {
            stream.try_with_value(|stream| stream.as_ref().map(Stream::close));
        });
    });
}

/// A browser comes back by itself after a lost connection, and not after an answer that is no stream: while the server starts
/// anew, or for whoever may not hear any more.
#[derive(Clone, Copy)]
struct Refused {
    /// In a row.
    times: StoredValue<u32>,
    /// Opens another stream.
    anew: RwSignal<()>,
}

/// So long after the first refusal the next stream is tried, twice as long after each other one.
const RETRY: Duration = Duration::from_secs(5);
/// Doubled so often at most.
const DOUBLED: u32 = 6;

impl Refused {
    fn again_later(self) {
        let Some(times) = self.times.try_get_value() else { return };
        self.times.try_set_value(times.saturating_add(1));
        set_timeout(
            move || {
                self.anew.try_set(());
            },
            RETRY * 2_u32.pow(times.min(DOUBLED)),
        );
    }
}

/// The event stream with the functions it calls, which must live as long.
struct Stream {
    source: EventSource,
    _message: Closure<dyn FnMut(JsValue)>,
    _open: Closure<dyn FnMut()>,
    _error: Closure<dyn FnMut()>,
}

impl Stream {
    fn open(path: &str, heard: Callback<String>, lost: RwSignal<bool>, refused: Refused) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let broken = StoredValue::new(refused.times.try_get_value().unwrap_or_default() > 0);
        let message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let data = js_sys::Reflect::get(&event, &"data".into()).ok().and_then(|data| data.as_string());
            heard.run(data.unwrap_or_default());
        });
        let open = Closure::<dyn FnMut()>::new(move || {
            lost.try_set(false);
            refused.times.try_set_value(0);
            // Between two sittings news may have been missed.
            if broken.try_update_value(std::mem::take) == Some(true) {
                heard.run(AGAIN.to_owned());
            }
        });
        let own = source.clone();
        let error = Closure::<dyn FnMut()>::new(move || {
            broken.try_set_value(true);
            if own.ready_state() == EventSource::CLOSED {
                refused.again_later();
            }
            set_timeout(
                move || {
                    if broken.try_get_value() == Some(true) {
                        lost.try_set(true);
                    }
                },
                PATIENCE,
            );
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onopen(Some(open.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self { source, _message: message, _open: open, _error: error })
    }

    fn close(&self) {
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read() {
        assert_eq!(Told::of("7 paid"), Told::Order { id: "7".into(), status: OrderStatus::Paid });
        assert_eq!(Told::of("again"), Told::Again);
        assert_eq!(Told::of("7 of tomorrow"), Told::Again);
    }

    #[test]
    fn what_is_over_is_not_new() {
        assert!(Told::is_new(OrderStatus::Held) && Told::is_new(OrderStatus::Paid));
        assert!(!Told::is_new(OrderStatus::Completed) && !Told::is_new(OrderStatus::Expired));
    }
}
