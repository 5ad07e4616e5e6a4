//! Their tours and when these leave.
use super::Scale;
use crate::{
    catalog::invented::words,
    kernel::db::{Day, Ts},
};
use sqlx::PgConnection;

/// Published tours, but for every twenty-fifth, which is paused. Of the cities only those that tours leave from already.
pub(super) async fn listings(conn: &mut PgConnection, now: Ts, scale: &Scale) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select uuidv7(), o.id, 'tour', case when m % 25 = 7 then 'paused' else 'published' end,
                p.slug || '-' || (array['walk','jeep','hike','photo','family','weekend','riding','stars','lunch','bike'])[1 + h2 % 10]
                || '-s' || m,
                p.id, c.id, p.path || array(select unnest(c.path) except select unnest(p.path)),
                k.ids[1 + h2 / 10 % cardinality(k.ids)],
                (array['{ru}','{ru,kk}','{kk,ru,en}','{ru,en}','{en}'])[1 + h2 / 1000 % 5]::text[],
                (array[180, 240, 480, 720, 960, 1440, 2880, 4320])[1 + h2 / 10000 % 8], (array[0, 24, 48])[1 + h2 / 100000 % 3],
                p.lat_e6, p.lng_e6, 0, $1::timestamptz - interval '205 days', $1::timestamptz - interval '205 days'
         from (select m, 1 + (m - 1) / $3::bigint as n, abs(hashint8extended(m, $4::bigint * 16 + 3) % 1000000) as h1,
                      abs(hashint8extended(m, $4::bigint * 16 + 4) % 1000000007) as h2
               from generate_series(1, $2::bigint * $3::bigint) m) numbers
         join organisations o on o.slug = 'scale-' || n
         cross join (select array_agg(id order by slug) as ids from places
                     where kind = 'point' or kind = 'city' and id in (select from_place_id from listings)) all_places
         cross join (select array_agg(id order by slug) as ids from places
                     where kind = 'city' and id in (select from_place_id from listings)) cities
         cross join (select array_agg(id order by position, id) as ids from categories) k
         join places p on p.id = all_places.ids[1 + (h1 * cardinality(all_places.ids) / 1000000)::int]
         join places c on c.id = cities.ids[1 + h2 / 1000 % cardinality(cities.ids)]
         order by m",
        now as Ts,
        scale.organisations,
        scale.listings,
        scale.seed,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn texts(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
           select l.id, t.lang, named.place || ': ' || t.kinds[1 + h % 10] || ' ' || t.flavours[1 + h / 10 % 8],
                  t.kinds[1 + h % 10] || ' ' || t.flavours[1 + h / 80 % 8] || ', ' || t.flavours[1 + h / 640 % 8] || '. ' || named.place
                  || ' – ' || t.away,
                  t.away || '. ' || named.place || '. ' || t.back || '.', array[t.bus, t.guide, t.tea], array[t.lunch],
                  jsonb_build_array(jsonb_build_object('day', 1, 'time', '07:00', 'text', t.away),
                                    jsonb_build_object('day', 1, 'time', '10:30', 'text', named.place),
                                    jsonb_build_object('day', 1, 'time', '18:00', 'text', t.back)),
                  t.away
           from (select l.id, l.place_id, abs(hashtextextended(l.slug, 6) % 1000000007) as h from listings l
                 where l.slug ~ '-s[0-9]+$') l
           join places p on p.id = l.place_id
           cross join jsonb_to_recordset($1::jsonb)
               as t (lang text, kinds text[], flavours text[], away text, bus text, guide text, tea text, lunch text, back text)
           cross join lateral (select case t.lang when 'ru' then p.name_ru when 'kk' then p.name_kk else p.name_en end as place) named"#,
        words(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Two pictures each, of those that the demo has stored; none where it has none.
pub(super) async fn pictures(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into pictures (id, listing_id, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en)
         select uuidv7(), l.id, turn, s.key, s.widths, s.width, s.height, s.color, s.alt_ru, s.alt_kk, s.alt_en
         from listings l
         cross join generate_series(0, 1) turn
         join (select *, row_number() over (order by key, id) - 1 as number, count(*) over () as total
               from pictures where listing_id in (select id from listings where slug !~ '-[gs][0-9]+$')) s
           on s.number = abs(hashtextextended(l.slug, 7 + turn) % s.total)
         where l.slug ~ '-s[0-9]+$'"
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Children of every tenth tour have a quota.
pub(super) async fn ticket_types(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, max_per_order,
                                   closes_minutes_before)
         select uuidv7(), l.id, t.position, t.ru, t.kk, t.en,
                (4000 + abs(hashtextextended(l.slug, 11) % 200) * 100) * 100 * (1 + l.duration_minutes / 1440) + t.more,
                case when t.position = 1 and l.slug ~ '0$' then 6 end, 10, 60
         from listings l
         cross join (values (0, 'Взрослый', 'Ересек', 'Adult', 200000), (1, 'Ребёнок 5–12 лет', 'Бала (5–12 жас)', 'Child 5–12', 0))
                    t (position, ru, kk, en, more)
         where l.slug ~ '-s[0-9]+$'
         order by l.id, t.position"
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Departures of the organisations from `first` to `last` with their counters, every one of a listing on another day, evenly over
/// two hundred days before `today` and as many after it. What is sold of them stands in the lines of orders.
pub(super) async fn departures(conn: &mut PgConnection, today: Day, scale: &Scale, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "with chosen as materialized (
             select id from organisations where substring(slug from '^scale-([0-9]+)$')::bigint between $4 and $5),
         planned as materialized (
             select d.id, l.id as listing, l.organisation_id, l.duration_minutes, sold.all_of_it as sold,
                    greatest(sold.all_of_it, 8 + abs(hashtextextended(l.slug, 13) % 35)::int) as capacity,
                    (($1::date - 200 + ((k * 400 / times) + m % greatest(1, 400 / times))::int)
                     + make_interval(hours => (5 + m % 12)::int)) at time zone 'Asia/Almaty' as starts_at
             from (select l.*, substring(slug from '-s([0-9]+)$')::bigint as m from listings l
                   where l.slug ~ '-s[0-9]+$' and l.organisation_id in (select id from chosen)) l
             cross join lateral (select 1 + (m - 1) / $2::bigint as n, 1 + (m - 1) % $2::bigint as j) place
             cross join lateral (select ($3::bigint - j + $2::bigint) / $2::bigint as times) how_many
             cross join lateral generate_series(0, times - 1) k
             cross join lateral (select (lpad(to_hex(1700000000000 + (n - 1) * $3::bigint + k * $2::bigint + j), 12, '0') || '7000'
                                         || '8000' || lpad(to_hex(m), 12, '0'))::uuid as id) d
             left join (select line.departure_id, sum(line.quantity)::int as places
                        from order_lines line join orders o on o.id = line.order_id and o.status in ('paid', 'completed')
                        where line.organisation_id in (select id from chosen) group by line.departure_id) counted on counted.departure_id = d.id
             cross join lateral (select coalesce(counted.places, 0) as all_of_it) sold),
         made as (
             insert into departures (id, listing_id, organisation_id, starts_at, ends_at, places_left)
             select id, listing, organisation_id, starts_at, starts_at + make_interval(mins => duration_minutes),
                    least(50, capacity - sold)
             from planned order by id)
         insert into stock (id, departure_id, ticket_type_id, capacity, sold)
         select uuidv7(), planned.id, null, planned.capacity, planned.sold from planned
         union all
         select uuidv7(), planned.id, t.id, t.quota, coalesce(counted.places, 0)
         from planned join ticket_types t on t.listing_id = planned.listing and t.quota is not null
         left join (select line.departure_id, line.ticket_type_id, sum(line.quantity)::int as places
                    from order_lines line join orders o on o.id = line.order_id and o.status in ('paid', 'completed')
                    where line.organisation_id in (select id from chosen) group by line.departure_id, line.ticket_type_id) counted
           on counted.departure_id = planned.id and counted.ticket_type_id = t.id",
        today as Day,
        scale.listings,
        scale.departures,
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A quota is never less than what was sold of it.
pub(super) async fn widen_quotas(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "update ticket_types t set quota = most.places
         from (select ticket_type_id, max(places)::int as places
               from (select line.ticket_type_id, line.departure_id, sum(line.quantity) as places
                     from order_lines line join orders o on o.id = line.order_id and o.status in ('paid', 'completed')
                     group by line.ticket_type_id, line.departure_id) each
               group by ticket_type_id) most
         where most.ticket_type_id = t.id and t.quota < most.places"
    )
    .execute(conn)
    .await
    .map(drop)
}
