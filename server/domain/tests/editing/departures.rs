//! Dates: made, copied, moved, made larger and smaller, called off.
use crate::world::{World, done};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use sapar_domain::{
    catalog::{
        departures::{self, list_departures},
        editing::EditError,
        jobs::EndHolds,
    },
    kernel::jobs::{self, Job as _, Kinds},
    orders::{self, OrderError},
    payments::{self, jobs::ClosePayment, provider::Outcome},
    testing::TourBuilder,
};
use sapar_shared::{
    dto::{
        editor::{Made, NewDepartures, PlannedDeparture, StockRefusal},
        order::{CALLED_OFF, OrderStatus},
    },
    ids::DepartureId,
    when,
};
use sqlx::PgPool;

/// Saturdays and Sundays at six and at two.
fn weekends(first: Date, last: Date) -> NewDepartures {
    NewDepartures {
        weekdays: vec![6, 7],
        times: vec!["06:00".into(), "14:00".into()],
        first,
        last,
        except: vec!["2026-12-06".into()],
        capacity: 18,
    }
}

async fn add(world: &World, new: &NewDepartures) -> Result<Made, EditError> {
    done!(world, |conn, ctx| departures::add_departures(conn, ctx, &world.owner, world.tour.listing, new))
}

async fn list(world: &World, from: Option<Date>) -> Vec<PlannedDeparture> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = list_departures(&mut *world.conn().await, world.ctx(), &world.owner, world.tour.listing, from, &cursor)
            .await
            .unwrap();
        rows.extend(page.rows);
        match page.next_cursor {
            Some(next) => cursor = next,
            None => return rows,
        }
    }
}

fn walls(rows: &[PlannedDeparture]) -> Vec<String> {
    rows.iter().map(|row| when::machine(row.starts_at)[..16].to_owned()).collect()
}

async fn capacity(world: &World, ids: &[DepartureId], places: i32) -> Result<(), EditError> {
    done!(world, |conn, ctx| departures::set_capacity(conn, ctx, &world.owner, ids, places))
}

async fn shift(world: &World, id: DepartureId, starts_at: Timestamp) -> Result<(), EditError> {
    done!(world, |conn, ctx| departures::move_departure(conn, ctx, &world.owner, id, starts_at))
}

