use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    Money,
    dto::{order::TicketStatus, partner::Passenger},
    ids::{DepartureId, ListingId, OrderId, OrganisationId, TicketId, TicketTypeId},
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Held {
    pub(super) id: TicketId,
    pub(super) status: TicketStatus,
    pub(super) holder: String,
}

pub(super) async fn ticket(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    code: &str,
) -> sqlx::Result<Option<Held>> {
    let row = sqlx::query!(
        "select id, status, holder_name from tickets where code = $3 and order_id = $2 and organisation_id = $1",
        organisation.0,
        order.0,
        code,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Held {
            id: row.id.into(),
            status: TicketStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
            holder: row.holder_name,
        })
    })
    .transpose()
}

pub(super) async fn set_holder(conn: &mut PgConnection, ticket: TicketId, name: &str) -> sqlx::Result<()> {
    sqlx::query!("update tickets set holder_name = $2 where id = $1", ticket.0, name).execute(conn).await.map(drop)
}

/// What is printed of the order is not what was printed.
pub(super) async fn new_papers(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("update orders set papers = papers + 1 where id = $1", order.0).execute(conn).await.map(drop)
}

/// Names of those who sold it are printed, too; each new one counts.
pub(super) async fn papers(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        r#"select o.papers + (select count(*)::int from organisation_changes c
                              where c.organisation_id in (select organisation_id from order_lines where order_id = o.id)
                                and c.name is not null and c.state = 'approved') as "papers!"
           from orders o where o.id = $1"#,
        order.0
    )
    .fetch_optional(conn)
    .await
    .map(Option::unwrap_or_default)
}

/// The organisation sold all of the order. Tickets go out by the order: of a mixed one nobody sends another's.
pub(super) async fn is_sole_seller(conn: &mut PgConnection, organisation: OrganisationId, order: OrderId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(bool_and(organisation_id = $2), false) as "sole!" from organisation_orders where order_id = $1"#,
        order.0,
        organisation.0
    )
    .fetch_one(conn)
    .await
}

/// Somebody had the tickets sent again by mail, or by SMS, after `since`.
pub(super) async fn sent_since(
    conn: &mut PgConnection,
    order: OrderId,
    mail: bool,
    sms: bool,
    since: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from order_events
                          where order_id = $1 and at > $4
                            and ($2 and what @> '{"resent": {"mail": true}}' or $3 and what @> '{"resent": {"sms": true}}')) as "sent!""#,
        order.0,
        mail,
        sms,
        ts(since) as Ts,
    )
    .fetch_one(conn)
    .await
}

/// A line whose places may go elsewhere.
pub(super) struct ToMove {
    pub(super) line: Uuid,
    pub(super) ticket_type: TicketTypeId,
    pub(super) quantity: i32,
    /// As it was sold.
    pub(super) unit_price: Money,
    /// What earlier moves brought in for the whole line.
    pub(super) extra: Money,
    /// As it is sold now.
    pub(super) price: Money,
    /// Tickets that were not used.
    pub(super) open: i32,
}

pub(super) async fn lines_to_move(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    from: DepartureId,
) -> sqlx::Result<Vec<ToMove>> {
    let rows = sqlx::query!(
        r#"select line.id, line.ticket_type_id, line.quantity, line.unit_price, line.extra, t.price,
                  (select count(*) from tickets k where k.order_line_id = line.id and k.order_id = $2 and k.status = 'issued')::int
                      as "open!"
           from order_lines line join ticket_types t on t.id = line.ticket_type_id
           where line.order_id = $2 and line.departure_id = $3 and line.organisation_id = $1 order by line.position"#,
        organisation.0,
        order.0,
        from.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ToMove {
            line: row.id,
            ticket_type: row.ticket_type_id.into(),
            quantity: row.quantity,
            unit_price: Money::from_tiyn(row.unit_price),
            extra: Money::from_tiyn(row.extra),
            price: Money::from_tiyn(row.price),
            open: row.open,
        })
        .collect())
}

/// Coming departures of the listing with so many places as the order could take there.
pub(super) async fn targets(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    from: DepartureId,
    now: Timestamp,
) -> sqlx::Result<Vec<(DepartureId, Timestamp, i32)>> {
    let rows = sqlx::query!(
        r#"select d.id, d.starts_at, s.capacity - s.held - s.sold - s.elsewhere as "free!"
           from departures old
           join departures d on d.listing_id = old.listing_id and d.id <> old.id and d.status = 'scheduled' and d.starts_at > $4
           join stock s on s.departure_id = d.id and s.ticket_type_id is null
           where old.id = $3 and old.organisation_id = $1
             and not exists (select from order_lines line where line.order_id = $2 and line.departure_id = d.id)
           order by d.starts_at limit 60"#,
        organisation.0,
        order.0,
        from.0,
        ts(now) as Ts,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.starts_at.to_jiff(), row.free.max(0))).collect())
}

