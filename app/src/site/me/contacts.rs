//! Name, e-mail and number, each with whether it is proven, and how to have another.
use super::api::{CancelChange, ChangeEmail, ChangePhone, ProvePhone, RenewChange};
use crate::{
    error::AppError,
    site::enter::{Done, Refused, done, field_error, focus_first, refusal, reset_after, successes},
    ui::{Button, Card, Field, Glyph, PasswordField, PhoneField, StatusChip, Tint, Tone},
};
use leptos::{prelude::*, server_fn::ServerFn};
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::account::{Account, ChangeView},
    tr::{enter, me as words},
};

/// The card's forms. They outlive the parts that are drawn anew when the account changes.
#[derive(Clone, Copy)]
pub(super) struct ContactActions {
    email: ServerAction<ChangeEmail>,
    phone: ServerAction<ChangePhone>,
    codes: ServerAction<ProvePhone>,
    cancel: ServerAction<CancelChange>,
    renew: ServerAction<RenewChange>,
    refusals: [Signal<Option<AppError>>; 5],
    changes: [Signal<usize>; 6],
    sent: Signal<bool>,
    proven: Signal<bool>,
    renewed: Signal<bool>,
    called_off: Signal<bool>,
}

impl ContactActions {
    pub(super) fn new() -> Self {
        let (email, phone) = (ServerAction::<ChangeEmail>::new(), ServerAction::<ChangePhone>::new());
        let cancel = ServerAction::<CancelChange>::new();
        let (codes, renew) = (ServerAction::<ProvePhone>::new(), ServerAction::<RenewChange>::new());
        let refusals = [
            refusal(email, "email"),
            refusal(phone, "phone"),
            refusal(codes, "codes"),
            refusal(cancel, "cancel"),
            refusal(renew, "renew"),
        ];
        // A wish whose time is over, or whose number is another's, is no longer there: then, too, the page shows how to begin.
        let gone = RwSignal::new(0_usize);
        Effect::new(move |_| {
            let over = matches!(renew.value().get(), Some(Ok(Err(AppError::Over)) | Err(AppError::Over)));
            let taken = matches!(codes.value().get(), Some(Ok(Err(AppError::Taken)) | Err(AppError::Taken)));
            if over || taken {
                gone.update(|count| *count += 1);
            }
        });
        // What was said of one wish is nothing to the next, nor what was wrong with the codes before to the new ones.
        after(cancel, move || {
            email.clear();
            phone.clear();
            codes.clear();
            renew.clear();
        });
        after(email, move || {
            cancel.clear();
            renew.clear();
        });
        after(phone, move || {
            cancel.clear();
            renew.clear();
            codes.clear();
        });
        after(renew, move || codes.clear());
        after(codes, move || renew.clear());
        focus_first(refusals[0], |field, _| format!("e-{field}"));
        focus_first(refusals[1], |field, _| format!("p-{field}"));
        focus_first(refusals[2], |field, _| format!("c-{field}"));
        reset_after(renew, "codes");
        let changes = [successes(email), successes(phone), successes(codes), successes(cancel), successes(renew), gone.into()];
        let (sent, proven, renewed) = (done(email, "links"), done(codes, "phone"), done(renew, "renewed"));
        let called_off = done(cancel, "kept");
        Self { email, phone, codes, cancel, renew, refusals, changes, sent, proven, renewed, called_off }
    }

    /// Grows with each change: then the account is read anew.
    pub(super) fn version(self) -> usize {
        self.changes.iter().map(|count| count.get()).sum()
    }
}

/// Whenever the form was sent well.
fn after<S>(action: ServerAction<S>, then: impl Fn() + 'static)
where
    S: ServerFn<Output = Result<(), AppError>, Error = AppError> + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(Ok(())))) {
            then();
        }
    });
}

fn pretty(phone: &str) -> String {
    Phone::parse(phone).map_or_else(|| phone.to_owned(), |phone| phone.pretty())
}

fn chip(lang: Lang, confirmed: bool) -> AnyView {
    let (tint, icon, word) = if confirmed {
        (Tint::Leaf, Glyph::Check, words::confirmed(lang))
    } else {
        (Tint::Amber, Glyph::Clock, words::unconfirmed(lang))
    };
    view! { <StatusChip tint icon word/> }.into_any()
}