#[sqlx::test(migrations = "../migrations")]
async fn a_rule_makes_dates_once(pool: PgPool) {
    let world = World::with(pool, TourBuilder::new("kolsai").child_quota(3)).await;
    let new = weekends(date(2026, 12, 1), date(2026, 12, 13));
    assert_eq!(add(&world, &new).await.unwrap(), Made { made: 6, there_before: 0 });
    assert_eq!(add(&world, &new).await.unwrap(), Made { made: 0, there_before: 6 });
    let rows = list(&world, Some(date(2026, 12, 1))).await;
    assert_eq!(walls(&rows)[..3], ["2026-12-05T06:00", "2026-12-05T14:00", "2026-12-12T06:00"]);
    assert_eq!((rows[0].capacity, rows[0].ends_at.duration_since(rows[0].starts_at)), (18, SignedDuration::from_hours(16)));
    assert_eq!(world.counter(rows[0].id, Some(world.tour.child)).await, Some((3, 0, 0)));
    assert_eq!(
        world.number("select count(*) from departure_rules where except_days = '{2026-12-06}'").await,
        2,
        "a rule that makes nothing is not kept"
    );
    // One departure is no rule.
    let one = NewDepartures { times: vec!["07:30".into()], ..weekends(date(2026, 12, 19), date(2026, 12, 19)) };
    assert_eq!(add(&world, &one).await.unwrap().made, 1);
    assert_eq!(world.number("select count(*) from departures where rule_id is null").await, 2);
    // Nine in the morning: what began at six is over.
    let today = weekends(date(2026, 11, 21), date(2026, 11, 21));
    assert_eq!(add(&world, &today).await.unwrap().made, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn too_many_and_nonsense_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let good = weekends(date(2026, 12, 1), date(2026, 12, 13));
    for (bad, field) in [
        (NewDepartures { weekdays: vec![8], ..good.clone() }, "weekdays"),
        (NewDepartures { times: vec!["24:00".into()], ..good.clone() }, "times"),
        (NewDepartures { last: date(2026, 11, 30), ..good.clone() }, "last"),
        (NewDepartures { last: date(2029, 11, 30), ..good.clone() }, "last"),
        (NewDepartures { except: vec!["yesterday".into()], ..good.clone() }, "except"),
        (NewDepartures { capacity: 0, ..good.clone() }, "capacity"),
        (NewDepartures { weekdays: vec![1, 2, 3, 4, 5, 6, 7], last: date(2027, 9, 1), ..good.clone() }, "departures"),
    ] {
        let Err(EditError::Problems(problems)) = add(&world, &bad).await else { panic!("{field} was taken") };
        assert_eq!(problems[0].field, field);
    }
    assert_eq!(world.number("select count(*) from departures").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_week_is_copied_without_what_is_there(pool: PgPool) {
    let world = World::new(pool).await;
    add(&world, &weekends(date(2026, 12, 1), date(2026, 12, 13))).await.unwrap();
    let copy = async |from, days, to| {
        done!(world, |conn, ctx| departures::copy_departures(conn, ctx, &world.owner, world.tour.listing, from, days, to))
    };
    assert_eq!(copy(date(2026, 12, 7), 7, date(2026, 12, 21)).await.unwrap(), Made { made: 4, there_before: 0 });
    assert_eq!(copy(date(2026, 12, 12), 1, date(2026, 12, 27)).await.unwrap(), Made { made: 0, there_before: 2 });
    assert_eq!(copy(date(2026, 12, 12), 1, date(2026, 11, 20)).await.unwrap(), Made::default(), "yesterday is over");
    assert!(matches!(copy(date(2026, 12, 12), 0, date(2026, 12, 30)).await, Err(EditError::Problems(_))));
    assert_eq!(walls(&list(&world, Some(date(2026, 12, 20))).await)[0], "2026-12-26T06:00");
}

#[sqlx::test(migrations = "../migrations")]
async fn dates_are_listed_by_pages_from_any_day(pool: PgPool) {
    let world = World::new(pool).await;
    let daily = NewDepartures { weekdays: vec![1, 2, 3, 4, 5, 6, 7], ..weekends(date(2026, 12, 1), date(2027, 3, 31)) };
    let made = add(&world, &daily).await.unwrap().made;
    let rows = list(&world, None).await;
    assert_eq!(i32::try_from(rows.len()).unwrap(), made + 1);
    assert!(rows.is_sorted_by(|a, b| a.starts_at < b.starts_at));
    assert_eq!(list(&world, Some(date(2027, 3, 31))).await.len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn capacity_never_falls_below_what_is_taken(pool: PgPool) {
    let world = World::new(pool).await;
    let departure = world.tour.departure;
    world.sell(world.tour.adult, 3).await;
    world.place(world.tour.adult, 2).await.unwrap();
    assert!(matches!(capacity(&world, &[departure], 4).await, Err(EditError::Stock(StockRefusal::BelowTaken { taken: 5 }))));
    add(&world, &weekends(date(2026, 12, 1), date(2026, 12, 5))).await.unwrap();
    let all: Vec<DepartureId> = list(&world, None).await.into_iter().map(|row| row.id).collect();
    let several = capacity(&world, &all, 4).await;
    assert!(matches!(several, Err(EditError::Stock(StockRefusal::BelowTakenOn { taken: 5, .. }))));
    assert!(list(&world, None).await.iter().skip(1).all(|row| row.capacity == 18), "all or none");
    capacity(&world, &all, 5).await.unwrap();
    assert!(list(&world, None).await.iter().all(|row| row.capacity == 5));
    assert!(matches!(world.place(world.tour.adult, 1).await, Err(OrderError::SoldOut(_))));
    assert_eq!(world.number("select largest_departure::bigint from listings").await, 5);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_departure_moves_while_nobody_has_bought(pool: PgPool) {
    let world = World::new(pool).await;
    let departure = world.tour.departure;
    add(&world, &weekends(date(2026, 12, 1), date(2026, 12, 5))).await.unwrap();
    let taken = when::of_wall("2026-12-05T06:00").unwrap();
    let free = when::of_wall("2026-12-04T05:45").unwrap();
    assert!(matches!(shift(&world, departure, taken).await, Err(EditError::Stock(StockRefusal::StartTaken))));
    assert!(matches!(shift(&world, departure, world.ctx().now()).await, Err(EditError::Stock(StockRefusal::InPast))));
    shift(&world, departure, free).await.unwrap();
    let row = list(&world, None).await.into_iter().find(|row| row.id == departure).unwrap();
    assert_eq!((row.starts_at, row.ends_at), (free, free + SignedDuration::from_hours(16)));
    world.sell(world.tour.adult, 2).await;
    assert!(matches!(shift(&world, departure, taken).await, Err(EditError::Stock(StockRefusal::Sold { sold: 2 }))));
    world.clock.advance(SignedDuration::from_hours(24 * 20));
    assert!(matches!(capacity(&world, &[departure], 50).await, Err(EditError::Stock(StockRefusal::Left))));
}

/// Runs the jobs that stand for the sale's end, as the worker would.
async fn run_jobs(world: &World) {
    loop {
        let due =
            jobs::lease(&mut *world.conn().await, world.ctx(), Kinds::Only(&[EndHolds::NAME, ClosePayment::NAME]), 50).await;
        let due = due.unwrap();
        if due.is_empty() {
            return;
        }
        for job in due {
            let payload = job.payload.clone();
            if job.name == EndHolds::NAME {
                payments::end_holds(&world.services, &serde_json::from_value(payload).unwrap()).await.unwrap();
            } else {
                payments::close_payment(&world.services, &serde_json::from_value(payload).unwrap()).await.unwrap();
            }
            jobs::finish(&mut *world.conn().await, job.id).await.unwrap();
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn calling_off_ends_holds_and_keeps_what_is_paid(pool: PgPool) {
    let world = World::with(pool, TourBuilder::new("kolsai").child_quota(4)).await;
    let departure = world.tour.departure;
    let paid = world.sell(world.tour.adult, 2).await;
    let held = world.place(world.tour.child, 1).await.unwrap();
    let paying = world.place(world.tour.adult, 3).await.unwrap();
    payments::start(&world.services, &paying.token, None).await.unwrap();
    let cancel = async || done!(world, |conn, ctx| departures::cancel_departure(conn, ctx, &world.owner, departure));
    cancel().await.unwrap();
    assert!(matches!(cancel().await, Err(EditError::Stock(StockRefusal::Cancelled))));
    assert!(matches!(world.place(world.tour.adult, 1).await, Err(OrderError::NotOnSale)), "at once");
    // The one at the bank pressed the button all the same.
    world.provider.decide(&paying.number, Outcome::Succeeded);
    run_jobs(&world).await;
    assert_eq!(world.counter(departure, None).await, Some((10, 0, 2)));
    assert_eq!(world.counter(departure, Some(world.tour.child)).await, Some((4, 0, 0)));
    for order in [&held, &paying] {
        let order = world.order(order).await;
        assert_eq!((order.status, order.failure.as_deref()), (OrderStatus::Cancelled, Some(CALLED_OFF)));
    }
    assert_eq!(world.order(&paid).await.status, OrderStatus::Paid, "its money goes back by the books");
    assert!(world.order(&paying).await.late_money_returned && !world.order(&held).await.late_money_returned);

    let affected = orders::affected(&mut *world.conn().await, world.ctx(), &world.owner, departure).await.unwrap().unwrap();
    let [one] = affected.as_slice() else { panic!("{affected:?}") };
    assert_eq!((one.order_number.as_str(), one.places, one.name.as_str()), (paid.number.as_str(), 2, "Айгүл Сәтбаева"));
    assert!(world.shown("tour-kolsai").await.unwrap().departures.is_empty());
    assert!(list(&world, None).await[0].cancelled, "the cabinet still shows it");
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_slips_in_while_it_is_called_off(pool: PgPool) {
    let world = World::with(pool, TourBuilder::new("kolsai").capacity(50)).await;
    let departure = world.tour.departure;
    let buyers = futures::future::join_all((0..12).map(|_| world.place(world.tour.adult, 1)));
    let cancel = async { done!(world, |conn, ctx| departures::cancel_departure(conn, ctx, &world.owner, departure)) };
    let (_, cancelled) = futures::future::join(buyers, cancel).await;
    cancelled.unwrap();
    run_jobs(&world).await;
    assert_eq!(world.counter(departure, None).await, Some((50, 0, 0)));
    assert_eq!(world.number("select count(*) from orders where status in ('held', 'awaiting_payment')").await, 0);
}
