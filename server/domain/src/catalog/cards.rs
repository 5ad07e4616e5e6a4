//! Cards: one tour in a list.
use super::{queries, queries_search::When};
use crate::kernel::db::Ts;
use sapar_shared::{
    Lang, Money,
    dto::catalog::{ListingCard, Named, Picture},
    ids::ListingId,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A card as the database gives it.
pub(super) struct CardRow {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub place: String,
    pub category_slug: String,
    pub category: String,
    pub partner: String,
    pub price_from: i64,
    pub duration_minutes: i32,
    pub guide_languages: Vec<String>,
    pub starts_at: Option<Ts>,
    pub places_left: Option<i32>,
    pub cover: PictureRow,
}

/// A picture as the database gives it; all `None` where a listing has no picture.
pub(super) struct PictureRow {
    pub key: Option<String>,
    pub widths: Option<Vec<i32>>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub color: Option<String>,
    pub alt: Option<String>,
}

impl PictureRow {
    pub(super) fn picture(self) -> Option<Picture> {
        Some(Picture {
            key: self.key?,
            widths: self.widths?.into_iter().filter_map(|width| u32::try_from(width).ok()).collect(),
            width: u32::try_from(self.width?).ok()?,
            height: u32::try_from(self.height?).ok()?,
            color: self.color?,
            alt: self.alt.unwrap_or_default(),
        })
    }
}

impl CardRow {
    fn card(self) -> ListingCard {
        ListingCard {
            id: ListingId(self.id),
            slug: self.slug,
            title: self.title,
            summary: self.summary,
            place: self.place,
            category: Named { slug: self.category_slug, name: self.category },
            partner: self.partner,
            price_from: Money::from_tiyn(self.price_from),
            duration_minutes: self.duration_minutes,
            guide_languages: self.guide_languages,
            cover: self.cover.picture(),
            next_departure: self.starts_at.map(Ts::to_jiff),
            places_left: self.places_left,
        }
    }
}

/// The cards of `ids`, in their order. They show the next departure that has places, or the first that fits `when`; one without
/// places only where there is no other.
pub(super) async fn cards(
    conn: &mut PgConnection,
    lang: Lang,
    ids: &[Uuid],
    when: Option<When>,
) -> sqlx::Result<Vec<ListingCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = queries::cards(conn, lang.code(), ids, when).await?;
    Ok(rows.into_iter().map(CardRow::card).collect())
}
