//! A partner's public page.
use super::{cards::cards, cursor::Cursor, partner_card::partner_card, queries_partner as queries};
use crate::kernel::Ctx;
use sapar_shared::{Lang, dto::catalog::PartnerPage, forms::search::Sort};
use sqlx::PgConnection;

/// Tours of one page, the most popular first.
const LISTINGS: usize = 60;

/// `after` is where an earlier page ended; what is no such place begins anew.
pub async fn partner_page(
    conn: &mut PgConnection,
    _: &Ctx,
    lang: Lang,
    slug: &str,
    after: &str,
) -> sqlx::Result<Option<PartnerPage>> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let after = Cursor::decode(after, Sort::Popular).map(|cursor| (cursor.key, cursor.id));
    // One more tells whether there are more.
    let limit = i64::try_from(LISTINGS + 1).unwrap_or(i64::MAX);
    let Some(mut row) = queries::partner(&mut *conn, slug, after, limit).await? else {
        return Ok(None);
    };
    let more = row.listings.len() > LISTINGS;
    row.listings.truncate(LISTINGS);
    row.sold.truncate(LISTINGS);
    let last = row.sold.last().zip(row.listings.last()).filter(|_| more);
    let next = last.map(|(sold, id)| Cursor { key: *sold, id: *id }.encode(Sort::Popular));
    let listings = cards(&mut *conn, lang, &row.listings, None).await?;
    let partner = partner_card(conn, lang, row.id).await?;
    Ok(Some(PartnerPage { partner, email: row.email, address: row.address, followers: row.followers, listings, next }))
}
