//! The tickets of several orders once more.
use super::resend;
use crate::{Services, accounts::Actor, orders::DeskError};
use sapar_shared::{
    dto::desk::{DeskRefusal, MOST_AT_ONCE, ResentMany},
    ids::OrderId,
    roles::Permission,
};
use std::collections::HashSet;

/// Each as if it alone were sent, in a transaction of its own: what is refused to one, or fails, keeps no other back, and no
/// order stays locked for the others.
pub async fn resend_many(
    services: &Services,
    actor: &Actor,
    orders: &[OrderId],
    mail: bool,
    sms: bool,
) -> Result<ResentMany, DeskError> {
    actor.require(Permission::ServeCustomers)?;
    if orders.len() > MOST_AT_ONCE {
        return Err(DeskRefusal::TooMany.into());
    }
    let (mut done, mut known, mut lost) = (ResentMany::default(), HashSet::new(), false);
    for order in orders.iter().copied().filter(|order| known.insert(*order)) {
        // Once the database does not answer, nobody waits for it a hundred times.
        let sent = if lost { Ok(false) } else { one(services, actor, order, mail, sms).await };
        match sent {
            Ok(true) => done.sent.push(order),
            Ok(false) => done.refused.push((order, None)),
            Err(DeskError::Refused(why)) => done.refused.push((order, Some(why))),
            Err(DeskError::NotFound) => done.refused.push((order, Some(DeskRefusal::SoldByOthers))),
            Err(DeskError::Database(error)) => {
                tracing::warn!(%order, %error, "tickets not sent again");
                // What the database itself refuses, a lock that somebody holds, is this order's alone.
                lost = !matches!(error, sqlx::Error::Database(_));
                done.refused.push((order, None));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// `true`, once it is on its way.
async fn one(services: &Services, actor: &Actor, order: OrderId, mail: bool, sms: bool) -> Result<bool, DeskError> {
    let mut tx = services.begin().await?;
    resend(&mut tx, &services.ctx, actor, order, mail, sms).await?;
    tx.commit().await?;
    Ok(true)
}
