//! The generated database: what it holds is what the application would have written, and its lists open.
use crate::world::actor;
use sapar_domain::{
    accounts::Actor,
    catalog::{
        editing, partner_page,
        scale::{self, Scale, ScaleError},
    },
    kernel::Ctx,
    orders, partners,
    testing::{TourBuilder, ctx_with},
    tickets,
};
use sapar_shared::{
    Lang,
    dto::desk::{OrderGroup, OrdersQuery},
    ids::{DepartureId, OrderId, OrganisationId},
    roles::Role,
};
use sqlx::{PgConnection, PgPool};
use std::collections::HashSet;
use uuid::Uuid;

const NOW: &str = "2026-11-21T04:00:00Z";
const TINY: Scale = Scale { organisations: 2, listings: 3, departures: 10, tickets: 100, seed: 1 };

/// A category, a place, and somebody's tour from a city, without orders.
async fn ground(conn: &mut PgConnection, ctx: &Ctx) {
    TourBuilder::new("kolsai").create(&mut *conn, ctx).await.expect("a tour");
    sqlx::query("update listings set from_place_id = (select id from places where slug = 'almaty')")
        .execute(conn)
        .await
        .expect("a city");
}

async fn fill(pool: &PgPool, ctx: &Ctx, scale: &Scale) -> Result<(), ScaleError> {
    let mut tx = pool.begin().await.expect("a transaction");
    scale::fill(&mut tx, ctx, scale, "no hash").await?;
    tx.commit().await?;
    Ok(())
}

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("a count")
}

async fn owner(pool: &PgPool) -> Actor {
    let id: Uuid =
        sqlx::query_scalar("select id from organisations where slug = 'scale-1'").fetch_one(pool).await.expect("an organisation");
    actor(OrganisationId(id), Role::Owner)
}

