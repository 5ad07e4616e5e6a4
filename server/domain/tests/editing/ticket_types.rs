//! What is sold, changed while it is sold.
use crate::world::{World, done, kind};
use sapar_domain::{
    catalog::editing::{self, EditError},
    orders::OrderError,
    payments,
    testing::TourBuilder,
};
use sapar_shared::{
    Money,
    dto::editor::{ProblemKind, StockRefusal, TicketTypeForm, TypesSaved},
    forms::ticket_types::{Merged, merge},
};
use sqlx::PgPool;

async fn upon(world: &World, base: &[TicketTypeForm], types: &[TicketTypeForm]) -> Result<TypesSaved, EditError> {
    done!(world, |conn, ctx| editing::save_ticket_types(conn, ctx, &world.owner, world.tour.listing, base, types))
}

/// Upon what is kept now.
async fn save(world: &World, types: &[TicketTypeForm]) -> Result<Vec<TicketTypeForm>, EditError> {
    let base = world.editor(world.tour.listing).await.ticket_types;
    match upon(world, &base, types).await? {
        TypesSaved::Saved(saved) => Ok(saved),
        TypesSaved::Changed(_) => panic!("nobody else has changed them"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_list_is_as_it_was_sent(pool: PgPool) {
    let world = World::new(pool).await;
    let mut types = world.editor(world.tour.listing).await.ticket_types;
    types.reverse();
    types[0].name.en = String::new();
    types.insert(
        1,
        TicketTypeForm {
            name: sapar_shared::dto::editor::Tri { ru: " С обедом ".into(), ..Default::default() },
            ..kind("", 15_000)
        },
    );
    let saved = save(&world, &types).await.unwrap();
    let names: Vec<_> = saved.iter().map(|kind| kind.name.ru.as_str()).collect();
    assert_eq!(names, ["Детский", "С обедом", "Взрослый"]);
    assert_eq!((saved[0].id, saved[0].name.en.as_str(), saved[0].name.kk.as_str()), (Some(world.tour.child), "", "Балалар"));
    assert_eq!(
        world.number("select count(*) from ticket_types where name_en = 'С обедом'").await,
        1,
        "a ticket always has a name"
    );
    assert_eq!(save(&world, &saved).await.unwrap(), saved);
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_ordered_changes_or_goes(pool: PgPool) {
    let world = World::new(pool).await;
    let placed = world.sell(world.tour.child, 2).await;
    let mut types = world.editor(world.tour.listing).await.ticket_types;
    types.retain(|kind| kind.id == Some(world.tour.adult));
    types[0].price = Some(Money::from_tenge(20_000));
    save(&world, &types).await.unwrap();
    assert!(matches!(world.place(world.tour.child, 1).await, Err(OrderError::NotOnSale)));
    let order = world.order(&placed).await;
    assert_eq!((order.lines[0].ticket_type.as_str(), order.lines[0].unit_price), ("Детский", Money::from_tenge(5_000)));
    assert_eq!(world.number("select price_from from listings").await, 2_000_000);
    assert!(matches!(save(&world, &[]).await, Err(EditError::Problems(_))), "what is public has a price");
    let mut back = types.clone();
    back.push(TicketTypeForm { id: Some(world.tour.child), ..kind("Детский", 6_000) });
    assert_eq!(save(&world, &back).await.unwrap().len(), 2, "another tab still had it");
    world.place(world.tour.child, 1).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn quotas_count_what_was_taken_before_them(pool: PgPool) {
    let world = World::new(pool).await;
    let (departure, child) = (world.tour.departure, world.tour.child);
    world.sell(child, 2).await;
    let held = world.place(child, 1).await.unwrap();
    assert_eq!(world.counter(departure, Some(child)).await, None);
    let mut types = world.editor(world.tour.listing).await.ticket_types;
    types[1].quota = Some(2);
    let Err(EditError::Stock(refusal)) = save(&world, &types).await else { panic!("fewer than are taken") };
    let starts_at = world.ctx().now() + jiff::SignedDuration::from_hours(24 * 7);
    assert_eq!(refusal, StockRefusal::BelowTakenOn { starts_at, taken: 3 });
    assert_eq!(world.counter(departure, Some(child)).await, None, "nothing was changed");
    types[1].quota = Some(4);
    save(&world, &types).await.unwrap();
    assert_eq!(world.counter(departure, Some(child)).await, Some((4, 1, 2)));
    assert!(matches!(world.place(child, 2).await, Err(OrderError::SoldOut(left)) if left[0].places == 1));
    // Whoever held before the quota gives back to its counter, too.
    done!(world, |conn, ctx| payments::cancel(conn, ctx, &held.token)).unwrap();
    assert_eq!(world.counter(departure, Some(child)).await, Some((4, 0, 2)));
    types[1].quota = Some(1);
    assert!(matches!(save(&world, &types).await, Err(EditError::Stock(StockRefusal::BelowTakenOn { taken: 2, .. }))));
    types[1].quota = None;
    save(&world, &types).await.unwrap();
    assert_eq!(world.counter(departure, Some(child)).await, None);
    assert_eq!(world.counter(departure, None).await, Some((10, 0, 2)));
    world.place(child, 5).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_quota_that_comes_while_somebody_buys_misses_nobody(pool: PgPool) {
    let world = World::with(pool, TourBuilder::new("kolsai").capacity(40)).await;
    let mut types = world.editor(world.tour.listing).await.ticket_types;
    for quota in [Some(30), None, Some(35), None, Some(40)] {
        types[1].quota = quota;
        let buyers = futures::future::join_all((0..6).map(|_| world.place(world.tour.child, 1)));
        let (placed, saved) = futures::future::join(buyers, save(&world, &types)).await;
        assert!(placed.iter().all(Result::is_ok));
        saved.unwrap();
        let own = world.counter(world.tour.departure, None).await.unwrap();
        if quota.is_some() {
            let counted = world.counter(world.tour.departure, Some(world.tour.child)).await.unwrap();
            assert_eq!((counted.1, counted.2), (own.1, own.2), "{quota:?}");
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn nonsense_is_refused_by_field(pool: PgPool) {
    let world = World::new(pool).await;
    let mut bad = kind(" ", -1);
    bad.quota = Some(-1);
    bad.min_per_order = 0;
    bad.max_per_order = 51;
    bad.closes_minutes_before = -5;
    let Err(EditError::Problems(problems)) = save(&world, &[kind("Взрослый", 1), bad]).await else {
        panic!("it was taken")
    };
    let fields: Vec<_> = problems.iter().map(|p| p.field.trim_start_matches("ticket_types.1.")).collect();
    assert_eq!(fields, ["name.ru", "price", "quota", "min_per_order", "max_per_order", "closes_minutes_before"]);
    let unpriced = [TicketTypeForm { price: None, ..kind("Взрослый", 1) }, kind("Бесплатный", 0)];
    let Err(EditError::Problems(problems)) = save(&world, &unpriced).await else { panic!("nobody has named a price") };
    let wrong: Vec<_> = problems.iter().map(|p| (p.field.as_str(), p.kind)).collect();
    assert_eq!(wrong, [("ticket_types.0.price", ProblemKind::Missing)]);
    let many = vec![kind("Взрослый", 1); 101];
    assert!(matches!(save(&world, &many).await, Err(EditError::Problems(p)) if p[0].kind == ProblemKind::TooMany));
    let foreign = TicketTypeForm { id: Some(world.ctx().id().into()), ..kind("Чужой", 1) };
    assert!(matches!(save(&world, &[foreign]).await, Err(EditError::NotFound)));
}

#[sqlx::test(migrations = "../migrations")]
async fn who_saves_later_overwrites_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let base = world.editor(world.tour.listing).await.ticket_types;
    let mut first = base.clone();
    first[1].price = Some(Money::from_tenge(5_500));
    first.push(kind("Студент", 7_000));
    let Ok(TypesSaved::Saved(theirs)) = upon(&world, &base, &first).await else { panic!("it was refused") };

    let mut later = base.clone();
    later[0].price = Some(Money::from_tenge(11_000));
    later[1].quota = Some(4);
    let answer = upon(&world, &base, &later).await.unwrap();
    assert_eq!(answer, TypesSaved::Changed(theirs.clone()));
    assert_eq!(world.editor(world.tour.listing).await.ticket_types, theirs, "nothing was saved");

    let Merged { types, clashes } = merge(&base, &later, &theirs);
    assert_eq!(clashes, []);
    let Ok(TypesSaved::Saved(both)) = upon(&world, &theirs, &types).await else { panic!("it was refused") };
    assert_eq!((both[0].price, both[1].price), (Some(Money::from_tenge(11_000)), Some(Money::from_tenge(5_500))));
    assert_eq!((both[1].quota, &both[2]), (Some(4), &theirs[2]));
    // An answer that was lost on its way: what is sent again is there already.
    let TypesSaved::Changed(there) = upon(&world, &base, &later).await.unwrap() else { panic!("it was saved twice") };
    assert_eq!(merge(&base, &later, &there), Merged { types: there.clone(), clashes: vec![] });
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_at_once_one_is_asked_again(pool: PgPool) {
    let world = World::new(pool).await;
    let base = world.editor(world.tour.listing).await.ticket_types;
    let (mut one, mut other) = (base.clone(), base.clone());
    one[0].price = Some(Money::from_tenge(11_000));
    other[0].price = Some(Money::from_tenge(12_000));
    let (one, other) = futures::future::join(upon(&world, &base, &one), upon(&world, &base, &other)).await;
    let kept = world.editor(world.tour.listing).await.ticket_types;
    let answers = [one.unwrap(), other.unwrap()];
    assert!(answers.contains(&TypesSaved::Saved(kept.clone())) && answers.contains(&TypesSaved::Changed(kept)));
}
