//! What happened to an order: a line each, written in the transaction that did it.
use super::queries_desk as queries;
use crate::kernel::Ctx;
use jiff::SignedDuration;
use sapar_shared::{
    dto::desk::Happening,
    ids::{OrderId, OrganisationId},
};
use sqlx::PgConnection;

pub(super) fn to_json(what: &Happening) -> sqlx::Result<serde_json::Value> {
    serde_json::to_value(what).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// `organisation`: whose members may read it, all that sold a part of the order if none. `by` is the member's name.
pub async fn record(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: OrderId,
    organisation: Option<OrganisationId>,
    by: Option<&str>,
    what: &Happening,
) -> sqlx::Result<()> {
    queries::insert_event(conn, order, organisation, ctx.now(), by, &to_json(what)?).await
}

/// How often `word` (a happening's name in the table) happened to the order within the last `window`.
pub async fn happened_since(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: OrderId,
    word: &str,
    window: SignedDuration,
) -> sqlx::Result<i64> {
    queries::count_events(conn, order, word, ctx.now() - window).await
}