/// Every order that the list has, page by page.
async fn listed(conn: &mut PgConnection, ctx: &Ctx, by: &Actor, mut query: OrdersQuery) -> Vec<OrderId> {
    let mut ids = Vec::new();
    loop {
        let page = orders::organisation_orders(&mut *conn, ctx, by, &query, Lang::Kk).await.expect("a page");
        ids.extend(page.rows.iter().map(|row| row.id));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return ids,
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_generated_keeps_every_rule(pool: PgPool) {
    let (ctx, _) = ctx_with(NOW);
    let mut conn = pool.acquire().await.expect("a connection");
    ground(&mut conn, &ctx).await;
    let indexes = "select count(*) from pg_indexes where schemaname = 'public'";
    let constraints = "select count(*) from pg_constraint where connamespace = 'public'::regnamespace";
    let triggers = "select count(*) from pg_trigger where tgenabled = 'O'";
    let before = [count(&pool, indexes).await, count(&pool, constraints).await, count(&pool, triggers).await];
    fill(&pool, &ctx, &TINY).await.expect("it fills");

    let after = [count(&pool, indexes).await, count(&pool, constraints).await, count(&pool, triggers).await];
    assert_eq!(before, after, "indexes, constraints and triggers are back");
    assert_eq!(count(&pool, "select count(*) from tickets").await, 100);
    let departures = "select count(*) from departures d join organisations o on o.id = d.organisation_id and o.slug ~ '^scale-'";
    assert_eq!(count(&pool, departures).await, 20);
    assert_eq!(count(&pool, "select count(*) from listings where slug ~ '-s[0-9]+$'").await, 6);
    assert!(count(&pool, "select count(*) from tickets where status = 'activated'").await > 0, "past departures were boarded");
    assert!(count(&pool, "select count(*) from tickets where status = 'issued'").await > 0, "coming ones were not");
    assert_eq!(scale::broken_rules(&mut conn).await.expect("a look"), []);

    sqlx::query("update stock set sold = sold - 1 where sold > 0 and ticket_type_id is null")
        .execute(&pool)
        .await
        .expect("a lie");
    assert!(!scale::broken_rules(&mut conn).await.expect("a look").is_empty(), "it would have been seen");
}

#[sqlx::test(migrations = "../migrations")]
async fn it_fills_no_database_twice_and_none_with_real_orders(pool: PgPool) {
    let (ctx, _) = ctx_with(NOW);
    let mut conn = pool.acquire().await.expect("a connection");
    assert!(matches!(fill(&pool, &ctx, &TINY).await, Err(ScaleError::Empty)));
    ground(&mut conn, &ctx).await;
    assert!(matches!(fill(&pool, &ctx, &Scale { departures: 3, ..TINY }).await, Err(ScaleError::Bounds(_))));
    sqlx::query(
        "insert into orders (id, number, token_digest, lang, status, total, placed_at, expires_at)
         values ($1, '7K2M9QXA', 'x', 'ru', 'held', 0, now(), now() + interval '1 hour')",
    )
    .bind(ctx.id())
    .execute(&pool)
    .await
    .expect("an order");
    assert!(matches!(fill(&pool, &ctx, &TINY).await, Err(ScaleError::RealOrders)));
    sqlx::query("delete from orders").execute(&pool).await.expect("none");
    fill(&pool, &ctx, &TINY).await.expect("it fills");
    assert!(matches!(fill(&pool, &ctx, &TINY).await, Err(ScaleError::Again)));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_seed_makes_the_same_people(pool: PgPool) {
    let (ctx, _) = ctx_with(NOW);
    let mut conn = pool.acquire().await.expect("a connection");
    ground(&mut conn, &ctx).await;
    let mut made: Vec<Vec<String>> = Vec::new();
    for seed in [1, 1, 2] {
        let mut tx = pool.begin().await.expect("a transaction");
        scale::fill(&mut tx, &ctx, &Scale { seed, ..TINY }, "no hash").await.expect("it fills");
        let names = sqlx::query_scalar("select holder_name from tickets order by order_id, position").fetch_all(&mut *tx).await;
        made.push(names.expect("names"));
        tx.rollback().await.expect("nothing happened");
    }
    assert_eq!(made[0], made[1]);
    assert_ne!(made[0], made[2]);
}

/// More orders than are put in order after a search: what is found must not depend on how.
#[sqlx::test(migrations = "../migrations")]
async fn lists_and_searches_of_many_orders_are_whole(pool: PgPool) {
    let (ctx, _) = ctx_with(NOW);
    let mut conn = pool.acquire().await.expect("a connection");
    ground(&mut conn, &ctx).await;
    fill(&pool, &ctx, &Scale { organisations: 1, listings: 70, departures: 420, tickets: 4000, seed: 3 })
        .await
        .expect("it fills");
    let owner = owner(&pool).await;

    let open = listed(&mut conn, &ctx, &owner, OrdersQuery::default()).await;
    assert_eq!(
        i64::try_from(open.len()),
        Ok(count(&pool, "select count(*) from orders where status not in ('expired', 'cancelled')").await)
    );
    assert_eq!(open.iter().collect::<HashSet<_>>().len(), open.len(), "none comes twice");
    for (words, pattern) in [("77", "%77%"), ("ки", "% ки%"), ("ова", "%ова%"), ("айгул кИм", "%айгул%ким%"), ("7701", "%7701%")]
    {
        let found = listed(&mut conn, &ctx, &owner, OrdersQuery { words: words.into(), ..OrdersQuery::default() }).await;
        let wanted: Vec<Uuid> = sqlx::query_scalar(
            "select id from orders where order_words(contact_name, contact_phone, number) like $1
               and (contact_name is not null or contact_phone is not null) order by placed_at desc, id desc",
        )
        .bind(pattern)
        .fetch_all(&pool)
        .await
        .expect("orders");
        assert_eq!(found.iter().map(|id| id.0).collect::<Vec<_>>(), wanted, "{words}");
    }
    assert!(count(&pool, "select count(*) from organisation_orders where words like '%77%'").await > 1000, "both ways were gone");
    let returned = OrdersQuery { words: "77".into(), group: Some(OrderGroup::Returned), ..OrdersQuery::default() };
    let back = listed(&mut conn, &ctx, &owner, returned).await;
    assert_eq!(i64::try_from(back.len()), Ok(count(&pool, "select count(*) from orders where status = 'refunded'").await));

    let departure: Uuid = sqlx::query_scalar("select departure_id from tickets group by 1 order by count(*) desc, 1 limit 1")
        .fetch_one(&pool)
        .await
        .expect("a departure");
    let (people, _) =
        tickets::list_part(&mut conn, &ctx, &owner, DepartureId(departure), None, 500, Lang::Ru).await.expect("passengers");
    assert!(people.len() > 1);
    let first = partner_page(&mut conn, &ctx, Lang::Ru, "scale-1", "").await.expect("a look").expect("a page");
    assert_eq!((first.listings.len(), first.partner.tours, first.followers), (60, 67, 16), "three are paused");
    let next = first.next.expect("another page");
    let second = partner_page(&mut conn, &ctx, Lang::Ru, "scale-1", &next).await.expect("a look").expect("a page");
    assert_eq!((second.listings.len(), second.next), (7, None));
    let slugs: HashSet<String> = first.listings.into_iter().chain(second.listings).map(|card| card.slug).collect();
    assert_eq!(slugs.len(), 67);
    let (mut tours, mut cursor) = (0, String::new());
    loop {
        let page = editing::listings(&mut conn, &ctx, &owner, Lang::Ru, "", "", &cursor).await.expect("a look");
        tours += page.rows.len();
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(tours, 70);
    let staff = partners::members(&mut conn, &ctx, &owner, None).await.expect("a look");
    assert!(staff.next.is_some(), "two hundred work there");
    let after = staff.next_invitations.expect("sixty are invited");
    let others = partners::members(&mut conn, &ctx, &owner, Some(&after)).await.expect("a look");
    assert_eq!((staff.invitations.len(), others.invitations.len(), others.members.len()), (50, 10, 0));
    assert!(others.invitations.iter().all(|row| !staff.invitations.contains(row)) && others.next_invitations.is_none());
}
