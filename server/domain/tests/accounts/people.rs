//! A house with people at its door: what they type, and the mails and messages that would go out.
use jiff::SignedDuration;
use sapar_domain::{
    accounts::{
        self, AccountError, Actor, Confirmed, Device, Letter, LetterKind, NewSession, Notice, NoticeTo,
        jobs::{JoinOrders, MailLink, MailReset, TellOwner, TextCode},
    },
    kernel::{
        Ctx,
        jobs::{self, Job as _, Kinds, Leased},
    },
    orders,
    testing::{TestClock, ctx_with},
};
use sapar_shared::{
    Lang,
    dto::account::SafetyChange,
    forms::{account::SignUpForm, checkout::ContactForm},
    ids::AccountId,
};
use serde::de::DeserializeOwned;
use sqlx::{PgPool, Postgres, pool::PoolConnection};

pub(crate) const MAIL: &str = "aigul@example.kz";
pub(crate) const PHONE: &str = "+77011234567";
pub(crate) const SECRET: &str = "көлсай-2026";
pub(crate) const HERE: Device<'static> = Device { address: "10.0.0.1", agent: "Mozilla/5.0 (Linux; Android 15) Chrome/142.0" };
pub(crate) const THERE: Device<'static> = Device { address: "10.0.0.2", agent: "" };

pub(crate) struct House {
    pub(crate) pool: PgPool,
    pub(crate) ctx: Ctx,
    pub(crate) clock: TestClock,
}

/// What the worker would hand over.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) letters: Vec<Letter>,
    /// Number and code.
    pub(crate) texts: Vec<(String, String)>,
    /// The numbers among them whose message says that they are taken away.
    pub(crate) leaving: Vec<String>,
    pub(crate) notices: Vec<Notice>,
}

impl Post {
    /// The token at the end of the only letter of that kind.
    #[track_caller]
    pub(crate) fn token(&self, kind: LetterKind) -> String {
        let mut found = self.letters.iter().filter(|letter| letter.kind == kind);
        let letter = found.next().unwrap_or_else(|| panic!("no {kind:?} in {:?}", self.letters));
        assert!(found.next().is_none(), "two of {kind:?}");
        letter.url.rsplit('/').next().unwrap().to_owned()
    }

    /// What owners were told and where, in the order of the changes.
    pub(crate) fn told(&self) -> Vec<(SafetyChange, &str)> {
        let told = self.notices.iter().map(|notice| match &notice.to {
            NoticeTo::Mail(email) => (notice.change, email.as_str()),
            NoticeTo::Text(phone) => (notice.change, phone.as_str()),
        });
        told.collect()
    }

    #[track_caller]
    pub(crate) fn code(&self, phone: &str) -> String {
        let found = self.texts.iter().find(|(to, _)| to == phone);
        found.unwrap_or_else(|| panic!("nothing was sent to {phone}: {:?}", self.texts)).1.clone()
    }
}

fn read<J: DeserializeOwned>(job: &Leased) -> J {
    serde_json::from_value(job.payload.clone()).unwrap()
}

impl House {
    pub(crate) fn new(pool: PgPool) -> Self {
        let (ctx, clock) = ctx_with("2026-11-21T09:00:00Z");
        Self { pool, ctx, clock }
    }

    pub(crate) async fn conn(&self) -> PoolConnection<Postgres> {
        self.pool.acquire().await.unwrap()
    }

    pub(crate) fn later(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    pub(crate) async fn sign_up(&self, email: &str, password: &str) -> Result<(AccountId, NewSession), AccountError> {
        let contact = ContactForm { name: "Айгүл Сәтбаева".into(), phone: PHONE.into(), email: email.into() };
        let form = SignUpForm { contact, password: password.into() };
        accounts::sign_up(&mut *self.conn().await, &self.ctx, Lang::Kk, &form, &HERE).await
    }

    /// Begins to set up the second step.
    pub(crate) async fn begin_totp(&self, actor: &Actor, password: &str) -> Result<(), AccountError> {
        let mut conn = self.conn().await;
        let proven = accounts::prove_person(&mut conn, &self.ctx, actor, password, HERE.address).await?;
        accounts::begin_totp(&mut conn, &self.ctx, actor, &proven).await
    }

    /// Somebody who has proven the e-mail.
    pub(crate) async fn proven(&self, email: &str) -> (AccountId, String) {
        let (account, session) = self.sign_up(email, SECRET).await.unwrap();
        let token = self.post().await.token(LetterKind::Confirm);
        let done = self.confirm(&token, Some(&session.cookie), "").await.unwrap();
        let Confirmed::Email(session) = done else { panic!("{done:?}") };
        (account, session.cookie)
    }

    /// Their number, too.
    pub(crate) async fn prove_phone(&self, cookie: &str, phone: &str) -> Result<String, AccountError> {
        let actor = self.actor(cookie).await.unwrap();
        let mut conn = self.conn().await;
        accounts::begin_phone_change(&mut conn, &self.ctx, &actor, Lang::Kk, phone, SECRET, HERE.address).await?;
        let code = self.post().await.code(phone);
        let session = accounts::prove_phone_change(&mut conn, &self.ctx, &actor, cookie, &code, "", HERE.address).await?;
        Ok(session.cookie)
    }

    pub(crate) async fn confirm(&self, token: &str, cookie: Option<&str>, password: &str) -> Result<Confirmed, AccountError> {
        accounts::confirm(&mut *self.conn().await, &self.ctx, token, cookie, password, &THERE).await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<NewSession, AccountError> {
        accounts::sign_in(&mut *self.conn().await, &self.ctx, email, password, &THERE).await
    }

    pub(crate) async fn actor(&self, cookie: &str) -> Option<Actor> {
        accounts::actor(&mut *self.conn().await, &self.ctx, cookie).await.unwrap()
    }

    /// Runs the jobs that are due, as the worker does.
    pub(crate) async fn post(&self) -> Post {
        let mut post = Post::default();
        let mut conn = self.conn().await;
        for job in jobs::lease(&mut conn, &self.ctx, Kinds::ALL, 50).await.unwrap() {
            let link = match job.name.as_str() {
                MailLink::NAME => Some(read::<MailLink>(&job).link),
                MailReset::NAME => {
                    let MailReset { request, email, lang } = read(&job);
                    accounts::open_reset(&mut conn, &self.ctx, request, &email, lang).await.unwrap().then_some(request)
                }
                TextCode::NAME => {
                    let code = read::<TextCode>(&job).code;
                    let sent = accounts::code_to_text(&mut conn, &self.ctx, code).await.unwrap();
                    post.leaving.extend(sent.iter().filter(|to| to.leaving).map(|to| to.phone.to_string()));
                    post.texts.extend(sent.map(|to| (to.phone.to_string(), to.code)));
                    None
                }
                TellOwner::NAME => {
                    post.notices.extend(accounts::notice(&mut conn, &self.ctx, read(&job)).await.unwrap());
                    None
                }
                JoinOrders::NAME => {
                    orders::join_account(&mut conn, read::<JoinOrders>(&job).account).await.unwrap();
                    None
                }
                _ => None,
            };
            if let Some(link) = link {
                post.letters.extend(accounts::letter(&mut conn, &self.ctx, link).await.unwrap());
            }
            jobs::finish(&mut conn, job.id).await.unwrap();
        }
        post
    }
}
