//! News for every server process: written with the transaction, lost with it, and carried to all by LISTEN/NOTIFY.
//!
//! A transaction that itself NOTIFYs is committed alone: PostgreSQL lets no other such one commit until it is on the disk. So
//! news lie in a table until the next round of whoever carries them, each once, however often it was told.
use sapar_shared::ids::{ListingId, OrderId};
use sqlx::PgConnection;

/// The one channel of LISTEN.
pub const CHANNEL: &str = "sapar";
/// What stands before a listing's id in its news.
pub(crate) const LISTING: &str = "listing ";
/// The news that a job is due.
pub(super) const JOB: &str = "job";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An order's state, tickets or documents changed.
    Order(OrderId),
    /// A listing's texts, prices or free places changed.
    Listing(ListingId),
    /// A job is due now.
    Job,
}

impl Event {
    pub(crate) fn payload(self) -> String {
        match self {
            Self::Order(id) => format!("order {id}"),
            Self::Listing(id) => format!("{LISTING}{id}"),
            Self::Job => JOB.to_owned(),
        }
    }

    /// `None` for what a newer version may have sent.
    #[must_use]
    pub fn parse(payload: &str) -> Option<Self> {
        match payload.split_once(' ') {
            Some(("order", id)) => id.parse().ok().map(Self::Order),
            Some(("listing", id)) => id.parse().ok().map(Self::Listing),
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
