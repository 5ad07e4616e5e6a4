use crate::kernel::{
    db::{Ts, ts, unknown_word},
    events::Event,
};
use jiff::{Timestamp, civil::Date};
use sapar_shared::{
    code::ALPHABET,
    dto::{
        order::TicketStatus,
        partner::{DepartureRow, GateTicket, Passenger},
    },
    ids::{DepartureId, OrderId, OrganisationId, TicketId},
    when,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Places of a paid order that want tickets, one row a line.
pub(super) struct LineToIssue {
    pub(super) id: Uuid,
    pub(super) quantity: i32,
}

/// The locked order's lines, when it is paid and has no tickets yet.
pub(super) async fn lines_to_issue(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<LineToIssue>> {
    sqlx::query_as!(
        LineToIssue,
        "select line.id, line.quantity from orders o join order_lines line on line.order_id = o.id
         where o.id = $1 and o.status = 'paid' and not exists (select from tickets t where t.order_id = o.id)
         order by line.position",
        order.0
    )
    .fetch_all(conn)
    .await
}

pub(super) struct NewTicket {
    pub(super) id: Uuid,
    pub(super) line: Uuid,
    pub(super) code: String,
}

/// And the line of the order's history that says so.
pub(super) async fn insert(conn: &mut PgConnection, order: OrderId, tickets: &[NewTicket], now: Timestamp) -> sqlx::Result<()> {
    debug_assert!(tickets.iter().all(|t| t.code.bytes().all(|b| ALPHABET.contains(&b))));
    sqlx::query!(
        "with told as (insert into order_events (order_id, at, what) values ($1, $5, '\"tickets_issued\"'))
         insert into tickets (id, order_id, order_line_id, departure_id, organisation_id, ticket_type_id, position, code, status, holder_name)
         select new.id, $1, line.id, line.departure_id, line.organisation_id, line.ticket_type_id, new.position, new.code, 'issued', coalesce(o.contact_name, '')
         from unnest($2::uuid[], $3::uuid[], $4::text[]) with ordinality as new (id, line_id, code, position)
         join order_lines line on line.id = new.line_id
         join orders o on o.id = $1",
        order.0,
        &tickets.iter().map(|t| t.id).collect::<Vec<_>>(),
        &tickets.iter().map(|t| t.line).collect::<Vec<_>>(),
        &tickets.iter().map(|t| t.code.clone()).collect::<Vec<_>>(),
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A ticket as the gate may see it, with whose it is.
pub(super) struct Found {
    pub(super) id: TicketId,
    pub(super) order: OrderId,
    pub(super) ticket: GateTicket,
}

/// How a ticket is named at the gate.
pub(super) enum Key<'a> {
    Code(&'a str),
    /// By our signature. The departure that was signed with it may be an older one: a ticket that was moved is good for where it
    /// is now, and whoever holds the old paper is told so.
    Signed(TicketId),
}

pub(super) async fn find(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    key: &Key<'_>,
    now: Timestamp,
    lang: &str,
) -> sqlx::Result<Option<Found>> {
    let (code, id) = match key {
        Key::Code(code) => (Some(*code), None),
        Key::Signed(id) => (None, Some(id.0)),
    };
    let row = sqlx::query!(
        r#"select k.id, k.order_id, k.code, k.status, k.holder_name, k.departure_id, k.activated_at, k.activated_by, o.number,
                  d.starts_at, d.ends_at, coalesce(t.title, ru.title) as "title!",
                  case $4 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "ticket_type!",
                  party.tickets as "order_tickets!", party.open as "order_open!"
           from tickets k
           cross join lateral (select (count(*) filter (where x.status <> 'void'))::int as tickets, (count(*) filter (where x.status = 'issued'))::int as open
                               from tickets x where x.order_id = k.order_id and x.departure_id = k.departure_id
                                 and x.organisation_id = $1) party
           join orders o on o.id = k.order_id
           join departures d on d.id = k.departure_id
           join listing_texts ru on ru.listing_id = d.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = d.listing_id and t.lang = $4
           join ticket_types tt on tt.id = k.ticket_type_id
           where k.organisation_id = $1 and (k.code = $2 or k.id = $3)"#,
        organisation.0,
        code,
        id,
        lang,
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (starts_at, ends_at) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    Ok(Some(Found {
        id: row.id.into(),
        order: row.order_id.into(),
        ticket: GateTicket {
            code: row.code,
            status: TicketStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
            title: row.title,
            ticket_type: row.ticket_type,
            name: row.holder_name,
            departure_id: row.departure_id.into(),
            starts_at,
            right_day: when::local(now).date() == when::local(starts_at).date() || (starts_at <= now && now < ends_at),
            order_number: row.number,
            order_tickets: row.order_tickets,
            order_open: row.order_open,
            activated_at: row.activated_at.map(|at| at.to_jiff()),
            activated_by: row.activated_by,
        },
    }))
}

/// Lets the ticket on, or all of its order on that departure; returns how many were not yet used.
pub(super) async fn activate(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    found: &Found,
    whole_order: bool,
    by: &str,
    now: Timestamp,
) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        r#"select activate_tickets($1, $2, $3, $4, $5, $6, $7, $8) as "used!""#,
        organisation.0,
        found.order.0,
        found.ticket.departure_id.0,
        found.id.0,
        whole_order,
        by,
        ts(now) as Ts,
        Event::Order(found.order).payload(),
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn departures_of_day(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    date: Date,
    lang: &str,
) -> sqlx::Result<Vec<DepartureRow>> {
    let (from, to) = bounds(date);
    departures(conn, organisation, None, from, to, lang).await
}

/// The Almaty day's first moment and that of the next.
fn bounds(date: Date) -> (Timestamp, Timestamp) {
    let at = |d: Date| when::moment(d.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
    (at(date), at(date.tomorrow().unwrap_or(date)))
}

pub(super) async fn departure_by_id(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    id: DepartureId,
    lang: &str,
) -> sqlx::Result<Option<DepartureRow>> {
    Ok(departures(conn, organisation, Some(id), Timestamp::UNIX_EPOCH, Timestamp::MAX, lang).await?.pop())
}

async fn departures(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    id: Option<DepartureId>,
    from: Timestamp,
    to: Timestamp,
    lang: &str,
) -> sqlx::Result<Vec<DepartureRow>> {
    // PostgreSQL's years end before jiff's.
    let to = to.min(Timestamp::from_second(32_503_680_000).unwrap_or(to));
    let rows = sqlx::query!(
        r#"select d.id, d.starts_at, coalesce(t.title, ru.title) as "title!", s.capacity, s.sold, s.held, s.elsewhere,
                  (select count(*) from tickets k where k.departure_id = d.id and k.organisation_id = $1
                          and k.status = 'activated')::int as "activated!"
           from departures d
           join stock s on s.departure_id = d.id and s.ticket_type_id is null
           join listing_texts ru on ru.listing_id = d.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = d.listing_id and t.lang = $5
           where d.organisation_id = $1 and d.status = 'scheduled' and d.starts_at >= $2 and d.starts_at < $3
             and ($4::uuid is null or d.id = $4)
           order by d.starts_at, d.id"#,
        organisation.0,
        ts(from) as Ts,
        ts(to) as Ts,
        id.map(|id| id.0),
        lang,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DepartureRow {
            id: row.id.into(),
            title: row.title,
            starts_at: row.starts_at.to_jiff(),
            capacity: row.capacity,
            sold: row.sold,
            held: row.held,
            elsewhere: row.elsewhere,
            activated: row.activated,
        })
        .collect())
}

/// The first later day on which the organisation has a departure.
pub(super) async fn next_day(conn: &mut PgConnection, organisation: OrganisationId, after: Date) -> sqlx::Result<Option<Date>> {
    let (_, from) = bounds(after);
    let starts_at = sqlx::query_scalar!(
        "select starts_at from departures where organisation_id = $1 and status = 'scheduled' and starts_at >= $2 order by starts_at limit 1",
        organisation.0,
        ts(from) as Ts
    )
    .fetch_optional(conn)
    .await?;
    Ok(starts_at.map(|at| when::local(at.to_jiff()).date()))
}

pub(super) async fn passengers(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
    lang: &str,
) -> sqlx::Result<Vec<Passenger>> {
    let rows = sqlx::query!(
        r#"select k.code, k.holder_name, k.status, k.activated_at, k.order_id, o.number, coalesce(o.contact_phone, '') as "phone!",
                  case $3 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "ticket_type!"
           from tickets k
           join orders o on o.id = k.order_id
           join ticket_types tt on tt.id = k.ticket_type_id
           where k.departure_id = $2 and k.organisation_id = $1
           order by folded(k.holder_name), k.holder_name, o.number, k.position
           limit 2000"#,
        organisation.0,
        departure.0,
        lang,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Passenger {
                code: row.code,
                name: row.holder_name,
                phone: row.phone,
                ticket_type: row.ticket_type,
                order: row.order_id.into(),
                order_number: row.number,
                status: TicketStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
                activated_at: row.activated_at.map(|at| at.to_jiff()),
            })
        })
        .collect()
}

pub(super) async fn set_documents_at(conn: &mut PgConnection, order: OrderId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update orders set documents_at = $2 where id = $1", order.0, ts(now) as Ts).execute(conn).await.map(drop)
}

pub(super) async fn insert_delivery(
    conn: &mut PgConnection,
    key: &str,
    channel: &str,
    provider_id: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into deliveries (key, channel, provider_id, sent_at) values ($1, $2, $3, $4) on conflict (key) do nothing",
        key,
        channel,
        provider_id,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn delivery_exists(conn: &mut PgConnection, key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from deliveries where key = $1) as "sent!""#, key).fetch_one(conn).await
}
