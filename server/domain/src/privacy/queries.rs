//! The SQL of erasing a person.
use crate::kernel::{
    Keys,
    db::{Ts, ts, unknown_word},
};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::account::OrderAhead,
    ids::{AccountId, OrderId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Orders ahead that are named.
const NAMED: i64 = 20;

/// The pseudonym in each language, in the order of `Lang::ALL`.
pub(super) struct Words(pub(super) [String; 3]);

impl Words {
    pub(super) fn of(&self, lang: Lang) -> &str {
        let at = Lang::ALL.iter().position(|other| *other == lang).unwrap_or_default();
        &self.0[at]
    }
}

pub(super) struct Person {
    pub(super) email: String,
    pub(super) email_confirmed: bool,
    /// Only one that is proven.
    pub(super) phone: Option<String>,
    pub(super) lang: Lang,
}

/// Nobody else changes the account, nor gives it orders or memberships, until the transaction ends.
pub(super) async fn lock_person(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Person>> {
    let row = sqlx::query!(
        r#"select email, email_confirmed_at is not null as "email_confirmed!", lang,
                  case when phone_confirmed_at is not null then phone end as phone
           from accounts where id = $1 for update"#,
        account.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let lang = row.lang.parse().map_err(|_| unknown_word(&row.lang))?;
        Ok(Person { email: row.email, email_confirmed: row.email_confirmed, phone: row.phone, lang })
    })
    .transpose()
}

/// Those that were bought and those that were sold, before anything else of them is touched.
pub(super) async fn lock_orders(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("select id from orders where account_id = $1 or sold_by = $1 order by id for update", account.0)
        .fetch_all(conn)
        .await
        .map(drop)
}

/// Held, or paid for a trip that is not over, or with money on its way. The next to leave comes first.
pub(super) async fn ahead(
    conn: &mut PgConnection,
    keys: &Keys,
    account: AccountId,
    lang: Lang,
    now: Timestamp,
) -> sqlx::Result<Vec<OrderAhead>> {
    let rows = sqlx::query!(
        r#"select o.id, o.number, o.status in ('held', 'awaiting_payment') as "unpaid!", o.expires_at,
                  coalesce(last.ends_at, o.expires_at) as "ends_at!", coalesce(first.title, '') as "title!"
           from orders o
           join lateral (select max(d.ends_at) as ends_at from departures d
                         where d.id in (select departure_id from order_lines where order_id = o.id
                                        union all select departure_id from tickets where order_id = o.id)) last on true
           left join lateral (select coalesce(t.title, ru.title) as title
                         from order_lines line
                         join listing_texts ru on ru.listing_id = line.listing_id and ru.lang = 'ru'
                         left join listing_texts t on t.listing_id = line.listing_id and t.lang = $4
                         where line.order_id = o.id order by line.position limit 1) first on true
           where o.account_id = $1
             and (o.status in ('held', 'awaiting_payment')
                  or (o.status in ('paid', 'completed', 'partly_refunded') and last.ends_at > $2)
                  or exists (select from payments p where p.order_id = o.id and p.status in ('created', 'pending')))
           order by last.ends_at, o.id limit $3"#,
        account.0,
        ts(now) as Ts,
        NAMED,
        lang.code()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OrderAhead {
            token: keys.order_token(row.id.into()),
            number: row.number,
            title: row.title,
            over_at: if row.unpaid { row.expires_at.to_jiff() } else { row.ends_at.to_jiff() },
        })
        .collect())
}

pub(super) async fn count_orders(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "orders!" from orders where account_id = $1"#, account.0).fetch_one(conn).await
}

/// What desks search by follows by a trigger. What was printed before is shown no more.
pub(super) async fn erase_orders(
    conn: &mut PgConnection,
    account: AccountId,
    pseudonyms: &Words,
    now: Timestamp,
) -> sqlx::Result<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "update orders set contact_name = case when contact_name is not null then ($2::text[])[array_position($3::text[], lang)] end,
                           contact_phone = null, contact_email = null, cart_id = null, account_id = null, papers = papers + 1,
                           erased_at = $4
         where account_id = $1 returning id",
        account.0,
        &pseudonyms.0[..],
        &langs(),
        ts(now) as Ts
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

fn langs() -> Vec<String> {
    Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect()
}

fn plain(orders: &[OrderId]) -> Vec<Uuid> {
    orders.iter().map(|order| order.0).collect()
}

