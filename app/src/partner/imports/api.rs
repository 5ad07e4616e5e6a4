//! The server functions of imports. The file itself goes to `/cabinet/imports`.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::import::{ImportList, ImportView, Undone},
    ids::ImportId,
};

#[cfg(feature = "ssr")]
use crate::partner::api::{look, within};

/// The organisation's imports, the newest first.
#[server(prefix = "/fn", endpoint = "cabinet-imports", output = Wire)]
pub async fn load_imports(cursor: String) -> Tried<ImportList> {
    use sapar_domain::catalog::importing;
    Ok(look!(told, |conn, ctx, actor| importing::list(conn, ctx, actor, &cursor)))
}

/// One of them, however far it is; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "cabinet-import-state", output = Wire)]
pub async fn load_import(id: String) -> Tried<ImportView> {
    use crate::error::AppError;
    use sapar_domain::catalog::importing;
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    Ok(look!(told, |conn, ctx, actor| importing::view(conn, ctx, actor, id)))
}

/// Hands a checked file to a worker.
#[server(prefix = "/fn", endpoint = "cabinet-import-start", output = Wire)]
pub async fn start_import(id: ImportId) -> Tried<ImportView> {
    use sapar_domain::catalog::importing;
    Ok(within!(told, |conn, ctx, actor| async {
        importing::start(conn, ctx, actor, id).await?;
        importing::view(conn, ctx, actor, id).await
    }))
}

/// Deletes what an import made, or tells what stands in the way.
#[server(prefix = "/fn", endpoint = "cabinet-import-undo", output = Wire)]
pub async fn undo_import(lang: Lang, id: ImportId) -> Tried<Undone> {
    use sapar_domain::catalog::importing;
    Ok(within!(told, |conn, ctx, actor| importing::undo(conn, ctx, actor, lang, id)))
}

/// The word of `AppError::WrongStatus` where another import of the organisation is under way.
pub const BUSY: &str = "busy";

#[cfg(feature = "ssr")]
fn told<T>(done: Result<T, sapar_domain::catalog::importing::ImportError>) -> Result<T, crate::error::AppError> {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::catalog::importing::ImportError;
    done.map_err(|error| match error {
        ImportError::NotFound => AppError::NotFound,
        ImportError::Forbidden(_) => AppError::Forbidden,
        ImportError::State(state) => AppError::WrongStatus(format!("{state:?}").to_lowercase()),
        ImportError::Busy => AppError::WrongStatus(BUSY.to_owned()),
        ImportError::Changed => unavailable(ImportError::Changed),
        ImportError::Database(cause) => unavailable(cause),
    })
}
