//! What is right comes whole, or not at all.
use crate::world::{KNOWN, World, departures, good, ticket_types};
use sapar_domain::catalog::importing::{self, ImportError, Imported, Step};
use sapar_shared::{
    dto::{editor::TourDraft, import::ImportState},
    sheets::Raw,
};
use sqlx::{PgPool, types::Json};
use tokio::sync::watch;

#[sqlx::test(migrations = "../migrations")]
async fn new_tours_are_drafts_with_what_is_sold_for_them(pool: PgPool) {
    let world = World::new(pool).await;
    world.bring(&good()).await;
    let Json(draft): Json<TourDraft> = sqlx::query_scalar(
        "select d.content from listing_drafts d join listings l on l.id = d.listing_id
         where l.slug = 'charyn-za-den' and l.status = 'draft' and l.price_from = 1250000",
    )
    .fetch_one(&world.services.pool)
    .await
    .unwrap();
    assert_eq!((draft.title.ru.as_str(), draft.title.kk.as_str()), ("Чарын за день", "Шарын бір күнде"));
    assert_eq!((draft.place.as_str(), draft.category.as_str()), ("place-kolsai", "category-kolsai"));
    assert_eq!((draft.duration_minutes, draft.free_cancel_hours), (720, 24));
    let counts = "select count(*) from departures d join listings l on l.id = d.listing_id join stock s on s.departure_id = d.id
                  where l.slug = 'charyn-za-den' and s.capacity = 18 and d.ends_at - d.starts_at = interval '12 hours'
                    and extract(hour from d.starts_at at time zone 'UTC') = 1";
    assert_eq!(world.number(counts).await, 2);
    let version = "select count(*) from listing_draft_versions where version = 1";
    assert_eq!(world.number(version).await, 2);
    assert_eq!(world.number("select count(*) from listings where duration_minutes = 90 and status = 'draft'").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_new_quota_counts_on_every_coming_departure(pool: PgPool) {
    let world = World::new(pool).await;
    world.bring(&good()).await;
    // The one that was there, and the new one.
    let counters = "select count(*) from stock s join ticket_types t on t.id = s.ticket_type_id
                    where t.name_ru = 'Пенсионный' and t.name_kk = 'Пенсионный' and s.capacity = 3 and t.position = 3";
    assert_eq!(world.number(counters).await, 2);
    let taken = "select count(*) from stock where ticket_type_id is null and departure_id in
                 (select id from departures where starts_at = '2026-12-05 02:30Z')";
    assert_eq!(world.number(taken).await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_half_imported(pool: PgPool) {
    let world = World::new(pool).await;
    let raw = good();
    let id = world.receive(&raw).await;
    world.start(id).await.unwrap();
    // Meanwhile somebody makes the last of the departures by hand.
    world
        .run(
            "insert into departures (id, listing_id, organisation_id, starts_at, ends_at)
             select gen_random_uuid(), id, organisation_id, '2026-12-05 02:30Z', '2026-12-05 12:30Z' from listings",
        )
        .await;
    assert_eq!(world.import(id, &raw).await.unwrap(), Imported::Faulty);
    assert_eq!(world.state(id).await, ImportState::Faulty);
    assert_eq!(world.number("select count(*) from listings").await, 1);
    assert_eq!(world.number("select count(*) from ticket_types").await, 2);
    assert_eq!(world.number("select count(*) from departures").await, 2);
    assert_eq!(world.number("select count(*) from import_items").await, 0);
    let view = importing::view(&mut world.services.conn().await.unwrap(), world.ctx(), &world.owner, id).await.unwrap();
    assert_eq!(view.errors.iter().map(|error| error.address.as_str()).collect::<Vec<_>>(), ["Выезды!B4"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_breaks_off_leaves_nothing_and_is_done_once_when_tried_again(pool: PgPool) {
    let world = World::new(pool).await;
    let raw = good();
    let id = world.receive(&raw).await;
    world.start(id).await.unwrap();
    assert!(importing::begin(&mut world.services.conn().await.unwrap(), id).await.unwrap());
    let told = watch::channel(Step::Read).0;
    let mut tx = world.services.begin().await.unwrap();
    assert!(matches!(importing::import(&mut tx, world.ctx(), id, &raw, &told).await.unwrap(), Imported::Done(_)));
    tx.rollback().await.unwrap();
    assert_eq!(world.number("select count(*) from listings").await, 1);
    assert_eq!(world.state(id).await, ImportState::Running);

    assert!(matches!(world.import(id, &raw).await.unwrap(), Imported::Done(_)));
    let mut tx = world.services.begin().await.unwrap();
    assert_eq!(importing::import(&mut tx, world.ctx(), id, &raw, &told).await.unwrap(), Imported::Gone);
    assert!(!importing::begin(&mut tx, id).await.unwrap());
    assert_eq!(world.number("select count(*) from listings").await, 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn how_far_it_is_is_told_from_outside_and_never_backwards(pool: PgPool) {
    let world = World::new(pool).await;
    let raw = good();
    let id = world.receive(&raw).await;
    world.start(id).await.unwrap();
    let mut conn = world.services.conn().await.unwrap();
    assert!(importing::begin(&mut conn, id).await.unwrap());
    for (step, done) in [(Step::Check, 1), (Step::Departures, 4), (Step::Tours, 4)] {
        importing::tell(&mut conn, id, step).await.unwrap();
        let view = importing::view(&mut conn, world.ctx(), &world.owner, id).await.unwrap();
        assert_eq!((view.done, view.total), (done, 6), "{step:?}");
    }
    assert!(matches!(world.import(id, &raw).await.unwrap(), Imported::Done(_)));
    importing::tell(&mut conn, id, Step::Refresh).await.unwrap();
    let view = importing::view(&mut conn, world.ctx(), &world.owner, id).await.unwrap();
    assert_eq!((view.row.state, view.phase), (ImportState::Done, None));
}

#[sqlx::test(migrations = "../migrations")]
async fn one_import_of_an_organisation_is_under_way(pool: PgPool) {
    let world = World::new(pool).await;
    let first = world.receive(&good()).await;
    let second = world.receive(&Raw { tables: vec![departures(&[&[KNOWN, "05.12.2026", "06:00", "18"]])] }).await;
    world.start(first).await.unwrap();
    world.start(first).await.unwrap();
    assert_eq!(world.number("select count(*) from jobs where name = 'import_tours'").await, 1, "said twice, it is one");
    assert!(matches!(world.start(second).await, Err(ImportError::Busy)));
    assert!(matches!(world.import(first, &good()).await.unwrap(), Imported::Done(_)));
    world.start(second).await.unwrap();
    assert!(matches!(world.start(first).await, Err(ImportError::State(ImportState::Done))));
    importing::fail(&mut world.services.conn().await.unwrap(), second).await.unwrap();
    assert_eq!(world.state(second).await, ImportState::Failed);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_faulty_file_is_not_started_and_old_ones_are_forgotten(pool: PgPool) {
    let world = World::new(pool).await;
    let faulty = Raw { tables: vec![ticket_types(&[&["nobody", "Взрослый", "1", ""]])] };
    let id = world.receive(&faulty).await;
    assert!(matches!(world.start(id).await, Err(ImportError::State(ImportState::Faulty))));
    let mut forgotten = Vec::new();
    for _ in 0..10 {
        forgotten.extend(world.receive_as(&world.owner, &faulty).await.unwrap().forgotten);
    }
    assert_eq!(forgotten, [id]);
    let page = importing::list(&mut world.services.conn().await.unwrap(), world.ctx(), &world.owner, "").await.unwrap();
    assert_eq!((page.rows.len(), page.next_cursor), (10, None));
    assert!(page.rows.windows(2).all(|two| two[0].id > two[1].id), "the newest first");
}

#[sqlx::test(migrations = "../migrations")]
async fn tours_of_one_title_get_addresses_of_their_own(pool: PgPool) {
    let world = World::new(pool).await;
    world.run("update listings set slug = 'kaindy'").await;
    let row = |key: &'static str, title: &'static str| [key, title, "", "кольсай", "озёра", "5"];
    let raw = Raw {
        tables: vec![crate::world::tours(&[&row("1", "Каинды"), &row("2", "Каинды!"), &row("3", "旅行の日")])]
    };
    world.bring(&raw).await;
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from listings order by slug").fetch_all(&world.services.pool).await.unwrap();
    assert_eq!(slugs, ["kaindy", "kaindy-2", "kaindy-3", "tour"]);
}
