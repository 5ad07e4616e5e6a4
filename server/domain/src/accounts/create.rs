//! Making an account and its place in an organisation.
use super::{password, queries};
use crate::kernel::Ctx;
use sapar_shared::{
    Lang,
    contact::Email,
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use sqlx::PgConnection;

pub struct NewAccount<'a> {
    pub email: &'a Email,
    pub name: &'a str,
    pub password: &'a str,
    pub membership: Option<(OrganisationId, Role)>,
}

/// What is kept of a password, for accounts that are made in bulk.
pub async fn hash_password(ctx: &Ctx, password: &str) -> sqlx::Result<String> {
    password::hash(password.to_owned(), ctx.bytes()).await
}

/// The operator vouches for the e-mail: it counts as confirmed.
pub async fn create_account(conn: &mut PgConnection, ctx: &Ctx, new: &NewAccount<'_>) -> sqlx::Result<AccountId> {
    let id = AccountId(ctx.id());
    let hash = password::hash(new.password.to_owned(), ctx.bytes()).await?;
    let email = new.email.as_str().to_lowercase();
    let row = queries::NewRow { id, email: &email, name: new.name, phone: None, lang: Lang::default(), password_hash: &hash };
    queries::insert_account(&mut *conn, &row, true, ctx.now()).await?;
    if let Some((organisation, role)) = new.membership {
        queries::insert_member(conn, id, organisation, role, ctx.now()).await?;
    }
    Ok(id)
}
