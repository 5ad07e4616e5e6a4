//! From the sign-up to the second sign-in, by forms alone.
use crate::{
    browser::{Browser, says, shown},
    common::TestApp,
    world::{Post, drain, worker},
};
use jiff::SignedDuration;
use sapar_shared::{Lang, paths, tr};
use sqlx::PgPool;
use std::sync::Arc;

pub(crate) const SECRET: &str = "көлсай-2026";

/// The path of the link in the latest mail.
pub(crate) fn link(post: &Post) -> String {
    let mails = post.mails.lock().unwrap();
    let text = &mails.last().unwrap().text;
    let at = text.find("https://sapar.test/").unwrap();
    text[at..].split_whitespace().next().unwrap().trim_start_matches("https://sapar.test").to_owned()
}

/// The path of the link in the latest mail to an address.
fn link_to(post: &Post, address: &str) -> String {
    let mails = post.mails.lock().unwrap();
    let text = &mails.iter().rfind(|mail| mail.to == address).unwrap().text;
    let at = text.find("https://sapar.test/").unwrap();
    text[at..].split_whitespace().next().unwrap().trim_start_matches("https://sapar.test").to_owned()
}

pub(crate) async fn sign_up(
    browser: &Browser<'_>,
    name: &str,
    phone: &str,
    email: &str,
    password: &str,
) -> crate::common::Answer {
    let lang = browser.lang;
    let fields =
        [("lang", lang.code()), ("name", name), ("phone", phone), ("email", email), ("password", password), ("next", "")];
    browser.submit(&paths::sign_up(lang), "/fn/sign-up", &fields).await
}

