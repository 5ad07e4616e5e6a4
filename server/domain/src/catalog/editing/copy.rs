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
use sapar_shared::{Lang, dto::editor::Tri, forms::draft::TITLE_MAX, ids::ListingId};
use sqlx::PgConnection;

/// A new draft, called a copy, with the texts, pictures and ticket types that the other one's draft has now, under an address of
/// its own; without departures. Both share their pictures' uploads.
pub async fn copy_listing(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: ListingId) -> Result<ListingId, EditError> {
    let original = draft::lock(&mut *conn, actor, id).await?;
    let mut draft = Draft::of(&mut *conn, &original).await?;
    draft.keep(&mut *conn, ctx, &original).await?;
    let slug = free_slug(&mut *conn, ctx, draft.content.title.best(Lang::Ru)).await?;
    draft.content.title = copied(&draft.content.title);
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

/// What tells the copy's title from the original's.
const fn suffix(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => " (копия)",
        Lang::Kk => " (көшірме)",
        Lang::En => " (copy)",
    }
}

/// The title of a copy; one that would be too long loses its end.
fn copied(title: &Tri) -> Tri {
    let mut copied = Tri::default();
    for lang in Lang::ALL {
        let text = title.get(lang).trim_end();
        if !text.is_empty() {
            let room = TITLE_MAX.saturating_sub(suffix(lang).chars().count());
            let kept: String = text.chars().take(room).collect();
            *copied.get_mut(lang) = format!("{}{}", kept.trim_end(), suffix(lang));
        }
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_so_in_each_language_it_has() {
        let title = Tri { ru: "Чарын".into(), en: "Ы".repeat(TITLE_MAX), ..Tri::default() };
        let copy = copied(&title);
        assert_eq!((copy.ru.as_str(), copy.kk.as_str()), ("Чарын (копия)", ""));
        assert!(copy.en.ends_with("Ы (copy)") && copy.en.chars().count() == TITLE_MAX);
    }
}
