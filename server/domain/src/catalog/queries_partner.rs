//! The SQL of what is public of a partner.
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct PartnerCardRow {
    pub slug: String,
    pub name: String,
    pub about: String,
    /// As `in_lang` chose.
    pub about_lang: String,
    pub city: Option<String>,
    pub phone: String,
    pub founded: Option<i32>,
    pub tours: i64,
    /// The logo in its sizes made last, and the smallest of these.
    pub logo_key: Option<String>,
    pub logo_width: Option<i32>,
}

pub(super) async fn card(conn: &mut PgConnection, lang: &str, id: Uuid) -> sqlx::Result<PartnerCardRow> {
    sqlx::query_as!(
        PartnerCardRow,
        r#"select o.slug, o.name, in_lang($2, o.about_ru, o.about_kk, o.about_en) as "about!",
                  in_lang($2, 'ru', case when o.about_kk <> '' then 'kk' end, case when o.about_en <> '' then 'en' end) as "about_lang!",
                  (select in_lang($2, c.name_ru, c.name_kk, c.name_en) from places c where c.id = o.city_id) as city,
                  o.phone, o.founded,
                  (select count(*) from listings l
                   where l.organisation_id = o.id and l.status = 'published' and l.kind = 'tour') as "tours!",
                  logo.key as "logo_key?", logo.widths[1] as "logo_width?"
           from organisations o left join uploads logo on logo.id = o.logo_id where o.id = $1"#,
        id,
        lang,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct PartnerRow {
    pub id: Uuid,
    pub email: String,
    pub address: String,
    pub followers: i64,
    /// The most popular ones, a page full, each with what it is sorted by.
    pub listings: Vec<Uuid>,
    pub sold: Vec<i64>,
}

/// `after`: what the last one of the page before is sorted by.
pub(super) async fn partner(
    conn: &mut PgConnection,
    slug: &str,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> sqlx::Result<Option<PartnerRow>> {
    sqlx::query_as!(
        PartnerRow,
        r#"select o.id, o.email, o.address,
                  (select count(*) from follows f where f.organisation_id = o.id) as "followers!",
                  page.listings as "listings!", page.sold as "sold!"
           from organisations o
           cross join lateral (
               select coalesce(array_agg(id order by sold_count desc, id desc), '{}') as listings,
                      coalesce(array_agg(sold_count order by sold_count desc, id desc), '{}') as sold
               from (select l.id, l.sold_count from listings l
                     where l.organisation_id = o.id and l.status = 'published' and l.kind = 'tour'
                       and ($3::bigint is null or (l.sold_count, l.id) < ($3, $4))
                     order by l.sold_count desc, l.id desc limit $2) best) page
           where o.slug = $1 and o.status = 'active' and o.kind = 'partner'"#,
        slug,
        limit,
        after.map(|(sold, _)| sold),
        after.map(|(_, id)| id),
    )
    .fetch_optional(conn)
    .await
}