/// Whoever travelled along was named by the person, too.
pub(super) async fn erase_passengers(conn: &mut PgConnection, orders: &[OrderId], pseudonyms: &Words) -> sqlx::Result<()> {
    sqlx::query!(
        "update tickets k set holder_name = ($2::text[])[array_position($3::text[], o.lang)] || ' · ' || k.position
         from orders o where o.id = any($1) and k.order_id = o.id and k.holder_name <> ''",
        &plain(orders),
        &pseudonyms.0[..],
        &langs(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Notes of the desk, and names that it changed.
pub(super) async fn erase_history(conn: &mut PgConnection, orders: &[OrderId], pseudonyms: &Words) -> sqlx::Result<()> {
    sqlx::query!(
        "update order_events e set what = case when e.what ? 'noted' then jsonb_build_object('noted', jsonb_build_object('text', p.word))
             else jsonb_build_object('renamed', (e.what -> 'renamed') || jsonb_build_object('from', p.word, 'to', p.word)) end
         from orders o, lateral (select ($2::text[])[array_position($3::text[], o.lang)] as word) p
         where o.id = any($1) and e.order_id = o.id and (e.what ? 'noted' or e.what ? 'renamed')",
        &plain(orders),
        &pseudonyms.0[..],
        &langs(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The provider's page of a payment knows its customer. What the provider reported was kept without them from the start.
pub(super) async fn forget_payment_pages(conn: &mut PgConnection, orders: &[OrderId]) -> sqlx::Result<()> {
    sqlx::query!("update payments set redirect_url = null where order_id = any($1) and redirect_url is not null", &plain(orders))
        .execute(conn)
        .await
        .map(drop)
}

/// Who let passengers in, served customers, counted places: in each organisation what was done under the name beside it. One look
/// at an organisation's work, however many names there were.
pub(super) async fn erase_work(
    conn: &mut PgConnection,
    organisations: &[Uuid],
    names: &[String],
    pseudonym: &str,
) -> sqlx::Result<()> {
    if organisations.is_empty() {
        return Ok(());
    }
    macro_rules! rename {
        ($sql:literal) => {
            sqlx::query!($sql, organisations, names, pseudonym).execute(&mut *conn).await.map(drop)
        };
    }
    rename!(
        "with work as (select * from unnest($1::uuid[], $2::text[]) as work (organisation, name))
         update tickets k set activated_by = $3 from departures d
         where d.organisation_id = any($1) and k.departure_id = d.id and k.organisation_id = d.organisation_id
           and (k.organisation_id, k.activated_by) in (select organisation, name from work)"
    )?;
    rename!(
        "with work as (select * from unnest($1::uuid[], $2::text[]) as work (organisation, name))
         update order_events e set by_name = $3 from organisation_orders o
         where o.organisation_id = any($1) and e.order_id = o.order_id and e.organisation_id = o.organisation_id
           and (e.organisation_id, e.by_name) in (select organisation, name from work)"
    )?;
    rename!(
        "with work as (select * from unnest($1::uuid[], $2::text[]) as work (organisation, name))
         update stock_events e set by_name = $3 from departures d
         where d.organisation_id = any($1) and e.departure_id = d.id
           and (d.organisation_id, e.by_name) in (select organisation, name from work)"
    )
}

/// Invitations, codes, letters in the queue and counts of tries, wherever they hold what the person has proven. What they only
/// typed may be somebody else's.
pub(super) async fn forget_contacts(conn: &mut PgConnection, account: AccountId, person: &Person) -> sqlx::Result<()> {
    let email = person.email_confirmed.then_some(person.email.as_str());
    sqlx::query!("delete from invitations where accepted_by = $1 or email = $2", account.0, email).execute(&mut *conn).await?;
    sqlx::query!(
        "delete from sms_codes
         where phone = $1 or change_id in (select id from contact_changes where account_id = $2)",
        person.phone.as_deref(),
        account.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from jobs where name = 'mail_reset' and payload ->> 'email' = $1", email).execute(&mut *conn).await?;
    let id = account.0;
    sqlx::query!("delete from jobs where name = 'tell_owner' and payload ->> 'account' = $1", id.to_string())
        .execute(&mut *conn)
        .await?;
    let mut subjects = ["password of", "codes of", "second step of", "downloads of", "invitations of", "links of", "passkeys of"]
        .map(|what| format!("{what} {id}"))
        .to_vec();
    if let Some(email) = email {
        subjects.extend([format!("account {email}"), format!("mails to {email}")]);
    }
    sqlx::query!(
        "delete from sign_in_failures f using unnest($1::text[]) as gone (subject)
         where f.subject = gone.subject or starts_with(f.subject, gone.subject || ' from ')",
        &subjects
    )
    .execute(conn)
    .await
    .map(drop)
}

/// With all that cascades: sessions, passkeys, second step, profile, links, changes, follows.
pub(super) async fn delete_account(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from accounts where id = $1", account.0).execute(conn).await.map(drop)
}

pub(super) async fn drop_dead_jobs(conn: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from jobs where name = $1 and dead_at is not null", name).execute(conn).await.map(drop)
}
