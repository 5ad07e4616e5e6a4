//! What people and machines put into the forms of the pages, sent without a script.
use crate::{
    browser::{Browser, says},
    common::TestApp,
    signed,
    world::{Post, drain, worker},
};
use futures::future::join_all;
use jiff::SignedDuration;
use sapar_domain::{
    payments::{self, provider::Outcome},
    testing::TourBuilder,
};
use sapar_shared::{Lang, paths, tr};
use sqlx::PgPool;
use std::sync::{Arc, atomic::Ordering};
use uuid::Uuid;

const ORDERS: &str = "select count(*) from orders";
const HELD: &str = "select sum(held)::bigint from stock";

#[sqlx::test(migrations = "./migrations")]
async fn counts_that_are_none_are_refused_in_words(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let quantity = tr::tour::err_quantity(lang);
        let adults = |typed: &'static str| vec![(tour.adult.to_string(), typed)];
        // One ticket each of more types than a tour has, or an order may hold.
        let many: Vec<(String, &str)> = (0..101_u128).map(|n| (Uuid::from_u128(n + 1).to_string(), "1")).collect();
        for (counts, words) in [
            (adults("-1"), quantity),
            (adults("11"), quantity),
            (adults("51"), quantity),
            (adults("2147483647"), quantity),
            (adults("2147483648"), quantity),
            (adults("99999999999999999999999999"), quantity),
            (adults("1e3"), quantity),
            (adults("٣"), quantity),
            (adults("<script>"), quantity),
            (many, quantity),
            (adults(""), tr::tour::err_nothing_chosen(lang)),
            (adults("0"), tr::tour::err_nothing_chosen(lang)),
            (vec![], tr::tour::err_nothing_chosen(lang)),
            (vec![("kok-tobe".into(), "1")], tr::tour::err_not_on_sale(lang)),
        ] {
            let page = browser.follow(browser.hold(&tour, "tour-one", &counts).await).await;
            says(&page, 200, lang, words);
        }
    }
    assert_eq!((app.count(ORDERS).await, app.count(HELD).await), (0, 0));
}

#[sqlx::test(migrations = "./migrations")]
async fn ids_of_others_and_of_nobody_buy_nothing(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let other = app.tour(TourBuilder::new("two")).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let page = browser.follow(browser.hold(&tour, "tour-one", &[(other.adult.to_string(), "1")]).await).await;
        says(&page, 200, lang, tr::tour::err_not_on_sale(lang));
        for (departure, words) in [
            (Uuid::from_u128(1).to_string(), tr::tour::err_not_on_sale(lang)),
            ("7".into(), tr::tour::err_no_departure(lang)),
            (String::new(), tr::tour::err_no_departure(lang)),
        ] {
            let count = format!("counts[t{}]", tour.adult);
            let fields = [("lang", lang.code()), ("slug", "tour-one"), ("departure", departure.as_str()), (&count, "1")];
            let answer = browser.submit(&paths::tour(lang, "tour-one"), "/fn/orders/hold", &fields).await;
            says(&browser.follow(answer).await, 200, lang, words);
        }
        // A slug that is none leads to no page but the one that says so, and never out of the house.
        for slug in ["nowhere", "//evil.example", "../../orders/x", "a\r\nSet-Cookie: x=1"] {
            let page = browser.follow(browser.hold(&other, slug, &[(tour.adult.to_string(), "1")]).await).await;
            says(&page, 404, lang, tr::errors::not_found_title(lang));
        }
        let fields = [("lang", lang.code()), ("token", "NOBODY")];
        for action in ["/fn/pay_order", "/fn/resume_payment", "/fn/cancel_order"] {
            let answer = browser.submit(&paths::order(lang, "NOBODY"), action, &fields).await;
            says(&browser.follow(answer).await, 404, lang, tr::order::lost_title(lang));
        }
    }
    assert_eq!((app.count(ORDERS).await, app.count(HELD).await), (0, 0));
}

