//! Finding a ticket by what was scanned or typed.
use super::{
    GateError,
    queries::{self, Found, Key},
};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    Lang,
    code::{TICKET_CODE_LEN, normalise},
    dto::partner::GateTicket,
    ids::OrganisationId,
    roles::Permission,
};
use sqlx::PgConnection;

/// `typed` is a code, the signed part of a QR, or its whole address. `None`: unknown, forged or another
/// organisation's; the gate learns nothing more.
pub async fn look(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    typed: &str,
    lang: Lang,
) -> Result<Option<GateTicket>, GateError> {
    let organisation = actor.require(Permission::SeeDepartures)?;
    Ok(find(conn, ctx, organisation, typed, lang).await?.map(|found| found.ticket))
}

pub(super) async fn find(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    typed: &str,
    lang: Lang,
) -> sqlx::Result<Option<Found>> {
    let typed = typed.trim();
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let code = normalise(last, TICKET_CODE_LEN);
    let key = match (&code, ctx.keys.verify_ticket(last)) {
        (_, Some((ticket, departure))) => Key::Signed(ticket, departure),
        (Some(code), None) => Key::Code(code),
        (None, None) => return Ok(None),
    };
    queries::find(conn, organisation, &key, ctx.now(), lang.code()).await
}
