//! The SQL of the results page.
//!
//! Each order is its own static statement, so that each finds its own index. Filters that are not set are null
//! parameters: plans are made for the values at hand (`resolve`), and there they vanish.
use crate::kernel::db::Ts;
use sapar_shared::forms::search::Sort;
use sqlx::PgConnection;
use uuid::Uuid;

/// What narrows the list, resolved to what the tables hold. `None`: any.
#[derive(Default)]
pub(super) struct Filter {
    pub place: Option<Uuid>,
    pub category: Option<Uuid>,
    pub shortest: Option<i32>,
    pub longest: Option<i32>,
    pub language: Option<String>,
    /// Tiyn.
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    /// A tsquery.
    pub text: Option<String>,
    pub when: Option<When>,
}

/// Some departure in this time with so many free places.
#[derive(Clone, Copy)]
pub(super) struct When {
    pub from: Ts,
    /// Not included.
    pub until: Ts,
    pub people: i32,
}

/// A match with its sort key (see `Cursor`).
pub(super) struct Hit {
    pub id: Uuid,
    pub key: Option<i64>,
}

macro_rules! matching {
    ($macro:ident!($($output:ident,)? $head:literal), $conn:ident, $filter:ident, $tail:literal, $($more:expr),*) => {
        if let Some(when) = $filter.when {
            matching!(@ $macro!($($output,)? $head), $conn, $filter,
                " and exists (select from departures d where d.listing_id = l.id and d.status = 'scheduled'
                                and d.starts_at >= $9 and d.starts_at < $10 and d.places_left >= $11) ",
                Some(when.from), Some(when.until), Some(when.people), $tail, $($more),*)
        } else {
            matching!(@ $macro!($($output,)? $head), $conn, $filter,
                " and $9::timestamptz is null and $10::timestamptz is null ",
                None, None, None, $tail, $($more),*)
        }
    };
    (@ $macro:ident!($($output:ident,)? $head:literal), $conn:ident, $filter:ident, $when:literal,
     $from:expr, $until:expr, $people:expr, $tail:literal, $($more:expr),*) => {
        sqlx::$macro!(
            $($output,)?
            $head
                + " where l.status = 'published' and l.kind = 'tour'
                      and ($1::uuid is null or l.place_path @> array[$1::uuid])
                      and ($2::uuid is null or l.category_id = $2)
                      and ($3::int is null or l.duration_minutes >= $3)
                      and ($4::int is null or l.duration_minutes <= $4)
                      and ($5::text is null or l.guide_languages @> array[$5::text])
                      and ($6::bigint is null or l.price_from >= $6)
                      and ($7::bigint is null or l.price_from <= $7)
                      and ($8::text is null or l.search @@ $8::text::tsquery)
                      and ($11::int is null or $11 <= 1 or l.largest_departure >= $11) "
                + $when
                + $tail,
            $filter.place,
            $filter.category,
            $filter.shortest,
            $filter.longest,
            $filter.language.as_deref(),
            $filter.price_min,
            $filter.price_max,
            $filter.text.as_deref(),
            $from as Option<Ts>,
            $until as Option<Ts>,
            $people as Option<i32>,
            $($more),*
        )
        .fetch_all($conn)
        .await
    };
}

/// Any matches in no order, with what `sort` goes by: all of them, where they are fewer than `limit`.
pub(super) async fn some(conn: &mut PgConnection, filter: &Filter, sort: Sort, limit: i64) -> sqlx::Result<Vec<Hit>> {
    let key = match (sort, filter.when) {
        (Sort::Popular, _) => "sold",
        (Sort::PriceUp | Sort::PriceDown, _) => "price",
        (Sort::Soonest, None) => "next",
        (Sort::Soonest, Some(_)) => "within",
    };
    matching!(
        query_as!(
            Hit,
            r#"select l.id, case $12
                   when 'sold' then l.sold_count
                   when 'price' then l.price_from
                   when 'next' then (extract(epoch from l.next_departure_at) * 1000000)::bigint
                   else (select (extract(epoch from min(d.starts_at)) * 1000000)::bigint from departures d
                         where d.listing_id = l.id and d.status = 'scheduled'
                           and d.starts_at >= $9 and d.starts_at < $10 and d.places_left >= $11) end as key
               from listings l"#
        ),
        conn,
        filter,
        "limit $13",
        key,
        limit
    )
}

/// By popularity, behind `(key, id)`.
pub(super) async fn popular(
    conn: &mut PgConnection,
    filter: &Filter,
    key: Option<i64>,
    id: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    matching!(
        query_as!(Hit, "select l.id, l.sold_count as key from listings l"),
        conn,
        filter,
        "and ($12::uuid is null or (l.sold_count, l.id) < ($13::bigint, $12)) order by l.sold_count desc, l.id desc limit $14",
        id,
        key,
        limit
    )
}

/// By the next departure, whenever it is; `key` `None` with an `id`: behind those that still depart.
pub(super) async fn soonest(
    conn: &mut PgConnection,
    filter: &Filter,
    key: Option<Ts>,
    id: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    matching!(
        query_as!(Hit, "select l.id, (extract(epoch from l.next_departure_at) * 1000000)::bigint as key from listings l"),
        conn,
        filter,
        "and ($12::uuid is null
              or (coalesce(l.next_departure_at, 'infinity'), l.id) > (coalesce($13::timestamptz, 'infinity'), $12))
         order by coalesce(l.next_departure_at, 'infinity'), l.id limit $14",
        id,
        key as Option<Ts>,
        limit
    )
}

