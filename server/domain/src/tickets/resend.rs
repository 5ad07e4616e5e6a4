//! The tickets once more, for whoever has lost the mail.
use super::{
    jobs::{MailAgain, Move, TextAgain},
    queries_desk as queries,
};
use crate::{
    accounts::Actor,
    kernel::{
        Ctx, events,
        jobs::{self, Planned},
    },
    orders::{self, DeskError},
};
use jiff::SignedDuration;
use sapar_shared::{
    dto::desk::{DeskRefusal, Happening, RESEND_SECONDS},
    ids::OrderId,
    roles::Permission,
};
use sqlx::PgConnection;

/// So often within `WINDOW`: each message costs, and nobody may be flooded.
const MOST: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// No second message of one kind before: it is a button pressed twice.
const PAUSE: SignedDuration = SignedDuration::from_secs(RESEND_SECONDS);

/// By mail, by SMS, or both, to the order's own contact.
pub async fn resend(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    mail: bool,
    sms: bool,
) -> Result<(), DeskError> {
    let organisation = actor.require(Permission::ServeCustomers)?;
    let locked = orders::lock_by_id(&mut *conn, order).await?.ok_or(DeskError::NotFound)?;
    if !queries::is_sole_seller(&mut *conn, organisation, order).await? {
        return Err(DeskError::NotFound);
    }
    if !locked.status.has_tickets() {
        return Err(DeskRefusal::NotPaid.into());
    }
    let (mail, sms) = (mail && locked.contact_email.is_some(), sms && locked.contact_phone.is_some());
    if !mail && !sms {
        return Err(DeskRefusal::NoAddress.into());
    }
    if orders::happened_since(&mut *conn, ctx, order, "resent", WINDOW).await? >= MOST {
        return Err(DeskRefusal::TooOften.into());
    }
    if queries::sent_since(&mut *conn, order, mail, sms, ctx.now() - PAUSE).await? {
        return Err(DeskRefusal::JustSent.into());
    }
    send(&mut *conn, ctx, order, (mail, sms), None).await?;
    let what = Happening::Resent { mail, sms };
    orders::record(&mut *conn, ctx, order, Some(organisation), Some(&actor.name), &what).await?;
    events::notify_sellers(conn, order).await?;
    Ok(())
}

/// Jobs of new keys, so that what was sent before keeps none of these back.
pub(super) async fn send(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: OrderId,
    (mail, sms): (bool, bool),
    moved: Option<Move>,
) -> sqlx::Result<()> {
    let now = ctx.now();
    let mut planned = Vec::new();
    if mail {
        planned.push(Planned::at(now, &MailAgain { order, request: ctx.id(), moved })?);
    }
    if sms {
        planned.push(Planned::at(now, &TextAgain { order, request: ctx.id(), moved })?);
    }
    jobs::enqueue_all(conn, ctx, &planned).await
}
