//! A browser without a script: it sends forms, keeps cookies, follows redirects and shows what it got.
use crate::common::{Answer, TestApp};
use axum::body::Body;
use http::{Request, header};
use sapar_domain::testing::Tour;
use sapar_shared::{Lang, paths};
use std::{cell::RefCell, collections::BTreeMap};

pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    pub(crate) lang: Lang,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(app: &'a TestApp, lang: Lang) -> Self {
        Self { app, lang, cookies: RefCell::default() }
    }

    pub(crate) async fn get(&self, uri: &str) -> Answer {
        self.send(Request::get(uri), Body::empty()).await
    }

    /// A form as it stands on the page `from`.
    pub(crate) async fn submit(&self, from: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.submit_raw(from, action, body).await
    }

    pub(crate) async fn submit_raw(&self, from: &str, action: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(action)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("https://sapar.test{from}"))
            .header("sec-fetch-site", "same-origin");
        self.send(request, body.into()).await
    }

    async fn send(&self, request: http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(header::ACCEPT_LANGUAGE, self.lang.code())
            .header(header::COOKIE, cookies.join("; "));
        let answer = self.app.send(request.body(body).unwrap()).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Goes where the answer leads, until something is shown.
    #[track_caller]
    pub(crate) fn follow(&self, answer: Answer) -> impl Future<Output = Answer> {
        assert!(answer.status.is_redirection(), "{} {}", answer.status, shown(&answer));
        async move {
            let mut answer = answer;
            for _ in 0..5 {
                if !answer.status.is_redirection() {
                    return answer;
                }
                let next = answer.header("location").trim_start_matches("https://sapar.test").to_owned();
                assert!(next.starts_with('/'), "led out of the house: {next}");
                answer = self.get(next.split('#').next().unwrap()).await;
            }
            panic!("led on and on");
        }
    }

    /// Step 1. `counts` as typed, by ticket type.
    pub(crate) async fn hold(&self, tour: &Tour, slug: &str, counts: &[(String, &str)]) -> Answer {
        let departure = tour.departure.to_string();
        let keys: Vec<String> = counts.iter().map(|(id, _)| format!("counts[t{id}]")).collect();
        let mut fields = vec![("lang", self.lang.code()), ("slug", slug), ("departure", &departure)];
        fields.extend(keys.iter().zip(counts).map(|(key, (_, count))| (key.as_str(), *count)));
        self.submit(&paths::tour(self.lang, "tour-one"), "/fn/orders/hold", &fields).await
    }

    /// Step 1 with so many adults; the order's token.
    pub(crate) async fn held(&self, tour: &Tour, adults: &str) -> String {
        let answer = self.hold(tour, "tour-one", &[(tour.adult.to_string(), adults)]).await;
        let prefix = paths::checkout_order(self.lang, "");
        answer.header("location").strip_prefix(&prefix).unwrap_or_else(|| panic!("not held: {answer:?}")).to_owned()
    }

    /// Step 2.
    pub(crate) async fn pay(&self, token: &str, name: &str, phone: &str, email: &str) -> Answer {
        let fields = [("lang", self.lang.code()), ("token", token), ("name", name), ("phone", phone), ("email", email)];
        self.submit(&paths::checkout_order(self.lang, token), "/fn/pay_order", &fields).await
    }

    pub(crate) async fn pay_well(&self, token: &str) -> Answer {
        self.pay(token, "Айгүл Сәтбаева", "8 701 123 45 67", "aigul@example.kz").await
    }
}

/// A page's text as a reader sees it: character references read, the comments between dynamic parts left out.
pub(crate) fn shown(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body).replace("<!>", "");
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    known.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// Asserts that the page has this status, is in this language and says this.
#[track_caller]
pub(crate) fn says(answer: &Answer, status: u16, lang: Lang, words: &str) {
    let page = shown(answer);
    assert_eq!(answer.status, status, "{words}: {page}");
    assert!(page.contains(&format!("<html lang=\"{}\"", lang.code())), "not in {lang}: {}", &page[..page.len().min(300)]);
    assert!(page.contains(words), "{lang}: {words:?} is not on the page: {page}");
}
