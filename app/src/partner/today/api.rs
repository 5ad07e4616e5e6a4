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
    use crate::partner::api::{gate, look};
    let day = day.parse().ok();
    Ok(look!(gate, |conn, ctx, actor| sapar_domain::tickets::day(conn, ctx, actor, day, lang)))
}

/// What asks for a look today, for those who may see orders.
#[server(prefix = "/fn", endpoint = "cabinet-attention", output = Wire)]
pub async fn load_attention(lang: Lang) -> Tried<Attention> {
    use crate::partner::{api::look, desk::flat};
    Ok(look!(flat, |conn, ctx, actor| sapar_domain::orders::attention(conn, ctx, actor, lang)))
}
