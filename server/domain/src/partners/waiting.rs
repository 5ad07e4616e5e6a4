//! What waits for a moderator.
use super::{Change, queries_changes, queries_claims, queries_invitations};
use jiff::Timestamp;
use sqlx::PgConnection;

/// The oldest so many of each.
const MOST: i64 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingOrganisation {
    pub slug: String,
    pub name: String,
    pub bin: String,
    pub contact_person: String,
    /// E.164.
    pub phone: String,
    pub since: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingListing {
    pub slug: String,
    pub title: String,
    /// Its slug.
    pub organisation: String,
    pub since: Timestamp,
}

/// Another name or BIN that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingChange {
    pub change: Change,
    pub slug: String,
    pub name_was: String,
    /// Empty where there was none.
    pub bin_was: String,
    /// May be empty.
    pub reason: String,
    pub contact_person: String,
    /// E.164.
    pub phone: String,
    pub since: Timestamp,
}

/// A draft whose BIN another organisation is registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingClaim {
    pub slug: String,
    pub name: String,
    pub bin: String,
    pub contact_person: String,
    /// E.164.
    pub phone: String,
    /// The slug of whoever has it.
    pub holder: String,
    pub since: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// To be called.
    pub organisations: Vec<WaitingOrganisation>,
    /// To be checked.
    pub listings: Vec<WaitingListing>,
    /// To be decided.
    pub changes: Vec<WaitingChange>,
    /// To be settled between two.
    pub claims: Vec<WaitingClaim>,
}

/// As `activate`, for the operator only.
pub async fn waiting(conn: &mut PgConnection) -> sqlx::Result<Waiting> {
    let organisations = queries_invitations::waiting_organisations(&mut *conn, MOST).await?;
    let listings = queries_invitations::waiting_listings(&mut *conn, MOST).await?;
    let changes = queries_changes::queue(&mut *conn, MOST).await?;
    Ok(Waiting { organisations, listings, changes, claims: queries_claims::queue(conn, MOST).await? })
}
