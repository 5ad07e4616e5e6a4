//! The decision about a payment, and the callbacks that tell the merchant of it.
use super::{
    Sandbox,
    book::{Action, Answer, BookError, CallbackMode, Due, Payment, Phase},
    payments::local,
};
use crate::{
    freedompay::{
        sign::{Params, SIG, salt, script},
        xml,
    },
    http,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::CONTENT_TYPE;
use sapar_shared::Money;
use std::time::Duration;
use tokio::sync::oneshot;

/// Answers kept with a payment.
const ANSWERS: usize = 8;

fn later(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(at)
}

/// Decides a payment once; a second decision is refused. Waits for the answers to the callbacks that are made at once.
pub(super) async fn decide(
    sandbox: &Sandbox,
    id: u64,
    action: Action,
    mode: CallbackMode,
) -> Result<(Payment, Vec<Answer>), BookError> {
    let now = Timestamp::now();
    let config = &sandbox.0.config;
    let change = |payment: &mut Payment| {
        if payment.phase != Phase::New {
            return Err("the payment is already decided");
        }
        if payment.expired(now) {
            return Err("the payment's time is over");
        }
        payment.decided_at = Some(now);
        payment.mode = Some(mode);
        payment.phase = match action {
            Action::Approve => Phase::Approved,
            Action::Decline => Phase::Declined,
        };
        if action == Action::Approve && payment.auto_clearing {
            payment.captured = Some((later(now, config.capture_lag), payment.amount));
        }
        if payment.result_url.is_some() {
            payment.due = plan(mode, now, config.late);
        }
        Ok(())
    };
    let payment = sandbox.0.book.change(id, change).await?;
    let due = payment.due.iter().map(|due| due.number).collect();
    let first = start(sandbox, id, due);
    let answers = if mode == CallbackMode::Late { Vec::new() } else { first.await.unwrap_or_default() };
    Ok((sandbox.0.book.get(id).unwrap_or(payment), answers))
}

fn plan(mode: CallbackMode, now: Timestamp, late: Duration) -> Vec<Due> {
    let due = |number, at, forged| Due { number, at, attempts: 0, forged };
    match mode {
        CallbackMode::Normal => vec![due(0, now, false)],
        CallbackMode::None => Vec::new(),
        CallbackMode::Late => vec![due(0, later(now, late), false)],
        CallbackMode::Twice => vec![due(0, now, false), due(1, now, false)],
        CallbackMode::Forged => vec![due(0, now, true)],
    }
}

/// Makes the callbacks one after the other in a task of its own, for a browser that goes away must not take them along.
/// Tells the first answer to each.
pub(super) fn start(sandbox: &Sandbox, id: u64, due: Vec<u32>) -> oneshot::Receiver<Vec<Answer>> {
    let (told, first) = oneshot::channel();
    if due.is_empty() {
        let _ = told.send(Vec::new());
        return first;
    }
    let sandbox = sandbox.clone();
    tokio::spawn(async move {
        let mut answers = Vec::with_capacity(due.len());
        for number in due {
            if let Some(answer) = attempt(&sandbox, id, number).await {
                answers.push(answer);
            }
            tokio::spawn(repeat(sandbox.clone(), id, number));
        }
        // Nobody waits for a late one.
        let _ = told.send(answers);
    });
    first
}

/// Until it is answered with 200 or the repetitions are used up.
async fn repeat(sandbox: Sandbox, id: u64, number: u32) {
    while attempt(&sandbox, id, number).await.is_some() {}
}

/// Waits for the callback's time and makes it; `None` when it is no longer due.
async fn attempt(sandbox: &Sandbox, id: u64, number: u32) -> Option<Answer> {
    let payment = sandbox.0.book.get(id)?;
    let due = payment.due.iter().find(|due| due.number == number)?;
    let wait = due.at.duration_since(Timestamp::now());
    if let Ok(wait) = Duration::try_from(wait) {
        tokio::time::sleep(wait).await;
    }
    let answer = call(sandbox, &payment, due.forged).await;
    let change = |payment: &mut Payment| {
        settle(payment, number, &answer, &sandbox.0.config.retries);
        Ok(())
    };
    if sandbox.0.book.change(id, change).await.is_err() {
        tracing::warn!(payment = id, "the answer to a callback was not kept");
    }
    Some(answer)
}

/// Keeps the answer and plans the repetition, if there is to be one.
fn settle(payment: &mut Payment, number: u32, answer: &Answer, retries: &[Duration]) {
    let heard = answer.http_status == Some(200) || answer.forged;
    if let Some(at) = payment.due.iter().position(|due| due.number == number) {
        let attempts = payment.due[at].attempts;
        match retries.get(attempts) {
            Some(wait) if !heard => {
                payment.due[at].attempts += 1;
                payment.due[at].at = later(answer.at, *wait);
            }
            _ => drop(payment.due.remove(at)),
        }
    }
    // The merchant may refuse money that it cannot use; it then goes back by itself.
    let rejected = answer.verdict.as_deref() == Some("rejected") && answer.signature_ok;
    if rejected && !answer.forged && payment.phase == Phase::Approved && payment.refunds.is_empty() {
        payment.phase = Phase::Rejected;
        payment.captured = None;
    }
    payment.answers.push(answer.clone());
    let surplus = payment.answers.len().saturating_sub(ANSWERS);
    payment.answers.drain(..surplus);
}

async fn call(sandbox: &Sandbox, payment: &Payment, forged: bool) -> Answer {
    let secret = &sandbox.0.config.secret;
    let url = payment.result_url.as_deref().unwrap_or_default();
    let params = callback(payment).signed(script(url), secret);
    let mut form = params.to_form();
    if forged {
        let wrong = hex::encode(rand::random::<[u8; 16]>());
        form.iter_mut().filter(|(name, _)| name == SIG).for_each(|(_, value)| value.clone_from(&wrong));
    }
    let request = sandbox.0.http.post(url).header(CONTENT_TYPE, http::FORM).body(http::form(&form));
    let mut answer = Answer { at: Timestamp::now(), http_status: None, verdict: None, signature_ok: false, forged };
    match request.send().await {
        Ok(response) => {
            answer.http_status = Some(response.status().as_u16());
            let body = http::body(response).await.unwrap_or_default();
            if let Ok(reply) = xml::read(&body) {
                answer.verdict = reply.get("pg_status").map(|text| text.chars().take(20).collect());
                answer.signature_ok = reply.verify(script(url), secret);
            }
        }
        Err(error) => tracing::info!(payment = payment.id, reason = http::reason(&error), "a callback was not heard"),
    }
    answer.at = Timestamp::now();
    answer
}

fn callback(payment: &Payment) -> Params {
    let now = Timestamp::now();
    let paid = matches!(payment.phase, Phase::Approved | Phase::Rejected);
    let amount = payment.amount.decimal();
    let net = Money::from_tiyn(payment.amount.tiyn() - payment.amount.tiyn() * 3 / 100).decimal();
    let yes = |yes: bool| if yes { "1" } else { "0" };
    let common = Params::new()
        .with("pg_order_id", &payment.order)
        .with("pg_payment_id", payment.id.to_string())
        .with("pg_currency", &payment.currency)
        .with("pg_amount", &amount)
        .with("pg_net_amount", net)
        .with("pg_ps_amount", &amount)
        .with("pg_ps_full_amount", &amount)
        .with("pg_ps_currency", &payment.currency)
        .with("pg_payment_date", local(payment.decided_at.unwrap_or(now)))
        .with("pg_result", yes(paid))
        .with("pg_can_reject", yes(paid))
        .with_some("pg_user_phone", payment.phone.as_deref())
        .with("pg_salt", salt());
    if paid {
        // The callback of a one-step payment tells of captured money even while the status query still lags.
        common
            .with("pg_captured", yes(payment.captured.is_some()))
            .with("pg_card_brand", "VI")
            .with("pg_card_pan", "4400-43XX-XXXX-0000")
            .with("pg_auth_code", "000000")
    } else {
        common.with("pg_captured", "0").with("pg_failure_code", "5").with("pg_failure_description", "Declined by the bank")
    }
}
