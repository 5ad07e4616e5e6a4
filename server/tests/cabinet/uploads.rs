//! Pictures: who may send them, what is taken, what becomes of it.
use crate::common::{Answer, TestApp};
use axum::body::Body;
use flate2::{Compression, write::ZlibEncoder};
use http::{Request, header};
use object_store::ObjectStoreExt as _;
use sapar::pictures;
use sapar_domain::{
    accounts::{self, NewAccount},
    testing::{Tour, TourBuilder},
    uploads::{self, Crop, UploadError},
};
use sapar_shared::{contact::Email, dto::editor::UploadState, ids::UploadId, roles::Role};
use sqlx::PgPool;
use std::{io::Write as _, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const PASSWORD: &str = "көлсай-2026";

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

async fn send(app: &TestApp, cookie: &str, target: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(format!("/cabinet/uploads?{target}"))
        .header(header::COOKIE, format!("sapar_session={cookie}; sapar_lang=en"))
        .header("sec-fetch-site", "same-origin");
    app.send(request.body(body.into()).unwrap()).await
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A PNG that says it has this size, and holds the pixels of `held`: its left half is red, its right one blue.
fn png_with(says: (u32, u32), held: (u32, u32)) -> Vec<u8> {
    let header = [&says.0.to_be_bytes()[..], &says.1.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..held.1 {
        packed.write_all(&[0]).unwrap();
        for x in 0..held.0 {
            packed.write_all(if x < held.0 / 2 { &[220, 10, 10] } else { &[10, 10, 220] }).unwrap();
        }
    }
    let data = packed.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &data), chunk(b"IEND", &[])].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    png_with((width, height), (width, height))
}

fn id_of(answer: &Answer) -> UploadId {
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().parse().unwrap()
}

#[track_caller]
fn refused(answer: &Answer, status: u16, kind: &str) {
    assert_eq!((answer.status.as_u16(), answer.json()["kind"].as_str()), (status, Some(kind)));
    assert!(answer.json()["error"].as_str().is_some_and(|words| words.len() > 10), "words for a person");
}

async fn stored(app: &TestApp, path: &str) -> bool {
    app.services.files.head(&path.into()).await.is_ok()
}

async fn nothing_was_kept(app: &TestApp) -> bool {
    use futures::TryStreamExt as _;
    let kept: Vec<_> = app.services.files.list(None).try_collect().await.unwrap();
    kept.is_empty() && app.count("select count(*) from uploads").await == 0 && app.count("select count(*) from jobs").await == 0
}

#[sqlx::test(migrations = "./migrations")]
async fn a_picture_is_taken_and_made_into_sizes(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let id = id_of(&send(&app, &cookie, &format!("listing={}", tour.listing), png(1200, 600)).await);
    assert!(stored(&app, &uploads::raw_path(id)).await);
    assert_eq!(app.count("select count(*) from jobs where name = 'make_picture'").await, 1);
    // A job may run twice.
    for _ in 0..2 {
        pictures::make(&app.services, id, 0).await.unwrap();
    }
    let (widths, width, height, color): (Vec<i32>, i32, i32, String) =
        sqlx::query_as("select widths, width, height, color from uploads where state = 'ready'")
            .fetch_one(&app.services.pool)
            .await
            .unwrap();
    assert_eq!((widths, width, height), (vec![480, 960, 1200], 1200, 600), "never upscaled");
    assert!(color.starts_with('#'));
    assert!(!stored(&app, &uploads::raw_path(id)).await && stored(&app, &uploads::master_path(id)).await);
    let shown = app.get(&format!("/files/pictures/{}-960.webp", uploads::key(id, 0))).await;
    assert_eq!((shown.status.as_u16(), shown.header("content-type")), (200, "image/webp"));
    assert_eq!(&shown.body[..4], b"RIFF");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_cropped_picture_gets_new_addresses(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let mut conn = app.services.conn().await.unwrap();
    let ctx = &app.services.ctx;
    let actor = accounts::actor(&mut conn, ctx, &cookie).await.unwrap().unwrap();
    let id = id_of(&send(&app, &cookie, &format!("listing={}", tour.listing), png(800, 400)).await);
    let half = Crop { left: 500, top: 0, width: 500, height: 1000 };
    let early = uploads::crop(&mut conn, ctx, &actor, id, Some(half)).await;
    assert!(matches!(early, Err(UploadError::NotReady)), "there is nothing to crop yet");
    pictures::make(&app.services, id, 0).await.unwrap();
    uploads::crop(&mut conn, ctx, &actor, id, Some(half)).await.unwrap();
    let waiting = uploads::states(&mut conn, ctx, &actor, &[id]).await.unwrap();
    assert_eq!(waiting[0].state, UploadState::Waiting);
    pictures::make(&app.services, id, 1).await.unwrap();
    let made = uploads::states(&mut conn, ctx, &actor, &[id]).await.unwrap().remove(0);
    assert_eq!((made.state, made.width, made.height), (UploadState::Ready, 400, 400));
    assert_eq!(made.address, Some(format!("/files/pictures/{}-400.webp", uploads::key(id, 1))));
    assert_eq!(app.get(&made.address.unwrap()).await.status, 200);
    assert_eq!(app.get(&format!("/files/pictures/{}-800.webp", uploads::key(id, 0))).await.status, 200, "pages show it still");
    uploads::crop(&mut conn, ctx, &actor, id, None).await.unwrap();
    pictures::make(&app.services, id, 2).await.unwrap();
    assert_eq!(uploads::states(&mut conn, ctx, &actor, &[id]).await.unwrap()[0].width, 800, "all of it is there again");
}

#[sqlx::test(migrations = "./migrations")]
async fn only_pictures_of_sane_sizes_are_taken(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let target = format!("listing={}", tour.listing);
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    refused(&send(&app, &cookie, &target, svg).await, 415, "kind");
    refused(&send(&app, &cookie, &target, "GIF89a\x01\0\x01\0\0\0\0").await, 415, "kind");
    refused(&send(&app, &cookie, &target, "").await, 415, "kind");
    refused(&send(&app, &cookie, &target, &b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"[..]).await, 415, "heic");
    refused(&send(&app, &cookie, &target, png_with((10_000, 6000), (1, 1))).await, 422, "too_large");
    refused(&send(&app, &cookie, &target, &b"\xff\xd8\xff\xe0\0\x04"[..]).await, 422, "broken");
    let mut heavy = png(10, 10);
    heavy.resize(30 << 20, 0);
    refused(&send(&app, &cookie, &target, heavy).await, 413, "too_heavy");
    // Said beforehand, nothing of it is read.
    let request = Request::post(format!("/cabinet/uploads?{target}"))
        .header(header::COOKIE, format!("sapar_session={cookie}"))
        .header(header::CONTENT_LENGTH, 30 << 20);
    refused(&app.send(request.body(Body::empty()).unwrap()).await, 413, "too_heavy");
    assert!(nothing_was_kept(&app).await);
}

/// Says that so much will come, sends `comes` of it, and only then reads, as browsers do.
async fn send_then_read(address: SocketAddr, path: &str, cookie: &str, says: usize, comes: usize) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: sapar.test\r\ncookie: sapar_session={cookie}\r\nsec-fetch-site: same-origin\r\ncontent-length: {says}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    for part in vec![0; comes].chunks(64 << 10) {
        socket.write_all(part).await.expect("nobody has cut the connection");
    }
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        assert!(socket.read_buf(&mut answer).await.unwrap() > 0, "{}", String::from_utf8_lossy(&answer));
    }
    String::from_utf8(answer).unwrap()
}

#[sqlx::test(migrations = "./migrations")]
async fn a_refusal_reaches_whoever_is_still_sending(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let address = app.serve().await;
    let picture = format!("/cabinet/uploads?listing={}", tour.listing);
    let answered = |answer: &str, status: u16, kind: &str| {
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")) && answer.contains(&format!("\"kind\":\"{kind}\"")),
            "{answer}"
        );
    };
    // The session has ended; it is no picture; it is no workbook.
    answered(&send_then_read(address, &picture, "none", 20 << 20, 20 << 20).await, 401, "sign_in");
    answered(&send_then_read(address, &picture, &cookie, 20 << 20, 20 << 20).await, 415, "kind");
    answered(&send_then_read(address, "/cabinet/imports", "none", 4 << 20, 4 << 20).await, 401, "sign_in");
    answered(&send_then_read(address, "/cabinet/imports", &cookie, 4 << 20, 4 << 20).await, 415, "kind");
    // A hundred megabytes are refused before they come.
    answered(&send_then_read(address, &picture, &cookie, 100 << 20, 1 << 20).await, 413, "too_heavy");
    answered(&send_then_read(address, "/cabinet/imports", &cookie, 100 << 20, 1 << 20).await, 413, "too_heavy");
    assert!(nothing_was_kept(&app).await);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_cannot_be_read_fails_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let target = format!("listing={}", tour.listing);
    // It says forty megapixels, which is taken, and holds one pixel.
    let id = id_of(&send(&app, &cookie, &target, png_with((7300, 5480), (1, 1))).await);
    pictures::make(&app.services, id, 0).await.unwrap();
    let why: String =
        sqlx::query_scalar("select error from uploads where state = 'failed'").fetch_one(&app.services.pool).await.unwrap();
    assert_eq!(why, "broken");
    assert!(!stored(&app, &uploads::raw_path(id)).await);
    // It says a hundred pixels and unpacks to a hundred megabytes: held to what it says, or refused.
    let bomb = png_with((10, 10), (6000, 6000));
    let id = id_of(&send(&app, &cookie, &target, bomb).await);
    pictures::make(&app.services, id, 0).await.unwrap();
    assert_eq!(app.count("select count(*) from uploads where state = 'waiting'").await, 0);
    assert_eq!(app.count("select count(*) from uploads where width > 10").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn only_those_who_edit_the_listing_may_send(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, other) = (app.tour(TourBuilder::new("one")).await, app.tour(TourBuilder::new("two")).await);
    let owner = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let target = format!("listing={}", tour.listing);
    for (email, role) in
        [("gate@example.kz", Role::Gate), ("seller@example.kz", Role::Seller), ("books@example.kz", Role::Accountant)]
    {
        let cookie = member(&app, &tour, email, role).await;
        refused(&send(&app, &cookie, &target, png(10, 10)).await, 403, "forbidden");
        refused(&send(&app, &cookie, "purpose=logo", png(10, 10)).await, 403, "forbidden");
    }
    let stranger = member(&app, &other, "stranger@example.kz", Role::Owner).await;
    refused(&send(&app, &stranger, &target, png(10, 10)).await, 404, "not_found");
    for nobody in ["", "no-such-session"] {
        refused(&send(&app, nobody, &target, png(10, 10)).await, 401, "sign_in");
    }
    for target in ["", "listing=7", "purpose=other", "listing=00000000-0000-7000-8000-000000000000"] {
        refused(&send(&app, &owner, target, png(10, 10)).await, 404, "not_found");
    }
    let foreign_page = Request::post(format!("/cabinet/uploads?{target}"))
        .header(header::COOKIE, format!("sapar_session={owner}"))
        .header("sec-fetch-site", "cross-site");
    assert_eq!(app.send(foreign_page.body(Body::from(png(10, 10))).unwrap()).await.status, 403);
    assert!(nothing_was_kept(&app).await);
    let manager = member(&app, &tour, "manager@example.kz", Role::Manager).await;
    id_of(&send(&app, &manager, "purpose=logo", png(10, 10)).await);
    let mut conn = app.services.conn().await.unwrap();
    let stranger = accounts::actor(&mut conn, &app.services.ctx, &stranger).await.unwrap().unwrap();
    let id = id_of(&send(&app, &owner, &target, png(10, 10)).await);
    assert!(uploads::states(&mut conn, &app.services.ctx, &stranger, &[id]).await.unwrap().is_empty());
    let theirs = uploads::discard(&mut conn, &app.services.ctx, &stranger, id, true).await;
    assert!(matches!(theirs, Err(UploadError::NotFound)));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_listing_has_twenty_pictures_however_many_come_at_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let cookie = member(&app, &tour, "owner@example.kz", Role::Owner).await;
    let target = format!("listing={}", tour.listing);
    let answers = futures::future::join_all((0..25).map(|_| send(&app, &cookie, &target, png(10, 10)))).await;
    let taken: Vec<UploadId> = answers.iter().filter(|answer| answer.status == 201).map(id_of).collect();
    assert_eq!(taken.len(), 20);
    refused(&send(&app, &cookie, &target, png(10, 10)).await, 409, "full");
    let mut conn = app.services.conn().await.unwrap();
    let actor = accounts::actor(&mut conn, &app.services.ctx, &cookie).await.unwrap().unwrap();
    uploads::discard(&mut conn, &app.services.ctx, &actor, taken[0], true).await.unwrap();
    id_of(&send(&app, &cookie, &target, png(10, 10)).await);
    refused(&send(&app, &cookie, &target, png(10, 10)).await, 409, "full");
    // What was refused after it had come is not kept.
    use futures::TryStreamExt as _;
    let kept: Vec<_> = app.services.files.list(Some(&"uploads".into())).try_collect().await.unwrap();
    assert_eq!(kept.len(), 21);
}
