//! What fills the catalogue and keeps it fresh.
use crate::world::{KOLSAI, demo, number, pictures, run, search, text};
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
    let summer = "select count(*) from departures d join listings l on l.id = d.listing_id
                  where l.slug in ('kapchagay-beach-day', 'kapchagay-sailing', 'korgalzhyn-flamingos', 'aksu-zhabagly-tulips')
                    and extract(month from d.starts_at) in (11, 12, 1, 2)";
    assert_eq!(number(&mut conn, summer).await, 0);
    let full = "select count(*) from stock where sold = capacity and ticket_type_id is null and capacity > 0";
    assert!((10..200).contains(&number(&mut conn, full).await));
    seed::write(&mut conn, &ctx, &seed::plan(), &pictures()).await.unwrap();
    assert_eq!(count("select count(*) from departures").await, departures);
}

/// Places that are counted as sold and are no ticket's, orders that lack tickets or money, and money that is nobody's.
const PHANTOMS: &str = "select
    (select count(*) from stock s where s.sold <> (select count(*) from tickets t where t.departure_id = s.departure_id
            and (s.ticket_type_id is null or t.ticket_type_id = s.ticket_type_id)))
  + (select count(*) from orders o where (select count(*) from tickets t where t.order_id = o.id)
            <> (select sum(quantity) from order_lines line where line.order_id = o.id)
         or o.total <> (select sum(quantity * unit_price) from order_lines line where line.order_id = o.id)
         or not exists (select from payments p where p.order_id = o.id and p.status = 'succeeded' and p.amount = o.total)
         or not exists (select from ledger_entries e join ledger_postings p on p.entry_id = e.id
                        where e.reason = 'order:' || o.id || ':sale' and p.account = 'provider' and p.amount = o.total))
  + (select count(*) from listings l where l.sold_count <> (select coalesce(sum(s.sold), 0) from departures d
            join stock s on s.departure_id = d.id and s.ticket_type_id is null where d.listing_id = l.id))
  + (select count(*) from ticket_types t join order_lines line on line.ticket_type_id = t.id where line.quantity > t.max_per_order)";

#[sqlx::test(migrations = "../migrations")]
async fn what_the_demo_sold_are_tickets(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    assert_eq!(number(&mut conn, PHANTOMS).await, 0);
    assert!(number(&mut conn, "select count(*) from tickets").await > 300);
    let leaving = seed::keep_today(&mut conn, &ctx).await.unwrap();
    assert_eq!(leaving.len(), 2);
    for tour in &leaving {
        assert_eq!(sapar_shared::when::local(tour.starts_at).date(), ctx.today());
        let shown = catalog::tour(&mut conn, &ctx, sapar_shared::Lang::Ru, &tour.slug).await.unwrap().unwrap();
        assert!(shown.departures[0].starts_at == tour.starts_at && shown.departures[0].places_left >= 2);
    }
    let made = number(&mut conn, "select count(*) from departures where rule_id is null").await;
    assert!((1..=2).contains(&made), "one of them may leave by its rule: {made}");
    assert_eq!(number(&mut conn, PHANTOMS).await, 0);
    // A start later in the day finds them still ahead; one in the evening makes new ones.
    seed::keep_today(&mut conn, &ctx_at("2026-11-21T05:00:00Z")).await.unwrap();
    assert_eq!(number(&mut conn, "select count(*) from departures where rule_id is null").await, made);
    let evening = seed::keep_today(&mut conn, &ctx_at("2026-11-21T17:30:00Z")).await.unwrap();
    assert!(evening.iter().all(|tour| tour.starts_at.to_string() == "2026-11-21T18:59:00Z"), "{evening:?}");
    assert_eq!(number(&mut conn, PHANTOMS).await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_full_departure_is_not_the_next_one_while_there_are_others(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    run(&mut conn, "update stock set sold = 0").await;
    catalog::roll_next_departures(&mut conn, &ctx).await.unwrap();
    let dates = catalog::tour(&mut conn, &ctx, sapar_shared::Lang::Ru, KOLSAI).await.unwrap().unwrap().departures;
    let query = text("Кольсай за один день");
    // What a card shows, at once and after the clock has rolled on.
    for (full, expected) in [(1, Some((1, 18))), (0, Some((0, 18))), (3, Some((3, 18))), (100, Some((0, 0)))] {
        for (at, departure) in dates.iter().enumerate() {
            sqlx::query("update stock set sold = case when $2 then capacity else 0 end where departure_id = $1 and ticket_type_id is null")
                .bind(departure.id.0)
                .bind(at < full)
                .execute(&mut *conn)
                .await
                .unwrap();
        }
        if full == 100 {
            run(&mut conn, "update stock set sold = capacity where ticket_type_id is null").await;
        }
        for rolled in [false, true] {
            let page = search(&mut conn, &ctx, &query).await;
            let card = page.items.iter().find(|card| card.slug == KOLSAI).unwrap();
            let shown = dates.iter().position(|d| Some(d.starts_at) == card.next_departure).zip(card.places_left);
            // Before the clock has rolled on, an earlier date that has places again is not known yet.
            if rolled || full > 0 && full < 100 {
                assert_eq!(shown, expected, "{full} {rolled}");
            }
            catalog::roll_next_departures(&mut conn, &ctx).await.unwrap();
        }
    }
    assert!(catalog::roll_next_departures(&mut conn, &ctx).await.unwrap().is_empty(), "a note is read once");
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
