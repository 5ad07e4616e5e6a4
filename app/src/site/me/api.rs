//! What the pages of an account ask of the server. Whose account it is says the session, never an argument.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use jiff::civil::Date;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Account, Channel, Fact, Followed, MyOrders, Profile, SessionRow, TotpSetup},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the page of an account's safety shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Security {
    pub account: Account,
    pub setup: Option<TotpSetup>,
    pub sessions: Vec<SessionRow>,
    /// Right after the second step was turned on without a script.
    pub codes: Vec<String>,
}

/// What the page shows on which one tells of oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyProfile {
    pub profile: Profile,
    /// In Almaty.
    #[serde(with = "sapar_shared::packed")]
    pub today: Date,
}

/// The account of whoever is signed in; `None` for a guest.
#[server(prefix = "/fn", endpoint = "load-me", output = Wire)]
pub async fn load_me() -> Result<Option<Account>, AppError> {
    use crate::site::enter::door;
    door::keep_private();
    match server::account().await {
        Ok(account) => Ok(Some(account)),
        Err(AppError::SignInFirst) => Ok(None),
        Err(error) => Err(error),
    }
}

#[server(prefix = "/fn", endpoint = "load-security", output = Wire)]
pub async fn load_security(lang: Lang) -> Tried<Security> {
    crate::site::enter::door::keep_private();
    Ok(server::security(lang).await)
}

#[server(prefix = "/fn", endpoint = "load-profile", output = Wire)]
pub async fn load_profile() -> Tried<MyProfile> {
    crate::site::enter::door::keep_private();
    Ok(server::profile().await)
}

/// The organisers whom whoever is signed in follows.
#[server(prefix = "/fn", endpoint = "load-follows", output = Wire)]
pub async fn load_follows() -> Tried<Vec<Followed>> {
    crate::site::enter::door::keep_private();
    Ok(server::follows().await)
}

/// `after` is where the page before ended; empty for the first.
#[server(prefix = "/fn", endpoint = "load-my-orders", output = Wire)]
pub async fn load_my_orders(lang: Lang, after: String) -> Tried<MyOrders> {
    crate::site::enter::door::keep_private();
    Ok(server::orders(lang, &after).await)
}

#[server(prefix = "/fn", endpoint = "change-email", output = Wire)]
pub async fn change_email(lang: Lang, #[server(default)] email: String, #[server(default)] password: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::change_email(lang, &email, &password).await, &sapar_shared::paths::me(lang), "email", "links")
}

/// `password` is empty where the number is the one that was given at sign-up.
#[server(prefix = "/fn", endpoint = "change-phone", output = Wire)]
pub async fn change_phone(lang: Lang, #[server(default)] phone: String, #[server(default)] password: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::change_phone(lang, &phone, &password).await, &sapar_shared::paths::me(lang), "phone", "codes")
}

#[server(prefix = "/fn", endpoint = "prove-phone", output = Wire)]
pub async fn prove_phone(lang: Lang, #[server(default)] new_code: String, #[server(default)] old_code: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::prove_phone(&new_code, &old_code).await, &sapar_shared::paths::me(lang), "codes", "phone")
}

/// The letters or codes of an open wish once more. `Over`: its time has run out.
#[server(prefix = "/fn", endpoint = "renew-change", output = Wire)]
pub async fn renew_change(lang: Lang, channel: Channel) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::renew_change(lang, channel).await, &sapar_shared::paths::me(lang), "renew", "renewed")
}

#[server(prefix = "/fn", endpoint = "cancel-change", output = Wire)]
pub async fn cancel_change(lang: Lang, channel: Channel) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::cancel_change(channel).await, &sapar_shared::paths::me(lang), "cancel", "kept")
}

/// `languages` holds a key a chosen language, `agreed` one a fact that may be used.
#[server(prefix = "/fn", endpoint = "save-profile", output = Wire)]
pub async fn save_profile(
    lang: Lang,
    #[server(default)] name: String,
    #[server(default)] birth_date: String,
    #[server(default)] city: String,
    #[server(default)] network: String,
    #[server(default)] languages: BTreeMap<String, String>,
    #[server(default)] agreed: BTreeMap<String, String>,
) -> Tried<()> {
    use crate::site::enter::door::settled;
    use sapar_shared::forms::account::ProfileForm;
    let (languages, agreed) = (languages.into_keys().collect(), agreed.into_keys().collect());
    let form = ProfileForm { name, birth_date, city, network, languages, agreed };
    settled(server::save_profile(&form).await, &sapar_shared::paths::my_profile(lang), "profile", "saved")
}

