//! A departure's passengers as files.
use crate::{common::TestApp, session, visit};
use http::StatusCode;
use sapar_domain::testing::TourBuilder;
use sapar_shared::roles::Role;
use sqlx::PgPool;

fn address(departure: impl std::fmt::Display, kind: &str) -> String {
    format!("/cabinet/departures/{departure}/passengers.{kind}?lang=ru")
}

#[sqlx::test(migrations = "./migrations")]
async fn a_manager_takes_the_list_in_three_shapes(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (_, codes) = app.paid(&tour, 2).await;
    let cookie = session(&app, &tour, Role::Manager).await;
    let get = async |kind: &str| visit(&app, &address(tour.departure, kind), Some(&cookie)).await;
    let csv = get("csv").await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(csv.header("cache-control"), "private, no-store");
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"passengers-2026-11-28-"), "{:?}", csv.headers);
    let lines: Vec<&str> = csv.text().trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let grouped = format!("{}-{}-{}", &codes[0][..4], &codes[0][4..8], &codes[0][8..]);
    assert!(lines[1..].iter().any(|line| line.contains(&grouped) && line.contains("Айгүл Сәтбаева")), "{lines:?}");
    let xlsx = get("xlsx").await;
    assert!(xlsx.status.is_success() && xlsx.body.starts_with(b"PK"), "{}", xlsx.status);
    let pdf = get("pdf").await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(pdf.body.starts_with(b"%PDF-") && pdf.header("content-disposition").starts_with("inline"));
    assert_eq!(get("exe").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_name_never_becomes_a_formula(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    app.paid(&tour, 1).await;
    let evil = "=HYPERLINK(\"https://evil.example\";\"x\")";
    sqlx::query("update tickets set holder_name = $1").bind(evil).execute(&app.services.pool).await.unwrap();
    let cookie = session(&app, &tour, Role::Owner).await;
    let csv = visit(&app, &address(tour.departure, "csv"), Some(&cookie)).await;
    assert!(csv.text().contains("\"'=HYPERLINK(\"\"https"), "{}", csv.text());
    assert!(!csv.text().contains("\"+7"), "a phone is no sum");
}

#[sqlx::test(migrations = "./migrations")]
async fn kazakh_letters_stand_among_the_russian_ones(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    app.paid(&tour, 3).await;
    for (position, name) in [(0_i64, "Тимур"), (1, "Әсел"), (2, "Болат")] {
        let place = sqlx::query(
            "update tickets set holder_name = $1 where id = (select id from tickets order by position, id offset $2 limit 1)",
        );
        place.bind(name).bind(position).execute(&app.services.pool).await.unwrap();
    }
    let cookie = session(&app, &tour, Role::Owner).await;
    let csv = visit(&app, &address(tour.departure, "csv"), Some(&cookie)).await;
    let at = |name: &str| csv.text().find(name).unwrap_or_else(|| panic!("{name}: {}", csv.text()));
    assert!(at("Әсел") < at("Болат") && at("Болат") < at("Тимур"), "{}", csv.text());
}

#[sqlx::test(migrations = "./migrations")]
async fn lists_longer_than_a_part_come_whole(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(2000)).await;
    app.paid(&tour, 1).await;
    sqlx::query(
        "insert into tickets (id, order_id, order_line_id, departure_id, organisation_id, ticket_type_id, position, code, status, holder_name)
         select gen_random_uuid(), order_id, order_line_id, departure_id, organisation_id, ticket_type_id, n + 1,
                lpad(n::text, 12, '0'), 'issued', 'Один и тот же'
         from tickets, generate_series(1, 1200) n where position = 1",
    )
    .execute(&app.services.pool)
    .await
    .unwrap();
    let cookie = session(&app, &tour, Role::Owner).await;
    let csv = visit(&app, &address(tour.departure, "csv"), Some(&cookie)).await;
    assert_eq!(csv.text().lines().count(), 1202);
}

#[sqlx::test(migrations = "./migrations")]
async fn nobody_else_takes_it(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, other) = (app.tour(TourBuilder::new("one")).await, app.tour(TourBuilder::new("two")).await);
    app.paid(&tour, 1).await;
    let (seller, gate) = (session(&app, &tour, Role::Seller).await, session(&app, &tour, Role::Gate).await);
    let stranger = session(&app, &other, Role::Owner).await;
    for kind in ["csv", "xlsx", "pdf"] {
        let at = address(tour.departure, kind);
        assert_eq!(visit(&app, &at, None).await.status, StatusCode::UNAUTHORIZED, "{kind}");
        assert_eq!(visit(&app, &at, Some("sapar_session=nonsense")).await.status, StatusCode::UNAUTHORIZED, "{kind}");
        for lower in [&seller, &gate] {
            assert_eq!(visit(&app, &at, Some(lower)).await.status, StatusCode::FORBIDDEN, "{kind}");
        }
        assert_eq!(visit(&app, &at, Some(&stranger)).await.status, StatusCode::NOT_FOUND, "{kind}");
    }
    assert_eq!(visit(&app, &address("x", "csv"), Some(&stranger)).await.status, StatusCode::NOT_FOUND);
}
