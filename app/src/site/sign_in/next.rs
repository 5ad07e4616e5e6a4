//! Where to go after signing in. The address comes from a query string, so anybody may have written it.
use sapar_shared::{Lang, paths};
use std::fmt::Write as _;

/// Pages that one comes through, not to.
const DOORS: [&str; 4] = ["sign-in", "sign-up", "confirm", "reset"];

/// `typed`, if it is a page of ours; else the cabinet.
#[must_use]
pub fn safe(lang: Lang, typed: &str) -> String {
    own(lang, typed).unwrap_or_else(|| paths::partner(lang))
}

/// `typed`, if it is a page of ours. What a ticket's QR code opens leads to the ticket's card.
#[must_use]
pub fn own(lang: Lang, typed: &str) -> Option<String> {
    if let Some(signed) = typed.strip_prefix("/t/")
        && !signed.is_empty()
        && signed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
    {
        return Some(paths::partner_ticket(lang, signed));
    }
    // One slash, then a language: neither `//elsewhere`, nor a scheme, nor a file that the pages' router does not know.
    let ours = typed.split(['?', '/']).nth(1).is_some_and(|first| first.parse::<Lang>().is_ok());
    let plain = typed.starts_with('/') && typed.len() <= 500 && typed.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    // Not to the door again.
    let path = typed.split(['?', '#']).next().unwrap_or_default();
    let elsewhere = !DOORS.contains(&path.split('/').nth(2).unwrap_or_default());
    (ours && plain && elsewhere).then(|| typed.to_owned())
}

/// The sign-in page that comes back to `next`.
#[must_use]
pub fn sign_in(lang: Lang, next: &str) -> String {
    format!("{}?next={}", paths::sign_in(lang), encode(next))
}

/// A page of the door that comes to `next` in the end; an empty `next` is left out.
#[must_use]
pub fn with(page: &str, next: &str) -> String {
    if next.is_empty() { page.to_owned() } else { format!("{page}?next={}", encode(next)) }
}

/// The same for somebody whose e-mail is known: it stands in the form already.
#[must_use]
pub fn with_email(page: &str, next: &str, email: &str) -> String {
    let page = with(page, next);
    let joint = if page.contains('?') { '&' } else { '?' };
    if email.is_empty() { page } else { format!("{page}{joint}email={}", encode(email)) }
}

/// Text as one value of a query or one segment of a path.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_returned_to() {
        for kept in ["/ru/partner/scan", "/kk/partner?day=2026-12-05", "/en"] {
            assert_eq!(safe(Lang::Ru, kept), kept);
        }
        let elsewhere = [
            "",
            "https://evil.example/ru",
            "//evil.example/ru",
            "/\\evil.example",
            "/ru\\..\\x",
            "javascript:alert(1)",
            "/ru/\r\nSet-Cookie: a=b",
            "/files/x.pdf",
            "/ru/sign-in?next=%2Fru",
            "/ru/sign-in/code",
            "/kk/confirm/7K2M",
            "/ru/тур",
        ];
        for bad in elsewhere {
            assert_eq!(safe(Lang::Kk, bad), "/kk/partner", "{bad:?}");
        }
    }

    #[test]
    fn a_scanned_address_opens_the_card() {
        assert_eq!(safe(Lang::En, "/t/AbC-_9"), "/en/partner/tickets/AbC-_9");
        assert_eq!(safe(Lang::En, "/t/../x"), "/en/partner");
    }

    #[test]
    fn the_email_comes_along() {
        let page = with_email("/ru/sign-up", "/ru/invitation/A", "a+b@example.kz");
        assert_eq!(page, "/ru/sign-up?next=%2Fru%2Finvitation%2FA&email=a%2Bb%40example.kz");
        assert_eq!(with_email("/ru/sign-up", "", "a@b.kz"), "/ru/sign-up?email=a%40b.kz");
        assert_eq!(with_email("/ru/sign-up", "/ru", ""), "/ru/sign-up?next=%2Fru");
    }

    #[test]
    fn what_is_written_is_one_value() {
        assert_eq!(sign_in(Lang::Ru, "/ru/partner?day=1&x"), "/ru/sign-in?next=%2Fru%2Fpartner%3Fday%3D1%26x");
    }
}
