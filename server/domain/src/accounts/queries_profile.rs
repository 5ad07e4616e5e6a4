//! The SQL of profiles.
use crate::kernel::db::{Day, Ts, day, ts};
use jiff::Timestamp;
use sapar_shared::{
    contact::PersonName,
    dto::account::{Profile, Told},
    forms::account::ToldProfile,
    ids::AccountId,
};
use sqlx::PgConnection;

pub(super) async fn read(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Profile> {
    let row = sqlx::query!(
        r#"select a.name as "name!", a.name_agreed_at, p.birth_date, p.birth_date_agreed_at, p.city, p.city_agreed_at, p.network,
                  p.network_agreed_at, p.languages, p.languages_agreed_at
           from accounts a left join profiles p on p.account_id = a.id where a.id = $1"#,
        account.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Profile {
        name: Told::of(Some(row.name), row.name_agreed_at.map(|at| at.to_jiff())),
        birth_date: row.birth_date.map(|day| day.to_jiff()),
        birth_date_agreed_at: row.birth_date_agreed_at.map(|at| at.to_jiff()),
        city: Told::of(row.city, row.city_agreed_at.map(|at| at.to_jiff())),
        network: Told::of(row.network, row.network_agreed_at.map(|at| at.to_jiff())),
        languages: row.languages.unwrap_or_default(),
        languages_agreed_at: row.languages_agreed_at.map(|at| at.to_jiff()),
    })
}

/// A value that stays the same keeps the moment it was agreed to. Without a name the account is called by its e-mail: see the
/// trigger `accounts_called`.
pub(super) async fn write(conn: &mut PgConnection, account: AccountId, told: &ToldProfile, now: Timestamp) -> sqlx::Result<()> {
    let languages = (!told.languages.is_empty()).then_some(told.languages.as_slice());
    sqlx::query!(
        "with called as (update accounts set name = coalesce($7::text, name),
                             name_agreed_at = case when $7::text is null then null
                                                   when name = $7::text and name_agreed_at is not null then name_agreed_at
                                                   else $6::timestamptz end
                         where id = $1)
         insert into profiles as p (account_id, birth_date, birth_date_agreed_at, city, city_agreed_at, network, network_agreed_at,
                                    languages, languages_agreed_at)
         values ($1, $2::date, case when $2::date is not null then $6::timestamptz end,
                 $3::text, case when $3::text is not null then $6::timestamptz end,
                 $4::text, case when $4::text is not null then $6::timestamptz end,
                 $5::text[], case when $5::text[] is not null then $6::timestamptz end)
         on conflict (account_id) do update set
             birth_date = excluded.birth_date, city = excluded.city, network = excluded.network, languages = excluded.languages,
             birth_date_agreed_at = case when p.birth_date = excluded.birth_date then p.birth_date_agreed_at else excluded.birth_date_agreed_at end,
             city_agreed_at = case when p.city = excluded.city then p.city_agreed_at else excluded.city_agreed_at end,
             network_agreed_at = case when p.network = excluded.network then p.network_agreed_at else excluded.network_agreed_at end,
             languages_agreed_at = case when p.languages = excluded.languages then p.languages_agreed_at else excluded.languages_agreed_at end",
        account.0,
        told.birth_date.map(day) as Option<Day>,
        told.city.as_deref(),
        told.network.as_deref(),
        languages,
        ts(now) as Ts,
        told.name.as_ref().map(PersonName::as_str)
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn withdraw(conn: &mut PgConnection, account: AccountId, fact: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with called as (update accounts set name_agreed_at = null where id = $1 and $2 = 'name')
         update profiles set
             birth_date = case when $2 = 'birth_date' then null else birth_date end,
             birth_date_agreed_at = case when $2 = 'birth_date' then null else birth_date_agreed_at end,
             city = case when $2 = 'city' then null else city end,
             city_agreed_at = case when $2 = 'city' then null else city_agreed_at end,
             network = case when $2 = 'network' then null else network end,
             network_agreed_at = case when $2 = 'network' then null else network_agreed_at end,
             languages = case when $2 = 'languages' then null else languages end,
             languages_agreed_at = case when $2 = 'languages' then null else languages_agreed_at end
         where account_id = $1",
        account.0,
        fact
    )
    .execute(conn)
    .await
    .map(drop)
}
