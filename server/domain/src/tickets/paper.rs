//! A paid order as it is printed and mailed.
use crate::kernel::{Ctx, db::unknown_word};
use sapar_shared::{
    Lang, Money,
    dto::{
        order::OrderStatus,
        paper::{OrderPaper, TicketPaper},
    },
    ids::OrderId,
    paths,
};
use sqlx::PgConnection;

/// In the order's own language, and without tickets once they are good no more. `None`: no such order. At the counter nobody has to leave a contact.
pub async fn paper(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<Option<OrderPaper>> {
    let Some(row) = sqlx::query!(
        "select number, lang, status, contact_name, contact_email, contact_phone, total, paid_at from orders where id = $1",
        order.0
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let lang: Lang = row.lang.parse().map_err(|_| unknown_word(&row.lang))?;
    let status = OrderStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?;
    let tickets = if status.has_tickets() { tickets(conn, ctx, order, lang).await? } else { Vec::new() };
    Ok(Some(OrderPaper {
        lang,
        number: row.number,
        order_url: ctx.url(&paths::order(lang, &ctx.keys.order_token(order))),
        contact_name: row.contact_name.unwrap_or_default(),
        contact_email: row.contact_email.unwrap_or_default(),
        contact_phone: row.contact_phone.unwrap_or_default(),
        total: Money::from_tiyn(row.total),
        paid_at: row.paid_at.map(|at| at.to_jiff()),
        tickets,
    }))
}

async fn tickets(conn: &mut PgConnection, ctx: &Ctx, order: OrderId, lang: Lang) -> sqlx::Result<Vec<TicketPaper>> {
    let rows = sqlx::query!(
        r#"select k.id, k.departure_id, k.position, k.code, k.holder_name, line.unit_price, d.starts_at, d.ends_at,
                  coalesce(t.title, ru.title) as "title!", coalesce(t.meeting, ru.meeting) as "meeting!",
                  l.meeting_lat_e6, l.meeting_lng_e6, l.free_cancel_hours, o.name as partner_name, o.phone as partner_phone,
                  case $2 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "ticket_type!"
           from tickets k
           join order_lines line on line.id = k.order_line_id
           join departures d on d.id = k.departure_id
           join listings l on l.id = d.listing_id
           join listing_texts ru on ru.listing_id = l.id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = l.id and t.lang = $2
           join ticket_types tt on tt.id = k.ticket_type_id
           join organisations o on o.id = k.organisation_id
           where k.order_id = $1 order by k.position"#,
        order.0,
        lang.code()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TicketPaper {
            position: row.position,
            qr_url: ctx.url(&paths::ticket(&ctx.keys.sign_ticket(row.id.into(), row.departure_id.into()))),
            code: row.code,
            title: row.title,
            ticket_type: row.ticket_type,
            price: Money::from_tiyn(row.unit_price),
            holder: row.holder_name,
            starts_at: row.starts_at.to_jiff(),
            ends_at: row.ends_at.to_jiff(),
            meeting: row.meeting,
            meeting_lat_e6: row.meeting_lat_e6,
            meeting_lng_e6: row.meeting_lng_e6,
            partner_name: row.partner_name,
            partner_phone: row.partner_phone,
            free_cancel_hours: row.free_cancel_hours,
        })
        .collect())
}
