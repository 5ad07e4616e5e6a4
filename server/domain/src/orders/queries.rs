use super::history::to_json;
use crate::{
    inventory::Places,
    kernel::{
        db::{Ts, ts, unknown_word as unknown},
        events::{self, Event},
        keys::digest,
    },
};
use jiff::Timestamp;
use sapar_shared::{
    Lang, Money,
    contact::{Email, PersonName, Phone},
    dto::{desk::Happening, editor::Affected, order::OrderStatus},
    forms::checkout::CartLine,
    ids::{DepartureId, ListingId, OrderId, OrganisationId, TicketTypeId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// An order whose row the caller's transaction holds.
#[derive(Clone, Debug)]
pub struct Locked {
    pub id: OrderId,
    pub number: String,
    pub lang: Lang,
    pub status: OrderStatus,
    pub total: Money,
    pub expires_at: Timestamp,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
}

struct Row {
    id: Uuid,
    number: String,
    lang: String,
    status: String,
    total: i64,
    expires_at: Ts,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    contact_email: Option<String>,
}

impl TryFrom<Row> for Locked {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            lang: row.lang.parse().map_err(|_| unknown(&row.lang))?,
            status: OrderStatus::parse(&row.status).ok_or_else(|| unknown(&row.status))?,
            number: row.number,
            total: Money::from_tiyn(row.total),
            expires_at: row.expires_at.to_jiff(),
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            contact_email: row.contact_email,
        })
    }
}

macro_rules! read_order {
    ($conn:expr, $which:tt, $key:expr) => {
        sqlx::query_as!(
            Row,
            "select id, number, lang, status, total, expires_at, contact_name, contact_phone, contact_email from orders where "
                + $which,
            $key
        )
        .fetch_optional($conn)
        .await?
        .map(Locked::try_from)
        .transpose()
    };
}

pub async fn lock_by_id(conn: &mut PgConnection, id: OrderId) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "id = $1 for update", id.0)
}

pub async fn lock_by_number(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "number = $1 for update", number)
}

pub async fn lock_by_token(conn: &mut PgConnection, token: &str) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "token_digest = $1 for update", digest(token))
}

/// The order as it is now, and may not be in a moment.
pub async fn by_number(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "number = $1", number)
}

/// The order's places, for `inventory`.
pub async fn places_of(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<Places>> {
    let rows = sqlx::query!(
        "select departure_id, ticket_type_id, quantity from order_lines where order_id = $1 order by position",
        order.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Places { departure: row.departure_id.into(), ticket_type: row.ticket_type_id.into(), quantity: row.quantity })
        .collect())
}

/// What a cart's line is about, priced by the server.
pub(super) struct Offer {
    pub(super) departure: DepartureId,
    pub(super) ticket_type: TicketTypeId,
    pub(super) listing: ListingId,
    pub(super) organisation: OrganisationId,
    pub(super) price: Money,
    pub(super) min: i32,
    pub(super) max: i32,
    pub(super) starts_at: Timestamp,
    pub(super) closes_minutes_before: i32,
}

/// Those of the wanted lines that are published, scheduled and belong together.
pub(super) async fn offers(conn: &mut PgConnection, lines: &[CartLine]) -> sqlx::Result<Vec<Offer>> {
    let departures: Vec<Uuid> = lines.iter().map(|l| l.departure_id.0).collect();
    let ticket_types: Vec<Uuid> = lines.iter().map(|l| l.ticket_type_id.0).collect();
    let rows = sqlx::query!(
        r#"select d.id as departure_id, t.id as ticket_type_id, l.id as listing_id, l.organisation_id, t.price,
                  t.min_per_order, t.max_per_order, t.closes_minutes_before, d.starts_at
           from unnest($1::uuid[], $2::uuid[]) as wanted (departure_id, ticket_type_id)
           join departures d on d.id = wanted.departure_id and d.status = 'scheduled'
           join ticket_types t on t.id = wanted.ticket_type_id and t.listing_id = d.listing_id and t.archived_at is null
           join listings l on l.id = d.listing_id and l.status = 'published'
           join organisations o on o.id = l.organisation_id and o.status = 'active'"#,
        &departures,
        &ticket_types,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Offer {
            departure: row.departure_id.into(),
            ticket_type: row.ticket_type_id.into(),
            listing: row.listing_id.into(),
            organisation: row.organisation_id.into(),
            price: Money::from_tiyn(row.price),
            min: row.min_per_order,
            max: row.max_per_order,
            starts_at: row.starts_at.to_jiff(),
            closes_minutes_before: row.closes_minutes_before,
        })
        .collect())
}

