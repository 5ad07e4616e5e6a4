//! Mails and codes about accounts. Each is looked up when it is sent; what has ended meanwhile is not.
use super::Worker;
use sapar_documents::letter::{About, Letter, letter};
use sapar_domain::{
    accounts::{self, LetterKind, jobs::MailReset},
    privacy::jobs::MailErased,
    tickets::{self, senders::Mail},
};
use sapar_shared::paths;
use uuid::Uuid;

impl Worker {
    pub(super) async fn mail_link(&self, link: Uuid) -> anyhow::Result<()> {
        let ctx = &self.services.ctx;
        let key = format!("mail link {link}");
        let found = {
            let mut conn = self.services.conn().await?;
            if tickets::sent_before(&mut conn, &key).await? {
                return Ok(());
            }
            accounts::letter(&mut conn, ctx, link).await?
        };
        let Some(found) = found else { return Ok(()) };
        let about = match found.kind {
            LetterKind::Confirm => About::Confirm,
            LetterKind::HasAccount => About::HasAccount,
            LetterKind::Reset => About::Reset,
            LetterKind::ChangeOld => About::ChangeOld,
            LetterKind::ChangeNew => About::ChangeNew,
            LetterKind::ChangeAlone => About::ChangeAlone,
        };
        let home_url = ctx.url(&paths::home(found.lang));
        let body = letter(&Letter {
            about,
            lang: found.lang,
            name: &found.name,
            email: &found.email,
            url: &found.url,
            home_url: &home_url,
        });
        let mail = Mail {
            message_id: format!("link.{link}@sapar"),
            to: found.email,
            to_name: found.name,
            subject: body.subject,
            html: body.html,
            text: body.text,
            attachments: Vec::new(),
        };
        self.mail.send(&mail).await?;
        self.sent(&key, "mail", None).await
    }

    pub(super) async fn mail_reset(&self, asked: &MailReset) -> anyhow::Result<()> {
        let mut tx = self.services.begin().await?;
        let known = accounts::open_reset(&mut tx, &self.services.ctx, asked.request, &asked.email, asked.lang).await?;
        tx.commit().await?;
        if known { self.mail_link(asked.request).await } else { Ok(()) }
    }

    /// The account is gone: all that is known of its owner is in the job.
    pub(super) async fn mail_erased(&self, gone: &MailErased) -> anyhow::Result<()> {
        let MailErased { id, email, lang } = gone;
        let key = format!("mail erased {id}");
        if tickets::sent_before(&mut *self.services.conn().await?, &key).await? {
            return Ok(());
        }
        let home = self.services.ctx.url(&paths::home(*lang));
        let body = letter(&Letter { about: About::Erased, lang: *lang, name: email, email, url: &home, home_url: &home });
        let mail = Mail {
            message_id: format!("erased.{id}@sapar"),
            to: email.clone(),
            to_name: String::new(),
            subject: body.subject,
            html: body.html,
            text: body.text,
            attachments: Vec::new(),
        };
        self.mail.send(&mail).await?;
        self.sent(&key, "mail", None).await
    }

    pub(super) async fn text_code(&self, code: Uuid) -> anyhow::Result<()> {
        let key = format!("sms code {code}");
        let to = {
            let mut conn = self.services.conn().await?;
            if tickets::sent_before(&mut conn, &key).await? {
                return Ok(());
            }
            accounts::code_to_text(&mut conn, &self.services.ctx, code).await?
        };
        let Some(to) = to else { return Ok(()) };
        let id = self.sms.send(&to.phone, &sapar_documents::sms::code(to.lang, &to.code)).await?;
        self.sent(&key, "sms", Some(&id)).await
    }
}
