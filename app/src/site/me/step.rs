//! The second step: off, being set up, or on.
use super::{codes::Codes, security::Actions};
use crate::{
    error::AppError,
    site::{
        enter::{Done, Refused, caret, own_password_error},
        order::{copy::CopyButton, qr::QrCode},
    },
    ui::{Button, Field, Glyph, PasswordField, StatusChip, Tint},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Account, TotpSetup},
    tr::{enter, me as words},
};

/// `codes` are the recovery codes that a page without a script is given once.
#[component]
pub(super) fn Step(
    lang: Lang,
    account: Account,
    setup: Option<TotpSetup>,
    codes: Vec<String>,
    actions: Actions,
) -> impl IntoView {
    let codes = (!codes.is_empty()).then(|| view! { <Codes lang codes/> });
    let inside = match setup {
        _ if account.second_step => view! { <On lang left=account.recovery_left actions/> }.into_any(),
        Some(setup) => view! { <SetUp lang setup actions/> }.into_any(),
        None => view! { <Off lang actions/> }.into_any(),
    };
    view! {
        <section class="card card-pad grid gap-4" id="step" aria-labelledby="step-title">
            <h2 id="step-title" class="text-lg" tabindex="-1">{words::step_title(lang)}</h2>
            <Done done=actions.step_off text=words::done_step_off(lang)/>
            {codes}
            {inside}
        </section>
    }
    .into_any()
}

/// The password that each of these forms asks for.
#[component]
fn Password(lang: Lang, id_prefix: &'static str, error: Signal<Option<AppError>>) -> impl IntoView {
    view! {
        <PasswordField
            name="password"
            id_prefix
            label=words::current_password(lang)
            show=enter::show(lang)
            hide=enter::hide(lang)
            show_label=enter::show_password(lang)
            error=own_password_error(lang, error)
        />
    }
    .into_any()
}

#[component]
fn Off(lang: Lang, actions: Actions) -> impl IntoView {
    let (action, error) = (actions.begin, actions.begin_error);
    caret(error, "b-password");
    view! {
        <p class="text-muted">{words::step_text(lang)}</p>
        <ActionForm action attr:id="begin" attr:novalidate=true>
            <div class="grid gap-4">
                <Refused lang error wrong=words::password_wrong(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <Password lang id_prefix="b" error/>
                <Button disabled=action.pending()>{words::step_begin(lang)}</Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn SetUp(lang: Lang, setup: TotpSetup, actions: Actions) -> impl IntoView {
    let (action, error, cancel) = (actions.enable, actions.enable_error, actions.cancel);
    caret(error, "f-code");
    let groups = setup.secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    let secret = groups.collect::<Vec<_>>().join(" ");
    view! {
        <p>{words::step_scan(lang)}</p>
        // Nobody scans the screen that they hold.
        <a class="btn" href=setup.uri rel="external">{words::step_open(lang)}</a>
        <div class="justify-self-center w-56">
            <QrCode path=setup.qr_path size=setup.qr_size shape_id="step-qr".to_owned() label=words::step_qr(lang)/>
        </div>
        <div>
            <p class="field-help">{words::step_secret(lang)}</p>
            <p class="numbers font-semibold break-words" translate="no">{secret}</p>
            <div class="mt-2">
                <CopyButton lang text=setup.secret name=words::step_copy(lang)/>
            </div>
        </div>
        <ActionForm action attr:novalidate=true>
            <div class="grid gap-4">
                <Refused lang error wrong=words::step_wrong(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <Field
                    name="code"
                    inputmode="numeric"
                    label=words::step_code(lang)
                    autocomplete="one-time-code"
                    maxlength=10
                    required=true
                />
                <Button disabled=action.pending()>{words::step_enable(lang)}</Button>
            </div>
        </ActionForm>
        <ActionForm action=cancel>
            <div class="grid gap-4">
                <Refused lang error=actions.cancel_error wrong=enter::err_unavailable(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <button class="btn btn-quiet" disabled=move || cancel.pending().get()>{words::step_cancel(lang)}</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn On(lang: Lang, left: i64, actions: Actions) -> impl IntoView {
    view! {
        <p class="flex flex-wrap items-center gap-2">
            <StatusChip tint=Tint::Leaf icon=Glyph::Shield word=words::step_on(lang)/>
            <span class="text-muted">{words::step_left(lang, left)}</span>
        </p>
        <Renew lang actions/>
        <Disable lang actions/>
    }
    .into_any()
}

#[component]
fn Renew(lang: Lang, actions: Actions) -> impl IntoView {
    let (action, error) = (actions.renew, actions.renew_error);
    caret(error, "r-password");
    view! {
        <details id="renew" open=error.get_untracked().is_some()>
            <summary class="link min-h-11 content-center">{words::recovery_renew(lang)}</summary>
            <ActionForm action attr:id="renew-form" attr:novalidate=true>
                <div class="grid gap-4 pt-2">
                    <p class="text-muted">{words::recovery_renew_text(lang)}</p>
                    <Refused lang error wrong=words::password_wrong(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Password lang id_prefix="r" error/>
                    <Button disabled=action.pending()>{words::recovery_make(lang)}</Button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

#[component]
fn Disable(lang: Lang, actions: Actions) -> impl IntoView {
    let (action, error) = (actions.disable, actions.disable_error);
    caret(error, "s-password");
    view! {
        <details id="disable" open=error.get_untracked().is_some()>
            <summary class="link min-h-11 content-center">{words::step_disable(lang)}</summary>
            <ActionForm action attr:novalidate=true>
                <div class="grid gap-4 pt-2">
                    <Refused lang error wrong=words::password_wrong(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Password lang id_prefix="s" error/>
                    <button class="btn btn-danger" disabled=move || action.pending().get()>{words::step_disable(lang)}</button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
