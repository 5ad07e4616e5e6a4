//! Opening an account, for a script and for a plain form alike.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, forms::checkout::ContactForm};

/// What a form without a script has just been refused with; else empty fields.
#[server(prefix = "/fn", endpoint = "load-sign-up", output = Wire)]
pub async fn load_sign_up() -> Result<ContactForm, AppError> {
    crate::site::enter::door::keep_private();
    Ok(server::typed())
}

/// Opens an account and a session at once, and mails a link. The answer is the same whether the e-mail is known or not.
#[server(prefix = "/fn", endpoint = "sign-up", output = Wire)]
pub async fn sign_up(
    lang: Lang,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Tried<Option<()>> {
    use crate::{
        request,
        site::{enter::door, sign_in::next},
    };
    use sapar_shared::{forms::account::SignUpForm, paths};

    let form = SignUpForm { contact: ContactForm { name, phone, email }, password };
    match server::open(lang, &form, &next).await {
        Ok(target) => {
            server::forget(lang);
            door::lead_to(&target)
        }
        Err(error) => {
            if request::wants_html() {
                server::keep(lang, &form.contact);
            }
            door::refuse(error, &next::with(&paths::sign_up(lang), &next), "sign-up")
        }
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{self, services, unavailable},
        site::{
            checkout::draft::{from_text, to_text},
            enter::door::{self, Visitor, refused},
        },
    };
    use http::header::SET_COOKIE;
    use sapar_domain::accounts;
    use sapar_shared::{
        Lang,
        forms::{account::SignUpForm, checkout::ContactForm},
        paths,
    };

    const COOKIE: &str = "sapar_sign_up";
    /// Long enough to correct a field; the phone may be shared.
    const KEPT_SECONDS: u32 = 600;

    pub(super) async fn open(lang: Lang, form: &SignUpForm, next: &str) -> Result<String, AppError> {
        let services = services()?;
        let visitor = Visitor::now();
        let mut conn = services.conn().await.map_err(unavailable)?;
        let (_, session) = accounts::sign_up(&mut conn, &services.ctx, lang, form, &visitor.device()).await.map_err(refused)?;
        drop(conn);
        door::enter(&services, &session, lang, next).await
    }

    pub(super) fn typed() -> ContactForm {
        request::cookie(COOKIE).map(|text| from_text(&text)).unwrap_or_default()
    }

    /// Never the password.
    pub(super) fn keep(lang: Lang, form: &ContactForm) {
        set(lang, &to_text(form), KEPT_SECONDS);
    }

    pub(super) fn forget(lang: Lang) {
        if request::wants_html() {
            set(lang, "", 0);
        }
    }

    fn set(lang: Lang, value: &str, max_age: u32) {
        let secure = request::services().is_ok_and(|s| s.ctx.public_url.starts_with("https://"));
        let secure = if secure { "; Secure" } else { "" };
        let path = paths::sign_up(lang);
        let line = format!("{COOKIE}={value}; Path={path}; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
        request::append_header(SET_COOKIE, &line);
    }
}
