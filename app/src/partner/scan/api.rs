use crate::{error::Tried, wire::Wire};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::partner::DepartureRow};

/// The departure whose people are counted at the gate: the named one, else today's that is boarding now.
#[server(prefix = "/fn", endpoint = "cabinet-boarding", output = Wire)]
pub async fn load_boarding_now(lang: Lang, departure: String) -> Tried<Option<DepartureRow>> {
    use crate::{
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(flat(sapar_domain::tickets::boarding(&mut conn, &services.ctx, &actor, departure.parse().ok(), lang).await))
}
