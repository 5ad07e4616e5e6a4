//! The second step: off, being set up, or on.
use super::security::Actions;
use crate::{
    site::{
        enter::{Done, Refused},
        order::{copy::CopyButton, qr::QrCode},
    },
    ui::{Alert, AlertTone, Button, Field, Glyph, PasswordField, StatusChip, Tint},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Account, TotpSetup},
    tr::{enter, me as words},
};

#[component]
pub(super) fn Step(
    lang: Lang,
    account: Account,
    setup: Option<TotpSetup>,
    codes: Vec<String>,
    actions: Actions,
) -> impl IntoView {
    let inside = match setup {
        _ if account.second_step => view! { <On lang left=account.recovery_left actions/> }.into_any(),
        Some(setup) => view! { <SetUp lang setup actions/> }.into_any(),
        None => view! { <Off lang actions/> }.into_any(),
    };
    view! {
        <section class="card card-pad grid gap-4" id="step" aria-labelledby="step-title">
            <h2 id="step-title" class="text-lg">{words::step_title(lang)}</h2>
            <Done done=actions.step_off text=words::done_step_off(lang)/>
            {account.second_step.then(|| view! { <Codes lang codes actions/> })}
            {inside}
        </section>
    }
    .into_any()
}

/// The recovery codes, once: from the form's answer, or as a page without a script was given them.
#[component]
fn Codes(lang: Lang, codes: Vec<String>, actions: Actions) -> impl IntoView {
    let shown = move || match actions.enable.value().get() {
        Some(Ok(Ok(fresh))) => fresh,
        _ => codes.clone(),
    };
    move || {
        let codes = shown();
        (!codes.is_empty()).then(|| {
            let items = codes
                .into_iter()
                .map(|code| {
                    let (head, tail) = code.split_at(code.len() / 2);
                    view! { <li class="numbers font-semibold">{format!("{head}-{tail}")}</li> }
                })
                .collect_view();
            view! {
                <Alert tone=AlertTone::Warn>
                    <p class="font-semibold">{words::recovery_title(lang)}</p>
                    <p>{words::recovery_text(lang)}</p>
                    <ul class="grid grid-cols-2 gap-x-6 gap-y-1 pt-2" translate="no">{items}</ul>
                </Alert>
            }
        })
    }
}

#[component]
fn Off(lang: Lang, actions: Actions) -> impl IntoView {
    let action = actions.begin;
    view! {
        <p class="text-muted">{words::step_text(lang)}</p>
        <Refused lang error=actions.begin_error wrong=enter::err_unavailable(lang)/>
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <Button disabled=action.pending()>{words::step_begin(lang)}</Button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn SetUp(lang: Lang, setup: TotpSetup, actions: Actions) -> impl IntoView {
    let action = actions.enable;
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
                <Refused lang error=actions.enable_error wrong=words::step_wrong(lang)/>
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
    }
    .into_any()
}

#[component]
fn On(lang: Lang, left: i64, actions: Actions) -> impl IntoView {
    let (action, error) = (actions.disable, actions.disable_error);
    view! {
        <p class="flex flex-wrap items-center gap-2">
            <StatusChip tint=Tint::Leaf icon=Glyph::Shield word=words::step_on(lang)/>
            <span class="text-muted">{words::step_left(lang, left)}</span>
        </p>
        <Refused lang error wrong=words::password_wrong(lang)/>
        <details open=error.get_untracked().is_some()>
            <summary class="link min-h-11 content-center">{words::step_disable(lang)}</summary>
            <ActionForm action>
                <div class="grid gap-4 pt-2">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <PasswordField
                        name="password"
                        id_prefix="s"
                        label=words::current_password(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                    />
                    <button class="btn btn-danger" disabled=move || action.pending().get()>{words::step_disable(lang)}</button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
