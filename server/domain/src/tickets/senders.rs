//! The borders to mail, SMS and typesetting.
use async_trait::async_trait;
use sapar_shared::contact::Phone;

/// The message could not be handed over; it is tried again.
#[derive(Debug, thiserror::Error)]
#[error("not sent: {0}")]
pub struct SendError(pub String);

#[derive(Clone, Debug)]
pub struct Mail {
    /// Repeats of one mail carry one `Message-ID`, so that a mail server or client can drop a repeat.
    pub message_id: String,
    pub to: String,
    pub to_name: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

#[async_trait]
pub trait MailSender: Send + Sync + 'static {
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}

#[async_trait]
pub trait SmsSender: Send + Sync + 'static {
    /// Returns the gateway's id of the message.
    async fn send(&self, to: &Phone, text: &str) -> Result<String, SendError>;
}
