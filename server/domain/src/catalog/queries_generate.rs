//! The SQL of the big catalogue. Everything follows from a listing's number `n`, which its slug ends with, by hashes;
//! so each table is one INSERT … SELECT.
use super::invented::words;
use crate::kernel::db::{Day, Ts};
use sqlx::PgConnection;

/// Tens of thousands of rows in a statement take longer than any page may.
pub(super) async fn take_your_time(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set statement_timeout = 0").execute(conn).await.map(drop)
}

/// Returns the number of the first new listing.
pub(super) async fn first_number(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) + 1 as "first!" from listings where slug ~ '-g[0-9]+$'"#).fetch_one(conn).await
}

/// Some hundred partners in the cities that there are.
pub(super) async fn partners(conn: &mut PgConnection, now: Ts, count: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisations (id, slug, kind, status, name, about_ru, about_kk, about_en, city_id, phone, email, founded,
                                    created_at)
         select uuidv7(), 'partner-g' || n, 'partner', 'active',
                (array['Жол','Steppe','Сапар','Tau','Көкжиек','Nomad','Керуен','Altyn'])[1 + n % 8] || ' '
                || (array['Travel','Тур','Trails','Экспедиция','Adventures'])[1 + n / 8 % 5] || ' ' || n,
                'Возим небольшие группы по родным местам.', 'Туған жерге шағын топтармен апарамыз.',
                'We take small groups around our home country.',
                city.ids[1 + n % cardinality(city.ids)], '+7700' || lpad(n::text, 7, '0'), 'partner' || n || '@example.kz',
                2000 + (n % 25)::int, $1
         from generate_series(1, $2::bigint) n,
              (select array_agg(id order by slug) as ids from places where kind = 'city') city
         on conflict (slug) do nothing",
        now as Ts,
        count,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Places are as unequal as in life: some draw hundreds of tours, some a dozen. Of the cities only those that tours leave from already.
pub(super) async fn listings(conn: &mut PgConnection, now: Ts, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               sold_count, created_at, updated_at)
         select uuidv7(), o.ids[1 + h2 % cardinality(o.ids)], 'tour', 'published',
                p.slug || '-' || (array['walk','jeep','hike','photo','family','weekend','riding','stars','lunch','bike'])[1 + h3 % 10]
                || '-g' || n,
                p.id, c.id, p.path || array(select unnest(c.path) except select unnest(p.path)),
                k.ids[1 + h5 % cardinality(k.ids)],
                (array['{ru}','{ru,kk}','{kk,ru,en}','{ru,en}','{en}'])[1 + h3 / 10 % 5]::text[],
                (array[180, 240, 480, 720, 960, 1440, 2880, 4320, 7200])[1 + h4 % 9], (array[0, 24, 48])[1 + h4 / 9 % 3],
                p.lat_e6, p.lng_e6, 0, h4 / 1000 % 500 * (h4 / 1000000 % 500) / 250, $1, $1
         from (select n, abs(hashint8extended(n, 1) % 1000000) as h1, abs(hashint8extended(n, 2) % 1000000007) as h2,
                      abs(hashint8extended(n, 3) % 1000000007) as h3, abs(hashint8extended(n, 4) % 1000000007) as h4,
                      abs(hashint8extended(n, 5) % 1000000007) as h5
               from generate_series($2::bigint, $3::bigint) n) numbers
         cross join (select array_agg(id order by slug) as ids from places
                     where kind = 'point' or kind = 'city' and id in (select from_place_id from listings)) all_places
         cross join (select array_agg(id order by slug) as ids from places
                     where kind = 'city' and id in (select from_place_id from listings)) cities
         cross join (select array_agg(id order by slug) as ids from organisations where slug ~ '^partner-g') o
         cross join (select array_agg(id order by position) as ids from categories) k
         join places p on p.id = all_places.ids[1 + (h1 * h1 / 1000000 * cardinality(all_places.ids) / 1000000)::int]
         join places c on c.id = cities.ids[1 + h2 / 1000 % cardinality(cities.ids)]",
        now as Ts,
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn texts(conn: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
           select l.id, t.lang, named.place || ': ' || t.kinds[1 + h % 10] || ' ' || t.flavours[1 + h / 10 % 8],
                  t.kinds[1 + h % 10] || ' ' || t.flavours[1 + h / 80 % 8] || ', ' || t.flavours[1 + h / 640 % 8] || '. ' || named.place
                  || ' – ' || t.away,
                  repeat(t.away || ' ' || named.place || '. ', 12), array[t.bus, t.guide, t.tea], array[t.lunch],
                  jsonb_build_array(jsonb_build_object('day', 1, 'time', '07:00', 'text', t.away),
                                    jsonb_build_object('day', 1, 'time', '10:30', 'text', named.place),
                                    jsonb_build_object('day', 1, 'time', '13:00', 'text', t.lunch),
                                    jsonb_build_object('day', 1, 'time', '18:00', 'text', t.back)),
                  t.away
           from (select l.id, l.place_id, abs(hashtextextended(l.slug, 6) % 1000000007) as h from listings l
                 where substring(l.slug from '-g([0-9]+)$')::bigint between $1 and $2) l
           join places p on p.id = l.place_id
           cross join jsonb_to_recordset($3::jsonb)
               as t (lang text, kinds text[], flavours text[], away text, bus text, guide text, tea text, lunch text, back text)
           cross join lateral (select case t.lang when 'ru' then p.name_ru when 'kk' then p.name_kk else p.name_en end as place) named"#,
        first,
        last,
        words(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Three pictures each, of those that the demo has stored; none where it has none.
pub(super) async fn pictures(conn: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into pictures (id, listing_id, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en)
         select uuidv7(), l.id, turn, s.key, s.widths, s.width, s.height, s.color, s.alt_ru, s.alt_kk, s.alt_en
         from listings l
         cross join generate_series(0, 2) turn
         join (select *, row_number() over (order by key, id) - 1 as number, count(*) over () as total
               from pictures where listing_id in (select id from listings where slug !~ '-g[0-9]+$')) s
           on s.number = abs(hashtextextended(l.slug, 7 + turn) % s.total)
         where substring(l.slug from '-g([0-9]+)$')::bigint between $1 and $2",
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn ticket_types(conn: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, max_per_order,
                                   closes_minutes_before)
         select uuidv7(), l.id, t.position, t.ru, t.kk, t.en,
                (4000 + abs(hashtextextended(l.slug, 11) % 200) * 100) * 100 * (1 + l.duration_minutes / 1440) + t.more,
                t.quota, 10, 60
         from listings l
         cross join (values (0, 'Взрослый', 'Ересек', 'Adult', 200000, null),
                            (1, 'Взрослый с обедом', 'Ересек, түскі аспен', 'Adult with lunch', 550000, 8),
                            (2, 'Ребёнок 5–12 лет', 'Бала (5–12 жас)', 'Child 5–12', 0, 6)) t (position, ru, kk, en, more, quota)
         where substring(l.slug from '-g([0-9]+)$')::bigint between $1 and $2",
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Five to ten departures each, spread over the three months after `today`.
pub(super) async fn departures(conn: &mut PgConnection, today: Day, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into departures (id, listing_id, organisation_id, starts_at, ends_at)
         select uuidv7(), l.id, l.organisation_id, starts_at, starts_at + make_interval(mins => l.duration_minutes)
         from (select *, abs(hashtextextended(slug, 12) % 1000000007) as h from listings
               where substring(slug from '-g([0-9]+)$')::bigint between $2 and $3) l
         cross join lateral (select 5 + (h % 6)::int as times) how_many
         cross join lateral generate_series(0, times - 1) turn
         cross join lateral (select ($1::date + (1 + turn * 90 / times + (h / 6 + turn * 7) % (90 / times))::int
                                     + make_interval(hours => 5 + (h / 100 % 6)::int)) at time zone 'Asia/Almaty' as starts_at) start",
        today as Day,
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Of the departures every eighth is full, the others are taken by half on average.
pub(super) async fn stock(conn: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stock (id, departure_id, ticket_type_id, capacity, sold)
         select uuidv7(), d.id, c.ticket_type_id, c.capacity, c.capacity * d.percent / 100
         from (select d.id, d.listing_id, 6 + (abs(hashtextextended(l.slug, 13) % 35))::int as capacity,
                      least(100, abs(hashtextextended(l.slug || d.starts_at, 14) % 115))::int as percent
               from listings l join departures d on d.listing_id = l.id
               where substring(l.slug from '-g([0-9]+)$')::bigint between $1 and $2) d
         cross join lateral (select null::uuid as ticket_type_id, d.capacity
                             union all select t.id, least(t.quota, d.capacity) from ticket_types t
                                       where t.listing_id = d.listing_id and t.quota is not null) c",
        first,
        last,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The planner must know what has been written before anybody measures.
pub(super) async fn analyze(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze").execute(conn).await.map(drop)
}

/// What the database does by itself some minutes later, in the middle of a measurement.
pub(super) async fn vacuum(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("vacuum (analyze)").execute(conn).await.map(drop)
}
