//! A phone number's field: the groups of a number of ours grow while one types. It writes only what it must, so the caret stays
//! where it is and a screen reader hears nothing but the keys.
use super::Field;
use leptos::prelude::*;
use sapar_shared::phone_mask::{PhoneMask, settled};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

fn input(ev: &Event) -> Option<HtmlInputElement> {
    ev.target()?.dyn_into().ok()
}

fn grow(mask: StoredValue<PhoneMask>, ev: &Event) {
    let Some(field) = input(ev) else { return };
    let text = field.value();
    let caret = field.selection_start().ok().flatten().and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX);
    if let Some((grown, caret)) = mask.try_update_value(|mask| mask.typed(&text, caret)).flatten() {
        field.set_value(&grown);
        let at = u32::try_from(caret).unwrap_or(u32::MAX);
        // Filled from elsewhere: a selection would take the focus along in Safari.
        if field.matches(":focus").unwrap_or(false) {
            let _ = field.set_selection_range(at, at);
        }
    }
}

fn settle(ev: &Event) {
    if let Some(field) = input(ev)
        && let Some(settled) = settled(&field.value())
        && settled != field.value()
    {
        field.set_value(&settled);
    }
}

/// Its name in the form is `phone`.
#[component]
pub fn PhoneField(
    #[prop(into)] label: String,
    #[prop(default = "f")] id_prefix: &'static str,
    /// E.164, or as it was typed.
    #[prop(optional, into)]
    value: String,
    #[prop(default = "tel")] autocomplete: &'static str,
    #[prop(optional)] required: bool,
    /// An empty one is none.
    #[prop(optional, into)]
    help: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let mask = StoredValue::new(PhoneMask::default());
    view! {
        <div on:input=move |ev| grow(mask, &ev) on:focusout=move |ev| settle(&ev)>
            <Field
                name="phone"
                id_prefix=id_prefix
                kind="tel"
                inputmode="tel"
                label=label
                help=help
                placeholder="+7 701 123 45 67"
                value=settled(&value).unwrap_or(value)
                autocomplete=autocomplete
                maxlength=40
                required=required
                error=error
            />
        </div>
    }
    .into_any()
}
