//! The results page: what matches the filters, a page at a time.
use super::{
    cards::cards,
    cursor::{Cursor, NEVER},
    queries_search::{self as queries, Filter, Hit, When},
    words,
};
use crate::kernel::{Ctx, db::ts};
use jiff::{Timestamp, ToSpan as _};
use sapar_shared::{
    Lang, Money,
    dto::catalog::{COUNT_LIMIT, ListingPage},
    forms::search::{SearchQuery, Sort},
    when,
};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

/// So many results make a page.
pub const PAGE: usize = 24;
/// Counting stops behind the limit: one more says that there are more.
const FIRST: i64 = COUNT_LIMIT + 1;
/// No departure is planned further ahead; a later date means as much.
const HORIZON_DAYS: i32 = 1500;

pub async fn search(conn: &mut PgConnection, ctx: &Ctx, lang: Lang, query: &SearchQuery) -> sqlx::Result<ListingPage> {
    search_page(conn, ctx, lang, query, PAGE).await
}

/// In pages of `size`, which is at most `COUNT_LIMIT`: programs choose their own.
pub async fn search_page(
    conn: &mut PgConnection,
    ctx: &Ctx,
    lang: Lang,
    query: &SearchQuery,
    size: usize,
) -> sqlx::Result<ListingPage> {
    let mut tx = conn.begin().await?;
    let found = hits(&mut tx, ctx, query, size).await?;
    tx.commit().await?;
    let Some(mut page) = found else { return Ok(ListingPage::default()) };
    let more = page.hits.len() > size;
    page.hits.truncate(size);
    let last = page.hits.last().filter(|_| more);
    let next = last.map(|hit| Cursor { key: hit.key.unwrap_or(NEVER), id: hit.id }.encode(query.sort));
    let ids: Vec<_> = page.hits.iter().map(|hit| hit.id).collect();
    Ok(ListingPage { items: cards(conn, lang, &ids, page.when).await?, next, found: page.found })
}

/// The matches from the cursor on: a page full and one more, if another follows.
struct Hits {
    hits: Vec<Hit>,
    /// In all, counted no further than `FIRST`.
    found: i64,
    when: Option<When>,
}

async fn hits(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery, size: usize) -> sqlx::Result<Option<Hits>> {
    let Some(mut filter) = filter(conn, ctx, query).await? else { return Ok(None) };
    let cursor = query.cursor.as_deref().and_then(|text| Cursor::decode(text, query.sort));
    let when = filter.when;
    if filter.text.is_none() {
        let (hits, found) = by_order(conn, query.sort, &filter, cursor, size).await?;
        return Ok(Some(Hits { hits, found, when }));
    }
    let (mut hits, mut found) = by_words(conn, query.sort, &filter, cursor, size).await?;
    if found == 0 {
        // Nothing is called so: perhaps it was mistyped.
        filter.text = mended(conn, &query.q).await?;
        if filter.text.is_none() {
            return Ok(None);
        }
        (hits, found) = by_words(conn, query.sort, &filter, cursor, size).await?;
    }
    Ok(Some(Hits { hits, found, when }))
}

/// Along the order's index. The page and the count are one query where nothing was shown before; not so with departures,
/// for which counting in no order is quicker.
async fn by_order(
    conn: &mut PgConnection,
    sort: Sort,
    filter: &Filter,
    cursor: Option<Cursor>,
    size: usize,
) -> sqlx::Result<(Vec<Hit>, i64)> {
    let count_too = cursor.is_none() && filter.when.is_none();
    let limit = if count_too { FIRST } else { page_and_one(size) };
    let hits = matches(conn, sort, filter, cursor, limit).await?;
    let all_seen = count_too || cursor.is_none() && hits.len() <= size;
    let found = if all_seen { i64::try_from(hits.len()).unwrap_or(FIRST) } else { queries::found(conn, filter, FIRST).await? };
    Ok((hits, found))
}

/// Rare words are found by their index and put in order here. Only of frequent ones, which turn up soon, the page is read
/// along the order's index: for rare ones that would be most of the table.
async fn by_words(
    conn: &mut PgConnection,
    sort: Sort,
    filter: &Filter,
    cursor: Option<Cursor>,
    size: usize,
) -> sqlx::Result<(Vec<Hit>, i64)> {
    let mut hits = queries::some(conn, filter, sort, FIRST).await?;
    let found = i64::try_from(hits.len()).unwrap_or(FIRST);
    if found == FIRST {
        queries::plan_in_order(conn).await?;
        return Ok((matches(conn, sort, filter, cursor, page_and_one(size)).await?, found));
    }
    let place = |hit: &Hit| place(sort, hit.key.unwrap_or(NEVER), hit.id);
    if let Some(cursor) = cursor {
        let seen = self::place(sort, cursor.key, cursor.id);
        hits.retain(|hit| place(hit) > seen);
    }
    hits.sort_unstable_by_key(place);
    hits.truncate(size + 1);
    Ok((hits, found))
}

