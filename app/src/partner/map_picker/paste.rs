//! The field for coordinates and links.
use super::picker::Picker;
use crate::ui::field::FieldError;
use leptos::{html, prelude::*};
use sapar_shared::{
    Lang,
    maps::{self, NoPoint},
    tr::map_picker as tr,
};

const ID: &str = "map-paste";
const HELP: &str = "map-paste-help";
const ERROR: &str = "map-paste-error";

fn words(why: NoPoint, lang: Lang) -> &'static str {
    match why {
        NoPoint::Nothing => tr::paste_nothing(lang),
        NoPoint::ShortLink => tr::paste_short(lang),
        NoPoint::OffTheEarth => tr::paste_off(lang),
    }
}

/// It stands in the editor's form, so it is none itself: Enter and the button read it.
#[component]
pub(super) fn Paste(picker: Picker) -> impl IntoView {
    let lang = picker.lang;
    let field = NodeRef::<html::Input>::new();
    let error = RwSignal::new(None::<String>);
    let read = move || {
        let Some(text) = field.get_untracked().map(|field| field.value()).filter(|text| !text.trim().is_empty()) else {
            error.set(None);
            return;
        };
        match maps::read(&text) {
            Ok(point) => {
                error.set(None);
                picker.put_and_show(point);
            }
            Err(why) => error.set(Some(words(why, lang).to_owned())),
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            read();
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=ID>{tr::paste(lang)}</label>
            <div class="flex gap-2">
                <input
                    class="control"
                    id=ID
                    node_ref=field
                    type="text"
                    autocomplete="off"
                    maxlength="2000"
                    placeholder="43.238949, 76.889709"
                    aria-describedby=move || if error.read().is_some() { ERROR } else { HELP }
                    aria-invalid=move || error.read().is_some().then_some("true")
                    on:keydown=on_key
                    // The field has the text only after the event.
                    on:paste=move |_| request_animation_frame(read)
                />
                <button type="button" class="btn needs-script" on:click=move |_| read()>{tr::paste_show(lang)}</button>
            </div>
            <p class="field-help" id=HELP>{tr::paste_help(lang)}</p>
            <FieldError id=ERROR.to_owned() error/>
        </div>
    }
    .into_any()
}
