//! Cards that the provider keeps: the page, what it tells, and that it forgets.
use crate::world::{World, bind, client_of, serve};
use axum::{
    Router,
    body::Bytes,
    extract::{OriginalUri, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use reqwest::header;
use sapar_domain::{
    partners::CardToken,
    payments::provider::{CallbackError, CardCallback, PaymentProvider as _, ProviderError, StoreCard, Verdict},
};
use sapar_providers::FreedomPay;
use sapar_shared::Lang;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

type Heard = Arc<Mutex<Vec<Result<CardCallback, CallbackError>>>>;

struct Shop {
    world: World,
    heard: Heard,
    base: String,
}

async fn hear(State((heard, client)): State<(Heard, Arc<FreedomPay>)>, OriginalUri(uri): OriginalUri, body: Bytes) -> Response {
    let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
    let read = client.read_card_callback(uri.path(), &fields);
    let held = read.is_ok();
    heard.lock().unwrap().push(read);
    if held {
        client.callback_reply(uri.path(), Verdict::Ok, "", "salt").into_response()
    } else {
        StatusCode::BAD_REQUEST.into_response()
    }
}

impl Shop {
    async fn new() -> Self {
        let world = World::new().await;
        let (listener, base) = bind().await;
        let heard = Heard::default();
        let state = (Arc::clone(&heard), Arc::new(client_of(&world.base)));
        serve(listener, Router::new().route("/cards/{token}", post(hear)).with_state(state));
        Self { world, heard, base }
    }

    async fn page(&self, customer: &str) -> String {
        self.page_in(Lang::Ru, customer).await
    }

    async fn page_in(&self, lang: Lang, customer: &str) -> String {
        let card = StoreCard {
            customer: customer.to_owned(),
            result_url: format!("{}/cards/T{customer}", self.base),
            return_url: format!("{}/back", self.base),
            lang,
        };
        self.world.client.store_card(&card).await.unwrap()
    }

    async fn press(&self, page: &str, choice: &str) -> StatusCode {
        let request = self.world.http.post(page).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = request.body(format!("choice={choice}")).send().await.unwrap();
        if response.status() == StatusCode::SEE_OTHER {
            assert_eq!(response.headers()[header::LOCATION], format!("{}/back", self.base));
        }
        response.status()
    }

    fn last(&self) -> Result<CardCallback, CallbackError> {
        self.heard.lock().unwrap().pop().expect("something was heard")
    }

    fn count(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

#[tokio::test]
async fn a_card_is_kept_told_and_forgotten() {
    let shop = Shop::new().await;
    let page = shop.page("1").await;
    assert!(page.starts_with(&shop.world.base));
    assert_eq!(shop.press(&page, "visa").await, StatusCode::SEE_OTHER);
    let callback = shop.last().unwrap();
    let card = callback.card.unwrap();
    assert_eq!((callback.customer.as_str(), card.face.last_four.as_str()), ("1", "1234"));
    assert_eq!(card.face.expiry().as_deref(), Some("09/31"));
    assert_eq!(shop.press(&page, "mastercard").await, StatusCode::CONFLICT, "a page is used once");
    let client = &shop.world.client;
    let other = client.remove_card("2", &card.token).await;
    assert!(other.is_ok(), "there is no such card of another customer, so nothing is left to forget");
    for _ in 0..2 {
        client.remove_card("1", &card.token).await.unwrap();
    }
    client.remove_card("1", &CardToken::parse("never").unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_card_may_be_declined_or_never_be_entered() {
    let shop = Shop::new().await;
    let left = shop.page("1").await;
    let html = shop.world.http.get(&left).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(&format!("href=\"{}/back\"", shop.base)) && !html.contains("<script") && !html.contains("<input"));
    assert_eq!(shop.count(), 0, "whoever leaves tells nothing");
    assert_eq!(shop.press(&shop.page("2").await, "decline").await, StatusCode::SEE_OTHER);
    let callback = shop.last().unwrap();
    assert_eq!((callback.customer.as_str(), callback.card), ("2", None));
}

/// The shop's language, whatever the browser's is; the browser's where there is no such page.
#[tokio::test]
async fn its_page_is_in_the_language_of_the_page_before() {
    let shop = Shop::new().await;
    let read = async |page: &str, browser: &str| {
        let response = shop.world.http.get(page).header(header::ACCEPT_LANGUAGE, browser).send().await.unwrap();
        response.text().await.unwrap()
    };
    for (lang, word) in
        [(Lang::Ru, "выберите тестовую карту"), (Lang::Kk, "сынақ картасын таңдаңыз"), (Lang::En, "choose a test card")]
    {
        let page = shop.page_in(lang, lang.code()).await;
        let html = read(&page, "de,kk;q=0.5").await;
        assert!(html.contains(word) && html.contains(&format!("lang=\"{lang}\"")), "{lang}: {html}");
        shop.press(&page, "decline").await;
        assert!(read(&page, "ru").await.contains(&format!("lang=\"{lang}\"")), "{lang}");
    }
    for (browser, word) in [("kk-KZ,ru;q=0.8", "Бет табылмады"), ("", "Страница не найдена")] {
        let unknown = read(&format!("{}/card/none", shop.world.base), browser).await;
        assert!(unknown.contains(word), "{browser}: {unknown}");
    }
}

#[tokio::test]
async fn it_is_told_late_twice_or_with_a_wrong_signature() {
    let shop = Shop::new().await;
    shop.press(&shop.page("1").await, "late").await;
    assert_eq!(shop.count(), 0);
    for _ in 0..500 {
        if shop.count() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(shop.last().unwrap().card.is_some());
    shop.press(&shop.page("2").await, "twice").await;
    assert_eq!(shop.count(), 2);
    let (second, first) = (shop.last(), shop.last());
    assert_eq!(first.unwrap().card, second.unwrap().card);
    shop.press(&shop.page("3").await, "forged").await;
    assert_eq!(shop.last(), Err(CallbackError::Signature));
}

#[tokio::test]
async fn an_outage_is_told_as_one() {
    let shop = Shop::new().await;
    shop.world.post_json("/control/outage", &serde_json::json!({ "payments": true })).await;
    let card = StoreCard {
        customer: "1".into(),
        result_url: format!("{}/cards/T1", shop.base),
        return_url: format!("{}/back", shop.base),
        lang: Lang::Ru,
    };
    let away = shop.world.client.store_card(&card).await;
    assert!(matches!(away, Err(ProviderError::Unreachable(_))), "{away:?}");
}
