//! The SQL of imports themselves.
use super::{ImportError, check::Errors};
use crate::kernel::db::{OnConstraint as _, Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    dto::import::{ImportCounts, ImportPhase, ImportRow, ImportState, ImportView, ImportedTour},
    sheets::CellError,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

pub(super) const fn state_word(state: ImportState) -> &'static str {
    match state {
        ImportState::Faulty => "faulty",
        ImportState::Ready => "ready",
        ImportState::Queued => "queued",
        ImportState::Running => "running",
        ImportState::Done => "done",
        ImportState::Failed => "failed",
        ImportState::Undone => "undone",
    }
}

fn state(word: &str) -> sqlx::Result<ImportState> {
    use ImportState as S;
    let states = [S::Faulty, S::Ready, S::Queued, S::Running, S::Done, S::Failed, S::Undone];
    states.into_iter().find(|state| state_word(*state) == word).ok_or_else(|| unknown_word(word))
}

pub(super) const fn phase_word(phase: ImportPhase) -> &'static str {
    match phase {
        ImportPhase::Read => "read",
        ImportPhase::Check => "check",
        ImportPhase::Write => "write",
    }
}

fn phase(word: &str) -> sqlx::Result<ImportPhase> {
    let phases = [ImportPhase::Read, ImportPhase::Check, ImportPhase::Write];
    phases.into_iter().find(|phase| phase_word(*phase) == word).ok_or_else(|| unknown_word(word))
}

/// A file as it was understood.
pub(super) struct NewImport<'a> {
    pub id: Uuid,
    pub organisation: Uuid,
    pub file_name: &'a str,
    pub counts: ImportCounts,
    pub errors: &'a Errors,
    pub preview: &'a [ImportedTour],
    pub by: Option<Uuid>,
    pub at: Timestamp,
}

fn count(errors: &Errors) -> i32 {
    i32::try_from(errors.count).unwrap_or(i32::MAX)
}

pub(super) async fn insert(conn: &mut PgConnection, new: &NewImport<'_>) -> sqlx::Result<()> {
    let state = if new.errors.count > 0 { ImportState::Faulty } else { ImportState::Ready };
    sqlx::query!(
        "insert into imports (id, organisation_id, state, file_name, tours, ticket_types, departures, error_count, errors, preview,
                              created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.id,
        new.organisation,
        state_word(state),
        new.file_name,
        new.counts.tours,
        new.counts.ticket_types,
        new.counts.departures,
        count(new.errors),
        Json(&new.errors.list) as _,
        Json(new.preview) as _,
        new.by,
        ts(new.at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Forgets what was never begun but for the last `kept`; returns which, for their files.
pub(super) async fn forget_old(conn: &mut PgConnection, organisation: Uuid, kept: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "delete from imports
         where id in (select id from imports where organisation_id = $1 and state in ('faulty', 'ready') order by id desc offset $2)
           and state in ('faulty', 'ready')
         returning id",
        organisation,
        kept,
    )
    .fetch_all(conn)
    .await
}

/// Where it stands; its row is locked.
pub(super) async fn lock(conn: &mut PgConnection, organisation: Uuid, id: Uuid) -> sqlx::Result<Option<ImportState>> {
    let word = sqlx::query_scalar!(
        "select state from imports where id = $2 and organisation_id = $1 for no key update",
        organisation,
        id
    )
    .fetch_optional(conn)
    .await?;
    word.map(|word| state(&word)).transpose()
}

pub(super) async fn queue(conn: &mut PgConnection, id: Uuid) -> Result<(), ImportError> {
    let queued = sqlx::query!("update imports set state = 'queued', done = 0, total = 0 where id = $1", id).execute(conn).await;
    queued.map(drop).on_constraint("imports_one_under_way", || ImportError::Busy)
}

/// Whether it waited for that, or was begun by a process that died.
pub(super) async fn begin(conn: &mut PgConnection, id: Uuid, total: i32) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "update imports set state = 'running', phase = 'read', done = 0, total = $2 where id = $1 and state in ('queued', 'running')",
        id,
        total,
    )
    .execute(conn)
    .await?;
    Ok(begun.rows_affected() > 0)
}

