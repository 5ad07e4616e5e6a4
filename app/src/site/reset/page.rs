//! `/:lang/reset`.
use super::api::AskReset;
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::enter::{Refused, field_error, refusal},
    ui::{Alert, AlertTone, Button, Field, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{paths, tr::enter as words, tr::sign_in};

#[component]
pub fn ResetPage() -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<AskReset>::new();
    let error = refusal(action, "reset");
    let pending = action.pending();
    let before = use_query_map().read_untracked().get("done").is_some();
    let sent = move || match action.value().get() {
        Some(answer) => matches!(answer, Ok(Ok(()))),
        None => before,
    };
    view! {
        <PageMeta lang title=words::reset_title(lang) description=words::reset_lead(lang) path=paths::reset noindex=true/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{words::reset_title(lang)}</h1>
                <p class="text-muted">{words::reset_lead(lang)}</p>
            </div>
            <div class="empty:hidden" aria-live="polite">
                {move || {
                    sent()
                        .then(|| {
                            view! {
                                <Alert tone=AlertTone::Good>
                                    <p class="font-semibold">{words::reset_sent_title(lang)}</p>
                                    <p>{words::reset_sent_text(lang)}</p>
                                </Alert>
                            }
                        })
                }}
            </div>
            <ActionForm action attr:id="reset" attr:novalidate=true>
                <div class="card card-pad grid gap-4">
                    <Refused lang error wrong=words::err_fields(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Field
                        name="email"
                        kind="email"
                        inputmode="email"
                        label=words::email(lang)
                        autocomplete="username"
                        maxlength=254
                        required=true
                        error=field_error(lang, error, "email")
                    />
                    <Button tone=Tone::Action class="w-full" disabled=pending>
                        {move || if pending.get() { words::reset_sending(lang) } else { words::reset_submit(lang) }}
                    </Button>
                </div>
            </ActionForm>
            <a class="link inline-flex items-center min-h-11 justify-self-center" href=paths::sign_in(lang)>
                {sign_in::submit(lang)}
            </a>
        </div>
    }
    .into_any()
}
