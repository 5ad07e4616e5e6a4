use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{desk::Attention, partner::Day},
};

/// A day's departures; `day` as `2026-12-05`, anything else is today.
#[server(prefix = "/fn", endpoint = "partner-day", output = Wire)]
pub async fn load_day(lang: Lang, day: String) -> Tried<Day> {
    use crate::partner::api::{door, gate_error};
    use crate::request::unavailable;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(sapar_domain::tickets::day(&mut conn, &services.ctx, &actor, day.parse().ok(), lang).await.map_err(gate_error))
}

/// What asks for a look today, for those who may see orders.
#[server(prefix = "/fn", endpoint = "cabinet-attention", output = Wire)]
pub async fn load_attention(lang: Lang) -> Tried<Attention> {
    use crate::{
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(flat(sapar_domain::orders::attention(&mut conn, &services.ctx, &actor, lang).await))
}
