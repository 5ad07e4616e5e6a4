//! The SQL of an archive. PostgreSQL writes the JSON, so that a row is turned once. Times are RFC 3339 in UTC, money is whole
//! tiyn with its currency; secrets (digests, keys, links that open something) are left out.
use super::ExportedOrder;
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    dto::order::OrderStatus,
    ids::{AccountId, OrderId},
};
use sqlx::PgConnection;

/// `account`, `profile` with consents, `contact_changes`, `letters`, `sign_in`, `memberships`, `saved_views`,
/// `past_memberships`, `organisation_changes`, `invitations`, `follows`.
pub(super) async fn account(conn: &mut PgConnection, account: AccountId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"select json_build_object(
             'format', 'sapar-account-1',
             'made_at', $2::timestamptz,
             'account', json_build_object(
               'id', a.id, 'name', case when a.name_agreed_at is not null then a.name end, 'name_agreed_at', a.name_agreed_at,
               'past_names', (select coalesce(json_agg(n.name order by n.name), '[]') from past_names n where n.account_id = a.id),
               'email', a.email, 'email_confirmed_at', a.email_confirmed_at, 'phone', a.phone,
               'phone_confirmed_at', a.phone_confirmed_at, 'language', a.lang, 'created_at', a.created_at),
             'profile', (select json_build_object(
                 'birth_date', case when p.birth_date is not null then json_build_object('value', p.birth_date, 'agreed_at', p.birth_date_agreed_at) end,
                 'city', case when p.city is not null then json_build_object('value', p.city, 'agreed_at', p.city_agreed_at) end,
                 'network', case when p.network is not null then json_build_object('value', p.network, 'agreed_at', p.network_agreed_at) end,
                 'languages', case when p.languages is not null then json_build_object('value', p.languages, 'agreed_at', p.languages_agreed_at) end)
               from profiles p where p.account_id = a.id),
             'contact_changes', (select coalesce(json_agg(json_build_object(
                 'channel', c.channel, 'old', c.old_value, 'new', c.new_value, 'old_agreed_at', c.old_agreed_at,
                 'new_agreed_at', c.new_agreed_at, 'created_at', c.created_at, 'expires_at', c.expires_at) order by c.created_at), '[]')
               from contact_changes c where c.account_id = a.id),
             'letters', (select coalesce(json_agg(json_build_object(
                 'about', l.kind, 'email', l.email, 'created_at', l.created_at, 'expires_at', l.expires_at, 'used_at', l.used_at)
                 order by l.created_at), '[]')
               from account_links l where l.account_id = a.id),
             'sign_in', json_build_object(
               'password', true,
               'second_step', (select json_build_object('since', t.enabled_at, 'recovery_codes_left',
                   (select count(*) from recovery_codes r where r.account_id = a.id and r.used_at is null))
                 from totp t where t.account_id = a.id and t.enabled_at is not null),
               'passkeys', (select coalesce(json_agg(json_build_object(
                   'name', k.name, 'created_at', k.created_at, 'last_used_at', k.last_used_at) order by k.created_at), '[]')
                 from passkeys k where k.account_id = a.id),
               'sessions', (select coalesce(json_agg(json_build_object(
                   'created_at', s.created_at, 'last_seen_at', s.last_seen_at, 'expires_at', s.expires_at, 'address', s.address,
                   'browser', s.user_agent) order by s.created_at), '[]')
                 from sessions s where s.account_id = a.id)),
             'memberships', (select coalesce(json_agg(json_build_object(
                 'organisation', o.name, 'slug', o.slug, 'role', m.role, 'since', m.created_at) order by m.created_at, o.id), '[]')
               from members m join organisations o on o.id = m.organisation_id where m.account_id = a.id),
             'saved_views', (select coalesce(json_agg(json_build_object(
                 'organisation', o.name, 'slug', o.slug, 'name', v.name, 'status', v.status, 'channel', v.channel, 'tour', t.title,
                 'day', v.day, 'created_at', v.created_at) order by v.created_at, v.id), '[]')
               from saved_views v join organisations o on o.id = v.organisation_id
               left join listing_texts t on t.listing_id = v.listing_id and t.lang = 'ru' where v.account_id = a.id),
             'past_memberships', (select coalesce(json_agg(json_build_object('organisation', o.name, 'slug', o.slug) order by o.id), '[]')
               from past_members m join organisations o on o.id = m.organisation_id where m.account_id = a.id),
             'organisation_changes', (select coalesce(json_agg(json_build_object(
                 'organisation', o.name, 'slug', o.slug, 'name', c.name, 'bin', c.bin, 'reason', c.reason, 'state', c.state,
                 'remark', c.remark, 'created_at', c.created_at, 'decided_at', c.decided_at) order by c.created_at, c.id), '[]')
               from organisation_changes c join organisations o on o.id = c.organisation_id where c.requested_by = a.id),
             'invitations', (select coalesce(json_agg(json_build_object(
                 'organisation', o.name, 'email', i.email, 'role', i.role, 'created_at', i.created_at, 'expires_at', i.expires_at,
                 'accepted_at', i.accepted_at, 'revoked_at', i.revoked_at) order by i.created_at), '[]')
               from invitations i join organisations o on o.id = i.organisation_id
               where i.accepted_by = a.id or (i.email = a.email and a.email_confirmed_at is not null)),
             'follows', (select coalesce(json_agg(json_build_object('organisation', o.name, 'slug', o.slug, 'since', f.created_at)
                 order by f.created_at, o.id), '[]')
               from follows f join organisations o on o.id = f.organisation_id where f.account_id = a.id)
           )::text as "json!"
           from accounts a where a.id = $1"#,
        account.0,
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await
}

