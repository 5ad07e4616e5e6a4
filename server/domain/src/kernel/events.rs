//! News for every server process: written with the transaction, lost with it, and carried to all by LISTEN/NOTIFY.
//!
//! A transaction that itself NOTIFYs is committed alone: PostgreSQL lets no other such one commit until it is on the disk. So
//! news lie in a table until the next round of whoever carries them, each once, however often it was told.
use sapar_shared::{
    dto::order::OrderStatus,
    ids::{ListingId, OrderId, OrganisationId},
};
use sqlx::PgConnection;

/// The one channel of LISTEN.
pub const CHANNEL: &str = "sapar";
/// What stands before a listing's id in its news.
pub(crate) const LISTING: &str = "listing ";
/// What stands before an organisation's id in the news of its day.
pub(crate) const DAY: &str = "day ";
/// The news that a job is due.
pub(super) const JOB: &str = "job";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An order's state, tickets or documents changed.
    Order(OrderId),
    /// The same for whoever sold it, or a part of it: one for each organisation, with the state that the order is in now.
    Sale { organisation: OrganisationId, order: OrderId, status: OrderStatus },
    /// A listing's texts, prices or free places changed.
    Listing(ListingId),
    /// The organisation's departures or their places changed, and not by an order.
    Day(OrganisationId),
    /// A job is due now.
    Job,
}

impl Event {
    pub(crate) fn payload(self) -> String {
        match self {
            Self::Order(id) => format!("order {id}"),
            Self::Sale { organisation, order, status } => format!("sale {organisation} {order} {}", status.as_str()),
            Self::Listing(id) => format!("{LISTING}{id}"),
            Self::Day(id) => format!("{DAY}{id}"),
            Self::Job => JOB.to_owned(),
        }
    }

    /// `None` for what a newer version may have sent.
    #[must_use]
    pub fn parse(payload: &str) -> Option<Self> {
        match payload.split_once(' ') {
            Some(("order", id)) => id.parse().ok().map(Self::Order),
            Some(("sale", facts)) => {
                let mut facts = facts.split(' ');
                Some(Self::Sale {
                    organisation: facts.next()?.parse().ok()?,
                    order: facts.next()?.parse().ok()?,
                    status: OrderStatus::parse(facts.next()?)?,
                })
            }
            Some(("listing", id)) => id.parse().ok().map(Self::Listing),
            Some(("day", id)) => id.parse().ok().map(Self::Day),
            None if payload == JOB => Some(Self::Job),
            _ => None,
        }
    }
}

pub async fn notify(conn: &mut PgConnection, event: Event) -> sqlx::Result<()> {
    sqlx::query!("insert into news (payload) values ($1)", event.payload()).execute(conn).await.map(drop)
}

/// Sends what was written since the last round; returns how much that was. Several processes may carry at once.
pub async fn carry(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with gone as (delete from news returning payload)
           select count(pg_notify($1, payload)) as "count!" from (select distinct payload from gone) told"#,
        CHANNEL
    )
    .fetch_one(conn)
    .await
}

/// Tells the order's page and those who sold it.
pub async fn notify_order(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into news (payload)
         select $1 union all
         select format('sale %s %s %s', organisation_id, order_id, status) from organisation_orders where order_id = $2",
        Event::Order(order).payload(),
        order.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Tells the organisations of an order: those whose part of it is written down.
pub async fn notify_sellers(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into news (payload)
         select format('sale %s %s %s', organisation_id, order_id, status) from organisation_orders where order_id = $1",
        order.0
    )
    .execute(conn)
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_told_is_understood() {
        let (order, listing) = (OrderId(Uuid::from_u128(1)), ListingId(Uuid::from_u128(2)));
        let organisation = OrganisationId(Uuid::from_u128(3));
        let sale = Event::Sale { organisation, order, status: OrderStatus::AwaitingPayment };
        for event in [Event::Order(order), sale, Event::Listing(listing), Event::Day(organisation), Event::Job] {
            assert_eq!(Event::parse(&event.payload()), Some(event));
        }
        assert_eq!(Event::parse("sale of something"), None);
    }
}
