//! The SQL that keeps what lists sort, filter and search by, and that makes departures.
use super::rules::Planned;
use crate::kernel::{
    db::{Ts, ts},
    events,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Recomputes prices, next departures, their sizes and search vectors of `ids`, or of all listings.
///
/// The vector holds titles and summaries by the rules of their language, and all names, titles and Kazakh's summaries, for
/// which there are no rules, folded, so that either spelling finds the other.
pub(super) async fn refresh(conn: &mut PgConnection, now: Ts, ids: Option<&[Uuid]>) -> sqlx::Result<()> {
    sqlx::query!(
        r#"update listings l
           set price_from = coalesce((select min(price) from ticket_types t
                                      where t.listing_id = l.id and t.archived_at is null), l.price_from),
               next_departure_at = next_departure(l.id, $1),
               largest_departure = coalesce((select max(s.capacity)
                                             from departures d join stock s on s.departure_id = d.id and s.ticket_type_id is null
                                             where d.listing_id = l.id and d.status = 'scheduled' and d.starts_at > $1), 0),
               search = to_tsvector('russian', concat_ws(' ', ru.title, ru.summary, names.ru))
                        || to_tsvector('english', concat_ws(' ', en.title, en.summary, names.en))
                        || to_tsvector('simple', folded(concat_ws(' ', ru.title, kk.title, kk.summary, en.title,
                                                                  names.ru, names.kk, names.en, o.name)))
           from listings self
           join organisations o on o.id = self.organisation_id
           left join listing_texts ru on ru.listing_id = self.id and ru.lang = 'ru'
           left join listing_texts kk on kk.listing_id = self.id and kk.lang = 'kk'
           left join listing_texts en on en.listing_id = self.id and en.lang = 'en'
           cross join lateral (
               select string_agg(name_ru, ' ') as ru, string_agg(name_kk, ' ') as kk, string_agg(name_en, ' ') as en
               from (select name_ru, name_kk, name_en from places
                     where id = any(self.place_path) or id = self.from_place_id
                     union all select name_ru, name_kk, name_en from categories where id = self.category_id) named) names
           where l.id = self.id and ($2::uuid[] is null or self.id = any($2))"#,
        now as Ts,
        ids,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Adds the words of the listings' titles and names to the vocabulary that mistyped ones are mended by. In the order of
/// the words, so that two who add the same ones wait for each other and never deadlock.
pub(super) async fn learn_words(conn: &mut PgConnection, ids: Option<&[Uuid]>) -> sqlx::Result<()> {
    sqlx::query!(
        r#"insert into search_words (word)
           select distinct word from (
               select unnest(tsvector_to_array(to_tsvector('simple', folded(title)))) as word from listing_texts
               where $1::uuid[] is null or listing_id = any($1)
               union all
               select unnest(tsvector_to_array(to_tsvector('simple', folded(concat_ws(' ', name_ru, name_kk, name_en))))) from (
                   select name_ru, name_kk, name_en from places
                   union all select name_ru, name_kk, name_en from categories
                   union all select name, null, null from organisations where status = 'active') named) words
           where word ~ '^[[:alpha:]]{3,40}$'
           order by word
           on conflict do nothing"#,
        ids,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// News of listings, whose pages show something else now, and of the days of those whose they are.
pub(super) async fn announce(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into news (payload)
         select $1 || id::text from unnest($2::uuid[]) as told (id) union all
         select distinct $3 || organisation_id::text from listings where id = any($2)",
        events::LISTING,
        ids,
        events::DAY,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Moves on each listing whose next departure has left, was sold out or has places again; returns which.
pub(super) async fn roll_next_departures(conn: &mut PgConnection, now: Ts) -> sqlx::Result<Vec<Uuid>> {
    // In the order of ids, as everybody who locks several rows.
    sqlx::query_scalar!(
        "with told as (delete from listings_to_roll where ctid = any(array(select ctid from listings_to_roll for update skip locked))
                       returning listing_id),
              gone as (select id from listings
                       where id = any(array(select id from listings where next_departure_at <= $1 union select listing_id from told))
                       order by id for update)
         update listings l set next_departure_at = next_departure(l.id, $1)
         from gone where l.id = gone.id and l.next_departure_at is distinct from next_departure(l.id, $1)
         returning l.id",
        now as Ts,
    )
    .fetch_all(conn)
    .await
}

/// Inserts departures with their counters; a start that the listing has already is left as it is. Returns how many are new.
pub(super) async fn insert_departures(conn: &mut PgConnection, planned: &[Planned]) -> sqlx::Result<u64> {
    let ids: Vec<Uuid> = planned.iter().map(|p| p.id).collect();
    let listings: Vec<Uuid> = planned.iter().map(|p| p.listing).collect();
    let organisations: Vec<Uuid> = planned.iter().map(|p| p.organisation).collect();
    let rules: Vec<Option<Uuid>> = planned.iter().map(|p| p.rule).collect();
    let starts: Vec<Ts> = planned.iter().map(|p| ts(p.starts_at)).collect();
    let ends: Vec<Ts> = planned.iter().map(|p| ts(p.ends_at)).collect();
    let counters: Vec<_> = planned.iter().flat_map(|p| p.counters.iter().map(move |counter| (p.id, counter))).collect();
    let counter_ids: Vec<Uuid> = counters.iter().map(|(_, c)| c.id).collect();
    let counter_departures: Vec<Uuid> = counters.iter().map(|(departure, _)| *departure).collect();
    let counter_types: Vec<Option<Uuid>> = counters.iter().map(|(_, c)| c.ticket_type).collect();
    let capacities: Vec<i32> = counters.iter().map(|(_, c)| c.capacity).collect();
    let sold: Vec<i32> = counters.iter().map(|(_, c)| c.sold).collect();
    let made = sqlx::query_scalar!(
        r#"with made as (
               insert into departures (id, listing_id, organisation_id, rule_id, starts_at, ends_at)
               select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[])
               on conflict on constraint departures_unique_start do nothing
               returning id),
           counted as (
               insert into stock (id, departure_id, ticket_type_id, capacity, sold)
               select c.* from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::int[], $11::int[])
                               as c (id, departure_id, ticket_type_id, capacity, sold)
               join made on made.id = c.departure_id)
           select count(*) as "count!" from made"#,
        &ids,
        &listings,
        &organisations,
        &rules as &[Option<Uuid>],
        &starts as &[Ts],
        &ends as &[Ts],
        &counter_ids,
        &counter_departures,
        &counter_types as &[Option<Uuid>],
        &capacities,
        &sold,
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(made).unwrap_or(0))
}

/// Popularity of one listing or of all: what is sold of its departures.
pub(super) async fn count_sales(conn: &mut PgConnection, listing: Option<Uuid>) -> sqlx::Result<()> {
    sqlx::query!(
        "update listings l set sold_count = sales.sold
         from (select d.listing_id, sum(s.sold) as sold from departures d
               join stock s on s.departure_id = d.id and s.ticket_type_id is null
               where $1::uuid is null or d.listing_id = $1 group by d.listing_id) as sales
         where sales.listing_id = l.id and l.sold_count <> sales.sold",
        listing,
    )
    .execute(conn)
    .await
    .map(drop)
}
