//! What slows down whoever guesses or sends: tries are counted by subject, across all server processes.
use super::{AccountError, queries_tries as queries};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::ids::AccountId;
use sqlx::{Connection as _, PgConnection};

/// Failures count for so long.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one account from one address: somebody who guesses, or has forgotten.
const MAX_FROM_THERE: i64 = 5;
/// Failures from one address, whatever account: a whole office may sit behind it.
const MAX_BY_ADDRESS: i64 = 30;
/// Failures of one account, whoever tries. High enough that nobody locks its owner out in passing.
const MAX_BY_ACCOUNT: i64 = 50;
/// The longest that any try counts.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// Accounts that one address may open in an hour.
const MAX_SIGN_UPS: i64 = 20;
/// Messages that one address may cause in an hour, and that one mailbox may get.
const MAX_SENT_BY_ADDRESS: i64 = 40;
const MAX_MAILS_TO: i64 = 5;

/// Archives of all one's data that an account may have made in an hour.
const MAX_DOWNLOADS: i64 = 5;

/// A subject, how many tries it has, and within how long.
type Limit = (String, i64, SignedDuration);

/// Under which names the tries of one secret are counted.
pub(crate) struct Tries {
    from_there: String,
    address: String,
    account: String,
}

impl Tries {
    /// `whose` names the secret: the same wherever it is typed. One of nobody is counted as well, for it may be somebody's yet.
    pub(crate) fn of(whose: &str, address: &str) -> Self {
        Self { from_there: format!("{whose} from {address}"), address: format!("address {address}"), account: whose.to_owned() }
    }

    /// Counts this try before it is made, or tells how long to wait. A refused one does not count: waiting ends.
    pub(crate) async fn begin(&self, conn: &mut PgConnection, now: Timestamp) -> Result<(), AccountError> {
        let limits = [
            (self.from_there.clone(), MAX_FROM_THERE, WINDOW),
            (self.address.clone(), MAX_BY_ADDRESS, WINDOW),
            (self.account.clone(), MAX_BY_ACCOUNT, LONGEST),
        ];
        count(conn, now, &limits).await
    }

    /// The secret was right, so what was tried on it no longer counts; of its address only this one try.
    pub(crate) async fn forget(&self, conn: &mut PgConnection, begun: Timestamp) -> sqlx::Result<()> {
        let proven = [self.from_there.clone(), self.account.clone()];
        queries::forget_tries(conn, &proven, &self.address, begun).await
    }

    /// The secret is another one now: what was guessed of the one before counts no more.
    pub(super) async fn begin_anew(&self, conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
        let before = [self.from_there.clone(), self.account.clone()];
        queries::forget_tries(conn, &before, "", now).await
    }

    /// The secret was right, but not the one that the counts are about.
    pub(super) async fn forget_address(&self, conn: &mut PgConnection, begun: Timestamp) -> sqlx::Result<()> {
        queries::forget_tries(conn, &[], &self.address, begun).await
    }
}

/// An account is about to be opened from the address.
pub(super) async fn may_sign_up(conn: &mut PgConnection, now: Timestamp, address: &str, email: &str) -> Result<(), AccountError> {
    let limits =
        [(format!("sign-ups from {address}"), MAX_SIGN_UPS, LONGEST), (format!("mails to {email}"), MAX_MAILS_TO, LONGEST)];
    count(conn, now, &limits).await
}

/// A mail is about to be asked for.
pub(super) async fn may_mail(conn: &mut PgConnection, now: Timestamp, address: &str, email: &str) -> Result<(), AccountError> {
    let limits = [
        (format!("messages from {address}"), MAX_SENT_BY_ADDRESS, LONGEST),
        (format!("mails to {email}"), MAX_MAILS_TO, LONGEST),
    ];
    count(conn, now, &limits).await
}

/// A code is about to be asked for; how many a number gets is counted by `sms_codes`.
pub(super) async fn may_text(conn: &mut PgConnection, now: Timestamp, address: &str) -> Result<(), AccountError> {
    count(conn, now, &[(format!("messages from {address}"), MAX_SENT_BY_ADDRESS, LONGEST)]).await
}

/// All that is known of the account is about to be handed out: each time a long walk through the tables.
pub async fn may_download(conn: &mut PgConnection, now: Timestamp, account: AccountId) -> Result<(), AccountError> {
    count(conn, now, &[(format!("downloads of {account}"), MAX_DOWNLOADS, LONGEST)]).await
}

/// In a transaction of its own, so that what is counted stays counted whatever comes of the try.
async fn count(conn: &mut PgConnection, now: Timestamp, limits: &[Limit]) -> Result<(), AccountError> {
    let subjects: Vec<String> = limits.iter().map(|(subject, ..)| subject.clone()).collect();
    let mut tx = conn.begin().await?;
    queries::lock_subjects(&mut tx, &subjects).await?;
    for (subject, most, window) in limits {
        if let Some(failed) = queries::failed_before(&mut tx, subject, now - *window, *most).await? {
            return Err(AccountError::TooMany { seconds: (failed + *window).duration_since(now).as_secs().max(1) });
        }
    }
    queries::insert_tries(&mut tx, &subjects, now).await?;
    tx.commit().await?;
    Ok(())
}
