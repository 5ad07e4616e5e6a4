//! The four steps that have fields.
use super::{Step, keep};
use crate::{
    partner::{
        bound::move_on,
        form::{Answer, Outcome, on_done},
        logo::LogoField,
        organisation::forms::{Around, CompanyEntry, ContactEntry, PayoutEntry, ProfileEntry},
        payout::CardPart,
    },
    ui::{Button, Tone},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        catalog::Named,
        organisation::{CardState, OrganisationView},
    },
    ids::AccountId,
    tr::{organisation as tr, payout as tr_payout},
};

const PREFIX: &str = "start";

/// Around the fields of a step: what came of it, the way on, the way back. What is typed survives a closed tab, what is saved
/// needs that no more. `filled`: the steps that need nothing more.
fn walk(lang: Lang, step: Step, filled: [bool; 4], who: AccountId) -> Around {
    Box::new(move |fields: AnyView, answer: Answer, pending: Signal<bool>| {
        Effect::new(move |_| keep::restore(who, step, PREFIX));
        on_done(answer, move || keep::forget(who));
        let back = step.before().map(|before| view! { <a class="btn btn-quiet" href=before.address(lang)>{tr::back(lang)}</a> });
        view! {
            <div class="grid gap-4" on:input=move |ev| keep::keep(who, step, &ev)>
                {fields}
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=step.after(filled).address(lang)/>
                <Outcome lang answer pending/>
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { tr::saving(lang) } else { tr::save_and_on(lang) }}
                </Button>
                {back}
            </div>
        }
        .into_any()
    })
}

/// `filled`: the steps that need nothing more, where there is no draft yet those that the account fills.
#[component]
pub(super) fn CompanyStep(lang: Lang, draft: Option<OrganisationView>, filled: [bool; 4], who: AccountId) -> impl IntoView {
    let begins = draft.is_none();
    let walk = walk(lang, Step::Company, filled, who);
    let around: Around = Box::new(move |fields: AnyView, answer: Answer, pending: Signal<bool>| {
        // The session goes over to what was just begun; the frame, read anew, writes it down.
        if begins {
            on_done(answer, move_on);
        }
        walk(fields, answer, pending)
    });
    let (name, bin) = draft.map(|draft| (draft.name, draft.bin)).unwrap_or_default();
    view! { <CompanyEntry lang prefix=PREFIX name bin begins=true around/> }.into_any()
}

/// `person`: name, e-mail and phone of the account; they are offered until something else was saved.
#[component]
pub(super) fn ContactStep(
    lang: Lang,
    draft: OrganisationView,
    person: (String, String, String),
    who: AccountId,
) -> impl IntoView {
    let (name, email, phone) = person;
    let or = |saved: String, offered: String| if saved.is_empty() { offered } else { saved };
    let filled = draft.steps();
    let contact = (or(draft.contact_person, name), or(draft.phone, phone), or(draft.email, email));
    let around = walk(lang, Step::Contact, filled, who);
    view! { <ContactEntry lang prefix=PREFIX contact around/> }.into_any()
}

/// About in the page's language only; the other two come later.
#[component]
pub(super) fn ProfileStep(lang: Lang, draft: OrganisationView, cities: Vec<Named>, who: AccountId) -> impl IntoView {
    let around = walk(lang, Step::Profile, draft.steps(), who);
    let logo = (draft.name.clone(), draft.logo.clone());
    view! {
        <LogoField lang name=logo.0 logo=logo.1/>
        <ProfileEntry lang prefix=PREFIX cities organisation=draft languages=vec![lang] around/>
    }
    .into_any()
}

/// An account or a card; the one that is chosen closes the other.
#[component]
pub(super) fn PayoutStep(lang: Lang, draft: OrganisationView, who: AccountId) -> impl IntoView {
    let filled = draft.steps();
    let state = RwSignal::new(CardState { card: draft.card, asked: draft.asked_card });
    let to_card = state.with_untracked(|state| state.card.is_some() || state.asked.is_some());
    let has_card = move || state.read().card.is_some();
    let around = walk(lang, Step::Payout, filled, who);
    view! {
        <p class="text-muted">{tr_payout::lead(lang)}</p>
        <details class="card card-pad cab-fold" name="payout" open=!to_card>
            <summary class="font-semibold">{tr_payout::way_iban(lang)}</summary>
            <div class="mt-2">
                <PayoutEntry lang prefix=PREFIX iban=draft.iban with_password=draft.submitted around/>
            </div>
        </details>
        <details class="card card-pad cab-fold" name="payout" open=to_card>
            <summary class="font-semibold">{tr_payout::way_card(lang)}</summary>
            <div class="grid gap-4 mt-2">
                <CardPart lang state back=Step::Payout.address(lang) with_password=draft.submitted/>
                <a class="btn btn-action w-full" href=Step::Payout.after(filled).address(lang) hidden=move || !has_card()>
                    {tr_payout::go_on(lang)}
                </a>
                <a class="btn btn-quiet" href=Step::Profile.address(lang)>{tr::back(lang)}</a>
            </div>
        </details>
    }
    .into_any()
}
