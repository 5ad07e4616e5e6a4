//! Runs the jobs that transactions left behind, and what the clock asks for.
mod lanes;
mod letters;
mod organisations;
mod void;

use crate::{forgetting, imports, papers, pictures};
use anyhow::Context as _;
use futures::future::join_all;
use lanes::{Lanes, Room};
use sapar_documents::mail::{MoneyBack, Why};
use sapar_domain::{
    Services,
    accounts::{
        self,
        jobs::{JoinOrders, MailLink, MailReset, TellOwner, TextCode},
    },
    catalog::{self, importing::jobs::ImportTours, jobs::EndHolds},
    kernel::{
        events::{self, Event},
        idempotency,
        jobs::{self, Job, Leased},
    },
    orders::{
        self,
        jobs::{CountSales, IssueTickets},
    },
    partners::jobs::{MailActivation, MailChange, MailInvitation, MailNotice, RemoveCard},
    payments::{
        self,
        jobs::{ClosePayment, ReturnMoney, TellCancelled, TellLateMoney},
    },
    privacy::{
        self,
        jobs::{ForgetFiles, MailErased},
    },
    tickets::{
        self,
        jobs::{DrawTickets, MailAgain, MailTickets, MakeDocuments, Move, TellVoid, TextAgain, TextTickets},
        senders::{Attachment, Mail, MailSender, SmsSender},
    },
    uploads::jobs::MakePicture,
};
use sapar_shared::{
    contact::Phone,
    dto::{order::OrderView, paper::OrderPaper},
    ids::OrderId,
    paths,
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::broadcast,
    task::{JoinError, JoinSet},
};
use tokio_util::sync::CancellationToken;

/// Less than a lease: what takes longer is tried again rather than run by two at once.
const LONGEST: Duration = Duration::from_secs(100);

#[derive(Clone)]
pub struct Worker {
    pub services: Services,
    pub mail: Arc<dyn MailSender>,
    pub sms: Arc<dyn SmsSender>,
}

impl Worker {
    /// Until `stop`; what is running then is finished.
    pub async fn run(self, mut news: broadcast::Receiver<Event>, stop: CancellationToken) {
        let clockwork = tokio::spawn(self.clone().clockwork(stop.clone()));
        // Each job by itself: one that waits for a mail server must not keep the others back.
        let (lanes, mut running) = (Lanes::default(), JoinSet::new());
        while !stop.is_cancelled() {
            let room = lanes.room();
            match self.take(&room).await {
                Ok(due) if due.is_empty() => {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        Some(ended) = running.join_next() => note_end(ended),
                        // A job that was put off becomes due without news.
                        () = tokio::time::sleep(Duration::from_secs(1)), if room.limit > 0 => {}
                        () = job_news(&mut news), if room.limit > 0 => {}
                    }
                }
                Ok(due) => {
                    for job in due {
                        let (worker, slot) = (self.clone(), lanes.enter(&job.name));
                        running.spawn(async move {
                            worker.run_one(&job).await;
                            drop(slot);
                        });
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be taken");
                    tokio::select! { () = stop.cancelled() => {}, () = tokio::time::sleep(Duration::from_secs(2)) => {} }
                }
            }
        }
        while let Some(ended) = running.join_next().await {
            note_end(ended);
        }
        if let Err(error) = clockwork.await {
            tracing::error!(%error, "the clockwork failed");
        }
    }

    /// Runs what is due now, to its end; returns how many jobs that were.
    pub async fn run_due(&self) -> anyhow::Result<usize> {
        let due = self.take(&Lanes::default().room()).await?;
        join_all(due.iter().map(|job| self.run_one(job))).await;
        Ok(due.len())
    }

