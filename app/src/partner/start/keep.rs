//! What was typed in a step that is not saved yet. It waits in the browser for the same account and the same step, so that a
//! closed tab loses nothing; saving forgets it. An account number is never kept.
use super::Step;
use crate::{browser, partner::drafts::Draft};
use leptos::prelude::document;
use sapar_shared::ids::AccountId;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, UrlSearchParams};

const NAMES: [&str; 9] = ["name", "bin", "phone", "email", "city", "address", "about_ru", "about_kk", "about_en"];

#[derive(Serialize, Deserialize)]
struct Kept {
    step: String,
    query: String,
}

pub(super) fn keep(who: AccountId, step: Step, ev: &Event) {
    // Whatever kind of field it is, its form is asked the same way.
    let form = ev.target().and_then(|field| js_sys::Reflect::get(&field, &JsValue::from_str("form")).ok());
    let form = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let (Some(form), true) = (form, step != Step::Payout)
        && let Some(query) = browser::form_query(&form)
    {
        browser::store(&Draft::Start.key(who), &Kept { step: step.word().to_owned(), query });
    }
}

/// Fills the step's fields with what was typed last.
pub(super) fn restore(who: AccountId, step: Step, prefix: &str) {
    let kept = browser::stored::<Kept>(&Draft::Start.key(who)).filter(|kept| kept.step == step.word());
    let Some(typed) = kept.and_then(|kept| UrlSearchParams::new_with_str(&kept.query).ok()) else { return };
    for name in NAMES {
        if let (Some(text), Some(field)) = (typed.get(name), document().get_element_by_id(&format!("{prefix}-{name}"))) {
            // `value` of an input, a text area and a select alike.
            let _ = js_sys::Reflect::set(field.unchecked_ref::<HtmlInputElement>(), &JsValue::from_str("value"), &text.into());
        }
    }
}

pub(super) fn forget(who: AccountId) {
    browser::forget(&Draft::Start.key(who));
}
