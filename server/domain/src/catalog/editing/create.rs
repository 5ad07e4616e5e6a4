//! The beginning of a tour: what it is, where, how long.
use super::{
    EditError,
    draft::author,
    none_of, queries_draft,
    queries_live::{self as queries, NewListing},
    wrong,
};
use crate::{accounts::Actor, catalog::refresh_listing, kernel::Ctx};
use sapar_shared::{
    Lang,
    dto::editor::{NewTour, ProblemKind, TourDraft},
    forms::draft::{MAX_MINUTES, TITLE_MAX, TITLE_MIN, line},
    ids::ListingId,
    roles::Permission,
    slug::slug,
};
use sqlx::PgConnection;

/// Cancelling is free up to so many hours before the start, until the partner says otherwise.
pub(in crate::catalog) const FREE_CANCEL_HOURS: i32 = 24;
/// The address of a title that has no letter of ours.
pub(in crate::catalog) const NAMELESS: &str = "tour";

/// Makes a draft of it; the title is in the language of the page. Without any ticket type, for nobody has named a price.
pub async fn create_listing(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    new: &NewTour,
) -> Result<ListingId, EditError> {
    let organisation = actor.require(Permission::EditListings)?;
    let title = line(&new.title).trim().to_owned();
    let known = queries::spot(&mut *conn, &new.place, &new.category).await?;
    let mut refused = Vec::new();
    match title.chars().count() {
        0 => refused.push(wrong("title", ProblemKind::Missing)),
        length if length < TITLE_MIN => refused.push(wrong("title", ProblemKind::TooShort)),
        length if length > TITLE_MAX => refused.push(wrong("title", ProblemKind::TooLong)),
        _ => {}
    }
    for (field, slug, found) in
        [("place", &new.place, known.place.is_some()), ("category", &new.category, known.category.is_some())]
    {
        if !found {
            refused.push(wrong(field, if slug.is_empty() { ProblemKind::Missing } else { ProblemKind::Malformed }));
        }
    }
    if !(1..=MAX_MINUTES).contains(&new.duration_minutes) {
        refused.push(wrong("duration_minutes", ProblemKind::Malformed));
    }
    none_of(refused)?;

    let mut content = TourDraft {
        place: new.place.clone(),
        category: new.category.clone(),
        duration_minutes: new.duration_minutes,
        free_cancel_hours: FREE_CANCEL_HOURS,
        // Most guides speak the language that they write in.
        guide_languages: vec![lang],
        ..TourDraft::default()
    };
    title.clone_into(content.title.get_mut(lang));
    let slug = free_slug(&mut *conn, ctx, &title).await?;
    let listing = NewListing { id: ctx.id(), organisation: organisation.0, slug: &slug, at: ctx.now() };
    queries::insert(&mut *conn, &listing, &content).await?;
    queries_draft::insert_draft(&mut *conn, listing.id, &content, None, author(actor), ctx.now()).await?;
    let id = ListingId(listing.id);
    refresh_listing(conn, ctx, id).await?;
    Ok(id)
}

/// An address made of the title that no listing has: with a number behind it where it is taken. Whoever makes the same one at
/// the same time waits.
pub(super) async fn free_slug(conn: &mut PgConnection, ctx: &Ctx, title: &str) -> sqlx::Result<String> {
    let made = slug(title);
    let base = if made.len() < 2 { NAMELESS } else { &made };
    let numbered = (2..20).map(|number| format!("{base}-{number}"));
    let last = format!("{base}-{}", ctx.code(8).to_lowercase());
    let candidates: Vec<String> = std::iter::once(base.to_owned()).chain(numbered).chain([last]).collect();
    queries::free_slug(conn, base, &candidates).await
}