/// Empties one thing and takes the consent back.
#[server(prefix = "/fn", endpoint = "withdraw-profile", output = Wire)]
pub async fn withdraw_profile(lang: Lang, fact: Fact) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::withdraw(fact).await, &sapar_shared::paths::my_profile(lang), "withdraw", "withdrawn")
}

#[server(prefix = "/fn", endpoint = "change-password", output = Wire)]
pub async fn change_password(lang: Lang, #[server(default)] current: String, #[server(default)] wanted: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    let page = sapar_shared::paths::my_security(lang);
    settled(server::change_password(&current, &wanted).await, &page, "password", "password")
}

#[server(prefix = "/fn", endpoint = "begin-step", output = Wire)]
pub async fn begin_step(lang: Lang, #[server(default)] password: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::begin_step(&password).await, &sapar_shared::paths::my_security(lang), "begin", "begun")
}

/// Forgets what is being set up.
#[server(prefix = "/fn", endpoint = "cancel-step", output = Wire)]
pub async fn cancel_step(lang: Lang) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::cancel_step().await, &sapar_shared::paths::my_security(lang), "cancel-step", "left")
}

/// Gives the recovery codes, once.
#[server(prefix = "/fn", endpoint = "enable-step", output = Wire)]
pub async fn enable_step(lang: Lang, #[server(default)] code: String) -> Tried<Vec<String>> {
    server::once(lang, server::enable_step(&code).await, "step")
}

/// Gives new recovery codes, once, and ends the old ones.
#[server(prefix = "/fn", endpoint = "renew-recovery", output = Wire)]
pub async fn renew_recovery(lang: Lang, #[server(default)] password: String) -> Tried<Vec<String>> {
    server::once(lang, server::renew_recovery(&password).await, "renew")
}

#[server(prefix = "/fn", endpoint = "disable-step", output = Wire)]
pub async fn disable_step(lang: Lang, #[server(default)] password: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::disable_step(&password).await, &sapar_shared::paths::my_security(lang), "disable", "step-off")
}

/// Signs out one browser, or, without `session`, every other one.
#[server(prefix = "/fn", endpoint = "end-sessions", output = Wire)]
pub async fn end_sessions(lang: Lang, #[server(default)] session: String) -> Tried<()> {
    use crate::site::enter::door::settled;
    settled(server::end_sessions(&session).await, &sapar_shared::paths::my_security(lang), "sessions", "sessions")
}

#[cfg(feature = "ssr")]
mod server {
    use super::{MyProfile, Security};
    use crate::{
        error::{AppError, Tried},
        partner::api::partner_error,
        request::{self, unavailable},
        site::enter::door::{self, Visitor, keep, person, refused},
    };
    use http::header::SET_COOKIE;
    use sapar_domain::{
        accounts::{self, AccountError, NewSession},
        orders::{self, OrderError},
        partners,
    };
    use sapar_shared::{
        Lang,
        dto::account::{Account, Channel, Fact, Followed, MyOrders},
        forms::account::ProfileForm,
        paths,
    };

    /// Recovery codes on their way to a page without a script.
    const CODES_COOKIE: &str = "sapar_codes";
    const SHOWN_SECONDS: u32 = 120;

