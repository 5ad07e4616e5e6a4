//! Which of the organisation's uploads is its logo.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::ids::UploadId;

/// One that was sent as a logo, or none.
#[server(prefix = "/fn", endpoint = "cabinet-logo", output = Wire)]
pub async fn set_logo(#[server(default)] upload: Option<UploadId>) -> Tried<()> {
    use crate::{
        partner::api::{door, partner_error},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    if let Err(error) = sapar_domain::partners::set_logo(&mut tx, &services.ctx, &actor, upload).await {
        return Ok(Err(partner_error(error)));
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(Ok(()))
}
