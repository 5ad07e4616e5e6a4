//! `/partner/organisation`: everything that the sign-up asked for, to be changed later.
use super::{
    api::{SaveCompany, SaveContact, SavePayout, SaveProfile, load_organisation},
    fields::{CompanyFields, ContactFields, PayoutFields, ProfileFields},
    status::Status,
};
use crate::{
    layout::use_lang,
    partner::{
        form::{Answer, Errors, Outcome},
        head::Head,
        trouble::Trouble,
    },
    ui::{Button, Card, Field, Skeleton},
    wire::page_data,
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        catalog::Named,
        organisation::{OrganisationPage as Page, OrganisationStatus, OrganisationView},
    },
    forms::{
        FieldError,
        checkout::ContactForm,
        organisation::{CompanyForm, PayoutForm, ProfileForm, about_field},
    },
    tr::organisation as tr,
};

#[component]
pub fn OrganisationPage() -> impl IntoView {
    let lang = use_lang();
    let page = page_data(|| (), move |()| load_organisation(lang));
    view! {
        <Head lang title=tr::title(lang)/>
        <Suspense fallback=Waiting>
            {move || Suspend::new(async move {
                match page.await.flatten() {
                    Ok(page) => view! { <Sections lang page/> }.into_any(),
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
fn Sections(lang: Lang, page: Page) -> impl IntoView {
    let Page { organisation, cities } = page;
    view! {
        <div class="grid gap-6 max-w-2xl">
            <h1>{organisation.name.clone()}</h1>
            <Status lang organisation=organisation.clone()/>
            <CompanySection lang organisation=organisation.clone()/>
            <ContactSection lang organisation=organisation.clone()/>
            <ProfileSection lang organisation=organisation.clone() cities/>
            <PayoutSection lang organisation/>
        </div>
    }
    .into_any()
}

/// The plain button under a form: a page of several forms has no one main action.
#[component]
fn Save(lang: Lang, pending: Signal<bool>) -> impl IntoView {
    view! {
        <div>
            <Button disabled=pending>{move || if pending.get() { tr::saving(lang) } else { tr::save(lang) }}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn CompanySection(lang: Lang, organisation: OrganisationView) -> impl IntoView {
    if matches!(organisation.status, OrganisationStatus::Active | OrganisationStatus::Blocked) {
        return view! {
            <Card>
                <h2 class="mb-3">{tr::step_company(lang)}</h2>
                <dl class="cab-facts p-0">
                    <dt>{tr::name(lang)}</dt>
                    <dd>{organisation.name}</dd>
                    <dt>{tr::bin(lang)}</dt>
                    <dd class="numbers">{organisation.bin}</dd>
                </dl>
                <p class="text-muted text-sm mt-3">{tr::locked(lang)}</p>
            </Card>
        }
        .into_any();
    }
    let action = ServerAction::<SaveCompany>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "company");
    errors.follow(answer);
    let check = move |ev: leptos::ev::SubmitEvent| {
        errors.check(&ev, |typed| CompanyForm { name: typed("name"), bin: typed("bin") }.validate().map(drop));
    };
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_company(lang)}</h2>
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-4">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <CompanyFields lang prefix="company" name=organisation.name bin=organisation.bin errors/>
                    <Outcome lang answer pending saved=tr::saved(lang)/>
                    <Save lang pending/>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

#[component]
fn ContactSection(lang: Lang, organisation: OrganisationView) -> impl IntoView {
    let action = ServerAction::<SaveContact>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "contact");
    errors.follow(answer);
    let check = move |ev: leptos::ev::SubmitEvent| {
        errors.check(&ev, |typed| {
            ContactForm { name: typed("name"), phone: typed("phone"), email: typed("email") }.validate().map(drop)
        });
    };
    let contact = (organisation.contact_person, organisation.phone, organisation.email);
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_contact(lang)}</h2>
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-4">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <ContactFields lang prefix="contact" contact errors/>
                    <Outcome lang answer pending saved=tr::saved(lang)/>
                    <Save lang pending/>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

#[component]
fn ProfileSection(lang: Lang, organisation: OrganisationView, cities: Vec<Named>) -> impl IntoView {
    let action = ServerAction::<SaveProfile>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "profile");
    errors.follow(answer);
    let languages = languages(lang);
    let check = {
        let languages = languages.clone();
        move |ev: leptos::ev::SubmitEvent| {
            errors.check(&ev, |typed| {
                let about = languages.iter().map(|of| (*of, typed(about_field(*of)))).collect();
                ProfileForm { city: typed("city"), address: typed("address"), about }.validate().map(drop)
            });
        }
    };
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_profile(lang)}</h2>
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-4">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <ProfileFields lang prefix="profile" cities organisation languages errors/>
                    <Outcome lang answer pending saved=tr::saved(lang)/>
                    <Save lang pending/>
                </div>
            </ActionForm>
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
        return view! {
            <Card>
                <h2 class="mb-3">{tr::step_payout(lang)}</h2>
                <p class="numbers">{organisation.iban}</p>
                <p class="text-muted text-sm mt-1">{tr::payout_owner_only(lang)}</p>
            </Card>
        }
        .into_any();
    }
    let action = ServerAction::<SavePayout>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "payout");
    errors.follow(answer);
    let with_password = organisation.submitted || organisation.status != OrganisationStatus::Draft;
    let check = move |ev: leptos::ev::SubmitEvent| {
        errors.check(&ev, |typed| {
            let mut wrong = PayoutForm { iban: typed("iban") }.validate().err().unwrap_or_default();
            if with_password && typed("password").is_empty() {
                wrong.push(("password".to_owned(), FieldError::Missing));
            }
            if wrong.is_empty() { Ok(()) } else { Err(wrong) }
        });
    };
    view! {
        <Card>
            <h2 class="mb-3">{tr::step_payout(lang)}</h2>
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-4">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <PayoutFields lang prefix="payout" iban=organisation.iban errors/>
                    {with_password
                        .then(|| {
                            view! {
                                <Field
                                    name="password"
                                    id_prefix="payout"
                                    kind="password"
                                    label=tr::password(lang)
                                    help=tr::payout_password_help(lang)
                                    autocomplete="current-password"
                                    maxlength=1000
                                    required=true
                                    error=errors.of("password")
                                />
                            }
                        })}
                    <Outcome lang answer pending saved=tr::saved(lang)/>
                    <Save lang pending/>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
