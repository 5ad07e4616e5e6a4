//! Mails and codes about accounts. Each is looked up when it is sent; what has ended meanwhile is not.
use super::Worker;
use sapar_documents::{
    letter::{About, Letter, letter},
    safety, sms,
};
use sapar_domain::{
    accounts::{
        self, LetterKind, Notice, NoticeTo,
        jobs::{MailReset, TellOwner},
    },
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

    /// What has changed about how somebody signs in.
    pub(super) async fn tell_owner(&self, told: TellOwner) -> anyhow::Result<()> {
        let id = told.id;
        let key = format!("tell owner {id}");
        let found = {
            let mut conn = self.services.conn().await?;
            if tickets::sent_before(&mut conn, &key).await? {
                return Ok(());
            }
            accounts::notice(&mut conn, &self.services.ctx, told).await?
        };
        let Some(found) = found else { return Ok(()) };
        match &found.to {
            NoticeTo::Mail(email) => {
                self.mail.send(&self.notice(id, &found, email)).await?;
                self.sent(&key, "mail", None).await
            }
            NoticeTo::Text(phone) => {
                let sent = self.sms.send(phone, &sms::notice(found.lang, found.change, &found.url)).await?;
                self.sent(&key, "sms", Some(&sent)).await
            }
        }
    }

    fn notice(&self, id: Uuid, found: &Notice, email: &str) -> Mail {
        let home_url = self.services.ctx.url(&paths::home(found.lang));
        let body = safety::notice(&safety::Notice {
            change: found.change,
            former: found.former,
            lang: found.lang,
            name: &found.name,
            email,
            at: found.at,
            device: &found.device,
            url: &found.url,
            home_url: &home_url,
        });
        Mail {
            message_id: format!("safety.{id}@sapar"),
            to: email.to_owned(),
            to_name: found.name.clone(),
            subject: body.subject,
            html: body.html,
            text: body.text,
            attachments: Vec::new(),
        }
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
        let text = if to.leaving { sms::code_to_leave(to.lang, &to.code) } else { sms::code(to.lang, &to.code) };
        let id = self.sms.send(&to.phone, &text).await?;
        self.sent(&key, "sms", Some(&id)).await
    }
}
