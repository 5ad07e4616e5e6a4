//! An order as its page shows it.
use crate::kernel::{
    Ctx,
    db::{Ts, unknown_word as unknown},
    keys::digest,
};
use sapar_shared::{
    Lang, Money,
    dto::order::{OrderLineView, OrderStatus, OrderView, TicketStatus, TicketView},
    ids::OrderId,
    paths,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// By the token of its link, in the reader's language; without one in the order's own.
pub async fn view(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    lang: impl Into<Option<Lang>>,
) -> sqlx::Result<Option<OrderView>> {
    let id =
        sqlx::query_scalar!("select id from orders where token_digest = $1", digest(token)).fetch_optional(&mut *conn).await?;
    match id {
        Some(id) => find_by_id(conn, ctx, id.into(), lang).await,
        None => Ok(None),
    }
}

/// What the buyer gave in all: the total, and what moves to dearer departures brought in. Zero of an order that is not there.
pub async fn given(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Money> {
    let tiyn = sqlx::query_scalar!(
        r#"select o.total + coalesce((select sum(line.extra) from order_lines line where line.order_id = o.id), 0)::bigint as "given!"
           from orders o where o.id = $1"#,
        order.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(Money::from_tiyn(tiyn.unwrap_or_default()))
}

pub async fn find_by_id(
    conn: &mut PgConnection,
    ctx: &Ctx,
    id: OrderId,
    lang: impl Into<Option<Lang>>,
) -> sqlx::Result<Option<OrderView>> {
    let Some(row) = sqlx::query!(
        r#"select o.id, o.number, o.lang, o.status, o.placed_at, o.expires_at, o.total, o.contact_name, o.contact_phone, o.contact_email,
                  o.failure, o.late_money_returned, o.documents_at is not null as "documents_ready!", o.channel,
                  (select p.redirect_url from payments p where p.order_id = o.id and p.status = 'pending') as payment_url,
                  (select min(d.starts_at - make_interval(hours => l.free_cancel_hours))
                   from order_lines line join departures d on d.id = line.departure_id join listings l on l.id = line.listing_id
                   where line.order_id = o.id) as "free_until: Ts"
           from orders o where o.id = $1"#,
        id.0
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let status = OrderStatus::parse(&row.status).ok_or_else(|| unknown(&row.status))?;
    let own = row.lang.parse().map_err(|_| unknown(&row.lang))?;
    let lang = lang.into().unwrap_or(own);
    let lines = lines(&mut *conn, id.0, lang).await?;
    let tickets = tickets(conn, ctx, id.0, lang).await?;
    let unused = tickets.iter().all(|t| t.status == TicketStatus::Issued);
    let free_now = row.free_until.is_some_and(|until| ctx.now() <= until.to_jiff());
    Ok(Some(OrderView {
        id,
        token: ctx.keys.order_token(id),
        number: row.number,
        lang: own,
        status,
        placed_at: row.placed_at.to_jiff(),
        expires_at: row.expires_at.to_jiff(),
        now: ctx.now(),
        total: Money::from_tiyn(row.total),
        contact_name: row.contact_name.unwrap_or_default(),
        contact_phone: row.contact_phone.unwrap_or_default(),
        contact_email: row.contact_email.unwrap_or_default(),
        lines,
        tickets,
        payment_url: row.payment_url.filter(|_| status == OrderStatus::AwaitingPayment),
        documents_ready: row.documents_ready,
        failure: row.failure,
        late_money_returned: row.late_money_returned,
        can_cancel: status.holds_places() || (status == OrderStatus::Paid && row.channel == "online" && unused && free_now),
    }))
}

async fn lines(conn: &mut PgConnection, order: Uuid, lang: Lang) -> sqlx::Result<Vec<OrderLineView>> {
    let rows = sqlx::query!(
        r#"select line.departure_id, line.ticket_type_id, l.slug, coalesce(t.title, ru.title) as "title!",
                  case $2 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "ticket_type!",
                  d.starts_at, d.ends_at, line.quantity, line.unit_price, coalesce(t.meeting, ru.meeting) as "meeting!",
                  l.meeting_lat_e6, l.meeting_lng_e6, o.name as partner_name, o.phone as partner_phone, l.free_cancel_hours
           from order_lines line
           join departures d on d.id = line.departure_id
           join listings l on l.id = line.listing_id
           join listing_texts ru on ru.listing_id = l.id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = l.id and t.lang = $2
           join ticket_types tt on tt.id = line.ticket_type_id
           join organisations o on o.id = line.organisation_id
           where line.order_id = $1
           order by line.position"#,
        order,
        lang.code()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OrderLineView {
            departure_id: row.departure_id.into(),
            ticket_type_id: row.ticket_type_id.into(),
            listing_slug: row.slug,
            listing_title: row.title,
            ticket_type: row.ticket_type,
            starts_at: row.starts_at.to_jiff(),
            ends_at: row.ends_at.to_jiff(),
            quantity: row.quantity,
            unit_price: Money::from_tiyn(row.unit_price),
            meeting_text: row.meeting,
            meeting_lat_e6: row.meeting_lat_e6,
            meeting_lng_e6: row.meeting_lng_e6,
            partner_name: row.partner_name,
            partner_phone: row.partner_phone,
            free_cancel_hours: row.free_cancel_hours,
        })
        .collect())
}

async fn tickets(conn: &mut PgConnection, ctx: &Ctx, order: Uuid, lang: Lang) -> sqlx::Result<Vec<TicketView>> {
    let rows = sqlx::query!(
        r#"select k.id, k.departure_id, k.position, k.code, k.status, k.activated_at, d.starts_at,
                  coalesce(t.title, ru.title) as "title!",
                  case $2 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "ticket_type!"
           from tickets k
           join departures d on d.id = k.departure_id
           join listing_texts ru on ru.listing_id = d.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = d.listing_id and t.lang = $2
           join ticket_types tt on tt.id = k.ticket_type_id
           where k.order_id = $1
           order by k.position"#,
        order,
        lang.code()
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let signed = ctx.keys.sign_ticket(row.id.into(), row.departure_id.into());
            let (qr_path, qr_size) = sapar_shared::qr::path(&ctx.url(&paths::ticket(&signed))).unwrap_or_default();
            Ok(TicketView {
                position: row.position,
                code: row.code,
                status: TicketStatus::parse(&row.status).ok_or_else(|| unknown(&row.status))?,
                listing_title: row.title,
                ticket_type: row.ticket_type,
                starts_at: row.starts_at.to_jiff(),
                qr_path,
                qr_size,
                activated_at: row.activated_at.map(|at| at.to_jiff()),
            })
        })
        .collect()
}
