//! The sandbox's payments: what each may become, kept in memory and written through.
use super::store::{Journal, NotWritten, rewrite};
use jiff::Timestamp;
use sapar_shared::{Lang, Money};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, VecDeque},
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Payments kept in memory.
const KEPT: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Phase {
    /// The page is open.
    New,
    Approved,
    Declined,
    /// Ended by the merchant before anything was captured.
    Cancelled,
    /// Approved, but the merchant's answer to the callback said no: the money went back.
    Rejected,
}

/// How the merchant hears of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallbackMode {
    #[default]
    Normal,
    None,
    Late,
    Twice,
    Forged,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Approve,
    Decline,
}

/// A callback that still has to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Due {
    pub(super) number: u32,
    pub(super) at: Timestamp,
    pub(super) attempts: usize,
    pub(super) forged: bool,
}

/// What the merchant's side said to a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub at: Timestamp,
    /// `None` when nobody answered.
    pub http_status: Option<u16>,
    /// `pg_status` of the reply.
    pub verdict: Option<String>,
    pub signature_ok: bool,
    /// The callback's own signature was broken on purpose.
    pub forged: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Refund {
    pub(super) id: u64,
    pub(super) amount: Money,
    pub(super) at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Payment {
    pub(super) id: u64,
    /// The unguessable end of the payment page's address.
    pub(super) page: String,
    pub(super) order: String,
    pub(super) key: Option<String>,
    pub(super) amount: Money,
    pub(super) currency: String,
    pub(super) description: String,
    pub(super) lang: Lang,
    pub(super) result_url: Option<String>,
    pub(super) success_url: Option<String>,
    pub(super) failure_url: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) auto_clearing: bool,
    pub(super) opened_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) phase: Phase,
    pub(super) mode: Option<CallbackMode>,
    pub(super) decided_at: Option<Timestamp>,
    /// From when on the money is captured, and how much of it.
    pub(super) captured: Option<(Timestamp, Money)>,
    pub(super) refunds: Vec<Refund>,
    pub(super) due: Vec<Due>,
    pub(super) answers: Vec<Answer>,
}

impl Payment {
    pub(super) fn expired(&self, now: Timestamp) -> bool {
        self.phase == Phase::New && self.expires_at.is_some_and(|at| now >= at)
    }

    /// `pg_payment_status`.
    pub(super) fn status(&self, now: Timestamp) -> &'static str {
        match self.phase {
            Phase::New if self.expired(now) => "error",
            Phase::New => "new",
            Phase::Approved => "success",
            Phase::Declined | Phase::Cancelled | Phase::Rejected => "error",
        }
    }

    /// The captured sum, once it is captured.
    pub(super) fn cleared(&self, now: Timestamp) -> Option<Money> {
        self.captured.filter(|(at, _)| now >= *at).map(|(_, amount)| amount)
    }

    pub(super) fn refunded(&self) -> Money {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }
}

/// Why a payment did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BookError {
    Unknown,
    /// It is not in a state for that; in words.
    Refused(&'static str),
    NotWritten,
}

impl From<NotWritten> for BookError {
    fn from(_: NotWritten) -> Self {
        Self::NotWritten
    }
}

#[derive(Default)]
struct Shelf {
    by_id: HashMap<u64, Payment>,
    by_order: HashMap<String, Vec<u64>>,
    by_key: HashMap<String, u64>,
    by_page: HashMap<String, u64>,
    in_order: VecDeque<u64>,
    last_id: u64,
}

impl Shelf {
    /// A number that no payment or refund had: the time in milliseconds, or the one after the last. Being taken from the
    /// clock it does not begin anew when the sandbox's folder is deleted and the shop's database is not.
    fn next_id(&mut self, now: Timestamp) -> u64 {
        self.last_id = u64::try_from(now.as_millisecond()).unwrap_or(0).max(self.last_id + 1);
        self.last_id
    }

