//! A tour like another one.
use super::{
    EditError,
    create::free_slug,
    draft::{self, Draft, author},
    queries_draft,
    queries_live::{self, NewListing},
    queries_types,
};
use crate::{accounts::Actor, catalog::refresh_listing, kernel::Ctx};
use sapar_shared::{Lang, forms::draft::TITLE_MAX, ids::ListingId};
use sqlx::PgConnection;

/// A new draft, called a copy, with the texts, pictures and ticket types that the other one's draft has now, under an address of
/// its own; without departures. Both share their pictures' uploads.
pub async fn copy_listing(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: ListingId) -> Result<ListingId, EditError> {
    let original = draft::lock(&mut *conn, actor, id).await?;
    let mut draft = Draft::of(&mut *conn, &original).await?;
    draft.keep(&mut *conn, ctx, &original).await?;
    let slug = free_slug(&mut *conn, ctx, draft.content.title.best(Lang::Ru)).await?;
    draft.content.title = draft.content.title.copied(TITLE_MAX);
    let copy = NewListing { id: ctx.id(), organisation: original.organisation.0, slug: &slug, at: ctx.now() };
    queries_live::insert_copy(&mut *conn, &copy, id.0).await?;
    queries_draft::insert_draft(&mut *conn, copy.id, &draft.content, None, author(actor), ctx.now()).await?;
    let types = queries_types::known(&mut *conn, id.0).await?;
    let new = types.iter().map(|_| ctx.id()).collect::<Vec<_>>();
    queries_types::copy(&mut *conn, id.0, copy.id, &new).await?;
    let made = ListingId(copy.id);
    refresh_listing(conn, ctx, made).await?;
    Ok(made)
}
