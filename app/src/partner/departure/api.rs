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
        partner::api::{gate, look},
    };
    use sapar_domain::tickets::departure;
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let found = look!(gate, |conn, ctx, actor| async { Ok((departure(conn, ctx, actor, id, lang).await?, ctx.today())) });
    Ok(found.and_then(|(detail, today)| Ok(Boarding { detail: detail.ok_or(AppError::NotFound)?, today })))
}