    pub(super) async fn account() -> Result<Account, AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::account(&mut conn, &services.ctx, &actor).await.map_err(refused)
    }

    pub(super) async fn security(lang: Lang) -> Result<Security, AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let account = accounts::account(&mut conn, &services.ctx, &actor).await.map_err(refused)?;
        let setup = accounts::totp_setup(&mut conn, &services.ctx, &actor).await.map_err(refused)?;
        let sessions = accounts::sessions(&mut conn, &services.ctx, &actor, &cookie).await.map_err(refused)?;
        Ok(Security { account, setup, sessions, codes: shown_once(lang) })
    }

    pub(super) async fn profile() -> Result<MyProfile, AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let profile = accounts::profile(&mut conn, &actor).await.map_err(refused)?;
        Ok(MyProfile { profile, today: services.ctx.today() })
    }

    pub(super) async fn follows() -> Result<Vec<Followed>, AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        partners::followed(&mut conn, &services.ctx, &actor).await.map_err(partner_error)
    }

    pub(super) async fn orders(lang: Lang, after: &str) -> Result<MyOrders, AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        orders::my_orders(&mut conn, &services.ctx, &actor, lang, after.parse().ok()).await.map_err(|error| match error {
            OrderError::Database(cause) => unavailable(cause),
            _ => AppError::SignInFirst,
        })
    }

    pub(super) async fn change_email(lang: Lang, email: &str, password: &str) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        accounts::begin_email_change(&mut conn, &services.ctx, &actor, lang, email, password, &address).await.map_err(refused)
    }

    pub(super) async fn change_phone(lang: Lang, phone: &str, password: &str) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        accounts::begin_phone_change(&mut conn, &services.ctx, &actor, lang, phone, password, &address).await.map_err(refused)
    }

    /// The cookie is renewed with what was proven.
    fn kept(outcome: Result<NewSession, AccountError>) -> Result<(), AppError> {
        outcome.map(|session| keep(&session)).map_err(refused)
    }

    pub(super) async fn prove_phone(new_code: &str, old_code: &str) -> Result<(), AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        kept(accounts::prove_phone_change(&mut conn, &services.ctx, &actor, &cookie, new_code, old_code, &address).await)
    }

    pub(super) async fn renew_change(lang: Lang, channel: Channel) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        accounts::renew_change(&mut conn, &services.ctx, &actor, lang, channel, &address).await.map_err(refused)
    }

    pub(super) async fn cancel_change(channel: Channel) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::cancel_change(&mut conn, &actor, channel).await.map_err(refused)
    }

    pub(super) async fn save_profile(form: &ProfileForm) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::save_profile(&mut conn, &services.ctx, &actor, form).await.map_err(refused)
    }

    pub(super) async fn withdraw(fact: Fact) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::withdraw_profile(&mut conn, &actor, fact).await.map_err(refused)
    }

    pub(super) async fn change_password(current: &str, wanted: &str) -> Result<(), AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        kept(accounts::change_password(&mut conn, &services.ctx, &actor, &cookie, current, wanted, &address).await)
    }

    pub(super) async fn begin_step(password: &str) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        let proven = accounts::prove_person(&mut conn, &services.ctx, &actor, password, &address).await.map_err(refused)?;
        accounts::begin_totp(&mut conn, &services.ctx, &actor, &proven).await.map_err(refused)
    }

    pub(super) async fn cancel_step() -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::cancel_totp(&mut conn, &actor).await.map_err(refused)
    }

    pub(super) async fn enable_step(code: &str) -> Result<Vec<String>, AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        let (codes, session) =
            accounts::enable_totp(&mut conn, &services.ctx, &actor, &cookie, code, &address).await.map_err(refused)?;
        keep(&session);
        Ok(codes)
    }

    pub(super) async fn renew_recovery(password: &str) -> Result<Vec<String>, AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        let (codes, session) =
            accounts::renew_recovery(&mut conn, &services.ctx, &actor, &cookie, password, &address).await.map_err(refused)?;
        keep(&session);
        Ok(codes)
    }

    pub(super) async fn disable_step(password: &str) -> Result<(), AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        kept(accounts::disable_totp(&mut conn, &services.ctx, &actor, &cookie, password, &address).await)
    }

    pub(super) async fn end_sessions(session: &str) -> Result<(), AppError> {
        let (actor, services, cookie) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        if session.is_empty() {
            return accounts::end_other_sessions(&mut conn, &actor, &cookie).await.map_err(refused);
        }
        let session = session.parse().map_err(|_| AppError::NotFound)?;
        accounts::end_session(&mut conn, &actor, session).await.map_err(refused)
    }

    /// Recovery codes: in the answer for a page with a script, else on the next page.
    pub(super) fn once(lang: Lang, outcome: Result<Vec<String>, AppError>, form: &str) -> Tried<Vec<String>> {
        let page = paths::my_security(lang);
        match outcome {
            Ok(codes) if request::wants_html() => {
                show_once(lang, &codes);
                door::lead_to(&format!("{page}?done=step"))
            }
            Ok(codes) => Ok(Ok(codes)),
            Err(error) => door::refuse(error, &page, form),
        }
    }

    /// For the next page and no longer; scripts do not see it.
    fn show_once(lang: Lang, codes: &[String]) {
        set_codes(lang, &codes.join("."), SHOWN_SECONDS);
    }

    fn shown_once(lang: Lang) -> Vec<String> {
        let Some(codes) = request::cookie(CODES_COOKIE).filter(|codes| !codes.is_empty()) else { return Vec::new() };
        set_codes(lang, "", 0);
        codes.split('.').take(10).map(str::to_owned).collect()
    }

    fn set_codes(lang: Lang, value: &str, max_age: u32) {
        let secure = request::services().is_ok_and(|s| s.ctx.public_url.starts_with("https://"));
        let secure = if secure { "; Secure" } else { "" };
        let path = paths::my_security(lang);
        let line = format!("{CODES_COOKIE}={value}; Path={path}; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
        request::append_header(SET_COOKIE, &line);
    }
}
