//! What was typed and could not be taken yet. A form with a script keeps it in the browser's storage; one without sends it,
//! and it comes back with the page in a cookie that only the checkout gets. Both outlive the order they were typed for, since
//! a hold ends after an hour and the next one asks for the same; neither lives for long, for the phone may be shared.
use sapar_shared::forms::{checkout::ContactForm, search::encode};

pub const COOKIE: &str = "sapar_draft";
/// The hour of a hold, and one more to choose again.
const KEPT_SECONDS: u32 = 2 * 3600;
/// Percent-encoded, so that three fields fit into one cookie.
#[cfg_attr(not(feature = "ssr"), allow(dead_code))]
const LONGEST: usize = 1100;

/// `name=…&phone=…&email=…`
#[must_use]
pub fn to_text(form: &ContactForm) -> String {
    let field = |text: &str| {
        let mut out = String::new();
        for letter in text.chars() {
            let next = encode(letter.encode_utf8(&mut [0; 4]));
            if out.len() + next.len() > LONGEST {
                break;
            }
            out.push_str(&next);
        }
        out
    };
    format!("name={}&phone={}&email={}", field(&form.name), field(&form.phone), field(&form.email))
}

/// Text that is none of ours gives an empty form.
#[must_use]
pub fn from_text(text: &str) -> ContactForm {
    let mut form = ContactForm::default();
    for (key, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = decode(value).unwrap_or_default();
        match key {
            "name" => form.name = value,
            "phone" => form.phone = value,
            "email" => form.email = value,
            _ => {}
        }
    }
    form
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The cookie's way there and back.
#[cfg(feature = "ssr")]
pub mod cookie {
    use super::{COOKIE, KEPT_SECONDS, from_text, to_text};
    use crate::request;
    use http::header::SET_COOKIE;
    use sapar_shared::{Lang, forms::checkout::ContactForm};

    /// What was typed, and whether it was for this order that it was sent.
    #[must_use]
    pub fn read(token: &str) -> Option<(ContactForm, bool)> {
        let text = request::cookie(COOKIE).filter(|text| !text.is_empty())?;
        let (of, fields) = text.split_once('&')?;
        Some((from_text(fields), of == token))
    }

    /// For the checkout in each language: who switches it keeps what was typed.
    pub fn keep(token: &str, form: &ContactForm) {
        set(&format!("{token}&{}", to_text(form)), KEPT_SECONDS);
    }

    pub fn forget() {
        if request::cookie(COOKIE).is_some() || request::wants_html() {
            set("", 0);
        }
    }

    fn set(value: &str, max_age: u32) {
        let secure = request::services().is_ok_and(|s| s.ctx.public_url.starts_with("https://"));
        let secure = if secure { "; Secure" } else { "" };
        for lang in Lang::ALL {
            let path = format!("/{lang}/checkout");
            let line = format!("{COOKIE}={value}; Path={path}; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
            request::append_header(SET_COOKIE, &line);
        }
    }
}

/// The draft of a page with a script.
pub mod storage {
    use crate::browser;
    use sapar_shared::forms::checkout::ContactForm;
    use serde::{Deserialize, Serialize};

    pub const KEY: &str = "sapar_draft";

    /// `at` in seconds since 1970, by the browser's own clock.
    #[derive(Serialize, Deserialize)]
    struct Kept {
        at: f64,
        form: ContactForm,
    }

    fn now() -> f64 {
        js_sys::Date::now() / 1000.0
    }

    #[must_use]
    pub fn read() -> Option<ContactForm> {
        let fresh = |kept: &Kept| (0.0..f64::from(super::KEPT_SECONDS)).contains(&(now() - kept.at));
        browser::stored::<Kept>(KEY).filter(fresh).map(|kept| kept.form)
    }

    pub fn keep(form: ContactForm) {
        browser::store(KEY, &Kept { at: now(), form });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back() {
        let form = ContactForm { name: "Әйгерім & <b>".into(), phone: "+7 701".into(), email: "a=b;c@".into() };
        let text = to_text(&form);
        assert!(text.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b','), "{text}");
        assert_eq!(from_text(&text), form);
    }

    #[test]
    fn a_cookie_never_outgrows_the_browser() {
        let long = "ұ".repeat(100_000);
        let form = ContactForm { name: long.clone(), phone: long.clone(), email: long };
        assert!(to_text(&form).len() < 3600);
        assert_eq!(from_text("name=%zz&phone=%F0&x&email"), ContactForm::default());
    }
}