    fn put(&mut self, payment: Payment) {
        let id = payment.id;
        let refund = payment.refunds.iter().map(|refund| refund.id).max().unwrap_or(0);
        self.last_id = self.last_id.max(id).max(refund);
        if let Some(known) = self.by_id.get_mut(&id) {
            *known = payment;
            return;
        }
        self.by_order.entry(payment.order.clone()).or_default().push(id);
        self.by_page.insert(payment.page.clone(), id);
        if let Some(key) = &payment.key {
            self.by_key.insert(key.clone(), id);
        }
        self.by_id.insert(id, payment);
        self.in_order.push_back(id);
        while self.in_order.len() > KEPT {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some(old) = self.in_order.pop_front().and_then(|id| self.by_id.remove(&id)) else { return };
        self.by_page.remove(&old.page);
        if let Some(key) = &old.key {
            self.by_key.remove(key);
        }
        if let Some(ids) = self.by_order.get_mut(&old.order) {
            ids.retain(|id| *id != old.id);
            if ids.is_empty() {
                self.by_order.remove(&old.order);
            }
        }
    }
}

pub(super) struct Book {
    shelf: Mutex<Shelf>,
    journal: Journal,
}

impl Book {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut shelf = Shelf::default();
        let mut lines = 0_usize;
        let journal = Journal::open(path, |payment: Payment| {
            lines += 1;
            shelf.put(payment);
        })?;
        // A line is a payment's whole state after a change; when most are outdated the file is made anew.
        let journal = if lines > 4 * shelf.by_id.len() + 1000 {
            drop(journal);
            rewrite(path, shelf.in_order.iter().filter_map(|id| shelf.by_id.get(id)))?;
            Journal::open(path, |_: Payment| {})?
        } else {
            journal
        };
        Ok(Self { shelf: Mutex::new(shelf), journal })
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a payment in, made by `make` from its new id; one with the same key is given back instead.
    pub(super) async fn open_payment(
        &self,
        key: Option<&str>,
        now: Timestamp,
        make: impl FnOnce(u64) -> Payment,
    ) -> Result<Payment, BookError> {
        let (payment, written) = {
            let mut shelf = self.shelf();
            if let Some(known) = key.and_then(|key| shelf.by_key.get(key)).and_then(|id| shelf.by_id.get(id)) {
                return Ok(known.clone());
            }
            let payment = make(shelf.next_id(now));
            shelf.put(payment.clone());
            let written = self.journal.append(&payment);
            (payment, written)
        };
        written.done().await?;
        Ok(payment)
    }

    /// Changes a payment by `change`, wholly or, when that refuses, not at all.
    pub(super) async fn change(
        &self,
        id: u64,
        change: impl FnOnce(&mut Payment) -> Result<(), &'static str>,
    ) -> Result<Payment, BookError> {
        let (payment, written) = {
            let mut shelf = self.shelf();
            let mut payment = shelf.by_id.get(&id).cloned().ok_or(BookError::Unknown)?;
            change(&mut payment).map_err(BookError::Refused)?;
            let written = self.journal.append(&payment);
            shelf.put(payment.clone());
            (payment, written)
        };
        written.done().await?;
        Ok(payment)
    }

    /// Gives `amount` back, or all that is left; never more than was captured.
    pub(super) async fn refund(&self, id: u64, amount: Option<Money>, now: Timestamp) -> Result<Payment, BookError> {
        let refund_id = self.shelf().next_id(now);
        self.change(id, |payment| {
            let cleared = payment.cleared(now).ok_or("the payment is not captured")?;
            let left = cleared.tiyn() - payment.refunded().tiyn();
            let amount = amount.map_or(left, Money::tiyn);
            if left <= 0 {
                return Err("the payment is already refunded");
            }
            if !(1..=left).contains(&amount) {
                return Err("more than was paid");
            }
            payment.refunds.push(Refund { id: refund_id, amount: Money::from_tiyn(amount), at: now });
            Ok(())
        })
        .await
    }

    pub(super) fn get(&self, id: u64) -> Option<Payment> {
        self.shelf().by_id.get(&id).cloned()
    }

    pub(super) fn by_page(&self, page: &str) -> Option<Payment> {
        let shelf = self.shelf();
        shelf.by_page.get(page).and_then(|id| shelf.by_id.get(id)).cloned()
    }

    /// Of one order, oldest first.
    pub(super) fn of_order(&self, order: &str) -> Vec<Payment> {
        let shelf = self.shelf();
        let ids = shelf.by_order.get(order).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| shelf.by_id.get(id)).cloned().collect()
    }

    /// The newest first.
    pub(super) fn latest(&self, count: usize) -> Vec<Payment> {
        let shelf = self.shelf();
        shelf.in_order.iter().rev().take(count).filter_map(|id| shelf.by_id.get(id)).cloned().collect()
    }

    /// Payments with callbacks that still have to be made, after a restart.
    pub(super) fn with_due(&self) -> Vec<(u64, Vec<u32>)> {
        let shelf = self.shelf();
        let due = |p: &Payment| (p.id, p.due.iter().map(|due| due.number).collect());
        shelf.by_id.values().filter(|payment| !payment.due.is_empty()).map(due).collect()
    }
}
