//! The four steps that have fields.
use super::{Step, api::Start, keep};
use crate::{
    partner::{
        form::{Answer, Errors, Outcome, on_done},
        organisation::{
            api::{SaveContact, SavePayout, SaveProfile},
            fields::{CompanyFields, ContactFields, PayoutFields, ProfileFields},
        },
    },
    ui::{Button, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{
    Lang,
    dto::{catalog::Named, organisation::OrganisationView},
    forms::{
        checkout::ContactForm,
        organisation::{CompanyForm, PayoutForm, ProfileForm, about_field},
    },
    tr::organisation as tr,
};

const PREFIX: &str = "start";

/// What is typed survives a closed tab, what is saved needs that no more. `who` is the account's e-mail.
fn remember(who: String, step: Step, answer: Answer) -> impl Fn(leptos::ev::Event) + 'static {
    let owner = who.clone();
    Effect::new(move |_| keep::restore(&owner, step, PREFIX));
    on_done(answer, keep::forget);
    move |ev| keep::keep(&who, step, &ev)
}

/// Under the fields of a step: what came of it, the way on, the way back. `filled`: the steps that need nothing more.
#[component]
fn Foot(lang: Lang, step: Step, filled: [bool; 4], answer: Answer, pending: Signal<bool>) -> impl IntoView {
    let back = step.before().map(|before| view! { <a class="btn btn-quiet" href=before.address(lang)>{tr::back(lang)}</a> });
    view! {
        <input type="hidden" name="lang" value=lang.code()/>
        <input type="hidden" name="next" value=step.after(filled).address(lang)/>
        <Outcome lang answer pending/>
        <Button tone=Tone::Action class="w-full" disabled=pending>
            {move || if pending.get() { tr::saving(lang) } else { tr::save_and_on(lang) }}
        </Button>
        {back}
    }
    .into_any()
}

/// `person`: name, e-mail and phone of the account.
#[component]
pub(super) fn CompanyStep(lang: Lang, draft: Option<OrganisationView>, person: (String, String, String)) -> impl IntoView {
    let action = ServerAction::<Start>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let (caller, email, phone) = person;
    let typing = remember(email.clone(), Step::Company, answer);
    // Who signs up is who we call, until they say otherwise: see `partners::start`.
    let known = ContactForm { name: caller, phone, email }.validate().is_ok();
    let filled = draft.as_ref().map_or([false, known, false, false], OrganisationView::steps);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| CompanyForm { name: typed("name"), bin: typed("bin") }.validate().map(drop));
    };
    let (name, bin) = draft.map(|draft| (draft.name, draft.bin)).unwrap_or_default();
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4" on:input=typing>
                <CompanyFields lang prefix=PREFIX name bin errors/>
                <Foot lang step=Step::Company filled answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// `person`: name, e-mail and phone of the account; they are offered until something else was saved.
#[component]
pub(super) fn ContactStep(lang: Lang, draft: OrganisationView, person: (String, String, String)) -> impl IntoView {
    let action = ServerAction::<SaveContact>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let (name, email, phone) = person;
    let typing = remember(email.clone(), Step::Contact, answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| {
            ContactForm { name: typed("name"), phone: typed("phone"), email: typed("email") }.validate().map(drop)
        });
    };
    let or = |saved: String, offered: String| if saved.is_empty() { offered } else { saved };
    let filled = draft.steps();
    let contact = (or(draft.contact_person, name), or(draft.phone, phone), or(draft.email, email));
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4" on:input=typing>
                <ContactFields lang prefix=PREFIX contact errors/>
                <Foot lang step=Step::Contact filled answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// About in the page's language only; the other two come later.
#[component]
pub(super) fn ProfileStep(lang: Lang, draft: OrganisationView, cities: Vec<Named>, who: String) -> impl IntoView {
    let action = ServerAction::<SaveProfile>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let typing = remember(who, Step::Profile, answer);
    let filled = draft.steps();
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| {
            let about = vec![(lang, typed(about_field(lang)))];
            ProfileForm { city: typed("city"), address: typed("address"), about }.validate().map(drop)
        });
    };
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4" on:input=typing>
                <ProfileFields lang prefix=PREFIX cities organisation=draft languages=vec![lang] errors/>
                <Foot lang step=Step::Profile filled answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
pub(super) fn PayoutStep(lang: Lang, draft: OrganisationView) -> impl IntoView {
    let action = ServerAction::<SavePayout>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| PayoutForm { iban: typed("iban") }.validate().map(drop));
    };
    let filled = draft.steps();
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4">
                <PayoutFields lang prefix=PREFIX iban=draft.iban errors/>
                <Foot lang step=Step::Payout filled answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}
