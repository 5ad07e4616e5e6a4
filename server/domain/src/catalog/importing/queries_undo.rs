//! The SQL of taking an import back.
use sapar_shared::dto::import::Obstacle;
use sqlx::PgConnection;
use uuid::Uuid;

/// Obstacles of a kind that are named.
const NAMED: i64 = 20;

pub(super) struct Touched {
    pub id: Uuid,
    /// By the import; else something of it came to one that was there.
    pub made: bool,
}

/// The listings that it made or added to, locked in the order of their ids.
pub(super) async fn lock_listings(conn: &mut PgConnection, import: Uuid) -> sqlx::Result<Vec<Touched>> {
    sqlx::query_as!(
        Touched,
        r#"select l.id, l.id in (select listing_id from import_items where import_id = $1 and listing_id is not null) as "made!"
           from listings l
           where l.id in (select i.listing_id from import_items i where i.import_id = $1 and i.listing_id is not null
                          union select t.listing_id from import_items i join ticket_types t on t.id = i.ticket_type_id
                                where i.import_id = $1
                          union select d.listing_id from import_items i join departures d on d.id = i.departure_id
                                where i.import_id = $1)
           order by l.id for no key update"#,
        import,
    )
    .fetch_all(conn)
    .await
}

/// Departures that it made, and all of the listings that it made, locked: nobody refers to them from here on.
pub(super) async fn lock_departures(conn: &mut PgConnection, import: Uuid, made: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from departures
         where id in (select departure_id from import_items where import_id = $1 and departure_id is not null)
            or listing_id = any($2)
         order by id for update",
        import,
        made,
    )
    .fetch_all(conn)
    .await
}

/// Ticket types that it made, and all of the listings that it made.
pub(super) async fn ticket_types(conn: &mut PgConnection, import: Uuid, made: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from ticket_types
         where id in (select ticket_type_id from import_items where import_id = $1 and ticket_type_id is not null)
            or listing_id = any($2)
         order by id for update",
        import,
        made,
    )
    .fetch_all(conn)
    .await
}

/// Of the listings, those that were ever handed in.
pub(super) async fn submitted(conn: &mut PgConnection, lang: &str, listings: &[Uuid]) -> sqlx::Result<Vec<Obstacle>> {
    let titles = sqlx::query_scalar!(
        r#"select coalesce(nullif(d.content #>> array['title', $2], ''), nullif(d.content #>> '{title,ru}', ''),
                           nullif(d.content #>> '{title,kk}', ''), nullif(d.content #>> '{title,en}', ''), l.slug) as "title!"
           from listings l left join listing_drafts d on d.listing_id = l.id
           where l.id = any($1)
             and (l.status <> 'draft' or num_nonnulls(d.submitted_at, d.approved_at, d.remark, d.live) > 0)
           order by l.id limit $3"#,
        listings,
        lang,
        NAMED,
    )
    .fetch_all(conn)
    .await?;
    Ok(titles.into_iter().map(|title| Obstacle::Submitted { title }).collect())
}

pub(super) async fn ordered_departures(conn: &mut PgConnection, lang: &str, departures: &[Uuid]) -> sqlx::Result<Vec<Obstacle>> {
    sqlx::query!(
        r#"select d.starts_at,
                  coalesce((select title from listing_texts t where t.listing_id = d.listing_id
                            order by t.lang <> $2, t.lang <> 'ru', t.lang limit 1), l.slug) as "title!"
           from departures d join listings l on l.id = d.listing_id
           where d.id = any($1) and exists (select from order_lines o where o.departure_id = d.id)
           order by d.starts_at, d.id limit $3"#,
        departures,
        lang,
        NAMED,
    )
    .map(|row| Obstacle::Departure { title: row.title, starts_at: row.starts_at.to_jiff() })
    .fetch_all(conn)
    .await
}

/// Ticket types that somebody ordered on a departure that would stay.
pub(super) async fn ordered_types(
    conn: &mut PgConnection,
    lang: &str,
    ticket_types: &[Uuid],
    departures: &[Uuid],
) -> sqlx::Result<Vec<Obstacle>> {
    sqlx::query!(
        r#"select in_lang($2, k.name_ru, k.name_kk, k.name_en) as "name!",
                  coalesce((select title from listing_texts t where t.listing_id = k.listing_id
                            order by t.lang <> $2, t.lang <> 'ru', t.lang limit 1), l.slug) as "title!"
           from ticket_types k join listings l on l.id = k.listing_id
           where k.id = any($1)
             and exists (select from order_lines o where o.ticket_type_id = k.id and o.departure_id <> all($3))
           order by l.id, k.position limit $4"#,
        ticket_types,
        lang,
        departures,
        NAMED,
    )
    .map(|row| Obstacle::TicketType { title: row.title, name: row.name })
    .fetch_all(conn)
    .await
}

/// Their counters are gone already. Drafts, their versions, texts and pictures go with their listing.
pub(super) async fn delete(
    conn: &mut PgConnection,
    listings: &[Uuid],
    departures: &[Uuid],
    ticket_types: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!("delete from departures where id = any($1)", departures).execute(&mut *conn).await?;
    sqlx::query!("delete from departure_rules where listing_id = any($1)", listings).execute(&mut *conn).await?;
    sqlx::query!("delete from ticket_types where id = any($1)", ticket_types).execute(&mut *conn).await?;
    sqlx::query!("delete from listings where id = any($1)", listings).execute(conn).await.map(drop)
}
