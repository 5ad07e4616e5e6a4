//! What was ordered, paid and used.
use super::Scale;
use crate::kernel::db::{Day, Ts};
use sqlx::PgConnection;
use uuid::Uuid;

/// Orders in the order of their time; the rest of each follows from its number.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) numbers: Vec<i64>,
    pub(super) ids: Vec<Uuid>,
    pub(super) digests: Vec<Vec<u8>>,
    pub(super) codes: Vec<String>,
    pub(super) moments: Vec<Ts>,
    pub(super) quantities: Vec<i32>,
    /// Given up before they were paid.
    pub(super) ended: Vec<bool>,
}

/// A few organisations sell most, and a few people travel most: number 1 of either has thousands of orders. Of eight orders one
/// was sold at the counter, half of these to people who said no name; of fifty one was given back. Departures that are over
/// were boarded, but for every sixteenth order.
pub(super) async fn orders(
    conn: &mut PgConnection,
    (now, today): (Ts, Day),
    scale: &Scale,
    people: (i64, i64),
    names: &[String],
    placed: &Placed,
) -> sqlx::Result<()> {
    let (travellers, accounts) = people;
    sqlx::query!(
        "with plan as materialized (
             select i.id, i.digest, i.number, i.placed_at, i.quantity, i.ended, l.id as listing, l.organisation_id,
                    (lpad(to_hex(1700000000000 + (n - 1) * $5::bigint + k * $4::bigint + j), 12, '0') || '70008000'
                     || lpad(to_hex(l.m), 12, '0'))::uuid as departure,
                    adult.id as adult, child.id as child, adult.price as adult_price, child.price as child_price,
                    case when i.quantity >= 3 and h4 / 1000 % 2 = 0 then 1 else 0 end as children,
                    case when i.ended then case when h4 % 2 = 0 then 'expired' else 'cancelled' end
                         when not cash and h4 / 16 % 50 = 0 then 'refunded'
                         when starts_at < $1 and h4 / 800 % 16 <> 0 then 'completed' else 'paid' end as status,
                    cash, not (cash and h5 % 2 = 0) as named, p, case when cash then seller.account_id end as sold_by,
                    case when h4 % 5 < 3 then 'ru' when h4 % 5 = 3 then 'kk' else 'en' end as lang
             from unnest($8::bigint[], $9::uuid[], $10::bytea[], $11::text[], $12::timestamptz[], $13::int[], $14::bool[])
                  as i (i, id, digest, number, placed_at, quantity, ended)
             cross join lateral (select abs(hashint8extended(i.i, $7::bigint * 16 + 5) % 1000000007) as h1,
                                        abs(hashint8extended(i.i, $7::bigint * 16 + 6) % 1000000007) as h2,
                                        abs(hashint8extended(i.i, $7::bigint * 16 + 7) % 1000000007) as h3,
                                        abs(hashint8extended(i.i, $7::bigint * 16 + 8) % 1000000007) as h4,
                                        abs(hashint8extended(i.i, $7::bigint * 16 + 9) % 1000000007) as h5) chance
             cross join lateral (select least($3::bigint, floor(10 * exp(h1::float8 / 1000000007 * ln(($3::bigint + 10)::float8 / 10)) - 9)::bigint) as n,
                                        1 + h2 % $4::bigint as j, not i.ended and h4 / 2 % 8 = 0 as cash,
                                        floor($6::bigint * power(h5::float8 / 1000000007, 2))::bigint as p) who
             cross join lateral (select ($5::bigint - j + $4::bigint) / $4::bigint as times,
                                        ((i.placed_at at time zone 'Asia/Almaty')::date - $2::date) + 202 + h3 % 45 as day) much
             cross join lateral (select (day * times + 399) / 400 as k) turn
             join (select l.id, l.organisation_id, substring(slug from '-s([0-9]+)$')::bigint as m from listings l
                   where slug ~ '-s[0-9]+$') l on l.m = (n - 1) * $4::bigint + j
             cross join lateral (select (($2::date - 200 + ((k * 400 / times) + l.m % greatest(1, 400 / times))::int)
                                         + make_interval(hours => (5 + l.m % 12)::int)) at time zone 'Asia/Almaty' as starts_at) start
             join ticket_types adult on adult.listing_id = l.id and adult.position = 0
             join ticket_types child on child.listing_id = l.id and child.position = 1
             join members seller on seller.organisation_id = l.organisation_id and seller.role = 'seller'
              and seller.created_at = (select min(created_at) from members one
                                       where one.organisation_id = l.organisation_id and one.role = 'seller')),
         made as (
             insert into orders (id, number, token_digest, lang, status, contact_name, contact_phone, contact_email, total, placed_at,
                                 expires_at, paid_at, closed_at, channel, sold_by, sale_key, account_id)
             select plan.id, number, digest, plan.lang, status, case when named then called.name end,
                    case when named then '+77' || lpad((10000000 + p * 7919 % 1000000000)::text, 9, '0') end,
                    case when named then 'traveller-' || p || '@scale.example' end,
                    adult_price * (quantity - children) + child_price * children, placed_at, placed_at + interval '1 hour',
                    case when not ended then placed_at + case when cash then interval '0' else interval '4 minutes' end end,
                    case status when 'expired' then placed_at + interval '1 hour' when 'cancelled' then placed_at + interval '20 minutes'
                                when 'refunded' then placed_at + interval '50 minutes' end,
                    case when cash then 'cash' else 'online' end, sold_by, case when cash then uuidv7() end,
                    case when named and p < $15 then a.id end
             from plan
             left join unnest($16::text[]) with ordinality as called (name, at)
               on called.at = 1 + abs(hashint8extended(p, $7::bigint * 16 + 2) % cardinality($16::text[]))
             left join accounts a on a.email = 'traveller-' || p || '@scale.example'
             order by plan.id)
         insert into order_lines (id, order_id, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price)
         select uuidv7(), plan.id, line.position, departure, line.type, listing, organisation_id, line.quantity, line.price
         from plan
         cross join lateral (values (1, adult, quantity - children, adult_price), (2, child, children, child_price))
                            as line (position, type, quantity, price)
         where line.quantity > 0
         order by plan.id, line.position",
        now as Ts,
        today as Day,
        scale.organisations,
        scale.listings,
        scale.departures,
        travellers,
        scale.seed,
        &placed.numbers,
        &placed.ids,
        &placed.digests,
        &placed.codes,
        &placed.moments as &[Ts],
        &placed.quantities,
        &placed.ended,
        accounts,
        names,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Each organisation's part of the orders, by what keeps it from then on.
pub(super) async fn parts(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"select order_parts(array(select o.id from orders o
                                    where not exists (select from organisation_orders part where part.order_id = o.id))) as "done: ()""#
    )
    .fetch_one(conn)
    .await
    .map(drop)
}