/// Compares as the order's index does.
fn place(sort: Sort, key: i64, id: Uuid) -> (i64, u128) {
    match sort {
        Sort::Popular | Sort::PriceDown => (!key, !id.as_u128()),
        Sort::PriceUp | Sort::Soonest => (key, id.as_u128()),
    }
}

fn page_and_one(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(COUNT_LIMIT) + 1
}

async fn matches(
    conn: &mut PgConnection,
    sort: Sort,
    filter: &Filter,
    cursor: Option<Cursor>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    let (key, id) = (cursor.map(|c| c.key), cursor.map(|c| c.id));
    match sort {
        Sort::Popular => queries::popular(conn, filter, key, id, limit).await,
        Sort::PriceUp => queries::cheapest(conn, filter, key, id, limit).await,
        Sort::PriceDown => queries::dearest(conn, filter, key, id, limit).await,
        Sort::Soonest => {
            let after = key.filter(|key| *key != NEVER).and_then(|key| Timestamp::from_microsecond(key).ok()).map(ts);
            match filter.when {
                Some(when) => queries::soonest_within(conn, filter, when, after, id, limit).await,
                None => queries::soonest(conn, filter, after, id, limit).await,
            }
        }
    }
}

/// `None` where nothing can match: an unknown place, category or language, a time that is over.
async fn filter(conn: &mut PgConnection, ctx: &Ctx, query: &SearchQuery) -> sqlx::Result<Option<Filter>> {
    let text = words::clean(&query.q);
    let known = |slug: &Option<String>| slug.as_deref().map(|slug| words::clean(slug).unwrap_or_default());
    let (place, category) = (known(&query.place), known(&query.category));
    let wanted = text.as_deref().and_then(words::wanted);
    let resolved = queries::resolve(conn, place.as_deref(), category.as_deref(), text.as_deref(), wanted.as_deref()).await?;
    let unknown = query.language.as_deref().is_some_and(|code| code.parse::<Lang>().is_err())
        || (place.is_some() && resolved.place.is_none())
        || (category.is_some() && resolved.category.is_none());
    let when = departing(ctx, query);
    if unknown || when.is_some_and(|when| when.from.to_jiff() >= when.until.to_jiff()) {
        return Ok(None);
    }
    let minutes = query.length.map(|length| length.minutes());
    Ok(Some(Filter {
        place: resolved.place,
        category: resolved.category,
        shortest: minutes.map(|(shortest, _)| shortest).filter(|shortest| *shortest > 0),
        longest: minutes.map(|(_, longest)| longest).filter(|longest| *longest < i32::MAX),
        language: query.language.clone(),
        price_min: query.price_min.map(tiyn),
        price_max: query.price_max.map(tiyn),
        text: resolved.text,
        when,
    }))
}

fn tiyn(tenge: i64) -> i64 {
    Money::from_tenge(tenge.clamp(0, 1_000_000_000_000)).tiyn()
}

/// The time in which a departure is wanted; `None` when neither dates nor people were given.
fn departing(ctx: &Ctx, query: &SearchQuery) -> Option<When> {
    if query.from.is_none() && query.to.is_none() && query.people.is_none() {
        return None;
    }
    let today = ctx.today();
    let horizon = today.saturating_add(HORIZON_DAYS.days());
    let start = |day: jiff::civil::Date| when::moment(day.at(0, 0, 0, 0)).unwrap_or(ctx.now());
    let from = query.from.map_or(ctx.now(), |day| start(day.clamp(today, horizon))).max(ctx.now());
    let yesterday = today.saturating_sub(1.day());
    let until = start(query.to.map_or(horizon, |day| day.clamp(yesterday, horizon)).saturating_add(1.day()));
    Some(When { from: ts(from), until: ts(until), people: query.people.unwrap_or(1).max(1) })
}

async fn mended(conn: &mut PgConnection, typed: &str) -> sqlx::Result<Option<String>> {
    let words = words::clean(typed).map(|text| words::words(&text)).unwrap_or_default();
    let near = queries::near_words(conn, &words).await?;
    Ok(words::mended(&near.into_iter().map(|row| (row.word, row.near)).collect::<Vec<_>>()))
}
