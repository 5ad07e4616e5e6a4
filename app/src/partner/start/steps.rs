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
    ids::AccountId,
    tr::organisation as tr,
};

const PREFIX: &str = "start";

/// What is typed survives a closed tab, what is saved needs that no more.
fn remember(who: AccountId, step: Step, answer: Answer) -> impl Fn(leptos::ev::Event) + 'static {
    Effect::new(move |_| keep::restore(who, step, PREFIX));
    on_done(answer, move || keep::forget(who));
    move |ev| keep::keep(who, step, &ev)
}

/// Under the fields of a step: what came of it, the way on, the way back.
#[component]
fn Foot(lang: Lang, step: Step, answer: Answer, pending: Signal<bool>) -> impl IntoView {
    let back = step.before().map(|before| view! { <a class="btn btn-quiet" href=before.address(lang)>{tr::back(lang)}</a> });
    view! {
        <input type="hidden" name="lang" value=lang.code()/>
        <input type="hidden" name="next" value=step.next().address(lang)/>
        <Outcome lang answer pending/>
        <Button tone=Tone::Action class="w-full" disabled=pending>
            {move || if pending.get() { tr::saving(lang) } else { tr::save_and_on(lang) }}
        </Button>
        {back}
    }
    .into_any()
}

#[component]
pub(super) fn CompanyStep(lang: Lang, draft: Option<OrganisationView>, who: AccountId) -> impl IntoView {
    let action = ServerAction::<Start>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let typing = remember(who, Step::Company, answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| CompanyForm { name: typed("name"), bin: typed("bin") }.validate().map(drop));
    };
    let (name, bin) = draft.map(|draft| (draft.name, draft.bin)).unwrap_or_default();
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4" on:input=typing>
                <CompanyFields lang prefix=PREFIX name bin errors/>
                <Foot lang step=Step::Company answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// `person`: name, e-mail and phone of the account; they are offered until something else was saved.
#[component]
pub(super) fn ContactStep(
    lang: Lang,
    draft: OrganisationView,
    person: (String, String, String),
    who: AccountId,
) -> impl IntoView {
    let action = ServerAction::<SaveContact>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let (name, email, phone) = person;
    let typing = remember(who, Step::Contact, answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| {
            ContactForm { name: typed("name"), phone: typed("phone"), email: typed("email") }.validate().map(drop)
        });
    };
    let or = |saved: String, offered: String| if saved.is_empty() { offered } else { saved };
    let contact = (or(draft.contact_person, name), or(draft.phone, phone), or(draft.email, email));
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4" on:input=typing>
                <ContactFields lang prefix=PREFIX contact errors/>
                <Foot lang step=Step::Contact answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// About in the page's language only; the other two come later.
#[component]
pub(super) fn ProfileStep(lang: Lang, draft: OrganisationView, cities: Vec<Named>, who: AccountId) -> impl IntoView {
    let action = ServerAction::<SaveProfile>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, PREFIX);
    errors.follow(answer);
    let typing = remember(who, Step::Profile, answer);
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
                <Foot lang step=Step::Profile answer pending/>
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
    view! {
        <ActionForm action attr:novalidate=true on:submit:capture=check>
            <div class="grid gap-4">
                <PayoutFields lang prefix=PREFIX iban=draft.iban errors/>
                <Foot lang step=Step::Payout answer pending/>
            </div>
        </ActionForm>
    }
    .into_any()
}
