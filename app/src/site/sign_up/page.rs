//! `/:lang/sign-up`: one form, and one is in.
use super::api::{SignUp, load_sign_up};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Refused, field_error, focus_first, refusal},
        parts::{ContactInputs, ContactWords, contact_inputs::NAMES},
        sign_in::{
            next,
            page::{Inside, use_email, use_next},
        },
    },
    ui::{Button, LinkButton, PasswordField, Skeleton, Tone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, forms::checkout::ContactForm, paths, tr::enter as words};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let lang = use_lang();
    let target = use_next(lang);
    let typed = page_data(|| (), |()| load_sign_up());
    let email = StoredValue::new(use_email());
    let sign_in = move || next::with_email(&paths::sign_in(lang), &target.get(), &email.get_value());
    let for_company = move || target.get().split('?').next() == Some(&*paths::partner_start(lang));
    view! {
        <PageMeta lang title=words::up_title(lang) description=words::up_lead(lang) path=paths::sign_up noindex=true/>
        <Inside lang target/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{words::up_title(lang)}</h1>
                <p class="text-muted">{move || if for_company() { words::up_organiser_text(lang) } else { words::up_lead(lang) }}</p>
            </div>
            <Suspense fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    let mut typed = typed.await.unwrap_or_default();
                    if typed.email.is_empty() {
                        typed.email = email.get_value();
                    }
                    view! { <SignUpForm lang target typed/> }
                })}
            </Suspense>
            <p class="text-center">
                {words::up_have(lang)} " "
                <a class="link inline-flex items-center min-h-11" href=sign_in>
                    {words::code_submit(lang)}
                </a>
            </p>
            {move || {
                (!for_company())
                    .then(|| {
                        view! {
                            <aside class="card card-pad grid gap-2 justify-items-start">
                                <h2 class="text-lg">{words::up_organiser(lang)}</h2>
                                <p class="text-muted">{words::up_organiser_text(lang)}</p>
                                <LinkButton href=next::with(&paths::sign_up(lang), &paths::partner_start(lang))>
                                    {words::up_organiser_go(lang)}
                                </LinkButton>
                            </aside>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn SignUpForm(lang: Lang, target: Signal<String>, typed: ContactForm) -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let error = refusal(action, "sign-up");
    let pending = action.pending();
    focus_first(error, |field, _| format!("f-{field}"));
    let contact = ContactWords {
        name: (words::name(lang), ""),
        phone: (words::phone(lang), words::phone_help(lang)),
        email: (words::email(lang), words::email_help(lang)),
    };
    view! {
        <ActionForm action attr:id="sign-up" attr:novalidate=true>
            <div class="card card-pad grid gap-4">
                <Refused lang error wrong=words::err_fields(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=move || target.get()/>
                <ContactInputs words=contact typed errors=NAMES.map(|name| field_error(lang, error, name))/>
                <PasswordField
                    name="password"
                    label=words::password(lang)
                    help=words::password_help(lang)
                    show=words::show(lang)
                    hide=words::hide(lang)
                    show_label=words::show_password(lang)
                    autocomplete="new-password"
                    error=field_error(lang, error, "password")
                />
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { words::up_sending(lang) } else { words::up_submit(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}