/// Each with its lines, tickets, payments (what was given back among them) and what happened to it.
pub(super) async fn orders(
    conn: &mut PgConnection,
    account: AccountId,
    after: Option<OrderId>,
    limit: i64,
) -> sqlx::Result<Vec<ExportedOrder>> {
    let rows = sqlx::query!(
        r#"select o.id, o.number, o.status, json_build_object(
             'number', o.number, 'status', o.status, 'channel', o.channel, 'language', o.lang,
             'placed_at', o.placed_at, 'expires_at', o.expires_at, 'paid_at', o.paid_at, 'closed_at', o.closed_at,
             'contact', json_build_object('name', o.contact_name, 'phone', o.contact_phone, 'email', o.contact_email),
             'total', json_build_object('tiyn', o.total, 'currency', o.currency),
             'failure', o.failure, 'late_money_returned', o.late_money_returned,
             'lines', (select coalesce(json_agg(json_build_object(
                 'tour', coalesce(t.title, ru.title), 'organisation', org.name, 'starts_at', d.starts_at, 'ends_at', d.ends_at,
                 'ticket_type', in_lang(o.lang, tt.name_ru, tt.name_kk, tt.name_en), 'quantity', line.quantity,
                 'unit_price', json_build_object('tiyn', line.unit_price, 'currency', o.currency),
                 'extra', json_build_object('tiyn', line.extra, 'currency', o.currency)) order by line.position), '[]')
               from order_lines line
               join departures d on d.id = line.departure_id
               join organisations org on org.id = line.organisation_id
               join ticket_types tt on tt.id = line.ticket_type_id
               left join listing_texts ru on ru.listing_id = line.listing_id and ru.lang = 'ru'
               left join listing_texts t on t.listing_id = line.listing_id and t.lang = o.lang
               where line.order_id = o.id),
             'tickets', (select coalesce(json_agg(json_build_object(
                 'position', k.position, 'code', k.code, 'status', k.status, 'holder', k.holder_name, 'starts_at', d.starts_at,
                 'activated_at', k.activated_at) order by k.position), '[]')
               from tickets k join departures d on d.id = k.departure_id where k.order_id = o.id),
             'payments', (select coalesce(json_agg(json_build_object(
                 'provider', p.provider, 'provider_payment_id', p.provider_payment_id, 'status', p.status,
                 'amount', json_build_object('tiyn', p.amount, 'currency', o.currency),
                 'created_at', p.created_at, 'settled_at', p.settled_at,
                 'reports', (select coalesce(json_agg(json_build_object(
                     'received_at', e.received_at, 'by', e.source, 'verdict', e.verdict, 'report', e.payload)
                     order by e.received_at, e.id), '[]')
                   from payment_events e where e.payment_id = p.id)) order by p.created_at, p.id), '[]')
               from payments p where p.order_id = o.id),
             'history', (select coalesce(json_agg(json_build_object('at', e.at, 'what',
                 case when e.what ? 'moved' then jsonb_build_object('moved', jsonb_build_object(
                   'from', timestamptz 'epoch' + (e.what #>> '{moved,from}')::bigint * interval '1 microsecond',
                   'to', timestamptz 'epoch' + (e.what #>> '{moved,to}')::bigint * interval '1 microsecond',
                   'difference', jsonb_build_object('tiyn', e.what #> '{moved,difference}', 'currency', o.currency)))
                 else e.what end) order by e.at, e.id), '[]')
               from order_events e where e.order_id = o.id)
           )::text as "json!"
           from orders o where o.account_id = $1 and ($2::uuid is null or o.id > $2) order by o.id limit $3"#,
        account.0,
        after.map(|order| order.0),
        limit
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let status = OrderStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?;
            Ok(ExportedOrder { id: row.id.into(), number: row.number, has_tickets: status.has_tickets(), json: row.json })
        })
        .collect()
}
