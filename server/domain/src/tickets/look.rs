//! Finding a ticket by what was scanned or typed.
use super::{
    GateError,
    queries::{self, Found, Key},
};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    Lang,
    code::{TICKET_CODE_LEN, normalise},
    dto::partner::Look,
    ids::OrganisationId,
    roles::Permission,
};
use sqlx::PgConnection;

/// `typed` is a code, the signed part of a QR, or its whole address.
pub async fn look(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, typed: &str, lang: Lang) -> Result<Look, GateError> {
    let organisation = actor.require(Permission::SeeDepartures)?;
    Ok(match find(conn, ctx, organisation, typed, lang).await? {
        Seen::Own(found) => Look::Ticket(found.ticket),
        Seen::Foreign => Look::Foreign,
        Seen::Unknown => Look::Unknown,
    })
}

#[allow(clippy::large_enum_variant)]
pub(super) enum Seen {
    Own(Found),
    /// Whoever holds our signature holds a ticket: it is another organisation's. A typed code proves nothing, so it tells
    /// nothing of others.
    Foreign,
    Unknown,
}

pub(super) async fn find(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    typed: &str,
    lang: Lang,
) -> sqlx::Result<Seen> {
    let typed = typed.trim();
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let code = normalise(last, TICKET_CODE_LEN);
    let key = match (&code, ctx.keys.verify_ticket(last)) {
        (_, Some((ticket, _))) => Key::Signed(ticket),
        (Some(code), None) => Key::Code(code),
        (None, None) => return Ok(Seen::Unknown),
    };
    Ok(match (queries::find(conn, organisation, &key, ctx.now(), lang.code()).await?, key) {
        (Some(found), _) => Seen::Own(found),
        (None, Key::Signed(..)) => Seen::Foreign,
        (None, Key::Code(_)) => Seen::Unknown,
    })
}
