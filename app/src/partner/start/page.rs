//! `/partner/start`: the step that the query names, or the first that is not filled in.
use super::{
    Step,
    api::load_start,
    no_organisation::{Nowhere, Second, WORD},
    overview::Overview,
    steps::{CompanyStep, ContactStep, PayoutStep, ProfileStep},
    walk::Walk,
};
use crate::{
    layout::{cabinet::WhoIsIn, use_lang},
    partner::{
        bound::move_on,
        form::{Answer, Outcome, on_done},
        head::Head,
        organisation::api::ChooseOrganisation,
        trouble::Trouble,
    },
    site::page_error::set_status,
    ui::{Alert, Skeleton},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};
use sapar_shared::{
    Lang,
    dto::organisation::{Membership, OrganisationView, StartView},
    forms::checkout::ContactForm,
    paths,
    tr::organisation as tr,
};

#[component]
pub fn StartPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.read().get("step").unwrap_or_default());
    // Each step looks anew at what is saved: it may have been filled in on another device.
    let start = page_data(move || wanted.get(), move |_| load_start(lang));
    let who = use_context::<WhoIsIn>();
    let nowhere = Memo::new(move |_| query.read().get(WORD).is_some());
    // The organisation that the first step made stands in the frame, too.
    Effect::new(move |before: Option<String>| {
        let step = wanted.get();
        if before.is_some_and(|before| before != step)
            && let Some(who) = who
        {
            who.0.refetch();
        }
        step
    });
    let steps = move || {
        Suspend::new(async move {
            match start.await.flatten() {
                Ok(view) => view! { <Start lang view wanted=Step::parse(&wanted.get_untracked())/> }.into_any(),
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    let page = move || {
        if nowhere.get() {
            view! { <Nowhere lang/> }.into_any()
        } else {
            view! {
                <Head lang title=tr::start_title(lang)/>
                <Transition fallback=Waiting>{steps}</Transition>
            }
            .into_any()
        }
    };
    view! { {page} }.into_any()
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="grid gap-4 max-w-xl">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-14 w-full"/>
            <Skeleton class="h-14 w-full"/>
        </div>
    }
}

#[component]
fn Start(lang: Lang, view: StartView, wanted: Option<Step>) -> impl IntoView {
    let StartView { account: who, person, draft, other, cities } = view;
    // What was sent has a page of its own, which says what is being waited for.
    if draft.as_ref().is_some_and(|draft| draft.submitted && wanted.is_none()) {
        set_status(302);
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        return view! { <Redirect path=paths::partner_organisation(lang) options/> }.into_any();
    }
    if let Some(other) = other {
        return view! { <GoOn lang other/> }.into_any();
    }
    let (name, email, phone) = person.clone();
    // Who signs up is who we call, until they say otherwise: see `partners::start`.
    let known = ContactForm { name, phone, email }.validate().is_ok();
    let filled = draft.as_ref().map_or([false, known, false, false], OrganisationView::steps);
    let step = Step::reached(wanted, filled);
    let second = (step == Step::Company && draft.is_none()).then(|| view! { <Second lang/> });
    let body = move |step: Step| {
        let (draft, person) = (draft.clone(), person.clone());
        match (step, draft) {
            (Step::Contact, Some(draft)) => view! { <ContactStep lang draft person who/> }.into_any(),
            (Step::Profile, Some(draft)) => view! { <ProfileStep lang draft cities=cities.clone() who/> }.into_any(),
            (Step::Payout, Some(draft)) => view! { <PayoutStep lang draft who/> }.into_any(),
            (Step::Overview, Some(draft)) => view! { <Overview lang draft/> }.into_any(),
            (_, draft) => view! { <CompanyStep lang draft filled who/> }.into_any(),
        }
    };
    let count = Step::ALL.len();
    view! {
        <div class="grid gap-4 max-w-xl mt-2">
            <Walk lang now=step filled/>
            <div>
                <p class="text-sm text-muted">{tr::step_of(lang, step.number(), count)}</p>
                <h1>{step.title(lang)}</h1>
            </div>
            {(step == Step::Company).then(|| view! { <p class="text-muted">{tr::start_lead(lang)}</p> })}
            {second}
            // Its key keeps a step's fields from being made of another's, with what was typed there.
            <For each=move || [step] key=|step| *step children=body/>
        </div>
    }
    .into_any()
}

/// There is a draft of one's own, and the session is in another organisation.
#[component]
fn GoOn(lang: Lang, other: Membership) -> impl IntoView {
    let action = ServerAction::<ChooseOrganisation>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    on_done(answer, move || {
        move_on();
        crate::browser::load(&paths::partner_organisation(lang));
    });
    view! {
        <div class="grid gap-4 max-w-xl">
            <h1>{tr::start_title(lang)}</h1>
            <Alert>{tr::other_draft(lang)}</Alert>
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="organisation" value=other.id.to_string()/>
                <button class="btn btn-action w-full wrap-anywhere" disabled=move || pending.get()>{tr::go_on_with(lang, other.name)}</button>
            </ActionForm>
            <Outcome lang answer pending/>
        </div>
    }
    .into_any()
}