#[sqlx::test(migrations = "./migrations")]
async fn buyers_at_once_of_the_last_places_hold_them_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(3)).await;
    let browsers: Vec<Browser<'_>> = (0..9).map(|n| Browser::new(&app, Lang::ALL[n % 3])).collect();
    let one = [(tour.adult.to_string(), "1")];
    let answers = join_all(browsers.iter().map(|browser| browser.hold(&tour, "tour-one", &one))).await;
    let (won, lost): (Vec<_>, Vec<_>) =
        browsers.iter().zip(answers).partition(|(_, answer)| answer.header("location").contains("/checkout/"));
    assert_eq!((won.len(), app.count(HELD).await, app.count(ORDERS).await), (3, 3, 3));
    for (browser, answer) in lost {
        says(&browser.follow(answer).await, 200, browser.lang, tr::tour::err_sold_out(browser.lang));
    }
    for (browser, answer) in won {
        says(&browser.follow(answer).await, 200, browser.lang, tr::checkout::contact(browser.lang));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_hold_that_ran_out_is_told_and_not_paid(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(3)).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let token = browser.held(&tour, "1").await;
        app.later(SignedDuration::from_mins(61));
        let page = browser.follow(browser.pay_well(&token).await).await;
        says(&page, 200, lang, tr::order::expired(lang));
        payments::expire_due(&app.services).await.unwrap();
        let page = browser.follow(browser.get(&paths::checkout_order(lang, &token)).await).await;
        says(&page, 200, lang, tr::order::expired(lang));
        let fields = [("lang", lang.code()), ("token", token.as_str())];
        let answer = browser.submit(&paths::order(lang, &token), "/fn/cancel_order", &fields).await;
        says(&browser.follow(answer).await, 200, lang, tr::order::expired(lang));
    }
    assert_eq!((app.count(HELD).await, app.count("select count(*) from payments").await), (0, 0));
}

