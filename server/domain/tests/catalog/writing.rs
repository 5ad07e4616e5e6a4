//! What fills the catalogue and keeps it fresh.
use crate::world::{KOLSAI, demo, number, pictures};
use jiff::civil::date;
use sapar_domain::{
    catalog::{self, seed},
    testing::ctx_at,
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn the_demo_is_written_once_and_holds_together(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let count = |sql| async move { number(&mut pool.acquire().await.unwrap(), sql).await };
    assert_eq!(number(&mut conn, "select count(*) from listings where status = 'published' and price_from > 0").await, 62);
    assert_eq!(number(&mut conn, "select count(*) from listings where next_departure_at is null").await, 0);
    let departures = number(&mut conn, "select count(*) from departures").await;
    assert!(departures > 62 * 12, "{departures}");
    let orphans = "select count(*) from departures d where not exists (select from stock s where s.departure_id = d.id
                   and s.ticket_type_id is null)";
    assert_eq!(number(&mut conn, orphans).await, 0);
    let full = "select count(*) from stock where sold = capacity and ticket_type_id is null and capacity > 0";
    assert!((10..200).contains(&number(&mut conn, full).await));
    seed::write(&mut conn, &ctx, &seed::plan(), &pictures()).await.unwrap();
    assert_eq!(count("select count(*) from departures").await, departures);
}

#[sqlx::test(migrations = "../migrations")]
async fn next_departures_roll_on_and_rules_repeat_without_doubles(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    assert!(catalog::roll_next_departures(&mut conn, &ctx).await.unwrap().is_empty());
    let next = "select count(*) from listings where next_departure_at <= '2026-11-28 04:00Z'";
    let stale = number(&mut conn, next).await;
    assert!(stale > 10);
    let later = ctx_at("2026-11-28T04:00:00Z");
    let rolled = catalog::roll_next_departures(&mut conn, &later).await.unwrap();
    assert_eq!(i64::try_from(rolled.len()).unwrap(), stale);
    assert_eq!(number(&mut conn, next).await, 0);

    let id: uuid::Uuid =
        sqlx::query_scalar("select id from listings where slug = $1").bind(KOLSAI).fetch_one(&mut *conn).await.unwrap();
    let (rule_id, organisation): (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "select r.id, l.organisation_id from departure_rules r join listings l on l.id = r.listing_id where l.id = $1",
    )
    .bind(id)
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    let rule = catalog::Rule {
        id: rule_id,
        listing: id.into(),
        organisation: organisation.into(),
        weekdays: vec![3, 6, 7],
        start: "05:30".parse().unwrap(),
        first_day: date(2026, 11, 21),
        last_day: date(2027, 12, 31),
        except: vec![],
        capacity: 18,
        duration_minutes: 960,
        quotas: vec![],
    };
    let week = catalog::make_departures(&mut conn, &ctx, std::slice::from_ref(&rule), date(2027, 2, 28)).await.unwrap();
    assert_eq!(week, 3, "the demo runs to the 21st of February");
    assert_eq!(catalog::make_departures(&mut conn, &ctx, &[rule], date(2027, 2, 28)).await.unwrap(), 0);
}