    async fn take(&self, room: &Room) -> anyhow::Result<Vec<Leased>> {
        if room.limit == 0 {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(room.limit).unwrap_or(i64::MAX);
        Ok(jobs::lease(&mut *self.services.conn().await?, &self.services.ctx, room.kinds(), limit).await?)
    }

    async fn run_one(&self, job: &Leased) {
        let ended = tokio::time::timeout(LONGEST, self.dispatch(job)).await;
        let outcome = ended.unwrap_or_else(|_| Err(anyhow::anyhow!("not done after {LONGEST:?}")));
        let word = if outcome.is_ok() { "ok" } else { "failed" };
        metrics::counter!("jobs_total", "job" => job.name.clone(), "outcome" => word).increment(1);
        let written = async {
            let mut conn = self.services.conn().await?;
            match &outcome {
                Ok(()) => jobs::finish(&mut conn, job.id).await,
                Err(error) => {
                    tracing::warn!(job = %job.name, id = %job.id, attempt = job.attempts, error = format!("{error:#}"), "job failed");
                    jobs::fail(&mut conn, &self.services.ctx, job, &format!("{error:#}")).await
                }
            }
        };
        if let Err(error) = written.await {
            // Its lease ends and it runs again: that is why every job is idempotent.
            tracing::warn!(job = %job.name, %error, "a job's outcome was not written");
        }
    }

    async fn dispatch(&self, job: &Leased) -> anyhow::Result<()> {
        match job.name.as_str() {
            IssueTickets::NAME => self.issue(read::<IssueTickets>(job)?.order).await,
            MakeDocuments::NAME => self.make_documents(read::<MakeDocuments>(job)?.order).await,
            DrawTickets::NAME => self.draw_tickets(read::<DrawTickets>(job)?.order).await,
            MailTickets::NAME => self.mail_tickets(read::<MailTickets>(job)?.order).await,
            TextTickets::NAME => self.text_tickets(read::<TextTickets>(job)?.order).await,
            MailAgain::NAME => {
                let MailAgain { order, request, moved } = read(job)?;
                let message_id = format!("tickets.{order}.{request}@sapar");
                self.mail_order(order, &format!("mail tickets {order} {request}"), &message_id, moved).await
            }
            TextAgain::NAME => {
                let TextAgain { order, request, moved } = read(job)?;
                self.text_order(order, &format!("sms tickets {order} {request}"), moved).await
            }
            TellLateMoney::NAME => self.tell_late_money(read::<TellLateMoney>(job)?.order).await,
            TellVoid::NAME => self.tell_void(read::<TellVoid>(job)?.order).await,
            TellCancelled::NAME => self.tell_cancelled(read::<TellCancelled>(job)?.order).await,
            MailInvitation::NAME => self.mail_invitation(read::<MailInvitation>(job)?.invitation).await,
            MailActivation::NAME => self.mail_activation(read::<MailActivation>(job)?.organisation).await,
            MailChange::NAME => self.mail_change(read::<MailChange>(job)?.change).await,
            MailNotice::NAME => self.mail_notice(&read(job)?).await,
            ReturnMoney::NAME => Ok(payments::return_money(&self.services, &read(job)?).await?),
            ClosePayment::NAME => Ok(payments::close_payment(&self.services, &read(job)?).await?),
            RemoveCard::NAME => Ok(payments::remove_card(&self.services, &read(job)?).await?),
            MailLink::NAME => self.mail_link(read::<MailLink>(job)?.link).await,
            MailReset::NAME => self.mail_reset(&read(job)?).await,
            TellOwner::NAME => self.tell_owner(read(job)?).await,
            MailErased::NAME => self.mail_erased(&read(job)?).await,
            ForgetFiles::NAME => forgetting::run(&self.services, &read(job)?).await,
            TextCode::NAME => self.text_code(read::<TextCode>(job)?.code).await,
            JoinOrders::NAME => {
                let JoinOrders { account, .. } = read(job)?;
                let mut tx = self.services.begin().await?;
                orders::join_account(&mut tx, account).await?;
                Ok(tx.commit().await?)
            }
            EndHolds::NAME => Ok(payments::end_holds(&self.services, &read(job)?).await?),
            CountSales::NAME => {
                let CountSales { listing } = read(job)?;
                Ok(catalog::count_sales(&mut *self.services.conn().await?, listing).await?)
            }
            ImportTours::NAME => imports::run(&self.services, read::<ImportTours>(job)?.import, job.attempts).await,
            MakePicture::NAME => {
                let MakePicture { upload, revision } = read(job)?;
                pictures::make(&self.services, upload, revision).await
            }
            other => anyhow::bail!("no such job: {other}"),
        }
    }

    async fn issue(&self, order: OrderId) -> anyhow::Result<()> {
        let mut tx = self.services.begin().await?;
        tickets::issue(&mut tx, &self.services.ctx, order).await?;
        Ok(tx.commit().await?)
    }

    async fn make_documents(&self, order: OrderId) -> anyhow::Result<()> {
        if papers::pdf(&self.services, order).await?.is_none() {
            return Ok(());
        }
        let mut tx = self.services.begin().await?;
        tickets::documents_ready(&mut tx, &self.services.ctx, order).await?;
        Ok(tx.commit().await?)
    }

    async fn draw_tickets(&self, order: OrderId) -> anyhow::Result<()> {
        let mut position = 1;
        while papers::png(&self.services, order, position).await?.is_some() {
            position += 1;
        }
        Ok(())
    }

    async fn mail_tickets(&self, order: OrderId) -> anyhow::Result<()> {
        self.mail_order(order, &format!("mail tickets {order}"), &format!("tickets.{order}@sapar"), None).await
    }

    /// `key` is what is sent once; `moved` says that the order was, and from when to when.
    async fn mail_order(&self, order: OrderId, key: &str, message_id: &str, moved: Option<Move>) -> anyhow::Result<()> {
        // Whoever bought at the counter may have left no address.
        let Some(paper) = self.unsent(key, order).await?.filter(|paper| !paper.contact_email.is_empty()) else { return Ok(()) };
        let pdf = papers::pdf(&self.services, order).await?.context("the PDF is missing")?;
        let body = match moved {
            Some(moved) => sapar_documents::mail::moved(&paper, &paper.order_url, moved),
            None => sapar_documents::mail::tickets(&paper, &paper.order_url),
        };
        let mail = Mail {
            message_id: message_id.to_owned(),
            to: paper.contact_email,
            to_name: paper.contact_name,
            subject: body.subject,
            html: body.html,
            text: body.text,
            attachments: vec![Attachment {
                name: format!("sapar-{}.pdf", paper.number),
                content_type: "application/pdf",
                bytes: pdf.to_vec(),
            }],
        };
        self.mail.send(&mail).await?;
        self.sent(key, "mail", None).await
    }

    async fn text_tickets(&self, order: OrderId) -> anyhow::Result<()> {
        self.text_order(order, &format!("sms tickets {order}"), None).await
    }

    async fn text_order(&self, order: OrderId, key: &str, moved: Option<Move>) -> anyhow::Result<()> {
        let Some(paper) = self.unsent(key, order).await? else { return Ok(()) };
        let Some(phone) = Phone::parse(&paper.contact_phone) else { return Ok(()) };
        let link = self.short_link(order);
        let text = match moved {
            Some(moved) => sapar_documents::sms::moved(&paper, &link, moved),
            None => sapar_documents::sms::tickets(&paper, &link),
        };
        let id = self.sms.send(&phone, &text).await?;
        self.sent(key, "sms", Some(&id)).await
    }

    async fn tell_late_money(&self, order: OrderId) -> anyhow::Result<()> {
        let (mail_key, sms_key) = (format!("mail late money {order}"), format!("sms late money {order}"));
        let (view, mailed, texted) = {
            let mut conn = self.services.conn().await?;
            let view = orders::find_by_id(&mut conn, &self.services.ctx, order, None).await?.context("no such order")?;
            let mailed = tickets::sent_before(&mut conn, &mail_key).await?;
            (view, mailed, tickets::sent_before(&mut conn, &sms_key).await?)
        };
        // Whoever erased their account meanwhile has no address any more.
        if !mailed && !view.contact_email.is_empty() {
            self.mail.send(&self.money_back_mail(order, &view, Why::Late)?).await?;
            self.sent(&mail_key, "mail", None).await?;
        }
        if let (false, Some(phone)) = (texted, Phone::parse(&view.contact_phone)) {
            let id = self.sms.send(&phone, &sapar_documents::sms::late_money(view.lang, &view.number, view.total)).await?;
            self.sent(&sms_key, "sms", Some(&id)).await?;
        }
        Ok(())
    }

    async fn tell_cancelled(&self, order: OrderId) -> anyhow::Result<()> {
        let key = format!("mail cancelled {order}");
        let view = {
            let mut conn = self.services.conn().await?;
            if tickets::sent_before(&mut conn, &key).await? {
                return Ok(());
            }
            orders::find_by_id(&mut conn, &self.services.ctx, order, None).await?.context("no such order")?
        };
        if view.contact_email.is_empty() {
            return Ok(());
        }
        self.mail.send(&self.money_back_mail(order, &view, Why::Cancelled)?).await?;
        self.sent(&key, "mail", None).await
    }

    fn money_back_mail(&self, order: OrderId, view: &OrderView, why: Why) -> anyhow::Result<Mail> {
        let line = view.lines.first().context("an order has lines")?;
        let ctx = &self.services.ctx;
        let body = sapar_documents::mail::money_back(&MoneyBack {
            why,
            lang: view.lang,
            number: &view.number,
            contact_name: &view.contact_name,
            contact_email: &view.contact_email,
            amount: view.total,
            title: &line.listing_title,
            starts_at: line.starts_at,
            order_url: &ctx.url(&paths::order(view.lang, &view.token)),
            tour_url: &ctx.url(&paths::tour(view.lang, &line.listing_slug)),
        });
        Ok(Mail {
            message_id: format!("money-back.{order}@sapar"),
            to: view.contact_email.clone(),
            to_name: view.contact_name.clone(),
            subject: body.subject,
            html: body.html,
            text: body.text,
            attachments: Vec::new(),
        })
    }

    /// The order on paper, unless this message went out before, or what it brings is good no more.
    async fn unsent(&self, key: &str, order: OrderId) -> anyhow::Result<Option<OrderPaper>> {
        let mut conn = self.services.conn().await?;
        if tickets::sent_before(&mut conn, key).await? {
            return Ok(None);
        }
        let paper = tickets::paper(&mut conn, &self.services.ctx, order).await?;
        Ok(paper.filter(|paper| !paper.tickets.is_empty()))
    }

    async fn sent(&self, key: &str, channel: &str, provider_id: Option<&str>) -> anyhow::Result<()> {
        let mut conn = self.services.conn().await?;
        Ok(tickets::delivered(&mut conn, &self.services.ctx, key, channel, provider_id).await?)
    }

    fn short_link(&self, order: OrderId) -> String {
        let ctx = &self.services.ctx;
        ctx.url(&paths::order_short(&ctx.keys.order_token(order)))
    }

    /// What happens by the clock: status queries, ends of holds, "next departure" of lists, housekeeping.
    async fn clockwork(self, stop: CancellationToken) {
        let mut second: u64 = 0;
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            tokio::select! { () = stop.cancelled() => return, _ = ticks.tick() => {} }
            second += 1;
            if let Err(error) = self.tick(second).await {
                tracing::warn!(error = format!("{error:#}"), "clockwork");
            }
        }
    }

