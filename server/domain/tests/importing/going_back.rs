//! An import goes as it came, unless somebody uses it.
use crate::world::{KNOWN, World, good};
use sapar_domain::catalog::importing::{self, ImportError};
use sapar_shared::{
    Lang,
    dto::import::{ImportState, Obstacle, Undone},
    ids::TicketTypeId,
};
use sqlx::PgPool;

/// What there is of each.
const ALL: &str = "select (select count(*) from listings) * 1000000 + (select count(*) from listing_drafts) * 100000
    + (select count(*) from ticket_types) * 10000 + (select count(*) from departures) * 100 + (select count(*) from stock)";

#[sqlx::test(migrations = "../migrations")]
async fn everything_it_made_goes(pool: PgPool) {
    let world = World::new(pool).await;
    let before = world.number(ALL).await;
    let id = world.bring(&good()).await;
    assert_ne!(world.number(ALL).await, before);
    // What was done to a new tour since goes with it.
    world
        .run(
            "insert into departure_rules (id, listing_id, weekdays, start_time, first_day, last_day, capacity)
             select gen_random_uuid(), id, '{6}', '06:00', '2026-12-01', '2026-12-31', 5 from listings where slug = 'charyn-za-den'",
        )
        .await;
    assert_eq!(world.undo(id).await, Undone::Gone);
    assert_eq!(world.number(ALL).await, before);
    assert_eq!(world.number("select count(*) from import_items").await, 0);
    assert_eq!(world.state(id).await, ImportState::Undone);
    assert_eq!(world.undo(id).await, Undone::Gone, "said twice, it is one");
    // And it may come again.
    world.bring(&good()).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_ordered_stays_and_with_it_everything(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.bring(&good()).await;
    let after = world.number(ALL).await;
    let departure = world.departure(KNOWN, "2026-12-05 02:30Z").await;
    world.place(departure, world.tour.adult).await.unwrap();
    let starts_at = "2026-12-05T02:30:00Z".parse().unwrap();
    let kept = Undone::Kept(vec![Obstacle::Departure { title: "Озёра Кольсай".into(), starts_at }]);
    assert_eq!(world.undo(id).await, kept);
    assert_eq!((world.number(ALL).await, world.state(id).await), (after, ImportState::Done));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_type_that_was_ordered_on_an_older_departure_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.bring(&good()).await;
    let pensioner: uuid::Uuid = sqlx::query_scalar("select id from ticket_types where name_ru = 'Пенсионный'")
        .fetch_one(&world.services.pool)
        .await
        .unwrap();
    world.place(world.tour.departure, TicketTypeId(pensioner)).await.unwrap();
    let kept = Obstacle::TicketType { title: "Озёра Кольсай".into(), name: "Пенсионный".into() };
    assert_eq!(world.undo(id).await, Undone::Kept(vec![kept]));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_handed_in_for_review_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.bring(&good()).await;
    world.run("update listings set status = 'in_review' where slug = 'charyn-za-den'").await;
    let kept = Undone::Kept(vec![Obstacle::Submitted { title: "Чарын за день".into() }]);
    assert_eq!(world.undo(id).await, kept);
    // Rejected, it still is what a moderator has seen.
    world.run("update listings set status = 'draft' where slug = 'charyn-za-den'").await;
    world.run("update listing_drafts set remark = 'Нет фото'").await;
    assert!(matches!(world.undo(id).await, Undone::Kept(obstacles) if obstacles.len() == 2));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_what_was_done_is_undone(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.receive(&good()).await;
    let mut conn = world.services.conn().await.unwrap();
    let undone = importing::undo(&mut conn, world.ctx(), &world.owner, Lang::Ru, id).await;
    assert!(matches!(undone, Err(ImportError::State(ImportState::Ready))));
}
