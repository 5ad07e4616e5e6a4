//! Following an organisation.
use super::{PartnerError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::dto::account::Followed;
use sqlx::PgConnection;

/// On one list.
const MOST: i64 = 200;

/// `on`: follow, else no longer. Either twice is as once.
pub async fn follow(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, slug: &str, on: bool) -> Result<(), PartnerError> {
    let account = actor.person()?;
    let organisation = queries::public_id(&mut *conn, slug).await?.ok_or(PartnerError::NotFound)?;
    if on {
        queries::insert_follow(conn, account, organisation, ctx.now()).await?;
    } else {
        queries::delete_follow(conn, account, organisation).await?;
    }
    Ok(())
}

/// What one follows, the latest first; of what is blocked nothing is public, so it is not told of either.
pub async fn followed(conn: &mut PgConnection, _: &Ctx, actor: &Actor) -> Result<Vec<Followed>, PartnerError> {
    Ok(queries::followed(conn, actor.person()?, MOST).await?)
}

/// Whether whoever is signed in follows it.
pub async fn follows(conn: &mut PgConnection, _: &Ctx, actor: &Actor, slug: &str) -> Result<bool, PartnerError> {
    Ok(queries::follows(conn, actor.person()?, slug).await?)
}
