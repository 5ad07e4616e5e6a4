//! What is told of an organisation. Each save is used by the sign-up too, which goes on to `next` from it.
// A plain form's fields are a server function's arguments, and the macro's own half of it takes no attribute.
#![allow(clippy::too_many_arguments)]
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::OrganisationPage};

#[server(prefix = "/fn", endpoint = "cabinet-organisation", output = Wire)]
pub async fn load_organisation(lang: Lang) -> Tried<OrganisationPage> {
    Ok(server::load(lang).await)
}

/// Name and BIN, until activation.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-company", output = Wire)]
pub async fn save_company(lang: Lang, name: String, bin: String, #[server(default)] next: String) -> Tried<()> {
    server::answer(lang, server::company(name, bin).await, &next)
}

#[server(prefix = "/fn", endpoint = "cabinet-organisation-contact", output = Wire)]
pub async fn save_contact(lang: Lang, name: String, phone: String, email: String, #[server(default)] next: String) -> Tried<()> {
    server::answer(lang, server::contact(name, phone, email).await, &next)
}

/// `languages`: the codes of those that the form has a text for, with commas between them.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-profile", output = Wire)]
pub async fn save_profile(
    lang: Lang,
    #[server(default)] city: String,
    address: String,
    languages: String,
    #[server(default)] about_ru: String,
    #[server(default)] about_kk: String,
    #[server(default)] about_en: String,
    #[server(default)] next: String,
) -> Tried<()> {
    use sapar_shared::forms::organisation::ProfileForm;
    let texts = [(Lang::Ru, about_ru), (Lang::Kk, about_kk), (Lang::En, about_en)];
    let named = |lang: &Lang| languages.split(',').any(|code| code == lang.code());
    let about = texts.into_iter().filter(|(lang, _)| named(lang)).collect();
    server::answer(lang, server::profile(&ProfileForm { city, address, about }).await, &next)
}

/// The password is wanted once the organisation was sent.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-payout", output = Wire)]
pub async fn save_payout(
    lang: Lang,
    iban: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Tried<()> {
    server::answer(lang, server::payout(iban, &password).await, &next)
}

/// The session goes over to another of one's organisations.
#[server(prefix = "/fn", endpoint = "cabinet-choose-organisation", output = Wire)]
pub async fn choose_organisation(lang: Lang, organisation: String) -> Tried<()> {
    crate::partner::api::done(server::choose(&organisation).await, &sapar_shared::paths::partner(lang))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::{AppError, Tried},
        partner::api::{done, door, look, partner, partner_error, prove, within},
        request::unavailable,
        site::sign_in::{api::session, next},
    };
    use sapar_domain::partners;
    use sapar_shared::{
        Lang,
        dto::organisation::OrganisationPage,
        forms::{
            checkout::ContactForm,
            organisation::{CompanyForm, PayoutForm, ProfileForm},
        },
        paths,
        roles::Permission,
    };

    /// The sign-up is led on, with a script or without; the organisation's page stays.
    pub(super) fn answer(lang: Lang, outcome: Result<(), AppError>, to: &str) -> Tried<()> {
        if to.is_empty() {
            return done(outcome, &paths::partner_organisation(lang));
        }
        match outcome {
            Ok(()) => {
                leptos_axum::redirect(&next::safe(lang, to));
                Ok(Ok(()))
            }
            refused => done(refused, &paths::partner_start(lang)),
        }
    }

    pub(super) async fn load(lang: Lang) -> Result<OrganisationPage, AppError> {
        look!(partner, |conn, ctx, actor| partners::page(conn, ctx, actor, lang))
    }

    pub(super) async fn company(name: String, bin: String) -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::save_company(conn, ctx, actor, &CompanyForm { name, bin }))
    }

    pub(super) async fn contact(name: String, phone: String, email: String) -> Result<(), AppError> {
        let form = ContactForm { name, phone, email };
        within!(partner, |conn, ctx, actor| partners::save_contact(conn, ctx, actor, &form))
    }

    pub(super) async fn profile(form: &ProfileForm) -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::save_profile(conn, ctx, actor, form))
    }

    pub(super) async fn payout(iban: String, password: &str) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let proven = match password {
            "" => None,
            typed => Some(prove(&services, &actor, Permission::EditPayout, typed).await?),
        };
        let mut tx = services.begin().await.map_err(unavailable)?;
        let saved = partners::save_payout(&mut tx, &services.ctx, &actor, proven.as_ref(), &PayoutForm { iban }).await;
        saved.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }

    pub(super) async fn choose(organisation: &str) -> Result<(), AppError> {
        let organisation = organisation.parse().map_err(|_| AppError::NotFound)?;
        let cookie = session().ok_or(AppError::SignInFirst)?;
        within!(partner, |conn, ctx, actor| partners::choose(conn, ctx, actor, &cookie, organisation))
    }
}
