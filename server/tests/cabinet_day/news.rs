//! The cabinet's event streams: its own organisation's orders, for those who may see them, and that its day has changed, for all.
use crate::{common::TestApp, session, visit};
use futures::StreamExt as _;
use http::StatusCode;
use sapar_domain::{kernel::events::Event, testing::TourBuilder};
use sapar_shared::{dto::order::OrderStatus, ids::OrderId, paths, roles::Role};
use sqlx::PgPool;
use std::time::Duration;
use uuid::Uuid;

#[sqlx::test(migrations = "./migrations")]
async fn only_members_who_may_see_orders_listen(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    assert_eq!(visit(&app, paths::CABINET_EVENTS, None).await.status, StatusCode::UNAUTHORIZED);
    let gate = session(&app, &tour, Role::Gate).await;
    assert_eq!(visit(&app, paths::CABINET_EVENTS, Some(&gate)).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "./migrations")]
async fn nobody_hears_of_others_orders(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, other) = (app.tour(TourBuilder::new("one")).await, app.tour(TourBuilder::new("two")).await);
    let cookie = session(&app, &tour, Role::Seller).await;
    let (status, mut news) = app.listen(paths::CABINET_EVENTS, &cookie).await;
    assert_eq!(status, StatusCode::OK);
    let sale = |organisation, order: u128| Event::Sale {
        organisation,
        order: OrderId(Uuid::from_u128(order)),
        status: OrderStatus::Paid,
    };
    app.tell(sale(other.organisation, 1));
    app.tell(Event::Order(OrderId(Uuid::from_u128(2))));
    app.tell(sale(tour.organisation, 3));
    let first = tokio::time::timeout(Duration::from_secs(5), news.next()).await.unwrap().unwrap().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    assert_eq!(first.trim(), format!("data: {} paid", Uuid::from_u128(3)), "its own, and nothing before");
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_is_at_the_gate_hears_that_the_day_changed_and_not_by_whose_order(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, other) = (app.tour(TourBuilder::new("one")).await, app.tour(TourBuilder::new("two")).await);
    assert_eq!(visit(&app, paths::CABINET_DAY_EVENTS, None).await.status, StatusCode::UNAUTHORIZED);
    let cookie = session(&app, &tour, Role::Gate).await;
    let (status, mut news) = app.listen(paths::CABINET_DAY_EVENTS, &cookie).await;
    assert_eq!(status, StatusCode::OK);
    let mut heard = async || {
        let part = tokio::time::timeout(Duration::from_secs(1), news.next()).await.ok()?;
        Some(String::from_utf8(part.unwrap().unwrap().to_vec()).unwrap().trim().to_owned())
    };
    let changed = Some("data: changed".to_owned());
    assert_eq!(heard().await, changed, "the page may have been drawn a while ago");
    let sale = |organisation| Event::Sale { organisation, order: OrderId(Uuid::from_u128(3)), status: OrderStatus::Completed };
    app.tell(sale(other.organisation));
    app.tell(Event::Day(other.organisation));
    app.tell(Event::Order(OrderId(Uuid::from_u128(2))));
    assert_eq!(heard().await, None, "of others nothing");
    for _ in 0..5 {
        app.tell(sale(tour.organisation));
    }
    assert_eq!(heard().await, changed);
    assert_eq!(heard().await, None, "five at once are told once");
    app.tell(Event::Day(tour.organisation));
    assert_eq!(heard().await, changed);
}