#[sqlx::test(migrations = "./migrations")]
async fn malformed_contacts_come_back_marked_and_as_typed(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let token = browser.held(&tour, "1").await;
        for phone in ["12", "phone", "+7 101 123 45 67", "87011234567x", "+7701123456789", "٧٠١١٢٣٤٥٦٧", "<b>87011234567</b>"]
        {
            let page = browser.follow(browser.pay(&token, "Айгүл", phone, "aigul@example.kz").await).await;
            says(&page, 200, lang, tr::checkout::err_phone(lang));
            says(&page, 200, lang, phone);
            assert!(!page.text().contains("<b>87011234567"), "what was typed stays text");
        }
        let page = browser.follow(browser.pay(&token, "", "", "").await).await;
        for words in
            [tr::checkout::err_name_missing(lang), tr::checkout::err_phone_missing(lang), tr::checkout::err_email_missing(lang)]
        {
            says(&page, 200, lang, words);
        }
        let page = browser.follow(browser.pay(&token, "7", "87011234567", "a@b.kz\r\nBcc: x@y.kz").await).await;
        says(&page, 200, lang, tr::checkout::err_name(lang));
        says(&page, 200, lang, tr::checkout::err_email(lang));
        assert_eq!(app.count("select count(*) from payments where status = 'created'").await, 0);
        let paid = browser.pay_well(&token).await;
        assert!(paid.header("location").starts_with("https://pay.test/"), "the hold has waited: {paid:?}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn markup_in_a_name_is_shown_as_it_was_typed(pool: PgPool) {
    const NAME: &str = "<script>alert('Ә')</script>&amp;";
    let ((app, _), post) = (signed::app(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one")).await;
    let browser = Browser::new(&app, Lang::Kk);
    let token = browser.held(&tour, "1").await;
    assert!(
        browser.pay(&token, NAME, "87011234567", "aigul@example.kz").await.header("location").starts_with("https://pay.test/")
    );
    let number = app.get(&format!("/api/v1/orders/{token}")).await.json()["number"].as_str().unwrap().to_owned();
    let report = app.provider.decide(&number, Outcome::Succeeded);
    assert_eq!(signed::verdict(&signed::call(&app, signed::callback(&report)).await), "ok");
    drain(&worker(&app, &post)).await;
    let page = browser.get(&paths::order(Lang::Kk, &token)).await;
    says(&page, 200, Lang::Kk, tr::order::paid(Lang::Kk));
    assert!(page.text().contains("&lt;script"), "the name is there");
    assert!(!page.text().contains("<script>alert"), "as text");
    {
        let mails = post.mails.lock().unwrap();
        assert!(!mails[0].html.contains("<script") && mails[0].html.contains("alert("), "{}", mails[0].html);
        assert_eq!(mails[0].to_name, NAME);
    }
    let list = app.get_as(&app.token("one").await, &format!("/api/v1/departures/{}/tickets", tour.departure)).await;
    assert_eq!(list.json()["tickets"][0]["name"], NAME);
}

#[sqlx::test(migrations = "./migrations")]
async fn bodies_that_are_huge_or_no_text_change_nothing_and_are_told_so(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let from = paths::tour(lang, "tour-one");
        let good = format!("lang={}&slug=tour-one&departure={}&counts[t{}]=1", lang.code(), tour.departure, tour.adult);
        let huge = format!("{good}&more={}", "x".repeat(10 << 20)).into_bytes();
        let broken = [good.as_bytes(), b"&more=\xff\xfe"].concat();
        for body in [huge, broken, b"\xff\xfe".to_vec(), b"lang=de&slug=tour-one".to_vec(), Vec::new()] {
            let answer = browser.submit_raw(&from, "/fn/orders/hold", body).await;
            says(&answer, 400, lang, tr::plain::form_title(lang));
            assert!(answer.text().contains(&format!("href=\"{from}\"")), "back to the page: {answer:?}");
        }
    }
    assert_eq!((app.count(ORDERS).await, app.count(HELD).await), (0, 0));
    // Percent-encoded it can be read, though no name comes of it.
    let browser = Browser::new(&app, Lang::Kk);
    let token = browser.held(&tour, "1").await;
    let body = format!("lang=kk&token={token}&name=%FF%FE&phone=87011234567&email=a%40example.kz");
    let page = browser.follow(browser.submit_raw(&paths::checkout_order(Lang::Kk, &token), "/fn/pay_order", body).await).await;
    says(&page, 200, Lang::Kk, tr::checkout::err_name(Lang::Kk));
    assert_eq!(app.count("select count(*) from payments").await, 0, "nobody pays under a name that cannot be read");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_is_away_costs_no_place_and_is_told(pool: PgPool) {
    let (app, _) = signed::app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    for lang in Lang::ALL {
        app.provider.set_down(true);
        let browser = Browser::new(&app, lang);
        let token = browser.held(&tour, "1").await;
        let page = browser.follow(browser.pay_well(&token).await).await;
        says(&page, 200, lang, tr::order::no_page(lang));
        let fields = [("lang", lang.code()), ("token", token.as_str())];
        let again = browser.submit(&paths::order(lang, &token), "/fn/resume_payment", &fields).await;
        says(&browser.follow(again).await, 200, lang, tr::order::no_page(lang));
        app.provider.set_down(false);
        let there = browser.submit(&paths::order(lang, &token), "/fn/resume_payment", &fields).await;
        assert!(there.header("location").starts_with("https://pay.test/"), "{there:?}");
    }
    assert_eq!((app.count(HELD).await, app.count("select count(*) from payments").await), (3, 3));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_answers_late_opens_one_payment_however_often_the_button_is_pressed(pool: PgPool) {
    let (app, provider) = signed::app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let browser = Browser::new(&app, Lang::Ru);
    let token = browser.held(&tour, "1").await;
    provider.hangs.store(true, Ordering::SeqCst);
    // The customer loses patience three times; each time the browser hangs up.
    for _ in 0..3 {
        let pressed = browser.pay_well(&token);
        tokio::select! {
            answer = pressed => panic!("answered: {answer:?}"),
            () = until_hanging(&app) => {}
        }
    }
    provider.hangs.store(false, Ordering::SeqCst);
    let there = browser.pay_well(&token).await;
    assert_eq!(there.header("location"), "https://pay.test/1");
    assert_eq!(app.count("select count(*) from payments").await, 1);
}

/// Until a payment stands in the books that no provider has heard of.
async fn until_hanging(app: &TestApp) {
    while app.count("select count(*) from payments where status = 'created'").await == 0 {
        tokio::task::yield_now().await;
    }
}