pub(super) async fn tell(conn: &mut PgConnection, id: Uuid, phase: ImportPhase, done: i32) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set phase = $2, done = $3 where id = $1 and state = 'running' and done < $3 and $3 <= total",
        id,
        phase_word(phase),
        done,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The organisation and the author of one that is running.
pub(super) async fn running(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<(Uuid, Option<Uuid>)>> {
    sqlx::query!("select organisation_id, created_by from imports where id = $1 and state = 'running'", id)
        .map(|row| (row.organisation_id, row.created_by))
        .fetch_optional(conn)
        .await
}

/// Whether it was still running: of two processes that took it the later one finds it done.
pub(super) async fn finish(conn: &mut PgConnection, id: Uuid, counts: ImportCounts, at: Timestamp) -> sqlx::Result<bool> {
    let finished = sqlx::query!(
        "update imports set state = 'done', phase = null, done = total, tours = $2, ticket_types = $3, departures = $4,
                            finished_at = $5
         where id = $1 and state = 'running'",
        id,
        counts.tours,
        counts.ticket_types,
        counts.departures,
        ts(at) as Ts,
    )
    .execute(conn)
    .await?;
    Ok(finished.rows_affected() > 0)
}

pub(super) async fn refuse(conn: &mut PgConnection, id: Uuid, errors: &Errors) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set state = 'faulty', phase = null, done = 0, total = 0, error_count = $2, errors = $3
         where id = $1 and state = 'running'",
        id,
        count(errors),
        Json(&errors.list) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn fail(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set state = 'failed', phase = null, done = 0, total = 0 where id = $1 and state in ('queued', 'running')",
        id
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn undone(conn: &mut PgConnection, id: Uuid, by: Option<Uuid>, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update imports set state = 'undone', undone_by = $2, undone_at = $3 where id = $1", id, by, ts(at) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

/// The newest first.
pub(super) async fn list(
    conn: &mut PgConnection,
    organisation: Uuid,
    before: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<ImportRow>> {
    let rows = sqlx::query!(
        r#"select i.id, i.file_name, i.state, i.tours, i.ticket_types, i.departures, i.error_count, i.created_at,
                  coalesce(a.name, '') as "by!"
           from imports i left join accounts a on a.id = i.created_by
           where i.organisation_id = $1 and ($2::uuid is null or i.id < $2) order by i.id desc limit $3"#,
        organisation,
        before,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ImportRow {
                id: row.id.into(),
                file_name: row.file_name,
                state: state(&row.state)?,
                counts: ImportCounts { tours: row.tours, ticket_types: row.ticket_types, departures: row.departures },
                errors: row.error_count,
                by: row.by,
                created_at: row.created_at.to_jiff(),
            })
        })
        .collect()
}

pub(super) async fn view(conn: &mut PgConnection, organisation: Uuid, id: Uuid) -> sqlx::Result<Option<ImportView>> {
    let row = sqlx::query!(
        r#"select i.id, i.file_name, i.state, i.tours, i.ticket_types, i.departures, i.error_count, i.created_at,
                  coalesce(a.name, '') as "by!", i.phase, i.done, i.total, i.errors as "errors: Json<Vec<CellError>>",
                  i.preview as "preview: Json<Vec<ImportedTour>>"
           from imports i left join accounts a on a.id = i.created_by
           where i.id = $2 and i.organisation_id = $1"#,
        organisation,
        id,
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ImportView {
        row: ImportRow {
            id: row.id.into(),
            file_name: row.file_name,
            state: state(&row.state)?,
            counts: ImportCounts { tours: row.tours, ticket_types: row.ticket_types, departures: row.departures },
            errors: row.error_count,
            by: row.by,
            created_at: row.created_at.to_jiff(),
        },
        phase: row.phase.as_deref().map(phase).transpose()?,
        done: row.done,
        total: row.total,
        errors: row.errors.0,
        tours: row.preview.0,
    }))
}
