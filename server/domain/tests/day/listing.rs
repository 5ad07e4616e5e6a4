//! The list of orders: whose, which, and found by what.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    kernel::events::{self, Event},
    orders::{self, DeskError},
    testing::TourBuilder,
    tickets,
};
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{Channel, Happening, OrderGroup, OrdersQuery, Stage},
        order::OrderStatus,
    },
    ids::ListingId,
    roles::Role,
    when,
};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";
const PHONE: &str = "8 701 123 45 67";

#[sqlx::test(migrations = "../migrations")]
async fn an_order_is_found_by_whatever_people_say(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(20)).await;
    let owner = world.member(Role::Owner);
    let line = [World::line(&world.tour, world.tour.adult, 1)];
    let order = world.paid(NAME, PHONE, &line).await;
    let another = world.paid("Ян Ким", "+7 707 765 43 21", &line).await;
    let detail = world.detail(&owner, order).await.expect("an order");
    let code = detail.tickets[0].code.clone();
    let said = ["Айгул", "айгүл", "сатбаева айг", "8 701 123", "4567", "+7 (701) 123-45-67", "1234567"];
    for words in said.into_iter().chain([detail.number.as_str(), &detail.number.to_lowercase(), &code, &code.to_lowercase()]) {
        assert_eq!(world.found(&owner, words).await, [order], "{words}");
    }
    assert_eq!(world.found(&owner, "ян").await, [another], "a short word from its beginning");
    assert_eq!(world.found(&owner, &format!("https://sapar.test/x/{code}")).await, [order]);
    for words in ["Серик", "100%", "_", "8 777"] {
        assert_eq!(world.found(&owner, words).await, [], "{words}");
    }
    for words in [NAME, PHONE, detail.number.as_str(), code.as_str()] {
        assert_eq!(world.found(&world.stranger(), words).await, [], "{words}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_foreign_organisation_sees_nothing(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 1)]).await;
    let stranger = world.stranger();
    assert!(world.orders(&stranger, &OrdersQuery::default()).await.expect("a page").rows.is_empty());
    assert_eq!(world.detail(&stranger, order).await, None);
    assert!(matches!(world.orders(&world.member(Role::Gate), &OrdersQuery::default()).await, Err(DeskError::Forbidden(_))));
    let (mut conn, ctx) = (world.services.conn().await.expect("a connection"), &world.services.ctx);
    let listed = tickets::list_head(&mut conn, ctx, &stranger, world.tour.departure, Lang::Ru).await.expect("an answer");
    assert_eq!(listed, None);
    let (people, _) =
        tickets::list_part(&mut conn, ctx, &stranger, world.tour.departure, None, 10, Lang::Ru).await.expect("an answer");
    assert!(people.is_empty());
    let seller = world.member(Role::Seller);
    let refused = tickets::list_part(&mut conn, ctx, &seller, world.tour.departure, None, 10, Lang::Ru).await;
    assert!(matches!(refused, Err(DeskError::Forbidden(_))), "a seller takes no lists out of the house");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_a_mixed_order_each_sees_its_own_part(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let lines = [World::line(&world.tour, world.tour.adult, 1), World::line(&world.other, world.other.child, 2)];
    let order = world.paid(NAME, PHONE, &lines).await;
    let (own, theirs) = (world.member(Role::Owner), world.stranger());
    let mine = world.detail(&own, order).await.expect("an order");
    assert_eq!((mine.lines.len(), mine.tickets.len(), mine.total), (1, 1, Money::from_tenge(10_000)));
    let other = world.detail(&theirs, order).await.expect("an order");
    assert_eq!((other.lines.len(), other.tickets.len(), other.total), (1, 2, Money::from_tenge(10_000)));
    assert_eq!((mine.link, other.link), (None, None), "the customer's page shows both");
    let mut tx = world.services.pool.begin().await.expect("a transaction");
    orders::note(&mut tx, &world.services.ctx, &own, order, "наше").await.expect("a note");
    tx.commit().await.expect("a commit");
    let noted =
        |history: &[sapar_shared::dto::desk::HistoryRow]| history.iter().any(|row| matches!(row.what, Happening::Noted { .. }));
    assert!(noted(&world.detail(&own, order).await.expect("an order").history));
    assert!(!noted(&world.detail(&theirs, order).await.expect("an order").history), "notes stay in the house");
}

#[sqlx::test(migrations = "../migrations")]
async fn filters_and_pages(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(100)).await;
    let owner = world.member(Role::Owner);
    let line = [World::line(&world.tour, world.tour.adult, 1)];
    for _ in 0..32 {
        world.clock.advance(SignedDuration::from_secs(1));
        world.place(NAME, PHONE, &line).await;
    }
    world.clock.advance(SignedDuration::from_secs(1));
    let cash = world.sell(&owner, &world.sale(1, 1)).await.expect("a sale");
    let page = async |query: OrdersQuery| world.orders(&owner, &query).await.expect("a page");
    let first = page(OrdersQuery::default()).await;
    assert_eq!((first.rows.len(), first.rows[0].id), (30, cash), "the newest first");
    let second = page(OrdersQuery { after: first.next, ..OrdersQuery::default() }).await;
    assert_eq!((second.rows.len(), second.next), (3, None));
    let all: std::collections::HashSet<_> = first.rows.iter().chain(&second.rows).map(|row| row.id).collect();
    assert_eq!(all.len(), 33, "each once");
    let count = async |query: OrdersQuery| page(query).await.rows.len();
    assert_eq!(count(OrdersQuery { channel: Some(Channel::Cash), ..OrdersQuery::default() }).await, 1);
    assert_eq!(count(OrdersQuery { group: Some(OrderGroup::Paid), ..OrdersQuery::default() }).await, 1);
    assert_eq!(count(OrdersQuery { group: Some(OrderGroup::Ended), ..OrdersQuery::default() }).await, 0);
    assert_eq!(count(OrdersQuery { listing: Some(world.other.listing), ..OrdersQuery::default() }).await, 0);
    let day = when::local(world.services.ctx.now()).date();
    assert_eq!(count(OrdersQuery { day: Some(day), channel: Some(Channel::Cash), ..OrdersQuery::default() }).await, 1);
    let tomorrow = day.tomorrow().expect("a day");
    assert_eq!(count(OrdersQuery { day: Some(tomorrow), ..OrdersQuery::default() }).await, 0);
    let mut conn = world.services.conn().await.expect("a connection");
    let attention = orders::attention(&mut conn, &world.services.ctx, &owner, Lang::Ru).await.expect("an answer");
    assert_eq!((attention.unpaid, attention.online, attention.cash), (32, Money::ZERO, Money::from_tenge(10_000)));
    assert!(matches!(
        orders::attention(&mut conn, &world.services.ctx, &world.member(Role::Gate), Lang::Ru).await,
        Err(DeskError::Forbidden(_))
    ));
}

/// A listing of the own organisation that leaves so many hours from now.
async fn planned(world: &World, slug: &str, status: &str, hours: i64, approved: bool) -> ListingId {
    let (ctx, pool) = (&world.services.ctx, &world.services.pool);
    let (listing, departure) = (ctx.id(), ctx.id());
    let made = sqlx::query(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id, guide_languages,
                               duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from, created_at, updated_at)
         select $1, organisation_id, kind, $3, $4, place_id, from_place_id, place_path, category_id, guide_languages,
                duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from, created_at, updated_at
         from listings where id = $2",
    );
    made.bind(listing).bind(world.tour.listing.0).bind(status).bind(slug).execute(pool).await.expect("a listing");
    let drafted = sqlx::query(
        "insert into listing_drafts (listing_id, version, content, edited_at, approved_at)
         select id, 1, jsonb_build_object('title', jsonb_build_object('ru', slug, 'kk', '')), created_at, case when $2 then created_at end
         from listings where id = $1",
    );
    drafted.bind(listing).bind(approved).execute(pool).await.expect("a draft");
    let leaves = sqlx::query(
        "insert into departures (id, listing_id, organisation_id, starts_at, ends_at)
         select $1, id, organisation_id, $3::timestamptz, $3::timestamptz + interval '8 hours' from listings where id = $2",
    );
    let starts_at = (ctx.now() + SignedDuration::from_hours(hours)).to_string();
    leaves.bind(departure).bind(listing).bind(starts_at).execute(pool).await.expect("a departure");
    listing.into()
}