/// What came of calling a change off, or of asking for its letters or codes once more.
#[component]
pub(super) fn ChangeNews(lang: Lang, actions: ContactActions) -> impl IntoView {
    let [.., cancelled, renewed] = actions.refusals;
    view! {
        <Refused lang error=cancelled wrong=enter::err_unavailable(lang)/>
        <Refused lang error=renewed wrong=enter::err_unavailable(lang) over=words::change_over(lang)/>
        <Done done=actions.renewed text=words::done_renewed(lang)/>
        <Done done=actions.called_off text=words::done_kept(lang)/>
    }
    .into_any()
}

#[component]
pub(super) fn Contacts(lang: Lang, account: Account, actions: ContactActions) -> impl IntoView {
    let phone = account.phone.clone();
    let shown_phone = phone.as_deref().map_or_else(|| words::no_phone(lang).to_owned(), pretty);
    let has_phone = phone.is_some();
    let phone_part = match account.phone_change.clone() {
        Some(change) => view! { <CodesForm lang change actions/> }.into_any(),
        None => view! { <PhoneForms lang phone confirmed=account.phone_confirmed actions/> }.into_any(),
    };
    view! {
        <Card class="grid gap-5">
            <h2 class="text-lg wrap-anywhere">{account.name}</h2>
            <ChangeNews lang actions/>
            <div class="grid gap-2">
                <p class="field-label">{words::email(lang)}</p>
                <p class="flex flex-wrap items-center gap-2">
                    <span class="min-w-0 break-all">{account.email}</span>
                    {chip(lang, account.email_confirmed)}
                </p>
                <EmailPart lang change=account.email_change proven=account.email_confirmed actions/>
            </div>
            <div class="grid gap-2">
                <p class="field-label">{words::phone(lang)}</p>
                <p class="flex flex-wrap items-center gap-2">
                    <span class="numbers">{shown_phone}</span>
                    {has_phone.then(|| chip(lang, account.phone_confirmed))}
                </p>
                <Done done=actions.proven text=words::done_phone(lang)/>
                {phone_part}
            </div>
        </Card>
    }
    .into_any()
}

/// What becomes of the e-mail. One that is not proven has no side that could disagree: it was mistyped.
#[component]
pub(super) fn EmailPart(lang: Lang, change: Option<ChangeView>, proven: bool, actions: ContactActions) -> impl IntoView {
    let text = if proven { words::done_links(lang) } else { words::done_mistyped(lang) };
    // Links that were called off are no news.
    let waits = change.is_some();
    let sent = Signal::derive(move || waits && actions.sent.get());
    let part = match change {
        Some(change) => view! { <EmailWaits lang change actions/> }.into_any(),
        None => view! { <EmailForm lang proven actions/> }.into_any(),
    };
    view! {
        <Done done=sent text/>
        {part}
    }
    .into_any()
}

