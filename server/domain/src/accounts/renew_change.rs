//! A wish for another address or number, once more: what was sent has ended, was lost, or was mistyped too often.
use super::{
    AccountError, Actor,
    change_contact::{WISH, code_tries, mail_side},
    queries_account,
    queries_changes::{self as queries, EMAIL, PHONE},
    queries_links::Kind,
    sign_in_code::write_code,
    sign_up::LINK,
    tries,
};
use crate::kernel::Ctx;
use sapar_shared::{Lang, dto::account::Channel};
use sqlx::{Connection as _, PgConnection};

/// Sends a link or a code to each side that has not agreed yet, and the wish lasts as long as a new one. `Over`: there is none,
/// so it begins anew. The caller opens no transaction.
pub async fn renew_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    channel: Channel,
    address: &str,
) -> Result<(), AccountError> {
    let account = actor.person()?;
    let now = ctx.now();
    let (word, lasts) = match channel {
        Channel::Email => (EMAIL, LINK),
        Channel::Phone => (PHONE, WISH),
    };
    let known = queries::of_account(&mut *conn, account, word, now).await?.ok_or(AccountError::Over)?;
    match channel {
        Channel::Email => tries::may_mail(&mut *conn, now, address, &known.new_value).await?,
        Channel::Phone => tries::may_text(&mut *conn, now, address).await?,
    }
    let mut tx = conn.begin().await?;
    queries_account::lock(&mut tx, account).await?;
    let change = queries::lock_by_id(&mut tx, known.id, now).await?.ok_or(AccountError::Over)?;
    queries::prolong(&mut tx, change.id, now + lasts).await?;
    let new = (!change.new_agreed).then_some((Kind::ChangeNew, &change.new_value));
    let old = change.old_value.as_ref().filter(|_| !change.old_agreed).map(|old| (Kind::ChangeOld, old));
    for (kind, to) in new.into_iter().chain(old) {
        match channel {
            Channel::Email => mail_side(&mut tx, ctx, account, kind, change.id, to, lang).await?,
            Channel::Phone => {
                write_code(&mut tx, ctx, to, Some(change.id), lang).await?;
            }
        }
    }
    if channel == Channel::Phone {
        code_tries(account, address).begin_anew(&mut tx, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