/// Of all that was paid. A ticket's code follows from its order and its place there.
pub(super) async fn tickets(conn: &mut PgConnection, scale: &Scale) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tickets (id, order_id, order_line_id, departure_id, organisation_id, ticket_type_id, position, code, status,
                              holder_name, activated_at, activated_by)
         select uuidv7(), o.id, line.id, line.departure_id, line.organisation_id, line.ticket_type_id, place.position,
                substr(letters, 1 + (h & 31)::int, 1) || substr(letters, 1 + (h >> 5 & 31)::int, 1)
                || substr(letters, 1 + (h >> 10 & 31)::int, 1) || substr(letters, 1 + (h >> 15 & 31)::int, 1)
                || substr(letters, 1 + (h >> 20 & 31)::int, 1) || substr(letters, 1 + (h >> 25 & 31)::int, 1)
                || substr(letters, 1 + (h >> 30 & 31)::int, 1) || substr(letters, 1 + (h >> 35 & 31)::int, 1)
                || substr(letters, 1 + (h >> 40 & 31)::int, 1) || substr(letters, 1 + (h >> 45 & 31)::int, 1)
                || substr(letters, 1 + (h >> 50 & 31)::int, 1) || substr(letters, 1 + (h >> 55 & 31)::int, 1),
                case o.status when 'refunded' then 'void' when 'completed' then 'activated' else 'issued' end,
                coalesce(o.contact_name, ''),
                case when o.status = 'completed' then d.starts_at - make_interval(mins => 5 + (h & 15)::int) end,
                case when o.status = 'completed' then gate.name end
         from order_lines line
         join orders o on o.id = line.order_id and o.status in ('paid', 'completed', 'refunded')
         join departures d on d.id = line.departure_id
         join (select o.id, (select a.name from members m join accounts a on a.id = m.account_id
                             where m.organisation_id = o.id and m.role = 'gate' order by m.created_at limit 1) as name
               from organisations o where o.slug ~ '^scale-[0-9]+$') gate on gate.id = line.organisation_id
         cross join (select '0123456789ABCDEFGHJKMNPQRSTVWXYZ'::text as letters) alphabet
         cross join lateral generate_series(1, line.quantity) one
         cross join lateral (select case when line.position = 1 then one
                                         else one + (select quantity from order_lines first
                                                     where first.order_id = line.order_id and first.position = 1) end as position) place
         cross join lateral (select hashtextextended(o.id || ' ' || place.position, $1) as h) chance
         order by o.id, place.position",
        scale.seed,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The provider's and the counter's; the platform's books know the first only, as `ledger::post_sale` and `post_refund` do.