pub(super) struct NewOrder<'a> {
    pub(super) id: OrderId,
    pub(super) number: &'a str,
    pub(super) token: &'a str,
    pub(super) cart: Option<Uuid>,
    pub(super) lang: Lang,
    pub(super) contact: Option<(&'a PersonName, &'a Phone, &'a Email)>,
    pub(super) total: Money,
    pub(super) placed_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, order: &NewOrder<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into orders (id, number, token_digest, cart_id, lang, status, contact_name, contact_phone, contact_email,
                             account_id, total, placed_at, expires_at)
         values ($1, $2, $3, $4, $5, 'held', $6, $7, $8, owner_of_contact($8, $7), $9, $10, $11)",
        order.id.0,
        order.number,
        digest(order.token),
        order.cart,
        order.lang.code(),
        order.contact.map(|(name, _, _)| name.as_str()),
        order.contact.map(|(_, phone, _)| phone.as_str()),
        order.contact.map(|(_, _, email)| email.as_str()),
        order.total.tiyn(),
        ts(order.placed_at) as Ts,
        ts(order.expires_at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) struct NewLine {
    pub(super) id: Uuid,
    pub(super) offer: Offer,
    pub(super) quantity: i32,
}

pub(super) async fn insert_lines(conn: &mut PgConnection, order: OrderId, lines: &[NewLine]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_lines (id, order_id, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price)
         select id, $1, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::bigint[])
              with ordinality as line (id, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price, position)",
        order.0,
        &lines.iter().map(|l| l.id).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.departure.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.ticket_type.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.listing.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.organisation.0).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.quantity).collect::<Vec<_>>(),
        &lines.iter().map(|l| l.offer.price.tiyn()).collect::<Vec<_>>(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The cart's order that is held and not yet on its way to payment; locked.
pub(super) async fn lock_held_cart(conn: &mut PgConnection, cart: Uuid) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "cart_id = $1 and status = 'held' for update", cart)
}

/// The same, to be looked at only.
pub(super) async fn held_cart(conn: &mut PgConnection, cart: Uuid) -> sqlx::Result<Option<Locked>> {
    read_order!(conn, "cart_id = $1 and status = 'held'", cart)
}

/// Two tabs of one browser that press at once follow one another.
pub(super) async fn lock_cart(conn: &mut PgConnection, cart: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", cart.to_string()).fetch_one(conn).await.map(drop)
}

pub(super) async fn write_contact(
    conn: &mut PgConnection,
    order: OrderId,
    name: &PersonName,
    phone: &Phone,
    email: &Email,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update orders set contact_name = $2, contact_phone = $3, contact_email = $4, account_id = owner_of_contact($4, $3) where id = $1",
        order.0,
        name.as_str(),
        phone.as_str(),
        email.as_str()
    )
    .execute(conn)
    .await
    .map(drop)
}

