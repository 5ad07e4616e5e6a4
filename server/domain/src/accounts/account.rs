//! The account as its owner sees it.
use super::{
    AccountError, Actor, queries_account,
    queries_changes::{self, Change, EMAIL, PHONE},
    queries_totp,
};
use crate::kernel::Ctx;
use sapar_shared::dto::account::{Account, ChangeView};
use sqlx::PgConnection;

pub async fn account(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<Account, AccountError> {
    let id = actor.person()?;
    let known = queries_account::contacts(&mut *conn, id).await?;
    let email_change = queries_changes::of_account(&mut *conn, id, EMAIL, ctx.now()).await?;
    let phone_change = queries_changes::of_account(&mut *conn, id, PHONE, ctx.now()).await?;
    let second_step = queries_totp::is_enabled(&mut *conn, id).await?;
    let recovery_left = queries_totp::recovery_left(conn, id).await?;
    Ok(Account {
        name: actor.name.clone(),
        email: known.email,
        email_confirmed: known.email_confirmed,
        phone: known.phone,
        phone_confirmed: known.phone_confirmed,
        email_change: email_change.map(view),
        phone_change: phone_change.map(view),
        second_step,
        recovery_left,
        organisation: actor.organisation.as_ref().map(|(_, name, _)| name.clone()),
    })
}

fn view(change: Change) -> ChangeView {
    ChangeView {
        old: change.old_value,
        new: change.new_value,
        old_agreed: change.old_agreed,
        new_agreed: change.new_agreed,
        expires_at: change.expires_at,
    }
}