pub(super) async fn money(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "with sold as materialized (
             select o.*, part.organisation_id from organisation_orders part join orders o on o.id = part.order_id
             join organisations seller on seller.id = part.organisation_id and seller.slug ~ '^scale-[0-9]+$'
             where o.status in ('paid', 'completed', 'refunded')),
         payment as (
             insert into payments (id, order_id, provider, provider_payment_id, amount, status, expires_at, created_at, settled_at)
             select uuidv7(), id, case channel when 'cash' then 'cash' else 'demo' end,
                    case channel when 'online' then number end, total, case status when 'refunded' then 'returned' else 'succeeded' end,
                    case channel when 'cash' then placed_at else expires_at end,
                    case channel when 'cash' then placed_at else placed_at + interval '2 minutes' end, coalesce(closed_at, paid_at)
             from sold),
         moves as materialized (
             select uuidv7() as entry, id, organisation_id, 'sale' as what, total, paid_at as at from sold where channel = 'online'
             union all
             select uuidv7(), id, organisation_id, 'refund', -total, closed_at from sold where status = 'refunded'),
         entries as (
             insert into ledger_entries (id, reason, order_id, created_at)
             select entry, 'order:' || id || ':' || what, id, at from moves order by entry)
         insert into ledger_postings (entry_id, account, amount)
         select entry, line.account, line.amount from moves
         cross join lateral (values ('partner:' || organisation_id, -total), ('provider', total)) line (account, amount)
         order by entry, account"
    )
    .execute(conn)
    .await
    .map(drop)
}

/// `kept` is one of many notes that a desk writes.
pub(super) async fn events(conn: &mut PgConnection, notes: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"insert into order_events (order_id, organisation_id, at, by_name, what)
           select event.order_id, event.organisation_id, event.at, event.by_name, event.what
           from organisation_orders part
           join orders o on o.id = part.order_id
           join organisations seller on seller.id = part.organisation_id and seller.slug ~ '^scale-[0-9]+$'
           left join accounts clerk on clerk.id = o.sold_by
           left join lateral (select k.activated_by, min(k.activated_at) as at, count(*) as count from tickets k
                              where k.order_id = o.id and k.status = 'activated' group by k.activated_by) boarded
             on o.status = 'completed'
           cross join lateral (
               select o.id as order_id, null::uuid as organisation_id, o.paid_at as at, null::text as by_name, '"paid"'::jsonb as what, 1 as turn
               where o.channel = 'online' and o.paid_at is not null
               union all
               select o.id, part.organisation_id, o.placed_at, clerk.name, '"sold_for_cash"', 1 where o.channel = 'cash'
               union all
               select o.id, null, o.paid_at, null, '"tickets_issued"', 2 where o.paid_at is not null
               union all
               select o.id, part.organisation_id, boarded.at, boarded.activated_by,
                      jsonb_build_object('activated', jsonb_build_object('count', boarded.count)), 3 where boarded.count > 0
               union all
               select o.id, null, o.closed_at, null, to_jsonb(o.status), 4 where o.closed_at is not null
               union all
               select o.id, part.organisation_id, o.paid_at + interval '10 minutes', clerk.name,
                      jsonb_build_object('noted', jsonb_build_object('text', ($1::text[])[1 + (hashtext(o.number) & 7)])), 5
               where o.channel = 'cash' and hashtext(o.number) % 5 = 0) event
           order by event.at, event.order_id, event.turn"#,
        notes,
    )
    .execute(conn)
    .await
    .map(drop)
}
