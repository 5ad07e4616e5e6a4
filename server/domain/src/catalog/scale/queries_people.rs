//! Organisations, who works there, and who travels.
use super::Scale;
use crate::kernel::db::Ts;
use sqlx::PgConnection;
use uuid::Uuid;

/// Orders that are no demo's: nobody wants a million more beside them.
pub(super) async fn has_real_orders(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from orders o
                          where not exists (select from payments p where p.order_id = o.id and p.provider = 'demo')) as "real!""#
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn is_scaled(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations where slug ~ '^scale-[0-9]+$') as "scaled!""#)
        .fetch_one(conn)
        .await
}

pub(super) async fn has_places(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from places p join listings l on l.from_place_id = p.id where p.kind = 'city')
              and exists (select from categories) as "there!""#
    )
    .fetch_one(conn)
    .await
}

/// What an organisation has registered, in the order of their numbers.
pub(super) struct Requisites {
    pub(super) bins: Vec<String>,
    pub(super) ibans: Vec<String>,
}

/// Active ones in the cities that there are.
pub(super) async fn organisations(
    conn: &mut PgConnection,
    now: Ts,
    requisites: &Requisites,
    names: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisations (id, slug, kind, status, name, about_ru, about_kk, about_en, city_id, phone, email, founded, created_at,
                                    bin, iban, contact_person, address, submitted_at, activated_at)
         select uuidv7(), 'scale-' || n, 'partner', 'active',
                (array['Жол','Steppe','Сапар','Tau','Көкжиек','Nomad','Керуен','Altyn'])[1 + n % 8] || ' '
                || (array['Travel','Тур','Trails','Экспедиция','Adventures'])[1 + n / 8 % 5] || ' ' || n,
                'Возим небольшие группы по родным местам.', 'Туған жерге шағын топтармен апарамыз.',
                'We take small groups around our home country.',
                city.ids[1 + n % cardinality(city.ids)], '+7727' || lpad(n::text, 7, '0'), 'office-' || n || '@scale.example',
                (2000 + n % 25)::int, $1::timestamptz - interval '210 days', r.bin, r.iban, named.name,
                'ул. Абая, ' || 1 + n % 190, $1::timestamptz - interval '209 days', $1::timestamptz - interval '208 days'
         from unnest($2::text[], $3::text[]) with ordinality as r (bin, iban, n)
         cross join (select array_agg(id order by slug) as ids from places where kind = 'city') city
         join unnest($4::text[]) with ordinality as named (name, at) on named.at = 1 + n * 7 % cardinality($4::text[])",
        now as Ts,
        &requisites.bins,
        &requisites.ibans,
        names,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Seven people each; the first organisation has two hundred more at its gates.
pub(super) async fn staff(
    conn: &mut PgConnection,
    now: Ts,
    scale: &Scale,
    names: &[String],
    password_hash: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with people as (
             select n, j, uuidv7() as id, 'staff-' || n || '-' || j || '@scale.example' as email, named.name,
                    case j when 1 then 'owner' when 2 then 'manager' when 3 then 'accountant' when 4 then 'seller' when 5 then 'seller'
                           else 'gate' end as role
             from generate_series(1, $2::bigint) n
             cross join lateral generate_series(1, case when n = 1 then 207 else 7 end) j
             join unnest($3::text[]) with ordinality as named (name, at)
               on named.at = 1 + abs(hashint8extended(n * 1000 + j, $5::bigint * 16 + 1) % cardinality($3::text[]))),
         made as (
             insert into accounts (id, email, name, password_hash, lang, created_at, email_confirmed_at)
             select id, email, name, $4, case when j % 3 = 0 then 'kk' else 'ru' end, $1::timestamptz - interval '210 days',
                    $1::timestamptz - interval '210 days' from people)
         insert into members (organisation_id, account_id, role, created_at)
         select o.id, people.id, people.role, $1::timestamptz - interval '209 days' + make_interval(hours => people.j)
         from people join organisations o on o.slug = 'scale-' || people.n",
        now as Ts,
        scale.organisations,
        names,
        password_hash,
        scale.seed,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Those who have an account, the first `count` of all who travel. All follow the first organisation and five others.
pub(super) async fn travellers(
    conn: &mut PgConnection,
    now: Ts,
    scale: &Scale,
    count: i64,
    names: &[String],
    password_hash: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with people as (
             select p, uuidv7() as id, named.name
             from generate_series(0, $2::bigint - 1) p
             join unnest($3::text[]) with ordinality as named (name, at)
               on named.at = 1 + abs(hashint8extended(p, $5::bigint * 16 + 2) % cardinality($3::text[]))),
         made as (
             insert into accounts (id, email, name, password_hash, lang, created_at, email_confirmed_at)
             select id, 'traveller-' || p || '@scale.example', name, $4, 'ru', $1::timestamptz - interval '205 days',
                    $1::timestamptz - interval '205 days' from people)
         insert into follows (account_id, organisation_id, created_at)
         select distinct people.id, o.id, $1::timestamptz - interval '1 day'
         from people
         cross join lateral (select 1 as n union select 1 + (people.p * 31 + turn * 97) % $6::bigint from generate_series(1, 5) turn) chosen
         join organisations o on o.slug = 'scale-' || chosen.n",
        now as Ts,
        count,
        names,
        password_hash,
        scale.seed,
        scale.organisations,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Open ones of the organisations with these numbers, sent by the owner a day ago.
pub(super) async fn invitations(
    conn: &mut PgConnection,
    now: Ts,
    ids: &[Uuid],
    digests: &[Vec<u8>],
    organisations: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations (id, organisation_id, email, role, lang, token_digest, invited_by, created_at, sent_at, expires_at)
         select i.id, m.organisation_id, 'invited-' || at || '@scale.example', 'gate', 'ru', i.digest, m.account_id, sent, sent,
                sent + interval '7 days'
         from unnest($2::uuid[], $3::bytea[], $4::bigint[]) with ordinality as i (id, digest, n, at)
         join organisations o on o.slug = 'scale-' || i.n
         join members m on m.organisation_id = o.id and m.role = 'owner'
         cross join lateral (select $1::timestamptz - interval '1 day' + make_interval(secs => at) as sent) moment",
        now as Ts,
        ids,
        digests,
        organisations,
    )
    .execute(conn)
    .await
    .map(drop)
}
