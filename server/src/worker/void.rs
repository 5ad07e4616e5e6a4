//! What a buyer at the counter hears when the sale was taken back.
use super::Worker;
use anyhow::Context as _;
use sapar_documents::{
    mail::MailBody,
    sms,
    void::{Void, void},
};
use sapar_domain::{
    orders,
    tickets::{self, senders::Mail},
};
use sapar_shared::{contact::Phone, dto::order::OrderView, ids::OrderId, money::Money, paths};

impl Worker {
    /// By each way that the buyer has left.
    pub(super) async fn tell_void(&self, order: OrderId) -> anyhow::Result<()> {
        let (mail_key, sms_key) = (format!("mail void {order}"), format!("sms void {order}"));
        let (view, given, mailed, texted) = {
            let mut conn = self.services.conn().await?;
            let view = orders::find_by_id(&mut conn, &self.services.ctx, order, None).await?.context("no such order")?;
            let mailed = tickets::sent_before(&mut conn, &mail_key).await?;
            let given = orders::given(&mut conn, order).await?;
            (view, given, mailed, tickets::sent_before(&mut conn, &sms_key).await?)
        };
        if !mailed && !view.contact_email.is_empty() {
            self.mail.send(&self.void_mail(order, &view, given)?).await?;
            self.sent(&mail_key, "mail", None).await?;
        }
        if let (false, Some(phone)) = (texted, Phone::parse(&view.contact_phone)) {
            let id = self.sms.send(&phone, &sms::void(view.lang, &view.number)).await?;
            self.sent(&sms_key, "sms", Some(&id)).await?;
        }
        Ok(())
    }

    fn void_mail(&self, order: OrderId, view: &OrderView, given: Money) -> anyhow::Result<Mail> {
        let line = view.lines.first().context("an order has lines")?;
        let MailBody { subject, html, text } = void(&Void {
            lang: view.lang,
            number: &view.number,
            contact_name: &view.contact_name,
            contact_email: &view.contact_email,
            amount: given,
            title: &line.listing_title,
            starts_at: line.starts_at,
            partner: &line.partner_name,
            partner_phone: &line.partner_phone,
            order_url: &self.services.ctx.url(&paths::order(view.lang, &view.token)),
        });
        Ok(Mail {
            message_id: format!("void.{order}@sapar"),
            to: view.contact_email.clone(),
            to_name: view.contact_name.clone(),
            subject,
            html,
            text,
            attachments: Vec::new(),
        })
    }
}
