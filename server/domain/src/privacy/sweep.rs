//! Housekeeping: a farewell that no mail server took is given up, for it holds an address that nobody may keep.
use super::{jobs::MailErased, queries};
use crate::kernel::jobs::Job as _;
use sqlx::PgConnection;

pub async fn sweep(conn: &mut PgConnection) -> sqlx::Result<()> {
    queries::drop_dead_jobs(conn, MailErased::NAME).await
}
