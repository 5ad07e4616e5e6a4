//! Mail over SMTP.
use crate::SetupError;
use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Attachment as Part, Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::PoolConfig,
};
use sapar_domain::tickets::senders::{Mail, MailSender, SendError};
use std::{fmt, time::Duration};

#[derive(Clone)]
pub struct MailerConfig {
    /// `smtp://127.0.0.1:3025`, `smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required`.
    pub url: String,
    /// The sender, `Sapar <tickets@example.kz>`.
    pub from: String,
    /// For each command.
    pub timeout: Duration,
    /// Connections kept open at most.
    pub pool: u32,
}

impl fmt::Debug for MailerConfig {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailerConfig").field("from", &self.from).finish_non_exhaustive()
    }
}

pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// # Errors
    /// When the address or the sender is malformed.
    pub fn new(config: &MailerConfig) -> Result<Self, SetupError> {
        let from = config.from.parse().map_err(|_| SetupError("the mail sender is not a mail address".into()))?;
        // The error may quote the address with its password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.url)
            .map_err(|_| SetupError("the mail server's address is not an smtp(s) URL".into()))?
            .timeout(Some(config.timeout))
            .pool_config(PoolConfig::new().max_size(config.pool.max(1)))
            .build();
        Ok(Self { transport, from })
    }

    fn message(&self, mail: &Mail) -> Result<Message, SendError> {
        let refused = |what: &str| SendError(format!("{what} cannot be put into a mail"));
        let address = mail.to.parse().map_err(|_| refused("the recipient"))?;
        let name = mail.to_name.trim();
        let to = Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address);
        let body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        let mut builder = Message::builder().from(self.from.clone()).to(to).subject(mail.subject.clone());
        builder = builder.message_id(Some(bracketed(&mail.message_id)));
        let body = if mail.attachments.is_empty() {
            body
        } else {
            let mut mixed = MultiPart::mixed().multipart(body);
            for attachment in &mail.attachments {
                let kind = ContentType::parse(attachment.content_type).map_err(|_| refused("the attachment's type"))?;
                let part: SinglePart = Part::new(attachment.name.clone()).body(attachment.bytes.clone(), kind);
                mixed = mixed.singlepart(part);
            }
            mixed
        };
        builder.multipart(body).map_err(|_| refused("the content"))
    }
}

/// RFC 5322 wants angle brackets around a message id.
fn bracketed(id: &str) -> String {
    if id.starts_with('<') { id.to_owned() } else { format!("<{id}>") }
}

#[async_trait]
impl MailSender for Mailer {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = self.message(mail)?;
        self.transport.send(message).await.map(drop).map_err(|error| {
            // A server's answer may quote the recipient; its code says enough.
            let code = error.status().map_or_else(String::new, |code| format!(" ({code})"));
            let kind = match () {
                () if error.is_permanent() => "the mail server refused",
                () if error.is_transient() => "the mail server asks to try again",
                () if error.is_timeout() => "the mail server timed out",
                () => "the mail server cannot be reached",
            };
            SendError(format!("{kind}{code}"))
        })
    }
}
