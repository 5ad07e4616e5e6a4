use crate::{error::Tried, wire::Wire};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::partner::DepartureRow};

/// The departure whose people are counted at the gate: the named one, else today's that is boarding now.
#[server(prefix = "/fn", endpoint = "cabinet-boarding", output = Wire)]
pub async fn load_boarding_now(lang: Lang, departure: String) -> Tried<Option<DepartureRow>> {
    use crate::partner::{api::look, desk::flat};
    let departure = departure.parse().ok();
    Ok(look!(flat, |conn, ctx, actor| sapar_domain::tickets::boarding(conn, ctx, actor, departure, lang)))
}
