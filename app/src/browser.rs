//! What only a browser has: its storage, its cookies, its clock. Call these from effects and event handlers, never while
//! rendering. In a browser that refuses (private mode, storage full) they quietly do nothing.
use jiff::Timestamp;
use leptos::prelude::{document, window};
use sapar_shared::when;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlDocument, HtmlFormElement, HtmlInputElement, UrlSearchParams};

const YEAR: u32 = 365 * 24 * 3600;

/// Seconds since the page was opened, from a clock that nobody sets.
#[must_use]
pub fn uptime_seconds() -> i64 {
    // Whole seconds far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    window().performance().map_or(0, |clock| (clock.now() / 1000.0) as i64)
}

/// How old the page is, in seconds, where it comes from what the browser keeps for lack of a connection; else 0. `made` is the
/// server's clock when it was made, and the device's own is believed then.
#[must_use]
pub fn kept_for(made: Timestamp) -> i64 {
    if window().navigator().on_line() {
        return 0;
    }
    // Milliseconds far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let now = (js_sys::Date::now() / 1000.0) as i64;
    (now - made.as_second()).max(0)
}

/// A value kept in the browser under `key`, if there is one that can still be read.
#[must_use]
pub fn stored<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&stored_text(key)?).ok()
}

/// A text kept in the browser under `key`.
#[must_use]
pub fn stored_text(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a text in the browser.
pub fn store_text(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Keeps a value in the browser.
pub fn store<T: Serialize>(key: &str, value: &T) {
    if let Ok(text) = serde_json::to_string(value) {
        store_text(key, &text);
    }
}

/// Sets a cookie for the whole site and a year; `None` deletes it.
pub fn set_cookie(name: &str, value: Option<&str>) {
    let document: HtmlDocument = document().unchecked_into();
    let age = if value.is_some() { YEAR } else { 0 };
    let _ = document.set_cookie(&format!("{name}={}; path=/; max-age={age}; samesite=lax", value.unwrap_or_default()));
}

/// What the form that holds an event's target would send now, as a query string without its `?`.
#[must_use]
pub fn form_query(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let params = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(params.to_string().into())
}

/// Closes a popover that is open; without one it does nothing.
pub fn hide_popover(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
        && element.matches(":popover-open").unwrap_or(false)
    {
        let _ = element.hide_popover();
    }
}

/// Brings an element into sight, if it is there.
pub fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
}

/// Empties a control, if it is there: takes its mark, its text or its choice away.
pub fn empty(id: &str) {
    let Some(control) = document().get_element_by_id(id) else { return };
    match control.dyn_into::<HtmlInputElement>() {
        Ok(input) if input.type_() == "checkbox" => input.set_checked(false),
        Ok(input) => input.set_value(""),
        Err(choice) => {
            let _ = js_sys::Reflect::set(&choice, &"value".into(), &"".into());
        }
    }
}

/// The form of that id as the page was sent: what was typed into it is gone.
pub fn reset_form(id: &str) {
    if let Some(form) = document().get_element_by_id(id).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// The control that had the focus is gone, so that nothing has it.
#[must_use]
pub fn focus_is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Leaves for another page of ours with a full load: nothing that this one knew is left.
pub fn load(path: &str) {
    let _ = window().location().set_href(path);
}

/// Runs one of the site's own files, by an element: our policy lets these in, and wasm cannot import.
pub fn run_script(path: &str, module: bool) {
    let Ok(script) = document().create_element("script") else { return };
    if module {
        let _ = script.set_attribute("type", "module");
    }
    let _ = script.set_attribute("src", path);
    if let Some(head) = document().head() {
        let _ = head.append_child(script.unchecked_ref());
    }
}

/// Scheme, host and port of the page.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Drops what is kept under `key`.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Drops what is kept under the keys that `is_meant`.
pub fn forget_all(is_meant: impl Fn(&str) -> bool) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let all = 0..storage.length().unwrap_or(0);
    // Looked through before anything goes: each removal moves the others.
    let keys: Vec<_> = all.filter_map(|at| storage.key(at).ok()?).filter(|key| is_meant(key)).collect();
    for key in keys {
        let _ = storage.remove_item(&key);
    }
}

/// The device's clock.
#[must_use]
pub fn now() -> Timestamp {
    // Milliseconds far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let now = js_sys::Date::now() as i64;
    Timestamp::from_millisecond(now).unwrap_or_default()
}

/// `14:05` in Almaty, by the device's clock.
#[must_use]
pub fn clock() -> String {
    when::clock(when::local(now()))
}

/// Moves the focus, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