pub(super) struct Target {
    pub(super) listing: ListingId,
    /// When the old departure leaves.
    pub(super) leaves: Timestamp,
    pub(super) starts_at: Timestamp,
    /// The order has places there already.
    pub(super) taken: bool,
}

pub(super) async fn target(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    from: DepartureId,
    to: DepartureId,
    now: Timestamp,
) -> sqlx::Result<Option<Target>> {
    let row = sqlx::query!(
        r#"select d.listing_id, old.starts_at as leaves, d.starts_at,
                  exists (select from order_lines line where line.order_id = $2 and line.departure_id = d.id) as "taken!"
           from departures old
           join departures d on d.listing_id = old.listing_id and d.id = $4 and d.id <> old.id and d.status = 'scheduled'
                                and d.starts_at > $5
           where old.id = $3 and old.organisation_id = $1 and d.organisation_id = $1"#,
        organisation.0,
        order.0,
        from.0,
        to.0,
        ts(now) as Ts,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Target {
        listing: row.listing_id.into(),
        leaves: row.leaves.to_jiff(),
        starts_at: row.starts_at.to_jiff(),
        taken: row.taken,
    }))
}

/// All lines of the order on `from`, each with what moves have brought in for it by now.
pub(super) async fn move_lines(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    from: DepartureId,
    to: DepartureId,
    extras: &[(Uuid, Money)],
) -> sqlx::Result<()> {
    sqlx::query!(
        "with moved as (update order_lines line set departure_id = $4, extra = agreed.extra
                        from unnest($5::uuid[], $6::bigint[]) as agreed (line_id, extra)
                        where line.id = agreed.line_id and line.order_id = $2 and line.departure_id = $3
                          and line.organisation_id = $1)
         update tickets set departure_id = $4 where order_id = $2 and departure_id = $3 and organisation_id = $1",
        organisation.0,
        order.0,
        from.0,
        to.0,
        &extras.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        &extras.iter().map(|(_, extra)| extra.tiyn()).collect::<Vec<_>>(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Passengers of a departure by name, from the one after `after` on; each with its ticket's id.
pub(super) async fn passengers_after(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
    after: Option<(&str, Uuid)>,
    lang: &str,
    limit: i64,
) -> sqlx::Result<Vec<(Uuid, Passenger)>> {
    let (name, id) = after.map_or((None, None), |(name, id)| (Some(name), Some(id)));
    let rows = sqlx::query!(
        r#"select k.id, k.code, k.holder_name, k.status, k.activated_at, k.order_id, o.number, coalesce(o.contact_phone, '') as "phone!",
                  in_lang($3, tt.name_ru, tt.name_kk, tt.name_en) as "ticket_type!"
           from tickets k
           join orders o on o.id = k.order_id
           join ticket_types tt on tt.id = k.ticket_type_id
           where k.departure_id = $2 and k.organisation_id = $1
             and ($4::text is null or (folded(k.holder_name), k.id) > (folded($4), $5))
           order by folded(k.holder_name), k.id limit $6"#,
        organisation.0,
        departure.0,
        lang,
        name,
        id,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let passenger = Passenger {
                code: row.code,
                name: row.holder_name,
                phone: row.phone,
                ticket_type: row.ticket_type,
                order: row.order_id.into(),
                order_number: row.number,
                status: TicketStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
                activated_at: row.activated_at.map(|at| at.to_jiff()),
            };
            Ok((row.id, passenger))
        })
        .collect()
}

/// The departure whose people come now: the last that has left within the hour, or the next of the day.
pub(super) async fn boarding_now(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    from: Timestamp,
    until: Timestamp,
) -> sqlx::Result<Option<DepartureId>> {
    let id = sqlx::query_scalar!(
        "select id from departures where organisation_id = $1 and status = 'scheduled' and starts_at >= $2 and starts_at < $3
         order by starts_at, id limit 1",
        organisation.0,
        ts(from) as Ts,
        ts(until) as Ts,
    )
    .fetch_optional(conn)
    .await?;
    Ok(id.map(DepartureId))
}
