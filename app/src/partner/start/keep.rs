//! What was typed in a step that is not saved yet. It waits in the browser for the same person and the same step, so that a
//! closed tab loses nothing; saving forgets it. An account number is never kept.
use super::Step;
use crate::browser;
use leptos::prelude::{document, window};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, UrlSearchParams};

const KEY: &str = "sapar_start";
const NAMES: [&str; 9] = ["name", "bin", "phone", "email", "city", "address", "about_ru", "about_kk", "about_en"];

#[derive(Serialize, Deserialize)]
struct Kept {
    who: String,
    step: String,
    query: String,
}

/// `who` is the account's e-mail.
pub(super) fn keep(who: &str, step: Step, ev: &Event) {
    // Whatever kind of field it is, its form is asked the same way.
    let form = ev.target().and_then(|field| js_sys::Reflect::get(&field, &JsValue::from_str("form")).ok());
    let form = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let (Some(form), true) = (form, step != Step::Payout)
        && let Some(query) = browser::form_query(&form)
    {
        browser::store(KEY, &Kept { who: who.to_owned(), step: step.word().to_owned(), query });
    }
}

/// Fills the step's fields with what was typed last.
pub(super) fn restore(who: &str, step: Step, prefix: &str) {
    let kept = browser::stored::<Kept>(KEY).filter(|kept| kept.who == who && kept.step == step.word());
    let Some(typed) = kept.and_then(|kept| UrlSearchParams::new_with_str(&kept.query).ok()) else { return };
    for name in NAMES {
        if let (Some(text), Some(field)) = (typed.get(name), document().get_element_by_id(&format!("{prefix}-{name}"))) {
            // `value` of an input, a text area and a select alike.
            let _ = js_sys::Reflect::set(field.unchecked_ref::<HtmlInputElement>(), &JsValue::from_str("value"), &text.into());
        }
    }
}

pub(super) fn forget() {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(KEY);
    }
}
