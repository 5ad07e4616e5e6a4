//! The organisation's tours, for whoever edits them.
use super::{
    EditError,
    queries::{self, RowOfList, Wanted},
};
use crate::{
    accounts::Actor,
    catalog::{ListingStatus, words},
    kernel::{Ctx, db::ts},
};
use sapar_shared::{
    Lang, Money,
    dto::editor::{ListingPage, ListingRow},
    ids::ListingId,
    paths,
    roles::Permission,
};
use sqlx::PgConnection;

/// Listings of one page.
const PAGE: i64 = 30;

/// The newest first. `status` is a status' word, or empty for all; under `in_review` stand published ones' edits, too. `typed` is
/// part of a title in any language and spelling. `cursor` is what the last page ended with; one that is none begins anew.
pub async fn listings(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    status: &str,
    typed: &str,
    cursor: &str,
) -> Result<ListingPage, EditError> {
    let organisation = actor.require(Permission::EditListings)?;
    let status = match ListingStatus::parse(status) {
        None if !status.is_empty() => return Ok(ListingPage::default()),
        known => known.map(ListingStatus::as_str),
    };
    let text = words::clean(typed).map(|text| words::folded(&text));
    let before = cursor.parse().ok().map(|id: ListingId| id.0);
    let (lang, now) = (lang.code(), ts(ctx.now()));
    let wanted = Wanted { organisation: organisation.0, lang, now, status, text: text.as_deref(), before, limit: PAGE + 1 };
    let mut rows = queries::list(conn, &wanted).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(ListingPage { rows: rows.into_iter().map(RowOfList::view).collect(), next_cursor })
}

impl RowOfList {
    fn view(self) -> ListingRow {
        let width = self.width.and_then(|width| u32::try_from(width).ok());
        ListingRow {
            id: self.id.into(),
            slug: self.slug,
            title: self.title,
            status: self.status,
            edits_in_review: self.edits_in_review,
            picture: self.key.zip(width).map(|(key, width)| paths::picture(&key, width)),
            price_from: self.price_from.map(Money::from_tiyn),
            next_departure_at: self.next_departure_at.map(|at| at.to_jiff()),
            departures: self.departures,
            edited_at: self.edited_at.to_jiff(),
        }
    }
}
