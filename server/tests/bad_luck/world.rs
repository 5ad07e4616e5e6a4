//! The worker with a mail server and an SMS gateway that do as told.
use crate::common::{TestApp, for_adults};
use async_trait::async_trait;
use sapar::worker::Worker;
use sapar_domain::{
    payments::{self, provider::Outcome},
    testing::Tour,
    tickets::senders::{Mail, MailSender, SendError, SmsSender},
};
use sapar_shared::contact::Phone;
use std::{
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::Poll,
};
use tokio::sync::Semaphore;

/// What was handed over.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) mails: Mutex<Vec<Mail>>,
    pub(crate) texts: Mutex<Vec<String>>,
    /// Mails that were tried, refused ones among them.
    pub(crate) tried: AtomicUsize,
    pub(crate) refuses: AtomicBool,
    /// While it is there, a mail waits for a permit.
    pub(crate) hangs: Option<Semaphore>,
}

#[async_trait]
impl MailSender for Post {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.tried.fetch_add(1, Ordering::SeqCst);
        if let Some(hangs) = &self.hangs {
            hangs.acquire().await.unwrap().forget();
        }
        if self.refuses.load(Ordering::SeqCst) {
            return Err(SendError("the mail server cannot be reached".into()));
        }
        self.mails.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

#[async_trait]
impl SmsSender for Post {
    async fn send(&self, _: &Phone, text: &str) -> Result<String, SendError> {
        let mut texts = self.texts.lock().unwrap();
        texts.push(text.to_owned());
        Ok(texts.len().to_string())
    }
}

impl Post {
    pub(crate) fn mailed(&self) -> usize {
        self.mails.lock().unwrap().len()
    }

    pub(crate) fn texted(&self) -> usize {
        self.texts.lock().unwrap().len()
    }
}

pub(crate) fn worker(app: &TestApp, post: &Arc<Post>) -> Worker {
    Worker { services: app.services.clone(), mail: post.clone(), sms: post.clone() }
}

/// Runs jobs until none is due.
pub(crate) async fn drain(worker: &Worker) {
    for _ in 0..50 {
        if worker.run_due().await.unwrap() == 0 {
            return;
        }
    }
    panic!("the jobs never end");
}

/// An order placed; its number and token.
pub(crate) async fn placed(app: &TestApp, tour: &Tour, adults: i32) -> (String, String) {
    let placed = app.order(&format!("key-{}", app.services.ctx.id()), &for_adults(tour, adults)).await.json();
    (placed["number"].as_str().unwrap().to_owned(), placed["token"].as_str().unwrap().to_owned())
}

/// An order placed and paid, whose jobs nobody has run; its token.
pub(crate) async fn paid(app: &TestApp, tour: &Tour, adults: i32) -> String {
    let (number, token) = placed(app, tour, adults).await;
    app.provider.decide(&number, Outcome::Succeeded);
    payments::poll(&app.services, &token).await.unwrap();
    token
}

/// Polls a future so often and drops it then, as a process that dies does.
pub(crate) async fn cut<F: Future>(future: F, polls: usize) {
    let (mut future, mut left) = (pin!(future), polls);
    std::future::poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        future.as_mut().poll(cx).map(drop)
    })
    .await;
}
