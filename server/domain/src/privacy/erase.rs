//! The end of an account. What a person told us goes; what bookkeeping must keep of their orders stays under a pseudonym, and so
//! does what organisations keep of a member's work.
use super::{
    PrivacyError,
    jobs::{ForgetFiles, MailErased},
    queries::{self, Words},
    queries_organisations as organisations,
};
use crate::{
    accounts::{Actor, Forbidden, Proven},
    kernel::{
        Ctx,
        jobs::{self, Planned},
    },
    orders,
    partners::jobs::RemoveCard,
};
use sapar_shared::{
    Lang,
    dto::account::Erasure,
    ids::{AccountId, OrderId, PayoutCardId},
    tr::privacy as words,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Orders whose files one job deletes: so many that it is done within its lease.
const FOLDERS: usize = 200;

/// What erasing would do, and what stands in its way; tours are named in the reader's language.
pub async fn erasure(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang) -> Result<Erasure, PrivacyError> {
    Ok(look(conn, ctx, actor.person()?, lang).await?)
}

async fn look(conn: &mut PgConnection, ctx: &Ctx, account: AccountId, lang: Lang) -> sqlx::Result<Erasure> {
    let ahead = queries::ahead(&mut *conn, &ctx.keys, account, lang, ctx.now()).await?;
    let orders = queries::count_orders(&mut *conn, account).await?;
    let owned = organisations::owned(conn, account).await?;
    let (unfinished, owned): (Vec<_>, Vec<_>) = owned.into_iter().partition(|organisation| organisation.unfinished);
    let names = |list: Vec<organisations::Owned>| list.into_iter().map(|organisation| organisation.name).collect();
    Ok(Erasure { orders, ahead, owned: names(owned), unfinished: names(unfinished) })
}

/// All of it in the caller's transaction. `NotYet` while `erasure` names an order or an organisation that stands in the way.
/// Letters to the person are dropped but the one that says so, if the address was ever proven.
pub async fn erase(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, proven: &Proven) -> Result<(), PrivacyError> {
    let account = actor.person()?;
    if !proven.is_of(actor) {
        return Err(Forbidden.into());
    }
    let person = queries::lock_person(&mut *conn, account).await?.ok_or(Forbidden)?;
    // What was proven a moment ago may still be on its way to the account.
    orders::join_account(&mut *conn, account).await?;
    queries::lock_orders(&mut *conn, account).await?;
    if !look(&mut *conn, ctx, account, person.lang).await?.is_possible() {
        return Err(PrivacyError::NotYet);
    }
    let pseudonym = ctx.keys.pseudonym(account);
    let pseudonyms = Words(Lang::ALL.map(|lang| words::pseudonym(lang, &pseudonym)));
    let erased = queries::erase_orders(&mut *conn, account, &pseudonyms, ctx.now()).await?;
    queries::erase_passengers(&mut *conn, &erased, &pseudonyms).await?;
    queries::erase_history(&mut *conn, &erased, &pseudonyms).await?;
    queries::forget_payment_pages(&mut *conn, &erased).await?;
    let (colleagues, names) = organisations::worked_for(&mut *conn, account).await?;
    queries::erase_work(&mut *conn, &colleagues, &names, pseudonyms.of(person.lang)).await?;
    queries::forget_contacts(&mut *conn, account, &person).await?;
    let (files, cards) = leave_organisations(&mut *conn, account).await?;
    queries::delete_account(&mut *conn, account).await?;
    let mut next = forget_files(ctx, &erased, files)?;
    for card in cards {
        next.push(Planned::at(ctx.now(), &RemoveCard { card })?);
    }
    if person.email_confirmed {
        let farewell = MailErased { id: ctx.id(), email: person.email, lang: person.lang };
        next.push(Planned::at(ctx.now(), &farewell)?);
    }
    Ok(jobs::enqueue_all(conn, ctx, &next).await?)
}

/// An organisation that never was more than the person's draft goes with them. Returns its files and the cards
/// that the provider keeps for it.
async fn leave_organisations(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<(Vec<String>, Vec<PayoutCardId>)> {
    let owned = organisations::owned(&mut *conn, account).await?;
    let unfinished: Vec<Uuid> = owned.into_iter().filter(|own| own.unfinished).map(|own| own.id).collect();
    let (mut files, mut cards) = (Vec::new(), Vec::new());
    if !unfinished.is_empty() {
        cards = organisations::lock_cards(&mut *conn, &unfinished).await?;
        files = organisations::files(&mut *conn, &unfinished).await?;
        organisations::delete(&mut *conn, &unfinished).await?;
    }
    organisations::forget_reasons(&mut *conn, account).await?;
    organisations::leave(conn, account).await?;
    Ok((files, cards))
}

/// Tickets on paper and as pictures show names: they are made anew when somebody asks.
fn forget_files(ctx: &Ctx, orders: &[OrderId], files: Vec<String>) -> sqlx::Result<Vec<Planned>> {
    let folders = orders.chunks(FOLDERS).map(|part| part.iter().map(|order| format!("orders/{order}")).collect());
    let of_orders = folders.map(|folders| ForgetFiles { id: ctx.id(), folders, files: Vec::new() });
    let of_drafts = (!files.is_empty()).then(|| ForgetFiles { id: ctx.id(), folders: Vec::new(), files });
    of_orders.chain(of_drafts).map(|job| Planned::at(ctx.now(), &job)).collect()
}