#[component]
fn RenewButton(lang: Lang, channel: &'static str, name: &'static str, actions: ContactActions) -> impl IntoView {
    view! {
        <ActionForm action=actions.renew>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="channel" value=channel/>
            <Button disabled=actions.renew.pending()>{name}</Button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn CancelButton(lang: Lang, channel: &'static str, actions: ContactActions) -> impl IntoView {
    view! {
        <ActionForm action=actions.cancel>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="channel" value=channel/>
            <Button tone=Tone::Quiet disabled=actions.cancel.pending()>{words::cancel_change(lang)}</Button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn EmailWaits(lang: Lang, change: ChangeView, actions: ContactActions) -> impl IntoView {
    let text = if change.old.is_none() {
        words::email_waits_alone(lang, change.new)
    } else {
        let old = change.old.filter(|_| !change.old_agreed);
        let new = (!change.new_agreed).then(|| change.new.clone());
        let who = [new, old].into_iter().flatten().collect::<Vec<_>>().join(", ");
        words::email_waits(lang, change.new, who)
    };
    view! {
        <p class="text-muted wrap-anywhere">{text}</p>
        <div class="flex flex-wrap gap-2">
            <RenewButton lang channel="email" name=words::links_again(lang) actions/>
            <CancelButton lang channel="email" actions/>
        </div>
    }
    .into_any()
}

#[component]
fn EmailForm(lang: Lang, proven: bool, actions: ContactActions) -> impl IntoView {
    let action = actions.email;
    let [error, ..] = actions.refusals;
    let (summary, help, send) = if proven {
        (words::change_email(lang), words::change_email_help(lang), words::send_links(lang))
    } else {
        (words::mistyped(lang), words::mistyped_help(lang), words::mistyped_send(lang))
    };
    view! {
        <details open=error.get_untracked().is_some()>
            <summary class="link min-h-11 content-center">{summary}</summary>
            <ActionForm action attr:id="email" attr:novalidate=true>
                <div class="grid gap-4 pt-2">
                    <Refused lang error wrong=words::password_wrong(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Field
                        name="email"
                        id_prefix="e"
                        kind="email"
                        inputmode="email"
                        label=words::new_email(lang)
                        help
                        autocomplete="email"
                        maxlength=254
                        required=true
                        error=field_error(lang, error, "email")
                    />
                    <PasswordField
                        name="password"
                        id_prefix="e"
                        label=words::current_password(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                    />
                    <Button disabled=action.pending()>{send}</Button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The number given at sign-up is proven with one button; another one wants the password.
#[component]
fn PhoneForms(lang: Lang, phone: Option<String>, confirmed: bool, actions: ContactActions) -> impl IntoView {
    let action = actions.phone;
    let [_, error, codes, ..] = actions.refusals;
    // Why the codes' form is there no more.
    let taken = Signal::derive(move || codes.get().filter(|error| *error == AppError::Taken));
    let summary = if phone.is_some() { words::change_phone(lang) } else { words::add_phone(lang) };
    // Only a number that is proven has a say in it.
    let help = if confirmed { words::change_phone_help(lang) } else { words::add_phone_help(lang) };
    let prove = phone.filter(|_| !confirmed).map(|phone| {
        view! {
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="phone" value=phone/>
                <Button disabled=action.pending()>{words::confirm_phone(lang)}</Button>
            </ActionForm>
        }
    });
    view! {
        <Refused lang error=taken wrong=words::password_wrong(lang)/>
        <Refused lang error wrong=words::password_wrong(lang)/>
        {prove}
        <details open=error.get_untracked().is_some()>
            <summary class="link min-h-11 content-center">{summary}</summary>
            <ActionForm action attr:id="phone" attr:novalidate=true>
                <div class="grid gap-4 pt-2">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <PhoneField
                        id_prefix="p"
                        label=words::new_phone(lang)
                        help
                        required=true
                        error=field_error(lang, error, "phone")
                    />
                    <PasswordField
                        name="password"
                        id_prefix="p"
                        label=words::current_password(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                    />
                    <Button disabled=action.pending()>{words::send_codes(lang)}</Button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

#[component]
fn CodesForm(lang: Lang, change: ChangeView, actions: ContactActions) -> impl IntoView {
    let action = actions.codes;
    let [_, _, error, ..] = actions.refusals;
    // Whoever has to wait for another try at this code need not wait for another code. A number that is another's ends the wish:
    // that is said where one begins anew.
    let error = Signal::derive(move || match error.get() {
        Some(AppError::TooMany { .. }) => Some(AppError::Over),
        Some(AppError::Taken) => None,
        other => other,
    });
    let side = move |phone: &str, agreed: bool, name: &'static str, label: &'static str| {
        if agreed {
            return view! { <p class="text-muted">{words::side_done(lang, pretty(phone))}</p> }.into_any();
        }
        view! {
            <Field
                name
                id_prefix="c"
                inputmode="numeric"
                label
                help=words::phone_waits(lang, pretty(phone))
                autocomplete="one-time-code"
                maxlength=10
                required=true
                error=field_error(lang, error, name)
            />
        }
        .into_any()
    };
    let label = if change.old.is_some() { words::new_code(lang) } else { enter::code(lang) };
    let new = side(&change.new, change.new_agreed, "new_code", label);
    let old = change.old.as_deref().map(|old| side(old, change.old_agreed, "old_code", words::old_code(lang)));
    view! {
        <ActionForm action attr:id="codes">
            <div class="grid gap-4">
                <Refused lang error wrong=enter::code_wrong(lang) over=words::codes_over(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                {new}
                {old}
                <Button tone=Tone::Action disabled=action.pending()>{words::save_phone(lang)}</Button>
            </div>
        </ActionForm>
        <div class="flex flex-wrap gap-2">
            <RenewButton lang channel="phone" name=words::codes_again(lang) actions/>
            <CancelButton lang channel="phone" actions/>
        </div>
    }
    .into_any()
}
