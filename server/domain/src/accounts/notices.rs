//! Whoever owns an account is told of each change to how one signs in: by mail, or by SMS where no e-mail is proven. The job is
//! written in the transaction of the change and carries no secret.
use super::{jobs::TellOwner, queries_account, queries_sessions};
use crate::kernel::{Ctx, jobs, keys::digest};
use jiff::Timestamp;
use sapar_shared::{Lang, agent, contact::Phone, dto::account::SafetyChange, ids::AccountId, paths};
use sqlx::PgConnection;

/// Where a notice goes.
#[derive(Debug, PartialEq, Eq)]
pub enum NoticeTo {
    Mail(String),
    Text(Phone),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Notice {
    pub to: NoticeTo,
    pub change: SafetyChange,
    /// It goes to where the account no longer is.
    pub former: bool,
    pub lang: Lang,
    pub name: String,
    pub at: Timestamp,
    pub device: String,
    /// The absolute address of the page that leads to a new password.
    pub url: String,
}

/// `agent` is what the browser calls itself.
pub(super) async fn tell(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    change: SafetyChange,
    agent: &str,
) -> sqlx::Result<()> {
    enqueue(conn, ctx, account, change, agent, None).await
}

/// From the browser whose session the cookie is; before the cookie is renewed.
pub(super) async fn tell_of(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    change: SafetyChange,
    cookie: &str,
) -> sqlx::Result<()> {
    let agent = queries_sessions::agent(&mut *conn, &digest(cookie)).await?;
    enqueue(conn, ctx, account, change, &agent, None).await
}

/// Another e-mail: both mailboxes hear of it, the former one if it was proven.
pub(super) async fn tell_email(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    former: Option<&str>,
    agent: &str,
) -> sqlx::Result<()> {
    if former.is_some() {
        enqueue(&mut *conn, ctx, account, SafetyChange::Email, agent, former).await?;
    }
    enqueue(conn, ctx, account, SafetyChange::Email, agent, None).await
}

/// Another number. Where no e-mail is proven the former number is told; one that was the first concerns nobody else.
pub(super) async fn tell_phone(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    former: Option<&str>,
    cookie: &str,
) -> sqlx::Result<()> {
    let by_mail = queries_account::contacts(&mut *conn, account).await?.email_confirmed;
    if !by_mail && former.is_none() {
        return Ok(());
    }
    let agent = queries_sessions::agent(&mut *conn, &digest(cookie)).await?;
    enqueue(conn, ctx, account, SafetyChange::Phone, &agent, former.filter(|_| !by_mail)).await
}

async fn enqueue(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    change: SafetyChange,
    agent: &str,
    former: Option<&str>,
) -> sqlx::Result<()> {
    let (device, former) = (agent::name(agent), former.map(str::to_owned));
    let job = TellOwner { id: ctx.id(), account, change, at: ctx.now(), device, former };
    jobs::enqueue(conn, ctx, &job, ctx.now()).await
}

/// `None`: the account is gone, or has proven nothing that could be written to.
pub async fn notice(conn: &mut PgConnection, ctx: &Ctx, told: TellOwner) -> sqlx::Result<Option<Notice>> {
    let Some(owner) = queries_account::owner(conn, told.account).await? else { return Ok(None) };
    let former = told.former.is_some();
    let nameless = owner.email.as_deref() == Some(owner.name.as_str());
    let to = match (told.former, told.change) {
        (Some(number), SafetyChange::Phone) => Phone::parse(&number).map(NoticeTo::Text),
        (Some(email), _) => Some(NoticeTo::Mail(email)),
        (None, _) => match (owner.email, owner.phone) {
            (Some(email), _) => Some(NoticeTo::Mail(email)),
            (None, phone) => phone.and_then(|number| Phone::parse(&number)).map(NoticeTo::Text),
        },
    };
    let TellOwner { change, at, device, .. } = told;
    // Where no name is told, the account's is its e-mail, and a former mailbox need not hear of the new one.
    let name = match &to {
        Some(NoticeTo::Mail(email)) if former && nameless => email.clone(),
        _ => owner.name,
    };
    let (lang, url) = (owner.lang, ctx.url(&paths::reset(owner.lang)));
    Ok(to.map(|to| Notice { to, change, former, lang, name, at, device, url }))
}
