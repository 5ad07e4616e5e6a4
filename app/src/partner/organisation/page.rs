//! `/partner/organisation`: everything that the sign-up asked for, to be changed later.
use super::{
    api::load_organisation,
    change::LockedCompany,
    forms::{Around, CompanyEntry, ContactEntry, PayoutEntry, ProfileEntry},
    status::Status,
};
use crate::{
    layout::use_lang,
    partner::{
        form::{Answer, Outcome},
        head::Head,
        logo::LogoField,
        payout::CardPart,
        trouble::Trouble,
    },
    ui::{Button, Card, Skeleton},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::{
        catalog::Named,
        organisation::{CardState, CompanyState, OrganisationPage as Page, OrganisationStatus, OrganisationView},
    },
    paths,
    tr::{organisation as tr, payout as tr_payout},
};

#[component]
pub fn OrganisationPage() -> impl IntoView {
    let lang = use_lang();
    let page = page_data(|| (), move |()| load_organisation(lang));
    // Straight from the mailed link.
    let confirmed_now = use_query_map().read_untracked().get("done").is_some_and(|done| done == "email");
    view! {
        <Head lang title=tr::title(lang)/>
        <Suspense fallback=Waiting>
            {move || Suspend::new(async move {
                match page.await.flatten() {
                    Ok(page) => view! { <Sections lang page confirmed_now/> }.into_any(),
                    Err(error) => view! { <Trouble lang error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-40 w-full"/>
            <Skeleton class="h-64 w-full"/>
        </div>
    }
}

#[component]
fn Sections(lang: Lang, page: Page, confirmed_now: bool) -> impl IntoView {
    let Page { organisation, company, cities } = page;
    view! {
        <div class="grid grid-cols-1 gap-6 max-w-2xl">
            <h1 class="wrap-anywhere">{organisation.name.clone()}</h1>
            <Status lang organisation=organisation.clone() confirmed_now/>
            <CompanySection lang status=organisation.status company/>
            <ContactSection lang organisation=organisation.clone()/>
            <ProfileSection lang organisation=organisation.clone() cities/>
            <PayoutSection lang organisation/>
        </div>
    }
    .into_any()
}

/// A card with a form. Its button is a plain one: a page of several forms has no one main action.
fn section(lang: Lang) -> Around {
    Box::new(move |fields: AnyView, answer: Answer, pending: Signal<bool>| {
        view! {
            <div class="grid gap-4">
                <input type="hidden" name="lang" value=lang.code()/>
                {fields}
                <Outcome lang answer pending saved=tr::saved(lang)/>
                <div>
                    <Button disabled=pending>{move || if pending.get() { tr::saving(lang) } else { tr::save(lang) }}</Button>
                </div>
            </div>
        }
        .into_any()
    })
}

#[component]
fn CompanySection(lang: Lang, status: OrganisationStatus, company: CompanyState) -> impl IntoView {
    let content = if matches!(status, OrganisationStatus::Active | OrganisationStatus::Blocked) {
        view! { <LockedCompany lang company/> }.into_any()
    } else {
        let CompanyState { name, bin, .. } = company;
        view! { <CompanyEntry lang prefix="company" name bin around=section(lang)/> }.into_any()
    };
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_company(lang)}</h2>
            {content}
        </Card>
    }
    .into_any()
}

#[component]
fn ContactSection(lang: Lang, organisation: OrganisationView) -> impl IntoView {
    let contact = (organisation.contact_person, organisation.phone, organisation.email);
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_contact(lang)}</h2>
            <ContactEntry lang prefix="contact" contact around=section(lang)/>
        </Card>
    }
    .into_any()
}

#[component]
fn ProfileSection(lang: Lang, organisation: OrganisationView, cities: Vec<Named>) -> impl IntoView {
    let logo = (organisation.name.clone(), organisation.logo.clone());
    let active = organisation.status == OrganisationStatus::Active;
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_profile(lang)}</h2>
            <div class="mb-4">
                <LogoField lang name=logo.0 logo=logo.1 active/>
            </div>
            <ProfileEntry lang prefix="profile" cities organisation languages=languages(lang) around=section(lang)/>
        </Card>
    }
    .into_any()
}

/// All of them, the page's own first.
fn languages(lang: Lang) -> Vec<Lang> {
    let mut all = Lang::ALL.to_vec();
    all.sort_by_key(|other| *other != lang);
    all
}

#[component]
fn PayoutSection(lang: Lang, organisation: OrganisationView) -> impl IntoView {
    if !organisation.may_edit_payout {
        let where_to = organisation.card.map_or(organisation.iban, |card| card.pretty());
        return view! {
            <Card>
                <h2 class="mb-3">{tr::step_payout(lang)}</h2>
                <p class="numbers">{where_to}</p>
                <p class="text-muted text-sm mt-1">{tr::payout_owner_only(lang)}</p>
            </Card>
        }
        .into_any();
    }
    let with_password = organisation.submitted || organisation.status != OrganisationStatus::Draft;
    let iban = organisation.iban;
    let state = RwSignal::new(CardState { card: organisation.card, asked: organisation.asked_card });
    let to_card = state.with_untracked(|state| state.card.is_some() || state.asked.is_some());
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_payout(lang)}</h2>
            <p class="text-muted mb-3">{tr_payout::lead(lang)}</p>
            <details class="cab-fold" name="payout" open=to_card>
                <summary class="font-semibold">{tr_payout::way_card(lang)}</summary>
                <div class="my-3">
                    <CardPart lang state back=paths::partner_organisation(lang) with_password/>
                </div>
            </details>
            <details class="cab-fold" name="payout" open=!to_card>
                <summary class="font-semibold">{tr_payout::way_iban(lang)}</summary>
                <div class="mt-3">
                    <PayoutEntry lang prefix="payout" iban with_password around=section(lang)/>
                </div>
            </details>
        </Card>
    }
    .into_any()
}