#[sqlx::test(migrations = "../migrations")]
async fn tours_that_leave_soon_and_cannot_be_bought_are_said(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (owner, seller) = (world.member(Role::Owner), world.member(Role::Seller));
    let rejected = planned(&world, "rejected", "rejected", 70, false).await;
    let draft = planned(&world, "draft", "draft", 20, false).await;
    let waiting = planned(&world, "waiting", "in_review", 40, false).await;
    let approved = planned(&world, "approved", "in_review", 50, true).await;
    planned(&world, "far", "draft", 24 * 8, false).await;
    planned(&world, "gone", "draft", -1, false).await;
    planned(&world, "public", "published", 5, false).await;
    let look = async |by: &sapar_domain::accounts::Actor, lang: Lang| {
        let mut conn = world.services.conn().await.expect("a connection");
        orders::attention(&mut conn, &world.services.ctx, by, lang).await.expect("an answer").unapproved
    };
    let said = look(&owner, Lang::Kk).await;
    let stages: Vec<_> = said.iter().map(|tour| (tour.listing, tour.stage)).collect();
    let expected = [(draft, Stage::Draft), (waiting, Stage::InReview), (approved, Stage::Approved), (rejected, Stage::Rejected)];
    assert_eq!(stages, expected, "the soonest first");
    assert_eq!(said[0].title, "draft", "in Russian, where there is no other name");
    assert!(look(&seller, Lang::Ru).await.is_empty(), "who cannot see to it is not told");
    assert!(look(&world.stranger(), Lang::Ru).await.is_empty());
    for slug in ["one", "two"] {
        planned(&world, slug, "draft", 1, false).await;
    }
    assert_eq!(look(&owner, Lang::Ru).await.len(), 5, "no more than anybody reads");
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_sellers_hear_of_an_order(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    sqlx::query("delete from news").execute(&world.services.pool).await.expect("quiet");
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 1)]).await;
    let told: Vec<String> = sqlx::query_scalar("select payload from news").fetch_all(&world.services.pool).await.expect("news");
    let sales: Vec<Event> =
        told.iter().filter_map(|payload| Event::parse(payload)).filter(|event| matches!(event, Event::Sale { .. })).collect();
    let own = |status| Event::Sale { organisation: world.tour.organisation, order, status };
    for status in [OrderStatus::Held, OrderStatus::AwaitingPayment, OrderStatus::Paid] {
        assert!(sales.contains(&own(status)), "{status:?} in {told:?}");
    }
    let foreign = |event: &&Event| matches!(event, Event::Sale { organisation, .. } if *organisation != world.tour.organisation);
    assert_eq!(sales.iter().filter(foreign).count(), 0);
    let mut conn = world.services.conn().await.expect("a connection");
    events::notify_sellers(&mut conn, order).await.expect("told");
}
