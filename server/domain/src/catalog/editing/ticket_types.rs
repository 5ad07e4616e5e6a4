//! Ticket types: the whole list at once, as it shall be.
use super::{
    EditError,
    draft::{self, Listing},
    none_of,
    queries_types::{self as queries, KnownRow, TypeRow},
    wrong,
};
use crate::{
    accounts::Actor,
    catalog::{ListingStatus, refresh_listing},
    inventory::{self, CapacityError},
    kernel::Ctx,
};
use sapar_shared::{
    Money,
    dto::editor::{MAX_CAPACITY, MAX_TICKET_TYPES, Problem, ProblemKind, StockRefusal, TicketTypeForm, Tri, TypesSaved},
    forms::{checkout::MAX_QUANTITY, draft::line},
    ids::{DepartureId, ListingId, TicketTypeId},
};
use sqlx::PgConnection;
use std::collections::HashSet;
use uuid::Uuid;

/// Letters of a name.
pub(in crate::catalog) const NAME: usize = 80;
/// Ten million tenge.
pub(in crate::catalog) const DEAREST: Money = Money::from_tenge(10_000_000);
/// Sales may close so long before the start: sixty days.
pub(in crate::catalog) const CLOSES: i32 = 60 * 24 * 60;

/// The list replaces `base`, from which it was made: what it lacks goes off sale, and nothing that was ordered changes. Where
/// `base` is not what is kept any more nothing is saved, and whoever asks gets what somebody else has made of it. A changed quota
/// is that of every coming departure; below what is taken on one of them it is refused, and with it everything.
pub async fn save_ticket_types(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    base: &[TicketTypeForm],
    forms: &[TicketTypeForm],
) -> Result<TypesSaved, EditError> {
    let listing = draft::lock(&mut *conn, actor, id).await?;
    if listing.status == ListingStatus::Archived {
        return Err(EditError::Status(listing.status));
    }
    let kept = queries::forms(&mut *conn, id.0).await?;
    if kept != base {
        return Ok(TypesSaved::Changed(kept));
    }
    none_of(refused(&listing, forms))?;
    let known = queries::all(&mut *conn, id.0).await?;
    if forms.iter().any(|form| form.id.is_some_and(|id| known.iter().all(|row| row.id != id.0))) {
        return Err(EditError::NotFound);
    }
    let ids: Vec<Uuid> = forms.iter().map(|form| form.id.map_or_else(|| ctx.id(), |id| id.0)).collect();
    let names: Vec<Tri> = forms.iter().map(named).collect();
    let rows: Vec<TypeRow<'_>> = forms
        .iter()
        .zip(&ids)
        .zip(&names)
        .zip(1..)
        .map(|(((form, id), name), position)| row(form, *id, name, position))
        .collect();
    queries::save(&mut *conn, id.0, &rows, ctx.now()).await?;
    let quotas = changed_quotas(&known, &rows);
    if !quotas.is_empty() {
        set_quotas(&mut *conn, ctx, id, &quotas).await?;
    }
    refresh_listing(&mut *conn, ctx, id).await?;
    Ok(TypesSaved::Saved(queries::forms(conn, id.0).await?))
}

async fn set_quotas(
    conn: &mut PgConnection,
    ctx: &Ctx,
    listing: ListingId,
    quotas: &[(TicketTypeId, Option<i32>)],
) -> Result<(), EditError> {
    let coming = queries::coming(&mut *conn, listing.0, ctx.now()).await?;
    let departures: Vec<DepartureId> = coming.iter().map(|(id, _)| DepartureId(*id)).collect();
    inventory::set_quotas(conn, ctx, &departures, quotas).await.map_err(|error| match error {
        CapacityError::BelowTaken { departure, taken } => {
            let starts_at = coming.iter().find(|(id, _)| *id == departure.0).map_or(ctx.now(), |(_, starts_at)| *starts_at);
            EditError::Stock(StockRefusal::BelowTakenOn { starts_at, taken })
        }
        CapacityError::Database(error) => error.into(),
    })
}

/// Those whose counters are to change: new ones' quotas, changed ones, and those of types that come back.
fn changed_quotas(known: &[KnownRow], rows: &[TypeRow<'_>]) -> Vec<(TicketTypeId, Option<i32>)> {
    let before = |id: Uuid| known.iter().find(|row| row.id == id);
    let changed = |row: &&TypeRow<'_>| match before(row.id) {
        None => row.quota.is_some(),
        Some(before) => before.archived || before.quota != row.quota,
    };
    rows.iter().filter(changed).map(|row| (row.id.into(), row.quota)).collect()
}

/// The names as they are kept: a language that has none has the Russian one's.
fn named(form: &TicketTypeForm) -> Tri {
    let clean = |text: &str| line(text).trim().to_owned();
    let ru = clean(&form.name.ru);
    let or_ru = |text: String| if text.is_empty() { ru.clone() } else { text };
    Tri { kk: or_ru(clean(&form.name.kk)), en: or_ru(clean(&form.name.en)), ru }
}

fn row<'a>(form: &TicketTypeForm, id: Uuid, name: &'a Tri, position: i32) -> TypeRow<'a> {
    TypeRow {
        id,
        position,
        ru: &name.ru,
        kk: &name.kk,
        en: &name.en,
        price: form.price.map(Money::tiyn),
        quota: form.quota,
        min_per_order: form.min_per_order,
        max_per_order: form.max_per_order,
        closes_minutes_before: form.closes_minutes_before,
    }
}

/// What is wrong with which field (`ticket_types.0.name.ru`, from 0).
fn refused(listing: &Listing, forms: &[TicketTypeForm]) -> Vec<Problem> {
    let mut refused = Vec::new();
    if forms.len() > MAX_TICKET_TYPES {
        return vec![wrong("ticket_types", ProblemKind::TooMany)];
    }
    // What is public or in review is never without a price.
    if forms.is_empty() && !matches!(listing.status, ListingStatus::Draft | ListingStatus::Rejected) {
        return vec![wrong("ticket_types", ProblemKind::Missing)];
    }
    let mut ids = HashSet::new();
    for (at, form) in forms.iter().enumerate() {
        let mut refuse = |field: &str, kind| refused.push(wrong(format!("ticket_types.{at}.{field}"), kind));
        let name = named(form);
        if name.ru.is_empty() {
            refuse("name.ru", ProblemKind::Missing);
        }
        for (field, text) in [("name.ru", &name.ru), ("name.kk", &name.kk), ("name.en", &name.en)] {
            if text.chars().count() > NAME && (field == "name.ru" || *text != name.ru) {
                refuse(field, ProblemKind::TooLong);
            }
        }
        if form.price.is_none() {
            refuse("price", ProblemKind::Missing);
        }
        for (field, fits) in [
            ("price", form.price.is_none_or(|price| (Money::ZERO..=DEAREST).contains(&price))),
            ("quota", form.quota.is_none_or(|quota| (0..=MAX_CAPACITY).contains(&quota))),
            ("min_per_order", (1..=MAX_QUANTITY).contains(&form.min_per_order)),
            ("max_per_order", (form.min_per_order.max(1)..=MAX_QUANTITY).contains(&form.max_per_order)),
            ("closes_minutes_before", (0..=CLOSES).contains(&form.closes_minutes_before)),
            ("id", form.id.is_none_or(|id| ids.insert(id))),
        ] {
            if !fits {
                refuse(field, ProblemKind::Malformed);
            }
        }
    }
    refused
}
