//! What the desk reads. Lists look at `organisation_orders` alone; what is shown of a page's orders is read for these only.
use super::list::Asked;
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    Money,
    dto::{
        desk::{Attention, Channel, HistoryRow, OrderRow, Stage, Unapproved},
        order::OrderStatus,
    },
    ids::{ListingId, OrderId, OrganisationId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Orders of one page.
pub(super) const PAGE: usize = 30;
/// One more tells whether there are more.
const LIMIT: i64 = 31;
/// Orders that are put in order after they were found. Of what more fit, the newest are met soon on the way down the list.
pub(super) const MOST_MATCHES: i64 = 300;

/// How the list is narrowed.
pub(super) struct Narrow<'a> {
    pub(super) organisation: OrganisationId,
    pub(super) before: Option<(Timestamp, Uuid)>,
    pub(super) statuses: &'a [&'static str],
    pub(super) listing: Option<ListingId>,
    pub(super) channel: Option<Channel>,
}

impl Narrow<'_> {
    /// A first page begins after all there can be, so that the cursor is always a bound of the index.
    fn before(&self) -> (Timestamp, Uuid) {
        self.before.unwrap_or((Timestamp::from_second(32_503_680_000).unwrap_or(Timestamp::MAX), Uuid::max()))
    }
}

/// Asks with what narrows the list, `$1` to `$7`, and whatever more there is.
macro_rules! ask {
    ($conn:ident, $narrow:ident, $sql:literal $(, $more:expr)*) => {{
        let (at, id) = $narrow.before();
        sqlx::query_scalar!(
            $sql,
            $narrow.organisation.0,
            ts(at) as Ts,
            id,
            $narrow.statuses as &[&str],
            $narrow.listing.map(|listing| listing.0),
            $narrow.channel.map(Channel::as_str),
            LIMIT
            $(, $more)*
        )
        .fetch_all($conn)
        .await
    }};
}

/// A page's orders and, if there are more, one.
pub(super) async fn newest(conn: &mut PgConnection, narrow: &Narrow<'_>) -> sqlx::Result<Vec<Uuid>> {
    ask!(
        conn,
        narrow,
        "select order_id from organisation_orders part
         where organisation_id = $1 and (placed_at, order_id) < ($2, $3) and status = any($4)
           and ($5::uuid is null or $5 = any(listing_ids)) and ($6::text is null or channel = $6)
         order by placed_at desc, order_id desc limit $7"
    )
}

/// Orders that fit the words, a ticket's code or an order's number, in no order, some twice; of the words' no more than one above
/// `MOST_MATCHES`. Nothing is sorted, so that the search ends there.
pub(super) async fn matches(conn: &mut PgConnection, organisation: OrganisationId, asked: &Asked) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select order_id as "order_id!" from (
               (select order_id from organisation_order_words
                where organisation_id = $1
                  and order_keys(organisation_id, words) @> (select array_agg(key) from unnest($2::text[]) part,
                                                             unnest(order_keys($1, folded(part))) key)
                  and words like all (select folded(p) from unnest($3::text[]) p)
                limit $4)
               union all select order_id from tickets where code = $5 and organisation_id = $1
               union all select id from orders where number = $6) found"#,
        organisation.0,
        &asked.parts,
        &asked.patterns,
        MOST_MATCHES + 1,
        asked.code,
        asked.number,
    )
    .fetch_all(conn)
    .await
}

/// Orders with places on what leaves in that time.
pub(super) async fn leaving(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    (from, until): (Timestamp, Timestamp),
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select distinct line.order_id from departures d join order_lines line on line.departure_id = d.id
         where d.organisation_id = $1 and d.starts_at >= $2 and d.starts_at < $3",
        organisation.0,
        ts(from) as Ts,
        ts(until) as Ts,
    )
    .fetch_all(conn)
    .await
}

/// The newest among these; with `asked` only those of them that fit its words.
pub(super) async fn newest_of(
    conn: &mut PgConnection,
    narrow: &Narrow<'_>,
    orders: &[Uuid],
    asked: Option<&Asked>,
) -> sqlx::Result<Vec<Uuid>> {
    let (longest, others) = asked.map_or(("%", &[][..]), Asked::split);
    ask!(
        conn,
        narrow,
        "select order_id from organisation_orders part
         where order_id = any($8) and organisation_id = $1 and (placed_at, order_id) < ($2, $3) and status = any($4)
           and ($5::uuid is null or $5 = any(listing_ids)) and ($6::text is null or channel = $6)
           and words like folded($9) and words like all (array(select folded(p) from unnest($10::text[]) p))
         order by placed_at desc, order_id desc limit $7",
        orders,
        longest,
        others
    )
}

