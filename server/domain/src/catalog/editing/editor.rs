//! Everything that the editor of a tour shows.
use super::{
    EditError,
    check::{self, Checked, check},
    draft::{self, Draft},
    queries, queries_types,
};
use crate::{accounts::Actor, catalog::choices, kernel::Ctx};
use sapar_shared::{
    Lang,
    dto::editor::{Choices, Editor},
    ids::ListingId,
};
use sqlx::PgConnection;

/// Reads only: a listing that was never edited here is shown as it is live, in version 0.
pub async fn editor(conn: &mut PgConnection, _: &Ctx, actor: &Actor, lang: Lang, id: ListingId) -> Result<Editor, EditError> {
    let listing = draft::find(&mut *conn, actor, id).await?;
    let draft = Draft::of(&mut *conn, &listing).await?;
    let Checked { mut uploads, problems } = check(&mut *conn, &listing, &draft.content).await?;
    if draft.may_change(&listing).is_ok() {
        uploads.extend(check::strays(&mut *conn, &listing, &draft.content).await?);
    }
    let ticket_types = queries_types::forms(&mut *conn, id.0).await?;
    let organisation_active = queries::organisation_active(&mut *conn, listing.organisation.0).await?;
    let differs_from_live = listing.was_public() && draft.differs(&mut *conn, &listing).await?;
    let Choices { places, categories } = choices::all(conn, lang).await?;
    Ok(Editor {
        id,
        status: listing.status.as_str().to_owned(),
        edits_in_review: listing.was_public() && draft.submitted,
        differs_from_live,
        slug: listing.slug,
        remark: draft.remark,
        version: draft.version,
        edited_by: draft.edited_by,
        edited_at: draft.edited_at,
        draft: draft.content,
        pictures: uploads,
        ticket_types,
        problems,
        places,
        categories,
        organisation_active,
    })
}
