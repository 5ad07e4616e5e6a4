//! The server functions of imports. The file itself goes to `/cabinet/imports`.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::import::{ImportList, ImportView, Undone},
    ids::ImportId,
};

/// The organisation's imports, the newest first.
#[server(prefix = "/fn", endpoint = "cabinet-imports", output = Wire)]
pub async fn load_imports(cursor: String) -> Tried<ImportList> {
    use crate::{partner::api::door, request::unavailable};
    use sapar_domain::catalog::importing;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(importing::list(&mut conn, &services.ctx, &actor, &cursor).await.map_err(refusal))
}

/// One of them, however far it is; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "cabinet-import-state", output = Wire)]
pub async fn load_import(id: String) -> Tried<ImportView> {
    use crate::{error::AppError, partner::api::door, request::unavailable};
    use sapar_domain::catalog::importing;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(importing::view(&mut conn, &services.ctx, &actor, id).await.map_err(refusal))
}

/// Hands a checked file to a worker.
#[server(prefix = "/fn", endpoint = "cabinet-import-start", output = Wire)]
pub async fn start_import(id: ImportId) -> Tried<ImportView> {
    use crate::{partner::api::door, request::unavailable};
    use sapar_domain::catalog::importing;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    if let Err(error) = importing::start(&mut tx, &services.ctx, &actor, id).await {
        return Ok(Err(refusal(error)));
    }
    let view = importing::view(&mut tx, &services.ctx, &actor, id).await.map_err(refusal);
    tx.commit().await.map_err(unavailable)?;
    Ok(view)
}

/// Deletes what an import made, or tells what stands in the way.
#[server(prefix = "/fn", endpoint = "cabinet-import-undo", output = Wire)]
pub async fn undo_import(lang: Lang, id: ImportId) -> Tried<Undone> {
    use crate::{partner::api::door, request::unavailable};
    use sapar_domain::catalog::importing;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    match importing::undo(&mut tx, &services.ctx, &actor, lang, id).await {
        Ok(undone) => {
            tx.commit().await.map_err(unavailable)?;
            Ok(Ok(undone))
        }
        Err(error) => Ok(Err(refusal(error))),
    }
}

/// The word of `AppError::WrongStatus` where another import of the organisation is under way.
pub const BUSY: &str = "busy";

#[cfg(feature = "ssr")]
fn refusal(error: sapar_domain::catalog::importing::ImportError) -> crate::error::AppError {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::catalog::importing::ImportError;
    match error {
        ImportError::NotFound => AppError::NotFound,
        ImportError::Forbidden(_) => AppError::Forbidden,
        ImportError::State(state) => AppError::WrongStatus(format!("{state:?}").to_lowercase()),
        ImportError::Busy => AppError::WrongStatus(BUSY.to_owned()),
        ImportError::Changed => unavailable(ImportError::Changed),
        ImportError::Database(cause) => unavailable(cause),
    }
}
