//! Everything that the editor of a tour shows.
use super::{
    EditError,
    check::{Checked, check},
    draft::{self, Draft},
    queries, queries_types,
};
use crate::{
    accounts::Actor,
    catalog::{filter_options, queries::PlaceRow},
    kernel::Ctx,
};
use sapar_shared::{
    Lang,
    dto::{
        catalog::PlaceOption,
        editor::{Choice, Editor, MapPoint},
    },
    ids::ListingId,
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Reads only: a listing that was never edited here is shown as it is live, in version 0.
pub async fn editor(conn: &mut PgConnection, _: &Ctx, actor: &Actor, lang: Lang, id: ListingId) -> Result<Editor, EditError> {
    let listing = draft::find(&mut *conn, actor, id).await?;
    let draft = Draft::of(&mut *conn, &listing).await?;
    let Checked { uploads, problems } = check(&mut *conn, &listing, &draft.content).await?;
    let ticket_types = queries_types::forms(&mut *conn, id.0).await?;
    let organisation_active = queries::organisation_active(&mut *conn, listing.organisation.0).await?;
    let categories = queries::categories(&mut *conn, lang.code()).await?;
    let differs_from_live = listing.was_public() && draft.differs(&mut *conn, &listing).await?;
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
        places: places(conn, lang).await?,
        categories: categories.into_iter().map(|(slug, name)| Choice { slug, name, point: None, depth: 0 }).collect(),
        organisation_active,
    })
}

/// All places, each after what it lies in.
async fn places(conn: &mut PgConnection, lang: Lang) -> sqlx::Result<Vec<Choice>> {
    let rows = queries::places(conn, lang.code()).await?;
    let points: HashMap<String, MapPoint> =
        rows.iter().map(|row| (row.slug.clone(), MapPoint { lat_e6: row.lat_e6, lng_e6: row.lng_e6 })).collect();
    let known = rows.into_iter().map(|row| PlaceRow { id: row.id, slug: row.slug, name: row.name, path: row.path });
    let choice = |place: PlaceOption| Choice {
        point: points.get(&place.slug).copied(),
        depth: place.depth.into(),
        slug: place.slug,
        name: place.name,
    };
    Ok(filter_options::tree(known.collect()).into_iter().map(choice).collect())
}
