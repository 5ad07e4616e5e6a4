//! An order as the organisation that sold it, or a part of it, sees it: its own lines, tickets and money, nobody else's.
use super::{DeskError, queries_desk, take_back::undo_until};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::unknown_word},
};
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{Channel, DetailLine, DetailPayment, DetailTicket, OrderDetail, PaymentState},
        order::{OrderStatus, TicketStatus},
    },
    ids::{OrderId, OrganisationId},
    paths,
    roles::Permission,
};
use sqlx::PgConnection;

/// `None`: no such order, or not the organisation's.
pub async fn organisation_order(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: OrderId,
    lang: Lang,
) -> Result<Option<OrderDetail>, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    let row = sqlx::query!(
        r#"select o.number, o.lang, o.status, o.channel, o.placed_at, o.paid_at, o.expires_at, part.total,
                  coalesce(o.contact_name, '') as "name!", coalesce(o.contact_phone, '') as "phone!",
                  coalesce(o.contact_email, '') as "email!",
                  exists (select from organisation_orders x where x.order_id = o.id and x.organisation_id <> $2) as "mixed!"
           from organisation_orders part join orders o on o.id = part.order_id
           where part.order_id = $1 and part.organisation_id = $2"#,
        id.0,
        organisation.0,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let own: Lang = row.lang.parse().map_err(|_| unknown_word(&row.lang))?;
    let status = OrderStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?;
    let link = (!row.mixed).then(|| ctx.url(&paths::order_short(&ctx.keys.order_token(id))));
    Ok(Some(OrderDetail {
        id,
        number: row.number,
        lang: own,
        status,
        channel: Channel::parse(&row.channel).ok_or_else(|| unknown_word(&row.channel))?,
        placed_at: row.placed_at.to_jiff(),
        paid_at: row.paid_at.map(|at| at.to_jiff()),
        expires_at: row.expires_at.to_jiff(),
        name: row.name,
        phone: row.phone,
        email: row.email,
        link,
        lines: lines(&mut *conn, organisation, id, lang).await?,
        tickets: tickets(&mut *conn, organisation, id, lang).await?,
        total: Money::from_tiyn(row.total),
        payments: payments(&mut *conn, id).await?,
        history: queries_desk::history(&mut *conn, organisation, id).await?,
        undo: undo_until(conn, ctx, actor, id, status).await?,
    }))
}

async fn lines(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    lang: Lang,
) -> sqlx::Result<Vec<DetailLine>> {
    let rows = sqlx::query!(
        r#"select line.departure_id, d.starts_at, line.quantity, line.unit_price, coalesce(t.title, ru.title) as "title!",
                  in_lang($3, tt.name_ru, tt.name_kk, tt.name_en) as "ticket_type!"
           from order_lines line
           join departures d on d.id = line.departure_id
           join listing_texts ru on ru.listing_id = line.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = line.listing_id and t.lang = $3
           join ticket_types tt on tt.id = line.ticket_type_id
           where line.order_id = $1 and line.organisation_id = $2 order by d.starts_at, line.position"#,
        order.0,
        organisation.0,
        lang.code(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DetailLine {
            departure_id: row.departure_id.into(),
            title: row.title,
            ticket_type: row.ticket_type,
            starts_at: row.starts_at.to_jiff(),
            quantity: row.quantity,
            unit_price: Money::from_tiyn(row.unit_price),
        })
        .collect())
}

async fn tickets(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    lang: Lang,
) -> sqlx::Result<Vec<DetailTicket>> {
    let rows = sqlx::query!(
        r#"select k.code, k.holder_name, k.status, k.departure_id, k.activated_at, k.activated_by,
                  in_lang($3, tt.name_ru, tt.name_kk, tt.name_en) as "ticket_type!"
           from tickets k join ticket_types tt on tt.id = k.ticket_type_id
           where k.order_id = $1 and k.organisation_id = $2 order by k.position"#,
        order.0,
        organisation.0,
        lang.code(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(DetailTicket {
                code: row.code,
                holder: row.holder_name,
                ticket_type: row.ticket_type,
                status: TicketStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
                departure_id: row.departure_id.into(),
                activated_at: row.activated_at.map(|at| at.to_jiff()),
                activated_by: row.activated_by,
            })
        })
        .collect()
}

/// Without amounts: of a mixed order they are others' money, too.
async fn payments(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<DetailPayment>> {
    let rows = sqlx::query!(
        r#"select provider, status, coalesce(settled_at, created_at) as "at!: crate::kernel::db::Ts" from payments
           where order_id = $1 order by created_at, id"#,
        order.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state = match row.status.as_str() {
                "created" | "pending" => PaymentState::Waiting,
                "succeeded" => PaymentState::Succeeded,
                "failed" => PaymentState::Failed,
                "returning" | "returned" => PaymentState::Returned,
                other => return Err(unknown_word(other)),
            };
            Ok(DetailPayment { provider: row.provider, state, at: row.at.to_jiff() })
        })
        .collect()
}