/// The newest that fit words which very many do: down the list, whose index has the words, too.
pub(super) async fn newest_named(conn: &mut PgConnection, narrow: &Narrow<'_>, asked: &Asked) -> sqlx::Result<Vec<Uuid>> {
    let (longest, others) = asked.split();
    ask!(
        conn,
        narrow,
        "select order_id from organisation_orders part
         where organisation_id = $1 and (placed_at, order_id) < ($2, $3) and status = any($4)
           and words like folded($8) and words like all (array(select folded(p) from unnest($9::text[]) p))
           and ($5::uuid is null or $5 = any(listing_ids)) and ($6::text is null or channel = $6)
         order by placed_at desc, order_id desc limit $7",
        longest,
        others
    )
}

/// What the list shows of these orders, in their order.
pub(super) async fn rows(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    ids: &[Uuid],
    lang: &str,
) -> sqlx::Result<Vec<OrderRow>> {
    let rows = sqlx::query!(
        r#"select o.id as "id!", o.number as "number!", part.placed_at as "placed_at!", part.status as "status!",
                  part.channel as "channel!", coalesce(o.contact_name, '') as "name!", coalesce(o.contact_phone, '') as "phone!",
                  first.starts_at as "starts_at!", coalesce(t.title, ru.title) as "title!", first.quantity as "quantity!",
                  part.total as "total!"
           from unnest($2::uuid[]) with ordinality as wanted (id, n)
           join organisation_orders part on part.order_id = wanted.id and part.organisation_id = $1
           join orders o on o.id = wanted.id
           join lateral (select d.listing_id, d.starts_at, (sum(line.quantity) over ())::int as quantity
                         from order_lines line join departures d on d.id = line.departure_id
                         where line.order_id = wanted.id and line.organisation_id = $1
                         order by d.starts_at, line.position limit 1) first on true
           join listing_texts ru on ru.listing_id = first.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = first.listing_id and t.lang = $3
           order by wanted.n"#,
        organisation.0,
        ids,
        lang,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderRow {
                id: row.id.into(),
                number: row.number,
                placed_at: row.placed_at.to_jiff(),
                status: OrderStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
                channel: Channel::parse(&row.channel).ok_or_else(|| unknown_word(&row.channel))?,
                name: row.name,
                phone: row.phone,
                title: row.title,
                starts_at: row.starts_at.to_jiff(),
                quantity: row.quantity,
                total: Money::from_tiyn(row.total),
            })
        })
        .collect()
}

/// The organisation's listings by name, for the filter.
pub(super) async fn listings(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    lang: &str,
) -> sqlx::Result<Vec<(ListingId, String)>> {
    let rows = sqlx::query!(
        r#"select l.id, coalesce(t.title, ru.title) as "title!"
           from listings l
           join listing_texts ru on ru.listing_id = l.id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = l.id and t.lang = $2
           where l.organisation_id = $1 order by 2, l.id limit 200"#,
        organisation.0,
        lang,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.title)).collect())
}

/// The organisation sold the order, or a part of it.
pub(super) async fn is_part(conn: &mut PgConnection, organisation: OrganisationId, order: OrderId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from organisation_orders where order_id = $1 and organisation_id = $2) as "is_part!""#,
        order.0,
        organisation.0
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn insert_event(
    conn: &mut PgConnection,
    order: OrderId,
    organisation: Option<OrganisationId>,
    now: Timestamp,
    by: Option<&str>,
    what: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_events (order_id, organisation_id, at, by_name, what) values ($1, $2, $3, $4, $5)",
        order.0,
        organisation.map(|id| id.0),
        ts(now) as Ts,
        by,
        what,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn count_events(conn: &mut PgConnection, order: OrderId, word: &str, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from order_events where order_id = $1 and at > $3 and what ? $2"#,
        order.0,
        word,
        ts(since) as Ts,
    )
    .fetch_one(conn)
    .await
}

