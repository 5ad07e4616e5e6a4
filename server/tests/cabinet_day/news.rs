//! The cabinet's event stream: its own organisation's orders, for those who may see them.
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
