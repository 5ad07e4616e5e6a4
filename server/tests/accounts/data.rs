//! The archive of all one's data, and the end of an account, by forms alone.
use crate::{
    browser::{Browser, says, shown},
    common::{Answer, TestApp},
    forms::{SECRET, link, sign_up},
    world::{Post, drain, paid, worker},
};
use futures::TryStreamExt as _;
use jiff::SignedDuration;
use sapar_domain::testing::TourBuilder;
use sapar_shared::{Lang, paths, tr};
use serde_json::Value;
use sqlx::PgPool;
use std::{
    io::{Cursor, Read as _},
    sync::Arc,
};
use zip::ZipArchive;

const MAIL: &str = "aigul@example.kz";
/// Whose address the orders of `for_adults` carry, see there.
const PHONE: &str = "8 701 123 45 67";

async fn proven<'a>(app: &'a TestApp, post: &Arc<Post>, email: &str) -> Browser<'a> {
    let browser = Browser::new(app, Lang::Ru);
    sign_up(&browser, "Айгүл", PHONE, email, SECRET).await;
    drain(&worker(app, post)).await;
    let confirm = link(post);
    let token = confirm.rsplit('/').next().unwrap();
    browser.follow(browser.submit(&confirm, "/fn/confirm-link", &[("lang", "ru"), ("token", token)]).await).await;
    browser
}

async fn download(browser: &Browser<'_>, password: &str) -> Answer {
    let fields = [("lang", browser.lang.code()), ("password", password)];
    browser.submit(&paths::my_data(browser.lang), paths::MY_DATA_FILE, &fields).await
}

fn opened(answer: &Answer) -> ZipArchive<Cursor<Vec<u8>>> {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"sapar-2026-11-21.zip\"");
    ZipArchive::new(Cursor::new(answer.body.clone())).unwrap()
}

fn file(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[sqlx::test(migrations = "./migrations")]
async fn the_archive_holds_ones_own_data_and_tickets(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let tour = app.tour(TourBuilder::new("one")).await;
    let browser = proven(&app, &post, MAIL).await;
    paid(&app, &tour, 2).await;
    paid(&app, &tour, 1).await;
    drain(&worker(&app, &post)).await;

    let mut archive = opened(&download(&browser, SECRET).await);
    for at in 0..archive.len() {
        let made = archive.by_index(at).unwrap().last_modified().unwrap();
        assert_eq!((made.year(), made.month(), made.day()), (2026, 11, 21), "dated by the moment it was made");
    }
    let data: Value = serde_json::from_slice(&file(&mut archive, "data.json")).unwrap();
    assert_eq!(data["account"]["email"], MAIL);
    let orders = data["orders"].as_array().unwrap();
    assert_eq!(orders.len(), 2);
    let totals: i64 = orders.iter().map(|order| order["total"]["tiyn"].as_i64().unwrap()).sum();
    assert_eq!(totals, 3_000_000);
    for order in orders {
        let pdf = file(&mut archive, &format!("tickets/{}.pdf", order["number"].as_str().unwrap()));
        assert!(pdf.starts_with(b"%PDF-"));
    }
    let readme = String::from_utf8(file(&mut archive, "README.txt")).unwrap();
    assert!(readme.contains(tr::privacy::readme_data(Lang::Ru)));
    assert_eq!(archive.len(), 4);

    // Another session's archive is of its own person.
    let other = proven(&app, &post, "other@example.kz").await;
    let mut archive = opened(&download(&other, SECRET).await);
    let text = String::from_utf8(file(&mut archive, "data.json")).unwrap();
    let data: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((data["account"]["email"].as_str(), archive.len()), (Some("other@example.kz"), 2));
    assert!(data["orders"].as_array().unwrap().is_empty() && !text.contains(MAIL));
}

#[sqlx::test(migrations = "./migrations")]
async fn the_archive_wants_the_password(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let browser = proven(&app, &post, MAIL).await;
    let page = browser.follow(download(&browser, "not it").await).await;
    says(&page, 200, Lang::Ru, tr::me::password_wrong(Lang::Ru));
    let guest = Browser::new(&app, Lang::Ru);
    says(&guest.follow(download(&guest, SECRET).await).await, 200, Lang::Ru, tr::sign_in::title(Lang::Ru));
    let answer = app.get(paths::MY_DATA_FILE).await;
    assert_eq!(answer.status, 405);
    for _ in 0..5 {
        opened(&download(&browser, SECRET).await);
    }
    let page = browser.follow(download(&browser, SECRET).await).await;
    says(&page, 200, Lang::Ru, &tr::enter::wait(Lang::Ru, 60));
}

#[sqlx::test(migrations = "./migrations")]
async fn an_account_ends_with_a_letter_and_without_its_papers(pool: PgPool) {
    let app = TestApp::new(pool);
    let post = Arc::new(Post::default());
    let tour = app.tour(TourBuilder::new("one")).await;
    let lang = Lang::Ru;
    let browser = proven(&app, &post, MAIL).await;
    let token = paid(&app, &tour, 2).await;
    drain(&worker(&app, &post)).await;
    let erase = async |password: &str| {
        browser.submit(&paths::my_data(lang), "/fn/erase-account", &[("lang", lang.code()), ("password", password)]).await
    };
    // The trip is ahead: the page names it and has no such form; who sends one is told the same.
    let page = browser.get(&paths::my_data(lang)).await;
    says(&page, 200, lang, tr::privacy::ahead_title(lang));
    assert!(!shown(&page).contains(tr::privacy::erase(lang)));
    browser.follow(erase(SECRET).await).await;
    says(&browser.get(&paths::me(lang)).await, 200, lang, MAIL);

    app.later(SignedDuration::from_hours(24 * 8));
    says(&browser.get(&paths::my_data(lang)).await, 200, lang, tr::privacy::erase(lang));
    says(&browser.follow(erase("not it").await).await, 200, lang, tr::me::password_wrong(lang));
    let before = post.mailed();
    let page = browser.follow(erase(SECRET).await).await;
    says(&page, 200, lang, tr::privacy::done(lang));
    says(&page, 200, lang, tr::account::me_guest(lang));
    drain(&worker(&app, &post)).await;
    assert_eq!(post.mailed(), before + 1);
    let mail = post.mails.lock().unwrap().last().unwrap().clone();
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), (MAIL, tr::mail::erased_subject(lang)));
    let files: Vec<_> = app.services.files.list(None).try_collect().await.unwrap();
    assert!(files.is_empty(), "{files:?}");
    // Whoever kept the order's link still sees what was bought, and no name.
    let page = browser.get(&paths::order(lang, &token)).await;
    says(&page, 200, lang, "Кольсай");
    assert!(!shown(&page).contains("Сәтбаева") && !shown(&page).contains(MAIL));
}
