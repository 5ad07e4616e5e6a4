//! `/:lang/me/security`: password, second step, where one is signed in.
use super::{
    api::{BeginStep, CancelStep, ChangePassword, DisableStep, EnableStep, EndSessions, RenewRecovery, Security, load_security},
    codes::FreshCodes,
    frame::{Head, NotHere, Part},
    sessions::Sessions,
    step::Step,
};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{ConfirmBanner, Done, Refused, done, field_error, refusal, reset_after, successes},
        passkeys::PasskeyList,
    },
    ui::{Button, PasswordField, Skeleton},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang, paths,
    tr::{enter, me as words},
};

/// The page's forms and what they met with. They outlive the parts that are drawn anew.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) password: ServerAction<ChangePassword>,
    pub(super) begin: ServerAction<BeginStep>,
    pub(super) enable: ServerAction<EnableStep>,
    pub(super) cancel: ServerAction<CancelStep>,
    pub(super) renew: ServerAction<RenewRecovery>,
    pub(super) disable: ServerAction<DisableStep>,
    pub(super) end: ServerAction<EndSessions>,
    /// The recovery codes that a form has just answered with.
    codes: RwSignal<Vec<String>>,
    changes: [Signal<usize>; 7],
    pub(super) password_error: Signal<Option<AppError>>,
    pub(super) begin_error: Signal<Option<AppError>>,
    pub(super) enable_error: Signal<Option<AppError>>,
    pub(super) cancel_error: Signal<Option<AppError>>,
    pub(super) renew_error: Signal<Option<AppError>>,
    pub(super) disable_error: Signal<Option<AppError>>,
    pub(super) end_error: Signal<Option<AppError>>,
    pub(super) password_done: Signal<bool>,
    pub(super) step_off: Signal<bool>,
    pub(super) ended: Signal<bool>,
}

impl Actions {
    fn new() -> Self {
        let (password, begin, enable) = (ServerAction::new(), ServerAction::new(), ServerAction::new());
        let (disable, end) = (ServerAction::new(), ServerAction::new());
        let (cancel, renew) = (ServerAction::new(), ServerAction::new());
        reset_after(password, "password");
        reset_after(renew, "renew-form");
        Self {
            password,
            begin,
            enable,
            cancel,
            renew,
            disable,
            end,
            codes: shown_once(enable, renew, disable),
            changes: [
                successes(password),
                successes(begin),
                successes(enable),
                successes(cancel),
                successes(renew),
                successes(disable),
                successes(end),
            ],
            password_error: refusal(password, "password"),
            begin_error: refusal(begin, "begin"),
            enable_error: refusal(enable, "step"),
            cancel_error: refusal(cancel, "cancel-step"),
            renew_error: refusal(renew, "renew"),
            disable_error: refusal(disable, "disable"),
            end_error: refusal(end, "sessions"),
            password_done: done(password, "password"),
            step_off: done(disable, "step-off"),
            ended: done(end, "sessions"),
        }
    }

    /// Grows with each change: then the page's data are read anew.
    fn version(self) -> usize {
        self.changes.iter().map(|count| count.get()).sum()
    }
}

/// The codes of whichever form was answered last; none once the step is off.
fn shown_once(
    enable: ServerAction<EnableStep>,
    renew: ServerAction<RenewRecovery>,
    disable: ServerAction<DisableStep>,
) -> RwSignal<Vec<String>> {
    let codes = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        if let Some(Ok(Ok(fresh))) = enable.value().get() {
            codes.set(fresh);
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(Ok(fresh))) = renew.value().get() {
            codes.set(fresh);
            // There is nothing more to be asked for.
            if let Some(fold) = document().get_element_by_id("renew") {
                let _ = fold.remove_attribute("open");
            }
        }
    });
    Effect::new(move |_| {
        if matches!(disable.value().get(), Some(Ok(Ok(())))) {
            codes.set(Vec::new());
        }
    });
    codes
}

#[component]
pub fn SecurityPage() -> impl IntoView {
    let lang = use_lang();
    let actions = Actions::new();
    let security = page_data(move || actions.version(), move |_| load_security(lang));
    view! {
        <PageMeta lang title=words::security(lang) description=words::step_text(lang) path=paths::my_security noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <Head lang part=Part::Security/>
            <FreshCodes lang codes=actions.codes/>
            <Transition fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match security.await {
                        Ok(Ok(security)) => view! { <Parts lang security actions/> }.into_any(),
                        Ok(Err(error)) | Err(error) => view! { <NotHere lang part=Part::Security error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Parts(lang: Lang, security: Security, actions: Actions) -> impl IntoView {
    let Security { account, setup, sessions, codes } = security;
    let banner = (!account.email_confirmed).then(|| view! { <ConfirmBanner lang email=account.email.clone()/> });
    view! {
        {banner}
        <Step lang account=account.clone() setup codes actions/>
        <PasswordForm lang email=account.email actions/>
        <PasskeyList lang/>
        <Sessions lang sessions actions/>
    }
    .into_any()
}

#[component]
fn PasswordForm(lang: Lang, email: String, actions: Actions) -> impl IntoView {
    let (action, error) = (actions.password, actions.password_error);
    view! {
        <section class="card card-pad grid gap-4" aria-labelledby="password-title">
            <h2 id="password-title" class="text-lg">{words::password_title(lang)}</h2>
            <Done done=actions.password_done text=words::done_password(lang)/>
            <ActionForm action attr:id="password" attr:novalidate=true>
                <div class="grid gap-4">
                    <Refused lang error wrong=words::password_wrong(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    // For the browser's own keeper of passwords.
                    <input type="text" autocomplete="username" value=email readonly hidden/>
                    <PasswordField
                        name="current"
                        label=words::current_password(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                    />
                    <PasswordField
                        name="wanted"
                        label=words::new_password(lang)
                        help=enter::password_help(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                        autocomplete="new-password"
                        error=field_error(lang, error, "wanted")
                    />
                    <Button disabled=action.pending()>
                        {move || if action.pending().get() { words::sending(lang) } else { words::change_password(lang) }}
                    </Button>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
