//! Addresses that lead nowhere, and pages of a house whose database is away.
use crate::{
    browser::{Browser, says},
    common::{Answer, TestApp},
    world::placed,
};
use sapar_domain::{
    accounts::{self, NewAccount},
    testing::{Tour, TourBuilder},
};
use sapar_shared::{Lang, contact::Email, paths, roles::Role, tr};
use sqlx::PgPool;

#[sqlx::test(migrations = "./migrations")]
async fn what_there_is_not_is_said_in_the_visitors_language(pool: PgPool) {
    let app = TestApp::new(pool);
    app.tour(TourBuilder::new("one")).await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        for nowhere in [
            "tours/nowhere",
            "tours/%FF",
            "tours/%00",
            "tours/tour-one%27--",
            "tours/%3Cscript%3E",
            "partners/nowhere",
            "orders/NOBODY",
            "orders/%FF%FE",
            "orders/00000000-0000-7000-8000-000000000000",
            "checkout/NOBODY",
            "nothing/at/all",
        ] {
            let page = browser.get(&format!("/{lang}/{nowhere}")).await;
            let order = ["orders/", "checkout/"].iter().any(|prefix| nowhere.starts_with(prefix));
            says(&page, 404, lang, if order { tr::order::lost_title(lang) } else { tr::errors::not_found_title(lang) });
        }
        // A download that fails is told by the browser itself.
        for nowhere in
            ["/files/orders/NOBODY/tickets.pdf", "/files/orders/NOBODY/calendar.ics", "/files/pictures/..%2Fsecret.webp"]
        {
            assert_eq!(browser.get(nowhere).await.status, 404);
        }
    }
}

/// leptos stops every resource of the process while it looks for the pages' addresses.
#[sqlx::test(migrations = "./migrations")]
async fn pages_are_made_while_another_router_is(pool: PgPool) {
    let app = TestApp::new(pool.clone());
    let others = tokio::task::spawn_blocking(move || {
        for _ in 0..50 {
            TestApp::new(pool.clone());
        }
    });
    let lang = Lang::Kk;
    let browser = Browser::new(&app, lang);
    let mut pages = 0;
    while pages == 0 || !others.is_finished() {
        let page = browser.get(&paths::sign_in_step(lang)).await;
        assert_eq!(page.status, 302, "page {pages}");
        pages += 1;
    }
    others.await.unwrap();
}

/// What is shown in the end.
async fn led(browser: &Browser<'_>, uri: &str) -> Answer {
    let answer = browser.get(uri).await;
    if answer.status.is_redirection() { browser.follow(answer).await } else { answer }
}

/// Somebody who works for the tour's organiser, signed in.
async fn signed_in<'a>(app: &'a TestApp, tour: &Tour, lang: Lang, email: &str) -> Browser<'a> {
    let address = Email::parse(email).unwrap();
    let new = NewAccount {
        email: &address,
        name: "Айгерім",
        password: "a long password",
        membership: Some((tour.organisation, Role::Manager)),
    };
    accounts::create_account(&mut app.services.conn().await.unwrap(), &app.services.ctx, &new).await.unwrap();
    let browser = Browser::new(app, lang);
    let fields = [("lang", lang.code()), ("email", email), ("password", "a long password"), ("next", "")];
    let page = browser.follow(browser.submit(&paths::sign_in(lang), "/fn/sign-in", &fields).await).await;
    says(&page, 200, lang, tr::partner::scan(lang));
    browser
}

#[sqlx::test(migrations = "./migrations")]
async fn the_cabinet_shows_nothing_of_others(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let other = app.tour(TourBuilder::new("two")).await;
    let (_, codes) = app.paid(&tour, 1).await;
    for lang in Lang::ALL {
        let stranger = signed_in(&app, &other, lang, &format!("{lang}@example.kz")).await;
        for foreign in [tour.departure.to_string(), "7".into(), "00000000-0000-7000-8000-000000000000".into()] {
            let page = stranger.get(&format!("/{lang}/partner/departures/{foreign}")).await;
            says(&page, 404, lang, tr::partner::not_found_title(lang));
            assert!(!page.text().contains("77011234567"), "no passenger's phone");
        }
        for code in [codes[0].as_str(), "7K2M9QXA03TB", "%FF", "%3Cscript%3E"] {
            let page = stranger.get(&format!("/{lang}/partner/tickets/{code}")).await;
            says(&page, 200, lang, tr::gate::unknown(lang));
        }
        let fields = [("lang", lang.code()), ("code", codes[0].as_str()), ("whole", "true")];
        let page = stranger.submit(&paths::partner_ticket(lang, &codes[0]), "/fn/partner-activate", &fields).await;
        says(&stranger.follow(page).await, 200, lang, tr::gate::unknown(lang));
        // Nobody at all is shown the door.
        let nobody = Browser::new(&app, lang);
        let page = nobody.follow(nobody.get(&format!("/{lang}/partner/departures/{}", tour.departure)).await).await;
        says(&page, 200, lang, tr::sign_in::title(lang));
        let fields = [("lang", lang.code()), ("email", "kk@example.kz"), ("password", "guessed"), ("next", "//evil.example")];
        let page = nobody.follow(nobody.submit(&paths::sign_in(lang), "/fn/sign-in", &fields).await).await;
        says(&page, 200, lang, tr::sign_in::wrong(lang));
    }
    assert_eq!(app.count("select count(*) from tickets where status = 'activated'").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn without_a_database_every_page_says_so_in_the_visitors_language(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (_, token) = placed(&app, &tour, 1).await;
    let cabinet = signed_in(&app, &tour, Lang::Ru, "aigerim@example.kz").await;
    app.services.pool.close().await;
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let words = tr::errors::unavailable_title(lang);
        for page in [paths::home(lang), paths::search(lang), paths::tour(lang, "tour-one"), paths::organisation(lang, "one")] {
            says(&browser.get(&page).await, 503, lang, words);
        }
        for page in [paths::order(lang, &token), paths::checkout_order(lang, &token), paths::order_return(lang, &token)] {
            says(&led(&browser, &page).await, 503, lang, words);
        }
        says(&browser.get(&format!("/o/{token}")).await, 503, lang, words);
        let document = browser.get(&format!("/files/orders/{token}/tickets.pdf")).await;
        assert_eq!((document.status.as_u16(), document.header("retry-after")), (503, "1"));
        // A form is answered, too, and what it leads to says that nothing was changed.
        let count = format!("counts[t{}]", tour.adult);
        let departure = tour.departure.to_string();
        let fields = [("lang", lang.code()), ("slug", "tour-one"), ("departure", departure.as_str()), (&count, "1")];
        let answer = browser.submit(&paths::tour(lang, "tour-one"), "/fn/orders/hold", &fields).await;
        assert!(answer.header("location").contains("error=unavailable"), "{answer:?}");
        says(&browser.follow(answer).await, 503, lang, words);
        says(&browser.follow(browser.pay_well(&token).await).await, 503, lang, words);
        let fields = [("lang", lang.code()), ("email", "kk@example.kz"), ("password", "x"), ("next", "")];
        let answer = browser.submit(&paths::sign_in(lang), "/fn/sign-in", &fields).await;
        says(&browser.follow(answer).await, 200, lang, tr::enter::err_unavailable(lang));
        let page = cabinet.get(&paths::partner(lang)).await;
        says(&page, 503, lang, tr::partner::offline_title(lang));
    }
}
