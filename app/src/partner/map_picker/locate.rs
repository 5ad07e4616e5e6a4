//! Where the device is, if the person lets it say.
use leptos::prelude::window;
use sapar_shared::{Lang, dto::editor::MapPoint, maps, tr::map_picker as tr};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::PositionOptions;

/// Why it did not say; the numbers of the browser's `GeolocationPositionError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Denied,
    NoSignal,
}

impl Unknown {
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Denied => tr::locate_denied(lang),
            Self::NoSignal => tr::locate_failed(lang),
        }
    }
}

fn number(of: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(of, &name.into()).ok()?.as_f64()
}

/// Asks the device; `told` hears of it once.
pub fn here(told: impl FnOnce(Result<MapPoint, Unknown>) + 'static) {
    let told = Rc::new(RefCell::new(Some(told)));
    let tell = move |outcome| {
        if let Some(told) = told.borrow_mut().take() {
            told(outcome);
        }
    };
    let (found, failed) = (tell.clone(), tell.clone());
    let found = Closure::once_into_js(move |position: JsValue| {
        let coords = js_sys::Reflect::get(&position, &"coords".into()).unwrap_or_default();
        let point = number(&coords, "latitude").zip(number(&coords, "longitude"));
        found(point.and_then(|(lat, lng)| maps::point(lat, lng).ok()).ok_or(Unknown::NoSignal));
    });
    let failed = Closure::once_into_js(move |error: JsValue| {
        failed(Err(if number(&error, "code") == Some(1.0) { Unknown::Denied } else { Unknown::NoSignal }));
    });
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(15_000);
    let asked = window().navigator().geolocation().and_then(|device| {
        device.get_current_position_with_error_callback_and_options(found.unchecked_ref(), Some(failed.unchecked_ref()), &options)
    });
    if asked.is_err() {
        tell(Err(Unknown::NoSignal));
    }
}
