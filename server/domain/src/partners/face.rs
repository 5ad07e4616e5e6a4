//! What the organisation's own people know their cabinet by.
use super::{PartnerError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sqlx::PgConnection;

/// The address of one's organisation's logo in its smallest size; `None` as long as there is none, or its sizes are not made.
pub async fn face(conn: &mut PgConnection, _: &Ctx, actor: &Actor) -> Result<Option<String>, PartnerError> {
    let (organisation, _) = actor.member()?;
    Ok(queries::logo(conn, organisation).await?.and_then(|logo| logo.address))
}
