//! Files of tours over HTTP: who may send them, what is taken, what becomes of it.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;

use axum::body::Body;
use common::{Answer, TestApp};
use http::{Request, header};
use object_store::ObjectStoreExt as _;
use sapar::imports;
use sapar_domain::{
    accounts::{self, NewAccount},
    catalog::importing,
    testing::{Tour, TourBuilder},
};
use sapar_shared::{
    Lang,
    contact::Email,
    dto::import::MAX_FILE,
    ids::ImportId,
    roles::Role,
    sheets::{Column, Heading, Raw, Row, Sheet, Table, Value},
};
use sqlx::PgPool;

const PASSWORD: &str = "көлсай-2026";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The cookie of a member of the organisation that runs the tour.
async fn member(app: &TestApp, tour: &Tour, email: &str, role: Role) -> String {
    let mut conn = app.services.conn().await.unwrap();
    let address = Email::parse(email).unwrap();
    let new =
        NewAccount { email: &address, name: "Дәурен", password: PASSWORD, membership: Some((tour.organisation, role)) };
    accounts::create_account(&mut conn, &app.services.ctx, &new).await.unwrap();
    accounts::sign_in(&mut conn, &app.services.ctx, email, PASSWORD, &accounts::Device { address: "10.0.0.1", agent: "" })
        .await
        .unwrap()
        .cookie
}

async fn send(app: &TestApp, cookie: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/cabinet/imports?lang=en&name=%D1%82%D1%83%D1%80%D1%8B.xlsx")
        .header(header::COOKIE, format!("sapar_session={cookie}"))
        .header("sec-fetch-site", "same-origin");
    app.send(request.body(body.into()).unwrap()).await
}

async fn get(app: &TestApp, cookie: &str, uri: &str) -> Answer {
    let request = Request::get(uri).header(header::COOKIE, format!("sapar_session={cookie}"));
    app.send(request.body(Body::empty()).unwrap()).await
}

/// Departures of the tour that there is.
fn workbook(rows: &[[&str; 4]]) -> Vec<u8> {
    let columns: &[Column] = Sheet::Departures.columns();
    let headings =
        (0..).zip(columns).map(|(place, column)| Heading { place, column: Some(*column), text: column.heading(Lang::En) });
    let rows = (2..).zip(rows).map(|(number, cells)| Row {
        number,
        cells: (0..).zip(cells).map(|(place, cell)| (place, Value::Text((*cell).into()))).collect(),
    });
    let table = Table {
        sheet: Sheet::Departures,
        name: Sheet::Departures.name(Lang::En).into(),
        headings: headings.collect(),
        rows: rows.collect(),
    };
    sapar_sheets::corrected(&Raw { tables: vec![table] }, &[], Lang::En).unwrap()
}

fn id_of(answer: &Answer, state: &str) -> ImportId {
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["state"], state);
    answer.json()["id"].as_str().unwrap().parse().unwrap()
}

#[track_caller]
fn refused(answer: &Answer, status: u16, kind: &str) {
    assert_eq!((answer.status.as_u16(), answer.json()["kind"].as_str()), (status, Some(kind)), "{}", answer.text());
    assert!(answer.json()["error"].as_str().is_some_and(|words| words.len() > 10), "words for a person");
}

async fn stored(app: &TestApp, id: ImportId) -> bool {
    app.services.files.head(&importing::file_path(id).into()).await.is_ok()
}

async fn nothing_was_kept(app: &TestApp) -> bool {
    use futures::TryStreamExt as _;
    let kept: Vec<_> = app.services.files.list(None).try_collect().await.unwrap();
    kept.is_empty() && app.count("select count(*) from imports").await == 0
}

