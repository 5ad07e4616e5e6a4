//! Filters of the list that a member keeps under names.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    accounts::Actor,
    orders::{self, DeskError},
    partners,
    testing::TourBuilder,
};
use sapar_shared::{
    dto::{
        desk::{Channel, DeskRefusal, OrderGroup, OrdersQuery},
        views::{MOST, SavedView},
    },
    ids::SavedViewId,
    roles::Role,
};
use sqlx::PgPool;

/// A member of the own organisation, with an account.
async fn member(world: &World, role: Role) -> Actor {
    let actor = world.person(role).await;
    sqlx::query("insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, now())")
        .bind(world.tour.organisation.0)
        .bind(actor.account.expect("an account").0)
        .bind(role.as_str())
        .execute(&world.services.pool)
        .await
        .expect("a member");
    actor
}

async fn save(world: &World, by: &Actor, name: &str, query: &OrdersQuery) -> Result<SavedView, DeskError> {
    let mut tx = world.services.pool.begin().await?;
    let saved = orders::save_view(&mut tx, &world.services.ctx, by, name, query).await?;
    tx.commit().await?;
    Ok(saved)
}

async fn delete(world: &World, by: &Actor, view: SavedViewId) {
    let mut conn = world.services.conn().await.expect("a connection");
    orders::delete_view(&mut conn, &world.services.ctx, by, view).await.expect("gone");
}

async fn names(world: &World, by: &Actor) -> Vec<String> {
    let mut conn = world.services.conn().await.expect("a connection");
    let views = orders::saved_views(&mut conn, &world.services.ctx, by).await.expect("views");
    views.into_iter().map(|view| view.name).collect()
}

fn cash() -> OrdersQuery {
    OrdersQuery { channel: Some(Channel::Cash), ..OrdersQuery::default() }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_view_keeps_the_filters_and_not_what_was_searched_for(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = member(&world, Role::Seller).await;
    let asked = OrdersQuery {
        words: "Айгүл".into(),
        group: Some(OrderGroup::Returned),
        day: Some(jiff::civil::date(2026, 12, 31)),
        listing: Some(world.tour.listing),
        channel: Some(Channel::Cash),
        after: Some("x".into()),
    };
    let saved = save(&world, &seller, "  Возвраты   за год ", &asked).await.expect("saved");
    assert_eq!((saved.name.as_str(), &saved.query), ("Возвраты за год", &asked.filters()));
    let mut conn = world.services.conn().await.expect("a connection");
    let kept = orders::saved_views(&mut conn, &world.services.ctx, &seller).await.expect("views");
    assert_eq!(kept, [saved]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_view_is_refused(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = member(&world, Role::Seller).await;
    let refused = |done: Result<SavedView, DeskError>, why: DeskRefusal| {
        assert!(matches!(done, Err(DeskError::Refused(refused)) if refused == why), "{why:?}");
    };
    refused(save(&world, &seller, " ", &cash()).await, DeskRefusal::ViewName);
    refused(save(&world, &seller, &"x".repeat(41), &cash()).await, DeskRefusal::ViewName);
    let words = OrdersQuery { words: "Айгүл".into(), ..OrdersQuery::default() };
    refused(save(&world, &seller, "Айгүл", &words).await, DeskRefusal::ViewEmpty);
    save(&world, &seller, "Қолма-қол", &cash()).await.expect("saved");
    refused(save(&world, &seller, "ҚОЛМА-ҚОЛ", &cash()).await, DeskRefusal::ViewTaken);
    let foreign = OrdersQuery { listing: Some(world.other.listing), ..OrdersQuery::default() };
    assert!(matches!(save(&world, &seller, "Чужой", &foreign).await, Err(DeskError::NotFound)));
    // Who was put out meanwhile, and who may not see orders.
    let gone = world.person(Role::Seller).await;
    assert!(matches!(save(&world, &gone, "x", &cash()).await, Err(DeskError::Forbidden(_))));
    let gate = member(&world, Role::Gate).await;
    assert!(matches!(save(&world, &gate, "x", &cash()).await, Err(DeskError::Forbidden(_))));
    let program = world.member(Role::Owner);
    assert!(matches!(save(&world, &program, "x", &cash()).await, Err(DeskError::Forbidden(_))));
    assert_eq!(names(&world, &seller).await, ["Қолма-қол"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn views_are_the_members_own(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, manager) = (member(&world, Role::Seller).await, member(&world, Role::Manager).await);
    let view = save(&world, &seller, "Наличные", &cash()).await.expect("saved");
    save(&world, &manager, "Наличные", &cash()).await.expect("another's name is free");
    // Neither a colleague nor the same person in another organisation.
    delete(&world, &manager, view.id).await;
    let elsewhere = Actor { account: seller.account, ..world.stranger() };
    delete(&world, &elsewhere, view.id).await;
    assert_eq!(names(&world, &elsewhere).await, Vec::<String>::new());
    assert_eq!(names(&world, &seller).await, ["Наличные"]);
    delete(&world, &seller, view.id).await;
    delete(&world, &seller, view.id).await;
    assert_eq!(names(&world, &seller).await, Vec::<String>::new());
    assert_eq!(names(&world, &manager).await, ["Наличные"]);
    let mut conn = world.services.conn().await.expect("a connection");
    partners::leave(&mut conn, &world.services.ctx, &manager).await.expect("left");
    assert_eq!(world.count("select count(*) from saved_views").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn twenty_are_kept_and_no_more_whoever_is_first(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = member(&world, Role::Seller).await;
    let mut views = Vec::new();
    for n in 1..MOST {
        views.push(save(&world, &seller, &format!("Вид {n}"), &cash()).await.expect("saved"));
    }
    let (cash, one, other) = (cash(), "Последний", "И ещё один");
    let done = <[_; 2]>::from(futures::join!(save(&world, &seller, one, &cash), save(&world, &seller, other, &cash)));
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    assert!(done.iter().any(|done| matches!(done, Err(DeskError::Refused(DeskRefusal::ViewsFull)))), "{done:?}");
    delete(&world, &seller, views[3].id).await;
    world.clock.advance(SignedDuration::from_secs(1));
    save(&world, &seller, "На свободное место", &cash).await.expect("saved");
    assert_eq!(names(&world, &seller).await.last().map(String::as_str), Some("На свободное место"), "the newest is the last");
    let more = sqlx::query(
        "insert into saved_views (id, account_id, organisation_id, place, name, channel, created_at)
         select $1, account_id, organisation_id, 21, 'x', 'cash', now() from saved_views limit 1",
    );
    assert!(more.bind(world.services.ctx.id()).execute(&world.services.pool).await.is_err(), "nor past the program");
}
