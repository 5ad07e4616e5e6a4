//! What a new tour is chosen from.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::editor::Choices};

/// All places and categories, with their names in the reader's language.
#[server(prefix = "/fn", endpoint = "cabinet-choices", output = Wire)]
pub async fn load_choices(lang: Lang) -> Tried<Choices> {
    use crate::{error::AppError, partner::api::door, request::unavailable};
    use sapar_domain::catalog::{ChoicesError, choices};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(choices(&mut conn, &services.ctx, &actor, lang).await.map_err(|error| match error {
        ChoicesError::Forbidden(_) => AppError::Forbidden,
        other @ ChoicesError::Database(_) => unavailable(other),
    }))
}
