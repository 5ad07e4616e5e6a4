//! The archive. A plain form: the browser itself saves what comes, with a script or without one. A script says what happens
//! meanwhile, for the page stays when the archive comes.
use crate::{
    browser,
    error::AppError,
    site::enter::{Done, Refused, arrive, own_password_error, refusal::of_word},
    ui::{Button, Card, PasswordField, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use sapar_shared::{
    Lang,
    forms::{FieldError, FieldErrors},
    paths,
    tr::{enter, me, privacy as words},
};
use std::time::Duration;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

const PASSWORD: &str = "d-password";

#[component]
pub(super) fn Download(lang: Lang) -> impl IntoView {
    let query = use_query_map().read_untracked();
    let refused = query.get("error").filter(|_| query.get("form").is_some_and(|form| form == "download"));
    let error: RwSignal<Option<AppError>> = RwSignal::new(refused.map(|word| of_word(&word)));
    let asked = RwSignal::new(false);
    if error.get_untracked().is_some() {
        arrive(PASSWORD);
        forget_address(lang);
    }
    let submit = move |event: SubmitEvent| {
        let Some(field) = field() else { return };
        // The second tap of two: the first took the password along.
        if field.value().is_empty() && asked.get_untracked() {
            event.prevent_default();
            return;
        }
        if field.value().is_empty() {
            event.prevent_default();
            error.set(Some(AppError::Fields(FieldErrors::from([("password".to_owned(), FieldError::Missing)]))));
            browser::focus(PASSWORD);
            return;
        }
        error.set(None);
        asked.set(true);
        // The browser has read the form by then.
        set_timeout(move || field.set_value(""), Duration::ZERO);
    };
    view! {
        <Card class="grid gap-4">
            <h2 class="text-lg">{words::download_title(lang)}</h2>
            <p class="text-muted">{words::download_text(lang)}</p>
            <form
                method="post"
                action=paths::MY_DATA_FILE
                id="download"
                novalidate=true
                on:submit=submit
                on:input=move |_| asked.set(false)
            >
                <div class="grid gap-4">
                    <Refused lang error=error.into() wrong=me::password_wrong(lang)/>
                    <Done done=asked.into() text=words::download_asked(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <PasswordField
                        name="password"
                        id_prefix="d"
                        label=words::erase_password(lang)
                        help=words::download_why(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                        error=own_password_error(lang, error.into())
                    />
                    <Button tone=Tone::Action class="w-full">{words::download(lang)}</Button>
                </div>
            </form>
        </Card>
    }
    .into_any()
}

/// The refusal has been read: the address says no more of it.
fn forget_address(lang: Lang) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        navigate(&paths::my_data(lang), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
}

fn field() -> Option<HtmlInputElement> {
    document().get_element_by_id(PASSWORD)?.dyn_into().ok()
}
