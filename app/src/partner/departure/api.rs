use crate::error::Tried;
use crate::wire::Wire;
use jiff::civil::Date;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::partner::DepartureDetail};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boarding {
    pub detail: DepartureDetail,
    /// In Almaty, by the server's clock: a phone's own may be wrong.
    #[serde(with = "sapar_shared::packed")]
    pub today: Date,
}

/// A departure with its passengers; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "partner-departure", output = Wire)]
pub async fn load_boarding(lang: Lang, id: String) -> Tried<Boarding> {
    use crate::{
        error::AppError,
        partner::api::{door, gate_error},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut conn = services.conn().await.map_err(unavailable)?;
    let detail = sapar_domain::tickets::departure(&mut conn, &services.ctx, &actor, id, lang).await.map_err(gate_error);
    let today = services.ctx.today();
    Ok(detail.and_then(|detail| detail.ok_or(AppError::NotFound)).map(|detail| Boarding { detail, today }))
}
