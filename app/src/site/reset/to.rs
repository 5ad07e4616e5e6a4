//! `/:lang/reset/:token`, from the mail.
use super::api::ResetPassword;
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        confirm::{Ended, Taken, api::look_at_link},
        enter::{Refused, field_error, refusal},
        order::page::REFERRER,
        page_error::PageError,
    },
    ui::{Button, PasswordField, Skeleton, Tone},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;
use sapar_shared::{
    Lang,
    dto::account::{LinkAbout, LinkView},
    paths,
    tr::enter as words,
};

#[component]
pub fn ResetToPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let link = page_data(token, look_at_link);
    view! {
        <Meta name="referrer" content=REFERRER/>
        <PageMeta lang title=words::reset_title(lang) description=words::reset_lead(lang) path=paths::reset noindex=true/>
        <div class="wrap max-w-md py-8 md:py-14">
            <Suspense fallback=|| view! { <Skeleton class="h-64 w-full"/> }>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(Ok(link)) if link.about != LinkAbout::Password => view! { <Ended lang/> }.into_any(),
                        Ok(Ok(link)) if link.taken => view! { <Taken lang/> }.into_any(),
                        Ok(Ok(link)) => view! { <NewPassword lang link token=token()/> }.into_any(),
                        Ok(Err(AppError::Over)) => view! { <Ended lang/> }.into_any(),
                        Ok(Err(error)) | Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn NewPassword(lang: Lang, link: LinkView, token: String) -> impl IntoView {
    let action = ServerAction::<ResetPassword>::new();
    let error = refusal(action, "reset");
    let pending = action.pending();
    view! {
        <div class="grid gap-6">
            <h1>{words::reset_title(lang)}</h1>
            <ActionForm action attr:id="reset" attr:novalidate=true>
                <div class="card card-pad grid gap-4">
                    <Refused lang error wrong=words::err_fields(lang)/>
                    <p class="break-words">{words::reset_to_text(lang, link.name, link.email.clone())}</p>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="token" value=token/>
                    // For the browser's own keeper of passwords.
                    <input type="text" autocomplete="username" value=link.email readonly hidden/>
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
                        {move || if pending.get() { words::reset_to_sending(lang) } else { words::reset_to_submit(lang) }}
                    </Button>
                </div>
            </ActionForm>
        </div>
    }
    .into_any()
}
