//! What a person tells of themselves: each of their own will, and taken back whenever they like.
use super::{AccountError, Actor, queries_profile as queries};
use crate::kernel::Ctx;
use sapar_shared::{
    dto::account::{Fact, Profile},
    forms::account::ProfileForm,
};
use sqlx::PgConnection;

pub async fn profile(conn: &mut PgConnection, actor: &Actor) -> Result<Profile, AccountError> {
    Ok(queries::read(conn, actor.person()?).await?)
}

/// What is filled in was agreed to, each by its own mark: now, unless it was told before. What is empty is withdrawn.
pub async fn save_profile(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, form: &ProfileForm) -> Result<(), AccountError> {
    let account = actor.person()?;
    let told = form.validate(ctx.today()).map_err(AccountError::Form)?;
    Ok(queries::write(conn, account, &told, ctx.now()).await?)
}

/// Empties one of them, and with it the consent.
pub async fn withdraw_profile(conn: &mut PgConnection, actor: &Actor, fact: Fact) -> Result<(), AccountError> {
    Ok(queries::withdraw(conn, actor.person()?, fact.as_str()).await?)
}
