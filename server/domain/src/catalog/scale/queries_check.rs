//! What must hold of the whole database, whoever wrote it: how many rows break each rule.
use sqlx::PgConnection;

pub(super) async fn broken(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"with tickets_of as materialized (
               select departure_id, ticket_type_id, count(*)::int as places from tickets where status <> 'void' group by 1, 2),
           lines_of as materialized (
               select order_id, organisation_id, sum(quantity)::int as places, sum(quantity * unit_price)::bigint as total
               from order_lines group by 1, 2)
           select rule as "rule!", rows as "rows!" from (
               select 'places sold of a departure are its tickets' as rule, count(*) as rows
               from stock s left join (select departure_id, sum(places) as places from tickets_of group by 1) t using (departure_id)
               where s.ticket_type_id is null and s.sold <> coalesce(t.places, 0)
               union all
               select 'places sold of a quota are its tickets', count(*)
               from stock s left join tickets_of t on t.departure_id = s.departure_id and t.ticket_type_id = s.ticket_type_id
               where s.ticket_type_id is not null and s.sold <> coalesce(t.places, 0)
               union all
               select 'a departure knows its free places', count(*)
               from stock s join departures d on d.id = s.departure_id
               where s.ticket_type_id is null and d.places_left <> least(50, s.capacity - s.held - s.sold - s.elsewhere)
               union all
               select 'every departure is counted', count(*)
               from departures d where not exists (select from stock s where s.departure_id = d.id and s.ticket_type_id is null)
               union all
               select 'a paid order has a ticket for each place', count(*)
               from (select order_id, sum(places) as places from lines_of group by 1) l
               join orders o on o.id = l.order_id and o.paid_at is not null
               left join (select order_id, count(*) as tickets from tickets group by 1) t on t.order_id = o.id
               where coalesce(t.tickets, 0) <> l.places
               union all
               select 'an order costs what its lines cost', count(*)
               from orders o join (select order_id, sum(total) as total from lines_of group by 1) l on l.order_id = o.id
               where o.total <> l.total
               union all
               select 'each organisation has its part of an order', count(*)
               from lines_of l join orders o on o.id = l.order_id
               left join organisation_orders part on part.order_id = l.order_id and part.organisation_id = l.organisation_id
               where (part.status, part.channel, part.placed_at, part.total)
                     is distinct from (o.status, o.channel, o.placed_at, l.total)
               union all
               select 'a search finds every name', count(*)
               from organisation_orders part left join organisation_order_words w using (order_id, organisation_id)
               where part.words <> coalesce(w.words, '')
               union all
               select 'an order whose last ticket was used is completed', count(*)
               from (select order_id, bool_and(status = 'activated') as used from tickets group by 1) t
               join orders o on o.id = t.order_id
               where (o.status = 'completed') <> t.used
               union all
               select 'an order is paid once', count(*)
               from orders o left join payments p on p.order_id = o.id and p.status in ('succeeded', 'returning', 'returned')
               where o.paid_at is not null and o.total > 0 and p.amount is distinct from o.total
               union all
               select 'the books balance', count(*)
               from (select entry_id from ledger_postings group by 1 having sum(amount) <> 0) uneven
               union all
               select 'partners are owed what was sold for them', count(*)
               from (select 'partner:' || l.organisation_id as account, sum(l.total) as total
                     from lines_of l join orders o on o.id = l.order_id
                     where o.channel = 'online' and o.status in ('paid', 'completed') group by 1) sold
               full join (select account, -sum(amount) as total from ledger_postings where account <> 'provider' group by 1) owed
                 using (account)
               where coalesce(sold.total, 0) <> coalesce(owed.total, 0)
               union all
               select 'a line of a history lacks nothing', count(*) from order_events
               where jsonb_path_exists(what, '$.** ? (@ == null)')) rules
           where rows > 0"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.rule, row.rows)).collect())
}