#[sqlx::test(migrations = "./migrations")]
async fn a_file_is_checked_started_and_imported_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let file = workbook(&[["tour-one", "05.12.2026", "06:00", "18"], ["tour-one", "2026-12-06", "06:00", "18"]]);
    let id = id_of(&send(&app, &cookie, file).await, "ready");
    assert!(stored(&app, id).await);
    assert_eq!(app.count("select count(*) from imports where file_name = 'туры.xlsx' and departures = 2").await, 1);

    let start = Request::post("/fn/cabinet-import-start")
        .header(header::COOKIE, format!("sapar_session={cookie}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("id={id}")));
    assert_eq!(app.send(start.unwrap()).await.body.first(), Some(&0), "it was taken");
    assert_eq!(app.count("select count(*) from jobs where name = 'import_tours'").await, 1);
    for attempt in 1..3 {
        imports::run(&app.services, id, attempt).await.unwrap();
    }
    assert_eq!(app.count("select count(*) from departures").await, 3);
    assert_eq!(app.count("select count(*) from imports where state = 'done' and done = total").await, 1);
    assert!(!stored(&app, id).await, "its file is of no use any more");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_faulty_file_comes_back_with_its_errors(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "manager@example.kz", Role::Manager).await;
    let file = workbook(&[["tour-one", "someday", "06:00", "18"], ["tour-one", "06.12.2026", "06:00", "18"]]);
    let id = id_of(&send(&app, &cookie, file.clone()).await, "faulty");
    let marked = get(&app, &cookie, &format!("/cabinet/imports/{id}/corrected.xlsx?lang=en")).await;
    assert_eq!((marked.status.as_u16(), marked.header("content-type")), (200, XLSX));
    assert!(
        marked.header("content-disposition").starts_with("attachment") && marked.header("cache-control").contains("no-store")
    );
    assert_eq!(sapar_sheets::read(&marked.body), sapar_sheets::read(&file));

    let other = app.tour(TourBuilder::new("two")).await;
    let stranger = member(&app, &other, "stranger@example.kz", Role::Owner).await;
    refused(&get(&app, &stranger, &format!("/cabinet/imports/{id}/corrected.xlsx")).await, 404, "not_found");
    refused(&get(&app, &cookie, "/cabinet/imports/x/corrected.xlsx").await, 404, "not_found");
}

#[sqlx::test(migrations = "./migrations")]
async fn the_template_is_in_the_language_asked_for(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    for lang in Lang::ALL {
        let answer = get(&app, &cookie, &format!("/cabinet/imports/template.xlsx?lang={lang}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, XLSX), "{lang}");
        assert_eq!(sapar_sheets::read(&answer.body), Err(sapar_sheets::Refused::Empty));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn only_who_edits_listings_sends_files(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let file = workbook(&[["tour-one", "05.12.2026", "06:00", "18"]]);
    refused(&send(&app, "nobody", file.clone()).await, 401, "sign_in");
    refused(&get(&app, "nobody", "/cabinet/imports/template.xlsx").await, 401, "sign_in");
    for (email, role) in [("a@example.kz", Role::Accountant), ("s@example.kz", Role::Seller), ("g@example.kz", Role::Gate)] {
        let cookie = member(&app, &tour, email, role).await;
        refused(&send(&app, &cookie, file.clone()).await, 403, "forbidden");
        refused(&get(&app, &cookie, "/cabinet/imports/template.xlsx").await, 403, "forbidden");
    }
    assert!(nothing_was_kept(&app).await);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_is_no_file_of_ours_is_refused_in_words_and_not_kept(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    refused(&send(&app, &cookie, "key;title").await, 415, "kind");
    refused(&send(&app, &cookie, vec![0; MAX_FILE + 1]).await, 413, "too_heavy");
    // Without saying how long it is.
    let stream = futures::stream::iter((0..=6).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 1 << 20])));
    refused(&send(&app, &cookie, Body::from_stream(stream)).await, 413, "too_heavy");
    refused(&send(&app, &cookie, workbook(&[])).await, 422, "empty");
    let rows = vec![["tour-one", "05.12.2026", "06:00", "18"]; 5_001];
    refused(&send(&app, &cookie, workbook(&rows)).await, 413, "rows");
    assert!(nothing_was_kept(&app).await);
}

#[sqlx::test(migrations = "./migrations")]
async fn an_import_whose_file_is_gone_fails_and_writes_nothing(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let id = id_of(&send(&app, &cookie, workbook(&[["tour-one", "05.12.2026", "06:00", "18"]])).await, "ready");
    sqlx::query("update imports set state = 'queued'").execute(&app.services.pool).await.unwrap();
    app.services.files.delete(&importing::file_path(id).into()).await.unwrap();
    imports::run(&app.services, id, 1).await.unwrap();
    assert_eq!(app.count("select count(*) from imports where state = 'failed'").await, 1);
    assert_eq!(app.count("select count(*) from departures").await, 1);
}