#[sqlx::test(migrations = "./migrations")]
async fn one_signs_up_confirms_and_signs_in_without_a_script(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let worker = worker(&app, &post);
    for lang in Lang::ALL {
        let email = format!("{lang}@example.kz");
        let browser = Browser::new(&app, lang);
        let page = browser.follow(sign_up(&browser, "Айгүл", "8 701 123 45 67", &email, SECRET).await).await;
        says(&page, 200, lang, tr::enter::banner_title(lang));
        assert!(page.header("cache-control").contains("no-store"), "{}", page.header("cache-control"));
        drain(&worker).await;
        let confirm = link(&post);
        let page = browser.get(&confirm).await;
        says(&page, 200, lang, tr::enter::confirm_submit(lang));
        assert!(!shown(&page).contains("type=\"password\""), "the session is enough");
        // Elsewhere the page asks for a password, and looking has changed nothing.
        says(&Browser::new(&app, lang).get(&confirm).await, 200, lang, tr::enter::confirm_password(lang));
        let token = confirm.rsplit('/').next().unwrap();
        let answer = browser.submit(&confirm, "/fn/confirm-link", &[("lang", lang.code()), ("token", token)]).await;
        let page = browser.follow(answer).await;
        says(&page, 200, lang, tr::me::done_email(lang));
        assert!(!shown(&page).contains(tr::enter::banner_title(lang)));
        says(&browser.get(&confirm).await, 410, lang, &tr::enter::proven_text(lang, &email));
        // Where nobody is signed in it offers the door.
        let elsewhere = Browser::new(&app, lang).get(&confirm).await;
        says(&elsewhere, 410, lang, tr::enter::proven_title(lang));
        assert!(shown(&elsewhere).contains(&format!("{}?next=", paths::sign_in(lang))), "no way in");
        assert!(!shown(&elsewhere).contains("/fn/confirm-link"), "the button is gone");
        for part in [paths::my_orders(lang), paths::my_profile(lang), paths::my_security(lang), paths::my_data(lang)] {
            says(&browser.get(&part).await, 200, lang, tr::me::overview(lang));
        }
        let other = Browser::new(&app, lang);
        let fields = [("lang", lang.code()), ("email", email.as_str()), ("password", SECRET), ("next", "")];
        let page = other.follow(other.submit(&paths::sign_in(lang), "/fn/sign-in", &fields).await).await;
        says(&page, 200, lang, &email);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn what_was_typed_comes_back_marked_but_for_the_password(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        let page = browser.follow(sign_up(&browser, "Әйгерім & <b>", "12", "not an e-mail", "qwerty123").await).await;
        for words in [tr::enter::err_phone(lang), tr::enter::err_email(lang), tr::enter::err_password_common(lang)] {
            says(&page, 200, lang, words);
        }
        says(&page, 200, lang, "Әйгерім & <b>");
        assert!(!shown(&page).contains("qwerty123"));
    }
    assert_eq!(app.count("select count(*) from accounts").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn pages_of_an_account_lead_a_guest_to_the_door(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let guest = Browser::new(&app, lang);
        says(&guest.get(&paths::me(lang)).await, 200, lang, tr::account::me_guest(lang));
        for part in [paths::my_orders(lang), paths::my_profile(lang), paths::my_security(lang), paths::my_data(lang)] {
            let answer = guest.get(&part).await;
            assert_eq!(answer.status, 302, "{part}");
            says(&guest.follow(answer).await, 200, lang, tr::sign_in::title(lang));
        }
        let answer = guest.get(&paths::sign_in_step(lang)).await;
        assert_eq!(answer.status, 302, "no sign-in waits for its second step");
        says(&guest.follow(answer).await, 200, lang, tr::sign_in::title(lang));
        for (action, page) in [("/fn/change-password", paths::my_security(lang)), ("/fn/end-sessions", paths::my_security(lang))]
        {
            let fields = [("lang", lang.code()), ("current", "x"), ("wanted", SECRET)];
            let answer = guest.submit(&page, action, &fields).await;
            says(&guest.follow(answer).await, 200, lang, tr::sign_in::title(lang));
        }
        for page in [paths::confirm(lang, "NOBODY"), paths::reset_to(lang, "NOBODY")] {
            let ended = guest.get(&page).await;
            for words in [tr::enter::over_title(lang), tr::enter::over_guest(lang), tr::sign_in::submit(lang)] {
                says(&ended, 410, lang, words);
            }
        }
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_new_password_by_mail_and_a_code_by_message(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let worker = worker(&app, &post);
    let lang = Lang::Kk;
    let browser = Browser::new(&app, lang);
    sign_up(&browser, "Айгүл", "8 701 123 45 67", "aigul@example.kz", SECRET).await;
    drain(&worker).await;
    // Known or not, the page says the same.
    for email in ["nobody@example.kz", "aigul@example.kz"] {
        let guest = Browser::new(&app, lang);
        let answer = guest.submit(&paths::reset(lang), "/fn/ask-reset", &[("lang", "kk"), ("email", email)]).await;
        says(&guest.follow(answer).await, 200, lang, tr::enter::reset_sent_title(lang));
    }
    drain(&worker).await;
    assert_eq!(post.mailed(), 2, "one to confirm, one to a new password");
    let reset = link(&post);
    let guest = Browser::new(&app, lang);
    says(&guest.get(&reset).await, 200, lang, tr::enter::reset_to_submit(lang));
    let token = reset.rsplit('/').next().unwrap();
    let fields = [("lang", "kk"), ("token", token), ("password", "шарын-2027")];
    let page = guest.follow(guest.submit(&reset, "/fn/reset-password", &fields).await).await;
    says(&page, 200, lang, "aigul@example.kz");
    says(&page, 200, lang, tr::me::done_password(lang));
    drain(&worker).await;
    assert_eq!(post.mailed(), 3, "the owner is told of the new password");
    says(&browser.get(&paths::me(lang)).await, 200, lang, tr::account::me_guest(lang));

    // A code is asked for by a number that nobody has proven: the page says that it was sent, and nothing is.
    let stranger = Browser::new(&app, lang);
    let fields = [("lang", "kk"), ("phone", "8 701 123 45 67"), ("next", "")];
    let answer = stranger.submit(&paths::sign_in_code(lang), "/fn/ask-code", &fields).await;
    let request = answer.header("location").rsplit("request=").next().unwrap().to_owned();
    says(&stranger.follow(answer).await, 200, lang, tr::enter::code_sent(lang));
    drain(&worker).await;
    assert_eq!(post.texted(), 0);
    let fields = [("lang", "kk"), ("request", request.as_str()), ("code", "000000"), ("next", "")];
    let answer = stranger.submit(&paths::sign_in_code(lang), "/fn/sign-in-code", &fields).await;
    says(&stranger.follow(answer).await, 200, lang, tr::enter::code_wrong(lang));
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_comes_to_become_a_partner_is_led_to_a_new_account_and_back(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let guest = Browser::new(&app, lang);
        let start = paths::partner_start(lang);
        let answer = guest.get(&start).await;
        assert_eq!(answer.status, 302);
        let door = answer.header("location").to_owned();
        assert!(door.contains("/sign-up?next="), "{door}");
        let page = guest.follow(answer).await;
        says(&page, 200, lang, tr::enter::up_organiser_text(lang));
        // Whoever has an account takes the other door, to the same place.
        let (_, next) = door.split_once('?').unwrap();
        assert!(shown(&page).contains(&format!("{}?{next}", paths::sign_in(lang))), "no way to sign in");
        let email = format!("{lang}@example.kz");
        let fields = [
            ("lang", lang.code()),
            ("name", "Дәурен"),
            ("phone", "8 701 123 45 67"),
            ("email", email.as_str()),
            ("password", SECRET),
            ("next", start.as_str()),
        ];
        let answer = guest.submit(&door, "/fn/sign-up", &fields).await;
        assert!(answer.header("location").ends_with(&start), "{}", answer.header("location"));
        says(&guest.follow(answer).await, 200, lang, tr::organisation::start_lead(lang));
        // The rest of the cabinet is for those who have one.
        let other = Browser::new(&app, lang).get(&paths::partner(lang)).await;
        assert!(other.header("location").contains("/sign-in?next="), "{}", other.header("location"));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_waits_for_the_letter_may_have_it_again_or_elsewhere(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let worker = worker(&app, &post);
    let lang = Lang::Kk;
    let owner = Browser::new(&app, lang);
    sign_up(&owner, "Дәурен", "8 701 123 45 67", "mistaken@example.kz", SECRET).await;
    let step = paths::partner_start(lang);
    let fields = [("lang", "kk"), ("name", "Көлсай Тур"), ("bin", "971240001315"), ("next", step.as_str())];
    owner.submit(&step, "/fn/cabinet-start-company", &fields).await;
    let waiting = paths::partner_organisation(lang);
    let page = owner.get(&waiting).await;
    for words in [tr::enter::banner_again(lang), tr::me::mistyped(lang)] {
        says(&page, 200, lang, words);
    }
    drain(&worker).await;
    // The letter of the sign-up counts: of one mailbox's five in an hour four are left.
    for sent in 2..=5 {
        owner.submit(&waiting, "/fn/resend-confirmation", &[("lang", "kk")]).await;
        drain(&worker).await;
        assert_eq!(post.mailed(), sent);
    }
    let answer = owner.submit(&waiting, "/fn/resend-confirmation", &[("lang", "kk")]).await;
    assert!(answer.header("location").contains("error=wait-"), "{}", answer.header("location"));
    says(&owner.follow(answer).await, 200, lang, &tr::enter::wait(lang, 60));

    let fields = [("lang", "kk"), ("email", "mistyped@example.kz"), ("password", SECRET)];
    let answer = owner.submit(&waiting, "/fn/change-email", &fields).await;
    says(&owner.follow(answer).await, 200, lang, tr::me::done_mistyped(lang));
    drain(&worker).await;
    assert_eq!(post.mailed(), 6, "to the new address alone");
    let confirm = link(&post);
    let token = confirm.rsplit('/').next().unwrap();
    let answer = owner.submit(&confirm, "/fn/confirm-link", &[("lang", "kk"), ("token", token)]).await;
    // What comes next, at once.
    says(&owner.follow(answer).await, 200, lang, tr::organisation::email_now_send(lang));
    let page = owner.get(&waiting).await;
    says(&page, 200, lang, tr::organisation::item_email(lang));
    assert!(!shown(&page).contains(tr::organisation::email_now_send(lang)), "it is no news any more");
    assert!(!shown(&page).contains(tr::enter::banner_again(lang)), "nothing is waited for");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_link_that_ended_offers_another_to_whoever_waits_for_one(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let email = format!("{lang}@example.kz");
        let browser = Browser::new(&app, lang);
        sign_up(&browser, "Айгүл", "8 701 123 45 67", &email, SECRET).await;
        let page = browser.get(&paths::confirm(lang, "NOBODY")).await;
        for words in [tr::enter::over_title(lang), tr::enter::banner_again(lang), &email] {
            says(&page, 410, lang, words);
        }
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn one_tells_of_oneself_by_ones_own_marks(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let email = format!("{lang}@example.kz");
        let browser = Browser::new(&app, lang);
        sign_up(&browser, "Айгүл", "8 701 123 45 67", &email, SECRET).await;
        let profile = paths::my_profile(lang);
        says(&browser.get(&profile).await, 200, lang, tr::me::name_why(lang));
        let told = |name: &'static str, agreed: &'static str| {
            [("lang", lang.code()), ("name", name), ("agreed[name]", "1"), ("city", "Шымкент"), (agreed, "1")]
        };
        let answer = browser.submit(&profile, "/fn/save-profile", &told("Айгүл Ким", "agreed[network]")).await;
        let page = browser.follow(answer).await;
        says(&page, 200, lang, tr::enter::err_consent(lang));
        assert!(!shown(&page).contains("Айгүл Ким") && !shown(&page).contains("Шымкент"), "nothing was taken");
        let answer = browser.submit(&profile, "/fn/save-profile", &told("12", "agreed[city]")).await;
        says(&browser.follow(answer).await, 200, lang, tr::enter::err_name(lang));
        let answer = browser.submit(&profile, "/fn/save-profile", &told("Айгүл Ким", "agreed[city]")).await;
        let page = browser.follow(answer).await;
        for words in [tr::me::done_saved(lang), "Айгүл Ким", "Шымкент"] {
            says(&page, 200, lang, words);
        }
        says(&browser.get(&paths::me(lang)).await, 200, lang, "Айгүл Ким");
        for fact in ["name", "city"] {
            let answer = browser.submit(&profile, "/fn/withdraw-profile", &[("lang", lang.code()), ("fact", fact)]).await;
            says(&browser.follow(answer).await, 200, lang, tr::me::done_withdrawn(lang));
        }
        let page = shown(&browser.get(&profile).await);
        assert!(!page.contains("Айгүл Ким") && !page.contains("Шымкент") && !page.contains(tr::me::told_title(lang)), "{page}");
        says(&browser.get(&paths::me(lang)).await, 200, lang, &format!(">{email}</h2>"));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn security_tells_what_is_wrong_with_a_password(pool: PgPool) {
    let app = TestApp::new(pool);
    for lang in Lang::ALL {
        let browser = Browser::new(&app, lang);
        sign_up(&browser, "Айгүл", "8 701 123 45 67", &format!("{lang}@example.kz"), SECRET).await;
        let page = paths::my_security(lang);
        for (wanted, words) in [(SECRET, tr::enter::err_password_same(lang)), ("qwerty123", tr::enter::err_password_common(lang))]
        {
            let fields = [("lang", lang.code()), ("current", SECRET), ("wanted", wanted)];
            let answer = browser.submit(&page, "/fn/change-password", &fields).await;
            says(&browser.follow(answer).await, 200, lang, words);
        }
        let fields = [("lang", lang.code()), ("current", SECRET), ("wanted", "шарын-2027")];
        let answer = browser.submit(&page, "/fn/change-password", &fields).await;
        says(&browser.follow(answer).await, 200, lang, tr::me::done_password(lang));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_number_has_another_code_after_five_wrong_ones(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let worker = worker(&app, &post);
    let lang = Lang::Kk;
    let browser = Browser::new(&app, lang);
    sign_up(&browser, "Айгүл", "8 701 123 45 67", "aigul@example.kz", SECRET).await;
    let me = paths::me(lang);
    let answer = browser.submit(&me, "/fn/change-phone", &[("lang", "kk"), ("phone", "+77011234567")]).await;
    let page = browser.follow(answer).await;
    says(&page, 200, lang, tr::enter::code(lang));
    assert!(!shown(&page).contains(tr::me::new_code(lang)), "there is no other number");
    for _ in 0..6 {
        let answer = browser.submit(&me, "/fn/prove-phone", &[("lang", "kk"), ("new_code", "wrong")]).await;
        browser.follow(answer).await;
    }
    let answer = browser.submit(&me, "/fn/prove-phone", &[("lang", "kk"), ("new_code", "wrong")]).await;
    let page = browser.follow(answer).await;
    for words in [tr::me::codes_over(lang), tr::me::codes_again(lang)] {
        says(&page, 200, lang, words);
    }
    drain(&worker).await;
    app.later(SignedDuration::from_secs(1));
    let answer = browser.submit(&me, "/fn/renew-change", &[("lang", "kk"), ("channel", "phone")]).await;
    says(&browser.follow(answer).await, 200, lang, tr::me::done_renewed(lang));
    drain(&worker).await;
    let code = {
        let texts = post.texts.lock().unwrap();
        assert_eq!(texts.len(), 2);
        texts[1].chars().filter(char::is_ascii_digit).collect::<String>()
    };
    let answer = browser.submit(&me, "/fn/prove-phone", &[("lang", "kk"), ("new_code", code.as_str())]).await;
    says(&browser.follow(answer).await, 200, lang, tr::me::done_phone(lang));

    for (field, same, words) in [
        ("phone", "+77011234567", tr::enter::err_phone_same(lang)),
        ("email", "aigul@example.kz", tr::enter::err_email_same(lang)),
    ] {
        let fields = [("lang", "kk"), (field, same), ("password", SECRET)];
        let answer = browser.submit(&me, &format!("/fn/change-{field}"), &fields).await;
        says(&browser.follow(answer).await, 200, lang, words);
    }
    browser.submit(&me, "/fn/change-phone", &[("lang", "kk"), ("phone", "+77770000003"), ("password", SECRET)]).await;
    says(&browser.get(&me).await, 200, lang, tr::me::new_code(lang));
    let two = [("lang", "kk"), ("new_code", "wrong"), ("old_code", "wrong")];
    let answer = browser.submit(&me, "/fn/prove-phone", &two).await;
    let page = browser.follow(answer).await;
    says(&page, 200, lang, tr::enter::code_wrong(lang));
    assert_eq!(shown(&page).matches(tr::enter::code_wrong(lang)).count(), 2, "beside each field");
    let answer = browser.submit(&me, "/fn/cancel-change", &[("lang", "kk"), ("channel", "phone")]).await;
    says(&browser.follow(answer).await, 200, lang, tr::me::done_kept(lang));
    let answer = browser.submit(&me, "/fn/renew-change", &[("lang", "kk"), ("channel", "phone")]).await;
    let page = browser.follow(answer).await;
    for words in [tr::me::change_over(lang), tr::me::change_phone(lang)] {
        says(&page, 200, lang, words);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_has_its_link_may_end_a_change_of_e_mail_and_learns_nothing(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let worker = worker(&app, &post);
    let lang = Lang::Kk;
    let owner = Browser::new(&app, lang);
    sign_up(&owner, "Айгүл", "8 701 123 45 67", "aigul@example.kz", SECRET).await;
    drain(&worker).await;
    let confirm = link(&post);
    let token = confirm.rsplit('/').next().unwrap();
    owner.submit(&confirm, "/fn/confirm-link", &[("lang", "kk"), ("token", token)]).await;
    let stranger = Browser::new(&app, lang);
    for to in ["new@example.kz", "aigul@example.kz"] {
        let fields = [("lang", "kk"), ("email", "new@example.kz"), ("password", SECRET)];
        owner.submit(&paths::me(lang), "/fn/change-email", &fields).await;
        drain(&worker).await;
        let letter = link_to(&post, to);
        let page = stranger.get(&letter).await;
        says(&page, 200, lang, tr::enter::confirm_refuse(lang));
        if to == "new@example.kz" {
            assert!(!shown(&page).contains("Айгүл") && !shown(&page).contains("aigul@example.kz"), "whose account it is");
        }
        let token = letter.rsplit('/').next().unwrap();
        let answer = stranger.submit(&letter, "/fn/refuse-change", &[("lang", "kk"), ("token", token)]).await;
        says(&stranger.follow(answer).await, 200, lang, tr::me::done_refused(lang));
        says(&stranger.get(&letter).await, 410, lang, tr::enter::over_title(lang));
    }
    says(&owner.get(&paths::me(lang)).await, 200, lang, "aigul@example.kz");
}
