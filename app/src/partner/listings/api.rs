//! What the pages of listings, their editor and their departures ask of the server.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        catalog::Tour,
        editor::{
            Affected, DeparturePage, Editor, ListingPage, Made, NewDepartures, NewTour, Saved, TicketTypeForm, TourDraft,
            TypesSaved,
        },
    },
    ids::{DepartureId, ListingId},
};

#[cfg(feature = "ssr")]
use crate::partner::api::{look, within};
#[cfg(feature = "ssr")]
use server::told;

/// The organisation's listings, the newest first. `status` is its word or empty, `q` part of a title.
#[server(prefix = "/fn", endpoint = "cabinet-listings", output = Wire)]
pub async fn load_listings(lang: Lang, status: String, q: String, cursor: String) -> Tried<ListingPage> {
    use sapar_domain::catalog::editing::listings;
    Ok(look!(told, |conn, ctx, actor| listings(conn, ctx, actor, lang, &status, &q, &cursor)))
}

/// A new draft.
#[server(prefix = "/fn", endpoint = "cabinet-listing-create", input = Wire, output = Wire)]
pub async fn create_listing(lang: Lang, new: NewTour) -> Tried<ListingId> {
    use sapar_domain::catalog::editing;
    Ok(within!(told, |conn, ctx, actor| editing::create_listing(conn, ctx, actor, lang, &new)))
}

/// Everything that the editor shows; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "cabinet-listing", output = Wire)]
pub async fn load_editor(lang: Lang, id: String) -> Tried<Editor> {
    use crate::error::AppError;
    use sapar_domain::catalog::editing::editor;
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    Ok(look!(told, |conn, ctx, actor| editor(conn, ctx, actor, lang, id)))
}

/// `base` is the version that was edited.
#[server(prefix = "/fn", endpoint = "cabinet-draft-save", input = Wire, output = Wire)]
pub async fn save_draft(lang: Lang, id: ListingId, base: i32, draft: TourDraft) -> Tried<Saved> {
    use sapar_domain::catalog::editing;
    // The answer has no words: what is wrong with a field is said by the page.
    let _ = lang;
    Ok(within!(told, |conn, ctx, actor| editing::save_draft(conn, ctx, actor, id, base, &draft)))
}

/// `to` is one of submit, withdraw, pause, resume, archive, reopen; answers the status' word.
#[server(prefix = "/fn", endpoint = "cabinet-listing-move", output = Wire)]
pub async fn move_listing(id: ListingId, to: String) -> Tried<String> {
    use crate::error::AppError;
    use sapar_domain::catalog::editing::{self, Move};
    let Some(step) = Move::parse(&to) else { return Ok(Err(AppError::NotFound)) };
    let moved = within!(told, |conn, ctx, actor| editing::move_listing(conn, ctx, actor, id, step));
    Ok(moved.map(|status| status.as_str().to_owned()))
}

/// A draft like this one.
#[server(prefix = "/fn", endpoint = "cabinet-listing-copy", output = Wire)]
pub async fn copy_listing(id: ListingId) -> Tried<ListingId> {
    use sapar_domain::catalog::editing;
    Ok(within!(told, |conn, ctx, actor| editing::copy_listing(conn, ctx, actor, id)))
}

/// The whole list in its order, as it is kept from now on; `base` is the list that was edited.
#[server(prefix = "/fn", endpoint = "cabinet-ticket-types", input = Wire, output = Wire)]
pub async fn save_ticket_types(id: ListingId, base: Vec<TicketTypeForm>, types: Vec<TicketTypeForm>) -> Tried<TypesSaved> {
    use sapar_domain::catalog::editing;
    Ok(within!(told, |conn, ctx, actor| editing::save_ticket_types(conn, ctx, actor, id, &base, &types)))
}

/// `from` is a day as in ISO 8601, or empty for today.
#[server(prefix = "/fn", endpoint = "cabinet-departures", output = Wire)]
pub async fn load_departures(id: ListingId, from: String, cursor: String) -> Tried<DeparturePage> {
    use sapar_domain::catalog::departures::list_departures;
    let from = sapar_shared::when::of_iso(&from);
    Ok(look!(told, |conn, ctx, actor| list_departures(conn, ctx, actor, id, from, &cursor)))
}

