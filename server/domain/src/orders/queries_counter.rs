use super::history::to_json;
use crate::kernel::{
    db::{Ts, ts},
    keys::digest,
};
use jiff::Timestamp;
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{CounterDeparture, CounterType, Happening},
        order::{OrderStatus, UNDONE},
    },
    forms::cash::CashContact,
    ids::{AccountId, DepartureId, ListingId, OrderId, OrganisationId, TicketTypeId},
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn start_of(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
) -> sqlx::Result<Option<Timestamp>> {
    let starts_at = sqlx::query_scalar!(
        "select starts_at from departures where id = $1 and organisation_id = $2",
        departure.0,
        organisation.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(starts_at.map(|at| at.to_jiff()))
}

/// Departures with what is free of each ticket type. One without a counter of its own is limited by the departure only.
pub(super) async fn for_sale(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    from: Timestamp,
    until: Timestamp,
    lang: &str,
) -> sqlx::Result<Vec<CounterDeparture>> {
    let rows = sqlx::query!(
        r#"select d.id, d.starts_at, coalesce(t.title, ru.title) as "title!", s.free as "free!", tt.id as type_id, tt.price,
                  tt.min_per_order, tt.max_per_order,
                  in_lang($4, tt.name_ru, tt.name_kk, tt.name_en) as "type_name!",
                  least(s.free, coalesce(own.capacity - own.held - own.sold, s.free)) as "type_free!"
           from departures d
           join lateral (select capacity - held - sold - elsewhere as free from stock
                         where departure_id = d.id and ticket_type_id is null) s on true
           join listings l on l.id = d.listing_id and l.status in ('published', 'paused')
           join listing_texts ru on ru.listing_id = l.id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = l.id and t.lang = $4
           join ticket_types tt on tt.listing_id = l.id and tt.archived_at is null
           left join stock own on own.departure_id = d.id and own.ticket_type_id = tt.id
           where d.organisation_id = $1 and d.status = 'scheduled' and d.starts_at >= $2 and d.starts_at < $3
           order by d.starts_at, d.id, tt.position, tt.id"#,
        organisation.0,
        ts(from) as Ts,
        ts(until) as Ts,
        lang,
    )
    .fetch_all(conn)
    .await?;
    let mut departures: Vec<CounterDeparture> = Vec::new();
    for row in rows {
        let kind = CounterType {
            id: row.type_id.into(),
            name: row.type_name,
            price: Money::from_tiyn(row.price),
            free: row.type_free.max(0),
            min: row.min_per_order,
            max: row.max_per_order,
        };
        match departures.last_mut().filter(|last| last.id.0 == row.id) {
            Some(last) => last.types.push(kind),
            None => departures.push(CounterDeparture {
                id: row.id.into(),
                title: row.title,
                starts_at: row.starts_at.to_jiff(),
                free: row.free.max(0),
                types: vec![kind],
            }),
        }
    }
    Ok(departures)
}

/// What is sold at the counter, priced by the server.
pub(super) struct CashOffer {
    pub(super) ticket_type: TicketTypeId,
    pub(super) listing: ListingId,
    pub(super) price: Money,
    pub(super) min: i32,
    pub(super) max: i32,
    pub(super) starts_at: Timestamp,
    pub(super) called_off: bool,
}

pub(super) struct CashLine {
    pub(super) id: Uuid,
    pub(super) offer: CashOffer,
    pub(super) quantity: i32,
}

pub(super) async fn offers(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
    wanted: &[(TicketTypeId, i32)],
) -> sqlx::Result<Vec<CashOffer>> {
    let types: Vec<Uuid> = wanted.iter().map(|(id, _)| id.0).collect();
    let rows = sqlx::query!(
        r#"select t.id, t.listing_id, t.price, t.min_per_order, t.max_per_order, d.starts_at, d.status = 'cancelled' as "called_off!"
           from departures d
           join listings l on l.id = d.listing_id and l.status in ('published', 'paused')
           join organisations o on o.id = d.organisation_id and o.status = 'active'
           join ticket_types t on t.listing_id = d.listing_id and t.archived_at is null and t.id = any($3)
           where d.id = $2 and d.organisation_id = $1"#,
        organisation.0,
        departure.0,
        &types,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CashOffer {
            ticket_type: row.id.into(),
            listing: row.listing_id.into(),
            price: Money::from_tiyn(row.price),
            min: row.min_per_order,
            max: row.max_per_order,
            starts_at: row.starts_at.to_jiff(),
            called_off: row.called_off,
        })
        .collect())
}