/// The newest first, no more than anybody reads.
pub(super) async fn history(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
) -> sqlx::Result<Vec<HistoryRow>> {
    let rows = sqlx::query!(
        "select at, by_name, what from order_events
         where order_id = $1 and (organisation_id is null or organisation_id = $2) order by at desc, id desc limit 200",
        order.0,
        organisation.0,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let what = serde_json::from_value(row.what).map_err(|error| sqlx::Error::Decode(error.into()))?;
            Ok(HistoryRow { at: row.at.to_jiff(), by: row.by_name, what })
        })
        .collect()
}

/// What waits, what could not be sent by jobs of these names, and what was sold, or handed over for dearer places, since `from`.
pub(super) async fn attention(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    from: Timestamp,
    senders: &[&str],
) -> sqlx::Result<Attention> {
    let row = sqlx::query!(
        r#"select (select count(*) from organisation_orders
                   where organisation_id = $1 and status in ('held', 'awaiting_payment')) as "unpaid!",
                  coalesce(sum(total) filter (where channel = 'online'), 0)::bigint as "online!",
                  coalesce(sum(total) filter (where channel = 'cash'), 0)::bigint as "cash!",
                  (select coalesce(sum((event.what #>> '{moved,difference}')::bigint), 0)::bigint
                   from order_events event
                   join organisation_orders moved on moved.order_id = event.order_id and moved.organisation_id = $1
                   where event.organisation_id = $1 and event.at >= $2 and event.what ? 'moved'
                     and (event.what #>> '{moved,difference}')::bigint > 0
                     and moved.status in ('paid', 'completed', 'partly_refunded')) as "extra!"
           from organisation_orders
           where organisation_id = $1 and placed_at >= $2 and status in ('paid', 'completed', 'partly_refunded')"#,
        organisation.0,
        ts(from) as Ts,
    )
    .fetch_one(&mut *conn)
    .await?;
    let unsent = sqlx::query!(
        r#"select distinct o.id, o.number from jobs j
           join orders o on o.id = (j.payload ->> 'order')::uuid
           join organisation_orders part on part.order_id = o.id and part.organisation_id = $1
           where j.dead_at is not null and j.name = any($2) order by o.id desc limit 5"#,
        organisation.0,
        senders as &[&str],
    )
    .fetch_all(conn)
    .await?;
    Ok(Attention {
        unpaid: row.unpaid,
        unsent: unsent.into_iter().map(|row| (row.id.into(), row.number)).collect(),
        online: Money::from_tiyn(row.online),
        cash: Money::from_tiyn(row.cash + row.extra),
        unapproved: Vec::new(),
    })
}

/// Listings that were never public and have a departure between the moments, the soonest first.
pub(super) async fn unapproved(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    (from, until): (Timestamp, Timestamp),
    lang: &str,
) -> sqlx::Result<Vec<Unapproved>> {
    let rows = sqlx::query!(
        r#"select l.id, l.status, (draft.approved_at is not null) as "approved!", next.starts_at,
                  coalesce(nullif(title ->> $4, ''), nullif(title ->> 'ru', ''), nullif(title ->> 'kk', ''), nullif(title ->> 'en', ''),
                           l.slug) as "title!"
           from listings l
           join lateral (select d.starts_at from departures d
                         where d.listing_id = l.id and d.status = 'scheduled' and d.starts_at > $2 and d.starts_at < $3
                         order by d.starts_at limit 1) next on true
           left join listing_drafts draft on draft.listing_id = l.id
           cross join lateral (select draft.content -> 'title' as title) named
           where l.organisation_id = $1 and l.status in ('draft', 'in_review', 'rejected')
           order by next.starts_at, l.id limit 5"#,
        organisation.0,
        ts(from) as Ts,
        ts(until) as Ts,
        lang,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let stage = match row.status.as_str() {
                "draft" => Stage::Draft,
                "rejected" => Stage::Rejected,
                "in_review" if row.approved => Stage::Approved,
                "in_review" => Stage::InReview,
                other => return Err(unknown_word(other)),
            };
            Ok(Unapproved { listing: row.id.into(), title: row.title, starts_at: row.starts_at.to_jiff(), stage })
        })
        .collect()
}
