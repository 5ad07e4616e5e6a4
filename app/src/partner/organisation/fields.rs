//! The fields of an organisation, as its sign-up and its page show them.
use crate::{
    partner::form::Errors,
    ui::{Field, PhoneField, Select, TextArea},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{catalog::Named, organisation::OrganisationView},
    forms::organisation::{LONGEST_ABOUT, about_field},
    requisites::Iban,
    tr::organisation as tr,
};

#[component]
pub fn CompanyFields(lang: Lang, prefix: &'static str, name: String, bin: String, errors: Errors) -> impl IntoView {
    view! {
        <Field
            name="name"
            id_prefix=prefix
            label=tr::name(lang)
            help=tr::name_help(lang)
            value=name
            autocomplete="organization"
            maxlength=120
            required=true
            error=errors.of("name")
        />
        <Field
            name="bin"
            id_prefix=prefix
            label=tr::bin(lang)
            help=tr::bin_help(lang)
            value=bin
            inputmode="numeric"
            autocomplete="off"
            maxlength=20
            required=true
            error=errors.of("bin")
        />
    }
    .into_any()
}

/// `contact` is name, phone (E.164), e-mail.
#[component]
pub fn ContactFields(lang: Lang, prefix: &'static str, contact: (String, String, String), errors: Errors) -> impl IntoView {
    let (name, phone, email) = contact;
    view! {
        <Field
            name="name"
            id_prefix=prefix
            label=tr::contact_person(lang)
            help=tr::contact_person_help(lang)
            value=name
            autocomplete="name"
            maxlength=100
            required=true
            error=errors.of_as("name", "contact_person")
        />
        <PhoneField
            id_prefix=prefix
            label=tr::phone(lang)
            help=tr::phone_help(lang)
            value=phone
            required=true
            error=errors.of("phone")
        />
        <Field
            name="email"
            id_prefix=prefix
            kind="email"
            inputmode="email"
            label=tr::email(lang)
            help=tr::email_help(lang)
            value=email
            autocomplete="email"
            maxlength=254
            required=true
            error=errors.of("email")
        />
    }
    .into_any()
}

/// `languages`: those that the organisation is told about in here, the page's own first.
#[component]
pub fn ProfileFields(
    lang: Lang,
    prefix: &'static str,
    cities: Vec<Named>,
    organisation: OrganisationView,
    languages: Vec<Lang>,
    errors: Errors,
) -> impl IntoView {
    let OrganisationView { city, address, about, .. } = organisation;
    let mut options = vec![(String::new(), tr::choose_city(lang).to_owned())];
    options.extend(cities.into_iter().map(|city| (city.slug, city.name)));
    let several = languages.len() > 1;
    let codes = languages.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(",");
    let texts = languages
        .into_iter()
        .map(|of| {
            let label = if several { tr::about_in(lang, of.own_name()) } else { tr::about(lang).to_owned() };
            let help = if several { None } else { Some(tr::about_help(lang).to_owned()) };
            view! {
                <TextArea
                    name=about_field(of)
                    id_prefix=prefix
                    label
                    lang=of.code()
                    value=about[of as usize].clone()
                    maxlength=u32::try_from(LONGEST_ABOUT).unwrap_or(u32::MAX)
                    help=help.unwrap_or_default()
                    error=errors.of(about_field(of))
                />
            }
        })
        .collect_view();
    view! {
        <input type="hidden" name="languages" value=codes/>
        <Select
            name="city"
            id_prefix=prefix
            label=tr::city(lang)
            options
            selected=city.map(|city| city.slug).unwrap_or_default()
            error=errors.of("city")
        />
        <Field
            name="address"
            id_prefix=prefix
            label=tr::address(lang)
            help=tr::address_help(lang)
            value=address
            autocomplete="street-address"
            maxlength=200
            required=true
            error=errors.of("address")
        />
        {texts}
    }
    .into_any()
}

#[component]
pub fn PayoutFields(lang: Lang, prefix: &'static str, iban: String, errors: Errors) -> impl IntoView {
    let iban = Iban::parse(&iban).map_or(iban, |iban| iban.pretty());
    view! {
        <Field
            name="iban"
            id_prefix=prefix
            label=tr::iban(lang)
            help=tr::iban_help(lang)
            placeholder="KZ00 000A 0000 0000 0000"
            value=iban
            autocomplete="off"
            maxlength=34
            required=true
            error=errors.of("iban")
        />
    }
    .into_any()
}
