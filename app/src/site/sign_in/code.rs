//! The door for those with a phone at hand: a number, then the code of a message.
use super::{
    api::{AskCode, SignInCode},
    next,
    page::{Inside, use_next},
};
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::enter::{Refused, arrive, caret, field_error, refusal},
    ui::{Alert, AlertTone, Button, Field, PhoneField, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang, paths,
    tr::{self, enter as words},
};

#[component]
pub fn CodePage() -> impl IntoView {
    let lang = use_lang();
    let target = use_next(lang);
    let query = use_query_map();
    let request = Memo::new(move |_| query.read().get("request").filter(|request| request.len() <= 36));
    view! {
        <PageMeta lang title=words::code_title(lang) description=words::code_lead(lang) path=paths::sign_in_code noindex=true/>
        <Inside lang target/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <h1>{words::code_title(lang)}</h1>
            {move || match request.get() {
                Some(request) => view! { <CodeForm lang target request/> }.into_any(),
                None => view! { <PhoneForm lang target/> }.into_any(),
            }}
            <a class="link inline-flex items-center min-h-11 justify-self-center" href=move || next::with(&paths::sign_in(lang), &target.get())>
                {words::code_password(lang)}
            </a>
        </div>
    }
    .into_any()
}

#[component]
fn PhoneForm(lang: Lang, target: Signal<String>) -> impl IntoView {
    let action = ServerAction::<AskCode>::new();
    let error = refusal(action, "ask");
    let pending = action.pending();
    arrive("f-phone");
    caret(error, "f-phone");
    view! {
        <p class="text-muted">{words::code_lead(lang)}</p>
        <ActionForm action attr:id="ask" attr:novalidate=true>
            <div class="card card-pad grid gap-4">
                <Refused lang error wrong=words::code_wrong(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=move || target.get()/>
                <PhoneField label=words::phone(lang) required=true error=field_error(lang, error, "phone")/>
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { tr::me::sending(lang) } else { words::code_ask(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn CodeForm(lang: Lang, target: Signal<String>, request: String) -> impl IntoView {
    let action = ServerAction::<SignInCode>::new();
    let error = refusal(action, "code");
    let pending = action.pending();
    arrive("f-code");
    caret(error, "f-code");
    view! {
        <Alert tone=AlertTone::Info>{words::code_sent(lang)}</Alert>
        <ActionForm action attr:id="code" attr:novalidate=true>
            <div class="card card-pad grid gap-4">
                <Refused lang error wrong=words::code_wrong(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=move || target.get()/>
                <input type="hidden" name="request" value=request/>
                <Field
                    name="code"
                    inputmode="numeric"
                    label=words::code(lang)
                    help=words::code_help(lang)
                    autocomplete="one-time-code"
                    maxlength=10
                    required=true
                />
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { tr::sign_in::sending(lang) } else { words::code_submit(lang) }}
                </Button>
            </div>
        </ActionForm>
        <a class="link inline-flex items-center min-h-11 justify-self-center" href=move || next::with(&paths::sign_in_code(lang), &target.get())>
            {words::code_again(lang)}
        </a>
    }
    .into_any()
}
