//! What is asked for after the password, where the account wants it.
use super::{
    api::{SignInStep, load_step},
    next,
    page::{Inside, use_next},
};
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Refused, arrive, caret, refusal},
        page_error::set_status,
    },
    ui::{Button, Field, Tone},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};
use sapar_shared::{
    Lang, paths,
    tr::{self, enter as words},
};

#[component]
pub fn StepPage() -> impl IntoView {
    let lang = use_lang();
    let target = use_next(lang);
    let action = ServerAction::<SignInStep>::new();
    let error = refusal(action, "step");
    let pending = action.pending();
    arrive("f-code");
    caret(error, "f-code");
    view! {
        <PageMeta lang title=words::step_title(lang) description=words::step_lead(lang) path=paths::sign_in_step noindex=true/>
        <Inside lang target/>
        <Outside lang target/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{words::step_title(lang)}</h1>
                <p class="text-muted">{words::step_lead(lang)}</p>
            </div>
            <ActionForm action attr:id="step" attr:novalidate=true>
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

/// Whoever has not begun to sign in does that first.
#[component]
fn Outside(lang: Lang, target: Signal<String>) -> impl IntoView {
    let step = page_data(|| (), |()| load_step());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                if !matches!(step.await, Ok(false)) {
                    return None;
                }
                set_status(302);
                let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                Some(view! { <Redirect path=next::with(&paths::sign_in(lang), &target.get_untracked()) options/> })
            })}
        </Suspense>
    }
    .into_any()
}