/// `held → awaiting_payment`; forgets why an earlier attempt failed. The sellers hear of it.
pub async fn start_awaiting(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "with waiting as (update orders set status = 'awaiting_payment', failure = null where id = $1)
         insert into news (payload)
         select format('sale %s %s awaiting_payment', organisation_id, order_id) from organisation_orders where order_id = $1",
        order.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps what the provider said of a failed attempt, for the customer to read.
pub async fn set_failure(conn: &mut PgConnection, order: OrderId, failure: &str) -> sqlx::Result<()> {
    sqlx::query!("update orders set failure = left($2, 300) where id = $1", order.0, failure).execute(conn).await.map(drop)
}

/// And the line of the order's history that says so. One of the moments is given.
pub(super) async fn set_status(
    conn: &mut PgConnection,
    order: OrderId,
    status: OrderStatus,
    paid_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    what: &Happening,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with moved as (update orders set status = $2, paid_at = coalesce($3, paid_at), closed_at = $4 where id = $1)
         insert into order_events (order_id, at, what) values ($1, coalesce($3, $4), $5)",
        order.0,
        status.as_str(),
        paid_at.map(ts) as Option<Ts>,
        closed_at.map(ts) as Option<Ts>,
        to_json(what)?,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_late_money(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("update orders set late_money_returned = true where id = $1", order.0).execute(conn).await.map(drop)
}

/// Open orders whose hold has ended, the oldest first.
pub async fn overdue(conn: &mut PgConnection, now: Timestamp, limit: i64) -> sqlx::Result<Vec<OrderId>> {
    sqlx::query_scalar!(
        "select id from orders where status in ('held', 'awaiting_payment') and expires_at <= $1 order by expires_at limit $2",
        ts(now) as Ts,
        limit
    )
    .fetch_all(conn)
    .await
    .map(|ids| ids.into_iter().map(OrderId).collect())
}

/// Open orders that hold places on the departure.
pub async fn open_of_departure(conn: &mut PgConnection, departure: DepartureId) -> sqlx::Result<Vec<OrderId>> {
    sqlx::query_scalar!(
        "select distinct o.id from order_lines line join orders o on o.id = line.order_id
         where line.departure_id = $1 and o.status in ('held', 'awaiting_payment') order by o.id",
        departure.0,
    )
    .fetch_all(conn)
    .await
    .map(|ids| ids.into_iter().map(OrderId).collect())
}

pub(super) async fn has_departure(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from departures where id = $2 and organisation_id = $1) as "known!""#,
        organisation.0,
        departure.0,
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn affected(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
) -> sqlx::Result<Vec<Affected>> {
    sqlx::query!(
        r#"select o.number, coalesce(o.contact_name, '') as "name!", coalesce(o.contact_phone, '') as "phone!",
                  coalesce(o.contact_email, '') as "email!", sum(line.quantity)::int as "places!",
                  sum(line.quantity * line.unit_price)::bigint as "total!"
           from order_lines line join orders o on o.id = line.order_id
           where line.departure_id = $2 and line.organisation_id = $1 and o.status in ('paid', 'completed', 'partly_refunded')
           group by o.id order by o.contact_name, o.id"#,
        organisation.0,
        departure.0,
    )
    .map(|row| Affected {
        order_number: row.number,
        name: row.name,
        phone: row.phone,
        email: row.email,
        places: row.places,
        total: Money::from_tiyn(row.total),
    })
    .fetch_all(conn)
    .await
}

/// News of the order for its page and for those who sold it, and of its listings, whose pages show other numbers now.
pub(super) async fn announce(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into news (payload)
         select $1 || listing_id::text from order_lines where order_id = $2 union select $3 union
         select format('sale %s %s %s', organisation_id, order_id, status) from organisation_orders where order_id = $2",
        events::LISTING,
        order.0,
        Event::Order(order).payload(),
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) struct CancelFacts {
    /// The last moment at which cancelling is free.
    pub(super) free_until: Timestamp,
    pub(super) activated: bool,
    /// Sold at a counter: the partner has the money.
    pub(super) cash: bool,
}

pub(super) async fn cancel_facts(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<CancelFacts> {
    let row = sqlx::query!(
        r#"select min(d.starts_at - make_interval(hours => l.free_cancel_hours)) as "free_until!: Ts",
                  exists (select from tickets t where t.order_id = $1 and t.status = 'activated') as "activated!",
                  (select channel = 'cash' from orders where id = $1) as "cash!"
           from order_lines line
           join departures d on d.id = line.departure_id
           join listings l on l.id = line.listing_id
           where line.order_id = $1"#,
        order.0
    )
    .fetch_one(conn)
    .await?;
    Ok(CancelFacts { free_until: row.free_until.to_jiff(), activated: row.activated, cash: row.cash })
}

pub(super) async fn void_tickets(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("update tickets set status = 'void' where order_id = $1 and status = 'issued'", order.0)
        .execute(conn)
        .await
        .map(drop)
}

/// Whose sales the order changed.
pub(super) async fn listings_of(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<ListingId>> {
    sqlx::query_scalar!("select distinct listing_id from order_lines where order_id = $1", order.0)
        .fetch_all(conn)
        .await
        .map(|ids| ids.into_iter().map(ListingId).collect())
}