/// The sale that was made with this key, and whose it is.
pub(super) async fn by_key(conn: &mut PgConnection, key: Uuid) -> sqlx::Result<Option<(OrderId, OrganisationId)>> {
    let row = sqlx::query!(
        "select o.id, part.organisation_id from orders o join organisation_orders part on part.order_id = o.id where o.sale_key = $1",
        key
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id.into(), row.organisation_id.into())))
}

pub(super) struct CashOrder<'a> {
    pub(super) id: OrderId,
    pub(super) number: &'a str,
    pub(super) token: &'a str,
    pub(super) key: Uuid,
    pub(super) lang: Lang,
    pub(super) contact: &'a CashContact,
    pub(super) total: Money,
    pub(super) now: Timestamp,
    pub(super) sold_by: Option<AccountId>,
}

/// False when the key was used before. Nothing is held, so nothing ends: the hour is there for the table's sake.
pub(super) async fn insert(conn: &mut PgConnection, order: &CashOrder<'_>) -> sqlx::Result<bool> {
    sqlx::query!(
        "insert into orders (id, number, token_digest, lang, status, contact_name, contact_phone, contact_email, total, placed_at,
                             expires_at, paid_at, channel, sold_by, sale_key)
         values ($1, $2, $3, $4, 'paid', $5, $6, $7, $8, $9, $9::timestamptz + interval '1 hour', $9, 'cash', $10, $11)
         on conflict on constraint orders_sale_once do nothing",
        order.id.0,
        order.number,
        digest(order.token),
        order.lang.code(),
        order.contact.name.as_ref().map(|name| name.as_str()),
        order.contact.phone.as_ref().map(|phone| phone.as_str()),
        order.contact.email.as_ref().map(|email| email.as_str()),
        order.total.tiyn(),
        ts(order.now) as Ts,
        order.sold_by.map(|id| id.0),
        order.key,
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(super) async fn insert_lines(
    conn: &mut PgConnection,
    order: OrderId,
    organisation: OrganisationId,
    departure: DepartureId,
    lines: &[CashLine],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_lines (id, order_id, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price)
         select id, $1, position, $2, ticket_type_id, listing_id, $3, quantity, unit_price
         from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::bigint[])
              with ordinality as line (id, ticket_type_id, listing_id, quantity, unit_price, position)",
        order.0,
        departure.0,
        organisation.0,
        &lines.iter().map(|l| l.id).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.ticket_type.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.listing.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.quantity).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.price.tiyn()).collect::<Vec<_>>(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What decides whether a sale may be taken back.
pub(super) struct CashSaleFacts {
    /// It was sold at the counter.
    pub(super) cash: bool,
    pub(super) sold_by: Option<AccountId>,
    pub(super) sold_at: Timestamp,
    /// When the first of its departures leaves.
    pub(super) leaves: Timestamp,
    /// Somebody was let on.
    pub(super) used: bool,
}

/// Of an order that the organisation has sold.
pub(super) async fn sale(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
) -> sqlx::Result<Option<CashSaleFacts>> {
    let row = sqlx::query!(
        r#"select o.channel = 'cash' as "cash!", o.sold_by, o.placed_at,
                  (select min(d.starts_at) from order_lines line join departures d on d.id = line.departure_id
                   where line.order_id = o.id) as "leaves!: Ts",
                  exists (select from tickets k where k.order_id = o.id and k.status = 'activated') as "used!"
           from organisation_orders part join orders o on o.id = part.order_id
           where part.order_id = $1 and part.organisation_id = $2"#,
        order.0,
        organisation.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| CashSaleFacts {
        cash: row.cash,
        sold_by: row.sold_by.map(AccountId),
        sold_at: row.placed_at.to_jiff(),
        leaves: row.leaves.to_jiff(),
        used: row.used,
    }))
}

pub(super) struct TakenBack<'a> {
    pub(super) order: OrderId,
    pub(super) organisation: OrganisationId,
    pub(super) by: &'a str,
    pub(super) at: Timestamp,
    pub(super) what: &'a Happening,
}

/// And the line of the order's history that says so.
pub(super) async fn set_taken_back(conn: &mut PgConnection, back: &TakenBack<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "with back as (update orders set status = $3, closed_at = $4, failure = $5 where id = $1)
         insert into order_events (order_id, organisation_id, at, by_name, what) values ($1, $2, $4, $6, $7)",
        back.order.0,
        back.organisation.0,
        OrderStatus::Refunded.as_str(),
        ts(back.at) as Ts,
        UNDONE,
        back.by,
        to_json(back.what)?,
    )
    .execute(conn)
    .await
    .map(drop)
}