#[server(prefix = "/fn", endpoint = "cabinet-departures-add", input = Wire, output = Wire)]
pub async fn add_departures(id: ListingId, new: NewDepartures) -> Tried<Made> {
    use sapar_domain::catalog::departures;
    Ok(within!(told, |conn, ctx, actor| departures::add_departures(conn, ctx, actor, id, &new)))
}

/// What runs on `days` days from `from` runs from `to` on again.
#[server(prefix = "/fn", endpoint = "cabinet-departures-copy", output = Wire)]
pub async fn copy_departures(id: ListingId, from: String, days: i32, to: String) -> Tried<Made> {
    use sapar_domain::catalog::departures;
    use sapar_shared::when::of_iso;
    let (from, to) = match (of_iso(&from), of_iso(&to)) {
        (Some(from), Some(to)) => (from, to),
        (from, _) => return server::malformed(if from.is_none() { "from" } else { "to" }),
    };
    Ok(within!(told, |conn, ctx, actor| departures::copy_departures(conn, ctx, actor, id, from, days, to)))
}

/// `starts` is `2026-12-05T06:00` on Almaty's wall clock.
#[server(prefix = "/fn", endpoint = "cabinet-departure-move", output = Wire)]
pub async fn move_departure(id: DepartureId, starts: String) -> Tried<()> {
    use sapar_domain::catalog::departures;
    let Some(starts) = sapar_shared::when::of_wall(&starts) else { return server::malformed("starts") };
    Ok(within!(told, |conn, ctx, actor| departures::move_departure(conn, ctx, actor, id, starts)))
}

#[server(prefix = "/fn", endpoint = "cabinet-capacity", input = Wire, output = Wire)]
pub async fn set_capacity(ids: Vec<DepartureId>, capacity: i32) -> Tried<()> {
    use sapar_domain::catalog::departures;
    Ok(within!(told, |conn, ctx, actor| departures::set_capacity(conn, ctx, actor, &ids, capacity)))
}

/// Who bought, before or after the departure is called off.
#[server(prefix = "/fn", endpoint = "cabinet-departure-affected", output = Wire)]
pub async fn load_affected(id: DepartureId) -> Tried<Vec<Affected>> {
    use sapar_domain::orders::affected;
    Ok(look!(server::told_affected, |conn, ctx, actor| affected(conn, ctx, actor, id)))
}

#[server(prefix = "/fn", endpoint = "cabinet-departure-cancel", output = Wire)]
pub async fn cancel_departure(id: DepartureId) -> Tried<()> {
    use sapar_domain::catalog::departures;
    Ok(within!(told, |conn, ctx, actor| departures::cancel_departure(conn, ctx, actor, id)))
}

/// The draft in the shape of the tour's page.
#[server(prefix = "/fn", endpoint = "cabinet-preview", output = Wire)]
pub async fn load_preview(lang: Lang, id: ListingId) -> Tried<Tour> {
    use sapar_domain::catalog::editing::preview;
    Ok(look!(told, |conn, ctx, actor| preview(conn, ctx, actor, lang, id)))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::{AppError, Tried},
        request::unavailable,
    };
    use sapar_domain::{catalog::editing::EditError, orders::AffectedError};
    use sapar_shared::dto::editor::{Affected, Problem, ProblemKind};

    pub(super) fn told<T>(done: Result<T, EditError>) -> Result<T, AppError> {
        done.map_err(refusal)
    }

    fn refusal(error: EditError) -> AppError {
        match error {
            EditError::NotFound => AppError::NotFound,
            EditError::Forbidden(_) => AppError::Forbidden,
            EditError::Status(status) => AppError::WrongStatus(status.as_str().to_owned()),
            EditError::Problems(problems) => AppError::Problems(problems),
            EditError::Stock(refusal) => AppError::Stock(refusal),
            EditError::Database(cause) => unavailable(cause),
        }
    }

    /// A text that the page's own fields never send.
    pub(super) fn malformed<T>(field: &str) -> Tried<T> {
        let problem = Problem { field: field.to_owned(), kind: ProblemKind::Malformed, blocks: true };
        Ok(Err(AppError::Problems(vec![problem])))
    }

    pub(super) fn told_affected(done: Result<Option<Vec<Affected>>, AffectedError>) -> Result<Vec<Affected>, AppError> {
        let affected = done.map_err(|error| match error {
            AffectedError::Forbidden(_) => AppError::Forbidden,
            AffectedError::Database(cause) => unavailable(cause),
        });
        affected?.ok_or(AppError::NotFound)
    }
}
