//! What is asked for after the password, where the account wants it.
use super::{
    api::SignInStep,
    next,
    page::{Inside, use_next},
};
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::enter::{Refused, refusal},
    ui::{Button, Field, Tone},
};
use leptos::prelude::*;
use sapar_shared::{
    paths,
    tr::{self, enter as words},
};

#[component]
pub fn StepPage() -> impl IntoView {
    let lang = use_lang();
    let target = use_next(lang);
    let action = ServerAction::<SignInStep>::new();
    let error = refusal(action, "step");
    let pending = action.pending();
    view! {
        <PageMeta lang title=words::step_title(lang) description=words::step_lead(lang) path=paths::sign_in_step noindex=true/>
        <Inside lang target/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{words::step_title(lang)}</h1>
                <p class="text-muted">{words::step_lead(lang)}</p>
            </div>
            <ActionForm action attr:id="step">
                <div class="card card-pad grid gap-4">
                    <Refused lang error wrong=words::step_wrong(lang) over=words::step_over(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="next" value=move || target.get()/>
                    // No numeric keyboard: a recovery code has letters.
                    <Field
                        name="code"
                        label=words::step_code(lang)
                        help=words::step_help(lang)
                        autocomplete="one-time-code"
                        maxlength=20
                        required=true
                    />
                    <Button tone=Tone::Action class="w-full" disabled=pending>
                        {move || if pending.get() { tr::sign_in::sending(lang) } else { words::step_submit(lang) }}
                    </Button>
                </div>
            </ActionForm>
            <a class="link inline-flex items-center min-h-11 justify-self-center" href=move || next::with(&paths::sign_in(lang), &target.get())>
                {words::step_back(lang)}
            </a>
        </div>
    }
    .into_any()
}