    async fn tick(&self, second: u64) -> anyhow::Result<()> {
        payments::poll_due(&self.services).await?;
        if second.is_multiple_of(3) {
            payments::expire_due(&self.services).await?;
        }
        if second % 60 == 1 {
            let mut tx = self.services.begin().await?;
            for listing in catalog::roll_next_departures(&mut tx, &self.services.ctx).await? {
                events::notify(&mut tx, Event::Listing(listing)).await?;
            }
            tx.commit().await?;
        }
        if second % 10 == 1 {
            let (waiting, dead) = jobs::counts(&mut *self.services.conn().await?).await?;
            #[allow(clippy::cast_precision_loss)]
            {
                metrics::gauge!("jobs_waiting").set(waiting as f64);
                metrics::gauge!("jobs_dead").set(dead as f64);
            }
        }
        if second % 3600 == 30 {
            let mut conn = self.services.conn().await?;
            idempotency::sweep(&mut conn, &self.services.ctx).await?;
            accounts::sweep(&mut conn, &self.services.ctx).await?;
            privacy::sweep(&mut conn).await?;
        }
        Ok(())
    }
}

fn read<J: DeserializeOwned>(job: &Leased) -> anyhow::Result<J> {
    serde_json::from_value(job.payload.clone()).context("a job's payload is of another version")
}

fn note_end(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        // Its lease ends and it runs again.
        tracing::error!(%error, "a job ended early");
    }
}

/// Waits for the news that a job is due; missing some is no harm.
async fn job_news(news: &mut broadcast::Receiver<Event>) {
    loop {
        match news.recv().await {
            Ok(Event::Job) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
        }
    }
}
