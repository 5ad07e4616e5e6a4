//! Mails about organisations.
use super::Worker;
use sapar_documents::{
    mail::MailBody,
    notice::{self, Happened},
    organisation::{self, Activation, Decision, Invitation},
};
use sapar_domain::{
    partners::{
        self,
        jobs::{MailNotice, Notice},
    },
    tickets,
    tickets::senders::Mail,
};
use sapar_shared::{
    ids::{InvitationId, OrganisationChangeId, OrganisationId},
    paths,
};

impl Worker {
    pub(super) async fn mail_invitation(&self, id: InvitationId) -> anyhow::Result<()> {
        let ctx = &self.services.ctx;
        let letter = partners::invitation_letter(&mut *self.services.conn().await?, ctx, id).await?;
        let Some(letter) = letter else { return Ok(()) };
        let body = organisation::invitation(&Invitation {
            lang: letter.lang,
            email: &letter.to,
            organisation: &letter.organisation,
            role: letter.role,
            invited_by: &letter.invited_by,
            expires_at: letter.expires_at,
            url: &letter.url,
            home_url: &ctx.url(&paths::home(letter.lang)),
        });
        // Sent again is another mail.
        let once = format!("{id}.{}", letter.sent_at.as_microsecond());
        self.mail_once(&format!("mail invitation {once}"), format!("invitation.{once}@sapar"), letter.to, String::new(), body)
            .await
    }

    pub(super) async fn mail_activation(&self, id: OrganisationId) -> anyhow::Result<()> {
        let ctx = &self.services.ctx;
        let letter = partners::activation_letter(&mut *self.services.conn().await?, ctx, id).await?;
        let Some(letter) = letter else { return Ok(()) };
        let body = organisation::activation(&Activation {
            lang: letter.lang,
            email: &letter.to,
            name: &letter.name,
            organisation: &letter.organisation,
            url: &letter.url,
            home_url: &ctx.url(&paths::home(letter.lang)),
        });
        self.mail_once(&format!("mail activation {id}"), format!("activation.{id}@sapar"), letter.to, letter.name, body).await
    }

    pub(super) async fn mail_change(&self, id: OrganisationChangeId) -> anyhow::Result<()> {
        let ctx = &self.services.ctx;
        let letter = partners::change_letter(&mut *self.services.conn().await?, ctx, id).await?;
        let Some(letter) = letter else { return Ok(()) };
        let body = organisation::decision(&Decision {
            lang: letter.lang,
            email: &letter.to,
            name: &letter.name,
            organisation: &letter.organisation,
            new_name: letter.new_name.as_deref(),
            new_bin: letter.new_bin.as_deref(),
            remark: letter.remark.as_deref(),
            url: &letter.url,
            home_url: &ctx.url(&paths::home(letter.lang)),
        });
        self.mail_once(&format!("mail change {id}"), format!("change.{id}@sapar"), letter.to, letter.name, body).await
    }

    pub(super) async fn mail_notice(&self, job: &MailNotice) -> anyhow::Result<()> {
        let ctx = &self.services.ctx;
        let letter = partners::notice_letter(&mut *self.services.conn().await?, ctx, job).await?;
        let Some(letter) = letter else { return Ok(()) };
        let body = notice::notice(&notice::Notice {
            lang: letter.lang,
            email: &letter.to,
            name: &letter.name,
            organisation: &letter.organisation,
            happened: match &job.notice {
                Notice::HandedOver { .. } => Happened::HandedOver(&letter.other),
                Notice::TakenOver { .. } => Happened::TakenOver(&letter.other),
                Notice::PayoutAccount { last_four } => Happened::PayoutAccount(last_four),
                Notice::PayoutCard { last_four } => Happened::PayoutCard(last_four),
                Notice::Blocked { remark } => Happened::Blocked(remark),
                Notice::ActiveAgain => Happened::ActiveAgain,
                Notice::Removed => Happened::Removed,
            },
            url: &letter.url,
            home_url: &ctx.url(&paths::home(letter.lang)),
        });
        let id = job.id;
        self.mail_once(&format!("mail notice {id}"), format!("notice.{id}@sapar"), letter.to, letter.name, body).await
    }

    async fn mail_once(&self, key: &str, message_id: String, to: String, to_name: String, body: MailBody) -> anyhow::Result<()> {
        if tickets::sent_before(&mut *self.services.conn().await?, key).await? {
            return Ok(());
        }
        let MailBody { subject, html, text } = body;
        self.mail.send(&Mail { message_id, to, to_name, subject, html, text, attachments: Vec::new() }).await?;
        self.sent(key, "mail", None).await
    }
}
