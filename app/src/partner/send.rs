//! One file on its way: the browser's XMLHttpRequest, for only that tells how much of a body has left.
use serde::Deserialize;
use std::{cell::RefCell, collections::HashMap};
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{File, ProgressEvent, XmlHttpRequest};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Under this id.
    Taken(Uuid),
    /// The server says why, in the person's language; without words something else failed.
    Refused(Option<String>, Remedy),
    /// No answer came.
    Lost,
    Cancelled,
}

/// What helps with a file that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Sending it again: the network, the server, or what stands in the way and may pass.
    Again,
    /// Another file: this one will never be taken.
    Other,
    /// Signing in again.
    SignIn,
    /// Nothing that could be done here.
    None,
}

impl Remedy {
    const fn of(status: u16) -> Self {
        match status {
            401 => Self::SignIn,
            403 | 404 => Self::None,
            413 | 415 | 422 => Self::Other,
            _ => Self::Again,
        }
    }
}

#[derive(Deserialize)]
struct Taken {
    id: Uuid,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

impl Outcome {
    fn of(status: u16, body: &str) -> Self {
        match status {
            0 => Self::Lost,
            200..300 => {
                serde_json::from_str::<Taken>(body).map_or(Self::Refused(None, Remedy::Again), |taken| Self::Taken(taken.id))
            }
            _ => {
                let words = serde_json::from_str::<Refused>(body).ok().map(|refused| refused.error);
                Self::Refused(words, Remedy::of(status))
            }
        }
    }
}

thread_local! {
    // The browser has one thread; what it holds is no value that signals could keep.
    static FILES: RefCell<HashMap<u32, File>> = RefCell::default();
    static UNDER_WAY: RefCell<HashMap<u32, XmlHttpRequest>> = RefCell::default();
}

/// Keeps a file under a number until it is sent or forgotten.
pub fn keep(number: u32, file: File) {
    FILES.with_borrow_mut(|files| files.insert(number, file));
}

pub fn forget(number: u32) {
    FILES.with_borrow_mut(|files| files.remove(&number));
}

/// Ends what is under way; `ended` hears of it as `Cancelled`.
pub fn cancel(number: u32) {
    if let Some(request) = UNDER_WAY.with_borrow_mut(|under_way| under_way.remove(&number)) {
        let _ = request.abort();
    }
}

/// Sends a kept file. `progress` hears percents, `ended` once how it ended.
pub fn send(number: u32, address: &str, progress: impl Fn(u32) + 'static, ended: impl FnOnce(Outcome) + 'static) {
    let file = FILES.with_borrow(|files| files.get(&number).cloned());
    let (Some(file), Ok(request)) = (file, XmlHttpRequest::new()) else {
        ended(Outcome::Lost);
        return;
    };
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            // Of a hundred.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(progress.into_js_value().unchecked_ref()));
    }
    let asked = request.clone();
    // After success, failure and abort alike, and once.
    let ended = Closure::once_into_js(move || {
        let cancelled = UNDER_WAY.with_borrow_mut(|under_way| under_way.remove(&number)).is_none();
        let body = asked.response_text().ok().flatten().unwrap_or_default();
        ended(if cancelled { Outcome::Cancelled } else { Outcome::of(asked.status().unwrap_or(0), &body) });
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    UNDER_WAY.with_borrow_mut(|under_way| under_way.insert(number, request.clone()));
    let begun = request.open_with_async("POST", address, true).and_then(|()| request.send_with_opt_blob(Some(&file)));
    if begun.is_err() {
        let _ = request.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_outcomes() {
        let id = "0193d5a0-0000-7000-8000-000000000001";
        assert_eq!(
            Outcome::of(201, &format!("{{\"id\":\"{id}\",\"state\":\"waiting\"}}")),
            Outcome::Taken(id.parse().expect("an id"))
        );
        let words = "Файл больше 25 МБ";
        assert_eq!(
            Outcome::of(413, &format!("{{\"error\":\"{words}\",\"kind\":\"too_heavy\"}}")),
            Outcome::Refused(Some(words.into()), Remedy::Other)
        );
        assert_eq!(Outcome::of(503, "<html>"), Outcome::Refused(None, Remedy::Again));
        assert_eq!(Outcome::of(0, ""), Outcome::Lost);
    }

    #[test]
    fn a_file_that_will_never_be_taken_is_not_sent_again() {
        for (status, remedy) in [
            (413, Remedy::Other),
            (415, Remedy::Other),
            (422, Remedy::Other),
            (401, Remedy::SignIn),
            (403, Remedy::None),
            (404, Remedy::None),
            (408, Remedy::Again),
            (409, Remedy::Again),
            (429, Remedy::Again),
            (500, Remedy::Again),
            (503, Remedy::Again),
        ] {
            assert_eq!(Remedy::of(status), remedy, "{status}");
        }
    }
}