/// By the first departure that fits, which need not be the next one.
pub(super) async fn soonest_within(
    conn: &mut PgConnection,
    filter: &Filter,
    when: When,
    key: Option<Ts>,
    id: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    matching!(@
        query_as!(Hit, "select l.id, (extract(epoch from d.starts_at) * 1000000)::bigint as key
                        from departures d join listings l on l.id = d.listing_id"),
        conn,
        filter,
        " and d.status = 'scheduled' and d.starts_at >= $9 and d.starts_at < $10 and d.places_left >= $11
          and not exists (select from departures e where e.listing_id = l.id and e.status = 'scheduled'
                            and e.starts_at >= $9 and e.starts_at < d.starts_at and e.places_left >= $11) ",
        Some(when.from),
        Some(when.until),
        Some(when.people),
        "and ($12::uuid is null or d.starts_at >= $13 and (d.starts_at, l.id) > ($13::timestamptz, $12))
         order by d.starts_at, l.id limit $14",
        id,
        key as Option<Ts>,
        limit
    )
}

pub(super) async fn cheapest(
    conn: &mut PgConnection,
    filter: &Filter,
    key: Option<i64>,
    id: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    matching!(
        query_as!(Hit, "select l.id, l.price_from as key from listings l"),
        conn,
        filter,
        "and ($12::uuid is null or (l.price_from, l.id) > ($13::bigint, $12)) order by l.price_from, l.id limit $14",
        id,
        key,
        limit
    )
}

pub(super) async fn dearest(
    conn: &mut PgConnection,
    filter: &Filter,
    key: Option<i64>,
    id: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    matching!(
        query_as!(Hit, "select l.id, l.price_from as key from listings l"),
        conn,
        filter,
        "and ($12::uuid is null or (l.price_from, l.id) < ($13::bigint, $12)) order by l.price_from desc, l.id desc limit $14",
        id,
        key,
        limit
    )
}

/// How many match, counted no further than `limit`.
pub(super) async fn found(conn: &mut PgConnection, filter: &Filter, limit: i64) -> sqlx::Result<i64> {
    let counted: sqlx::Result<Vec<i64>> = matching!(
        query_scalar!(r#"select count(*) as "count!" from (select from listings l"#),
        conn,
        filter,
        "limit $12) matches",
        limit
    );
    Ok(counted?.into_iter().next().unwrap_or(0))
}

pub(super) struct Resolved {
    pub place: Option<Uuid>,
    pub category: Option<Uuid>,
    pub text: Option<String>,
}

/// What slugs and typed text stand for; to be asked first in a transaction of its own.
///
/// The text is read by the rules of Russian and English and, as folded `words`, as it is: all of them must occur. Kazakh
/// puts its endings behind ("Көлсайға"), and half a word is what one types first: the last word and one that no title
/// holds begin longer ones, too. Not each, for the index reads everything that begins so, and half the tours have
/// "область". Without `words` the text means what it says.
///
/// What follows is planned with its values, and by the index of words where there are some: reading the tours one by one
/// until enough match is quick only where the planner's guess is right, and it knows nothing of words that never meet.
pub(super) async fn resolve(
    conn: &mut PgConnection,
    place: Option<&str>,
    category: Option<&str>,
    text: Option<&str>,
    words: Option<&[String]>,
) -> sqlx::Result<Resolved> {
    sqlx::query!(
        r#"select (select id from places where slug = $1) as place,
                  (select id from categories where slug = $2) as category,
                  (websearch_to_tsquery('russian', $3) || websearch_to_tsquery('english', $3)
                   || coalesce((select string_agg(quote_literal(word) || case
                                           when n = cardinality($4) or not exists (select from search_words s where s.word = w.word)
                                           then ':*' else '' end, ' & ')::tsquery
                                from unnest($4::text[]) with ordinality w(word, n)),
                               websearch_to_tsquery('simple', folded($3))))::text as text,
                  set_config('plan_cache_mode', 'force_custom_plan', true) as plans,
                  set_config('enable_seqscan', case when $3 is null then 'on' else 'off' end, true) as seqscan,
                  set_config('enable_indexscan', case when $3 is null then 'on' else 'off' end, true) as indexscan"#,
        place,
        category,
        text,
        words,
    )
    .fetch_one(conn)
    .await
    .map(|row| Resolved { place: row.place, category: row.category, text: row.text })
}

/// The words are frequent: now the order's index is the shorter way.
pub(super) async fn plan_in_order(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select set_config('enable_indexscan', 'on', true)").fetch_one(conn).await.map(drop)
}

pub(super) struct Near {
    pub word: String,
    pub near: Vec<String>,
}

/// For each word the known ones that look like it, the likest first.
pub(super) async fn near_words(conn: &mut PgConnection, words: &[String]) -> sqlx::Result<Vec<Near>> {
    sqlx::query_as!(
        Near,
        r#"select w.word as "word!",
                  array(select v.word from (select word, word <-> w.word as distance from search_words
                                            order by word <-> w.word limit 5) v
                        where v.distance < 0.72 order by v.distance) as "near!"
           from unnest($1::text[]) with ordinality w(word, n) order by n"#,
        words,
    )
    .fetch_all(conn)
    .await
}
