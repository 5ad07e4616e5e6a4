//! The card in use, the way to the bank's page, and the wait for what the bank says.
use super::api::{DropCard, EnterCard, load_card};
use crate::{
    partner::form::{Answer, Errors, Outcome, PasswordAgain, on_done},
    ui::{Alert, AlertTone, Button, Glyph, Icon, Tone},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::organisation::{AskedCard, CardState},
    forms::FieldError,
    requisites::CardFace,
    tr::payout as tr,
};
use std::time::Duration;

const FIRST: Duration = Duration::from_secs(2);
const SLOWEST: Duration = Duration::from_secs(15);
const PREFIX: &str = "card";

type Timer = StoredValue<Option<TimeoutHandle>>;

/// `back` is the page's own address, for the way back from the bank. `with_password`: the organisation was sent, so the password
/// is wanted, and the card is replaced but never taken out.
#[component]
pub fn CardPart(lang: Lang, state: RwSignal<CardState>, back: String, with_password: bool) -> impl IntoView {
    watch(state);
    let news = move || match state.read().asked {
        Some(AskedCard::Waiting) => Some(view! { <Alert>{tr::waiting(lang)}</Alert> }.into_any()),
        Some(AskedCard::Failed) => Some(view! { <Alert tone=AlertTone::Bad>{tr::failed(lang)}</Alert> }.into_any()),
        None => None,
    };
    let dropped = back.clone();
    let card = move || {
        let face = state.read().card.clone()?;
        let back = dropped.clone();
        Some(view! {
            <Face lang face/>
            {(!with_password).then(|| view! { <Drop lang back state/> })}
        })
    };
    view! {
        <div class="grid gap-4">
            {card}
            <div class="empty:hidden" aria-live="polite">{news}</div>
            <Enter lang state back with_password/>
        </div>
    }
    .into_any()
}

/// As much of it as its owner knows it by.
#[component]
fn Face(lang: Lang, face: CardFace) -> impl IntoView {
    let expiry = face.expiry().map(|expiry| view! { <span class="text-muted numbers">{tr::good_until(lang, &expiry)}</span> });
    view! {
        <p class="flex flex-wrap items-center gap-2">
            <Icon name=Glyph::Card/>
            <span class="font-semibold numbers">{face.pretty()}</span>
            {expiry}
        </p>
    }
    .into_any()
}

#[component]
fn Drop(lang: Lang, back: String, state: RwSignal<CardState>) -> impl IntoView {
    let action = ServerAction::<DropCard>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    on_done(answer, move || state.set(CardState { card: None, asked: None }));
    view! {
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="back" value=back/>
            <Outcome lang answer pending/>
            <Button tone=Tone::Quiet disabled=pending>{tr::remove(lang)}</Button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Enter(lang: Lang, state: RwSignal<CardState>, back: String, with_password: bool) -> impl IntoView {
    let action = ServerAction::<EnterCard>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    errors.clear(action);
    let check = move |ev: leptos::ev::SubmitEvent| {
        errors.check(&ev, |typed| match with_password && typed("password").is_empty() {
            true => Err(vec![("password".to_owned(), FieldError::Missing)]),
            false => Ok(()),
        });
    };
    let password = with_password.then(|| {
        view! { <PasswordAgain label=tr::password(lang) help=tr::password_help(lang) errors/> }
    });
    let words = move || match (pending.get(), state.read().card.is_some(), state.read().asked) {
        (true, ..) => tr::opening(lang),
        (_, _, Some(_)) => tr::enter_again(lang),
        (_, true, _) => tr::replace(lang),
        (_, false, _) => tr::enter(lang),
    };
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4">
                <p class="text-muted">{tr::card_text(lang)}</p>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="back" value=back/>
                {password}
                <Outcome lang answer pending/>
                <div>
                    <Button disabled=pending>{words}</Button>
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// Asks again and again for as long as the bank has told nothing and the component lives.
fn watch(state: RwSignal<CardState>) {
    let waits = Memo::new(move |_| state.read().asked == Some(AskedCard::Waiting));
    Effect::new(move |_| {
        if !waits.get() {
            return;
        }
        let timer = StoredValue::new(None);
        ask_later(state, timer, FIRST);
        on_cleanup(move || {
            if let Some(Some(handle)) = timer.try_get_value() {
                let handle: TimeoutHandle = handle;
                handle.clear();
            }
        });
    });
}

fn ask_later(state: RwSignal<CardState>, timer: Timer, delay: Duration) {
    let ask = move || {
        spawn_local(async move {
            // Without a network it is asked again, more and more seldom.
            if let Ok(Ok(fresh)) = load_card().await
                && state.try_with_untracked(|known| *known != fresh) == Some(true)
            {
                state.try_set(fresh);
            }
            if state.try_with_untracked(|known| known.asked == Some(AskedCard::Waiting)) == Some(true)
                && timer.try_get_value().is_some()
            {
                ask_later(state, timer, (delay * 5 / 4).min(SLOWEST));
            }
        });
    };
    timer.try_set_value(set_timeout_with_handle(ask, delay).ok());
}
