use crate::{
    partners::CardToken,
    payments::provider::{
        Callback, CallbackError, Outcome, PaymentProvider, ProviderError, Report, StartPayment, Started, StoreCard, Verdict,
    },
};
use async_trait::async_trait;
use jiff::Timestamp;
use sapar_shared::Money;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

#[derive(Clone, Debug)]
struct Payment {
    order_number: String,
    amount: Money,
    outcome: Outcome,
    refunded: bool,
    cancelled: bool,
}

#[derive(Default)]
struct State {
    payments: HashMap<String, Payment>,
    by_key: HashMap<String, String>,
    /// Pages for cards that were opened, the oldest first.
    cards: Vec<StoreCard>,
    /// Customer and token of each card that was to be forgotten.
    forgotten: Vec<(String, String)>,
    down: bool,
    asked: usize,
}

/// A payment provider that does as told.
#[derive(Default)]
pub struct FakeProvider(Mutex<State>);

impl FakeProvider {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Unreachable from now on, or back.
    pub fn set_down(&self, down: bool) {
        self.state().down = down;
    }

    /// Decides an order's payments; returns the report that a callback would carry.
    ///
    /// # Panics
    /// When no payment of the order was started.
    pub fn decide(&self, order_number: &str, outcome: Outcome) -> Report {
        self.try_decide(order_number, outcome).expect("a pending payment of the order")
    }

    /// Decides the order's newest payment that is neither decided nor cancelled, if there is one.
    pub fn try_decide(&self, order_number: &str, outcome: Outcome) -> Option<Report> {
        let mut state = self.state();
        let (id, payment) = state
            .payments
            .iter_mut()
            .filter(|(_, p)| p.order_number == order_number && p.outcome == Outcome::Pending && !p.cancelled)
            .max_by_key(|(id, _)| id.parse::<usize>().unwrap_or(0))?;
        payment.outcome = outcome;
        Some(report(id, payment))
    }

    /// What callbacks say of the order's decided payments, the oldest first.
    #[must_use]
    pub fn decided(&self, order_number: &str) -> Vec<Report> {
        let state = self.state();
        let decided = state.payments.iter().filter(|(_, p)| p.order_number == order_number && p.outcome != Outcome::Pending);
        let mut reports: Vec<Report> = decided.map(|(id, p)| report(id, p)).collect();
        reports.sort_by_key(|report| report.provider_payment_id.parse::<usize>().unwrap_or(0));
        reports
    }

    /// How many payments of the order were paid and not given back.
    #[must_use]
    pub fn kept(&self, order_number: &str) -> usize {
        let kept = |p: &&Payment| p.order_number == order_number && p.outcome == Outcome::Succeeded && !p.refunded;
        self.state().payments.values().filter(kept).count()
    }

    /// How many payments were opened for the order.
    #[must_use]
    pub fn opened(&self, order_number: &str) -> usize {
        self.state().payments.values().filter(|p| p.order_number == order_number).count()
    }

    #[must_use]
    pub fn refunded(&self, order_number: &str) -> usize {
        self.state().payments.values().filter(|p| p.order_number == order_number && p.refunded).count()
    }

    #[must_use]
    pub fn cancelled(&self, order_number: &str) -> usize {
        self.state().payments.values().filter(|p| p.order_number == order_number && p.cancelled).count()
    }

    /// How many status queries came.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.state().asked
    }

    /// The page for a card that was opened last.
    ///
    /// # Panics
    /// When none was.
    #[must_use]
    pub fn card_page(&self) -> StoreCard {
        self.state().cards.last().expect("a page for a card").clone()
    }

    /// The tokens of the cards that were to be forgotten, in that order.
    #[must_use]
    pub fn forgotten(&self) -> Vec<(String, String)> {
        self.state().forgotten.clone()
    }

    fn reach(&self) -> Result<std::sync::MutexGuard<'_, State>, ProviderError> {
        let state = self.state();
        if state.down { Err(ProviderError::Unreachable("down for the test".into())) } else { Ok(state) }
    }
}

fn report(id: &str, payment: &Payment) -> Report {
    let paid = payment.outcome == Outcome::Succeeded;
    Report {
        order_number: payment.order_number.clone(),
        provider_payment_id: id.to_owned(),
        outcome: payment.outcome,
        amount: paid.then_some(payment.amount),
        currency: paid.then(|| "KZT".to_owned()),
        failure: (payment.outcome == Outcome::Failed).then(|| "Not enough money on the card".to_owned()),
    }
}

fn unknown() -> ProviderError {
    ProviderError::Refused { code: "404".into(), text: "no such payment".into() }
}

#[async_trait]
impl PaymentProvider for FakeProvider {
    fn name(&self) -> &'static str {
        "fake"
    }

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError> {
        let mut state = self.reach()?;
        let next = (state.payments.len() + 1).to_string();
        let id = state.by_key.entry(payment.idempotency_key.clone()).or_insert(next).clone();
        state.payments.entry(id.clone()).or_insert(Payment {
            order_number: payment.order_number.clone(),
            amount: payment.amount,
            outcome: Outcome::Pending,
            refunded: false,
            cancelled: false,
        });
        Ok(Started { redirect_url: format!("https://pay.test/{id}"), provider_payment_id: id })
    }

    async fn find(&self, order_number: &str) -> Result<Option<String>, ProviderError> {
        let state = self.reach()?;
        let ids = state.payments.iter().filter(|(_, p)| p.order_number == order_number).map(|(id, _)| id);
        Ok(ids.max_by_key(|id| id.parse::<usize>().unwrap_or(0)).cloned())
    }

    async fn status(&self, provider_payment_id: &str, _order_number: &str) -> Result<Report, ProviderError> {
        let mut state = self.reach()?;
        state.asked += 1;
        let payment = state.payments.get(provider_payment_id).ok_or_else(unknown)?;
        // As the real one: money that went back is not there to settle an order with.
        let told = if payment.refunded { Payment { outcome: Outcome::Failed, ..payment.clone() } } else { payment.clone() };
        Ok(report(provider_payment_id, &told))
    }

    async fn refund(&self, provider_payment_id: &str, _amount: Option<Money>) -> Result<(), ProviderError> {
        let mut state = self.reach()?;
        let payment = state.payments.get_mut(provider_payment_id).ok_or_else(unknown)?;
        if payment.outcome != Outcome::Succeeded {
            return Err(ProviderError::Refused { code: "400".into(), text: "nothing was paid".into() });
        }
        payment.refunded = true;
        Ok(())
    }

    async fn cancel(&self, provider_payment_id: &str) -> Result<(), ProviderError> {
        self.reach()?.payments.get_mut(provider_payment_id).ok_or_else(unknown)?.cancelled = true;
        Ok(())
    }

    async fn store_card(&self, card: &StoreCard) -> Result<String, ProviderError> {
        let mut state = self.reach()?;
        state.cards.push(card.clone());
        Ok(format!("https://pay.test/cards/{}", state.cards.len()))
    }

    async fn remove_card(&self, customer: &str, token: &CardToken) -> Result<(), ProviderError> {
        self.reach()?.forgotten.push((customer.to_owned(), token.expose().to_owned()));
        Ok(())
    }

    fn read_callback(&self, _path: &str, _fields: &[(String, String)], _now: Timestamp) -> Result<Callback, CallbackError> {
        Err(CallbackError::Signature)
    }

    fn callback_reply(&self, _path: &str, _verdict: Verdict, _description: &str, _salt: &str) -> String {
        String::new()
    }
}
