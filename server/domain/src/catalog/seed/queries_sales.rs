//! The SQL of what the demo has sold.
use super::{
    super::rules::Planned,
    sales::{Kind, Sales},
};
use crate::kernel::db::Ts;
use jiff::Timestamp;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

#[derive(Serialize)]
pub(super) struct OrderRow {
    pub id: Uuid,
    pub number: String,
    /// In hexadecimal.
    pub token_digest: String,
    pub lang: &'static str,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// Tiyn.
    pub total: i64,
    pub placed_at: Timestamp,
    pub paid_at: Timestamp,
    pub payment: Uuid,
    pub entry: Uuid,
    pub organisation_id: Uuid,
}

#[derive(Serialize)]
pub(super) struct SoldLineRow {
    id: Uuid,
    order_id: Uuid,
    position: i32,
    departure_id: Uuid,
    ticket_type_id: Uuid,
    listing_id: Uuid,
    organisation_id: Uuid,
    quantity: i32,
    unit_price: i64,
}

impl SoldLineRow {
    pub(super) fn new(id: Uuid, order_id: Uuid, position: i32, departure: &Planned, kind: &Kind, quantity: i32) -> Self {
        Self {
            id,
            order_id,
            position,
            departure_id: departure.id,
            ticket_type_id: kind.id.0,
            listing_id: departure.listing,
            organisation_id: departure.organisation,
            quantity,
            unit_price: kind.price,
        }
    }
}

#[derive(Serialize)]
pub(super) struct TicketRow {
    pub id: Uuid,
    pub line_id: Uuid,
    pub position: i32,
    pub code: String,
}

/// Paid orders with their money in the books and their tickets; the places are counted by whoever wrote the stock.
pub(super) async fn sales(conn: &mut PgConnection, sales: &Sales) -> sqlx::Result<()> {
    orders(&mut *conn, &sales.orders).await?;
    lines(&mut *conn, &sales.lines).await?;
    money(&mut *conn, &sales.orders).await?;
    tickets(conn, &sales.tickets).await
}

async fn orders(conn: &mut PgConnection, rows: &[OrderRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into orders (id, number, token_digest, lang, status, contact_name, contact_phone, contact_email, total, placed_at,
                             expires_at, paid_at)
         select id, number, decode(token_digest, 'hex'), lang, 'paid', name, phone, email, total, placed_at,
                placed_at + interval '1 hour', paid_at
         from jsonb_to_recordset($1) as r (id uuid, number text, token_digest text, lang text, name text, phone text, email text,
                                           total bigint, placed_at timestamptz, paid_at timestamptz)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

async fn lines(conn: &mut PgConnection, rows: &[SoldLineRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into order_lines (id, order_id, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity,
                                  unit_price)
         select * from jsonb_to_recordset($1) as r (id uuid, order_id uuid, position int, departure_id uuid, ticket_type_id uuid,
                                                    listing_id uuid, organisation_id uuid, quantity int, unit_price bigint)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// As `ledger::post_sale` would: the provider holds it, the partner is owed it. Each of these orders is of one partner.
async fn money(conn: &mut PgConnection, rows: &[OrderRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "with paid as (
             select * from jsonb_to_recordset($1) as r (id uuid, number text, total bigint, placed_at timestamptz,
                                                        paid_at timestamptz, payment uuid, entry uuid, organisation_id uuid)),
         payment as (
             insert into payments (id, order_id, provider, provider_payment_id, amount, status, expires_at, created_at, settled_at)
             select payment, id, 'demo', number, total, 'succeeded', placed_at + interval '1 hour', placed_at, paid_at from paid),
         entry as (
             insert into ledger_entries (id, reason, order_id, created_at)
             select entry, 'order:' || id || ':sale', id, paid_at from paid)
         insert into ledger_postings (entry_id, account, amount)
         select entry, 'provider', total from paid
         union all select entry, 'partner:' || organisation_id, -total from paid",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

async fn tickets(conn: &mut PgConnection, rows: &[TicketRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tickets (id, order_id, order_line_id, departure_id, organisation_id, ticket_type_id, position, code, status,
                              holder_name)
         select r.id, line.order_id, line.id, line.departure_id, line.organisation_id, line.ticket_type_id, r.position, r.code,
                'issued', o.contact_name
         from jsonb_to_recordset($1) as r (id uuid, line_id uuid, position int, code text)
         join order_lines line on line.id = r.line_id
         join orders o on o.id = line.order_id",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) struct TourOfToday {
    pub listing: Uuid,
    pub organisation: Uuid,
    pub title: String,
    pub duration_minutes: i32,
    pub capacity: i32,
    /// Of its departure that is still ahead and has places.
    pub starts_at: Option<Ts>,
}

/// The tour with its first departure from `from` to `until`.
pub(super) async fn tour_of_today(conn: &mut PgConnection, slug: &str, from: Ts, until: Ts) -> sqlx::Result<Option<TourOfToday>> {
    sqlx::query_as!(
        TourOfToday,
        r#"select l.id as listing, l.organisation_id as organisation, t.title, l.duration_minutes, r.capacity,
                  (select min(d.starts_at) from departures d
                   where d.listing_id = l.id and d.status = 'scheduled' and d.starts_at >= $2 and d.starts_at < $3
                     and d.places_left >= 2) as starts_at
           from listings l
           join listing_texts t on t.listing_id = l.id and t.lang = 'ru'
           join lateral (select capacity from departure_rules where listing_id = l.id order by id limit 1) r on true
           where l.slug = $1 and l.status = 'published'"#,
        slug,
        from as Ts,
        until as Ts,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn kinds(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<Kind>> {
    sqlx::query_as!(
        Kind,
        r#"select id, price, quota, max_per_order as max from ticket_types
           where listing_id = $1 and archived_at is null order by position, id"#,
        listing,
    )
    .fetch_all(conn)
    .await
}
