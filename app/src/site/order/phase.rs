//! What the reader should understand of an order's state, in words and with an icon.
use crate::ui::{AlertTone, Glyph};
use sapar_shared::{
    Lang,
    dto::order::{CALLED_OFF, OrderStatus, OrderView, REPLACED, UNDONE},
    tr::order as words,
    when,
};

/// `OrderStatus`, told apart by what there is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Held,
    Awaiting,
    /// The last attempt failed; the places are still held.
    Declined,
    /// The payment page could not be opened.
    NoPaymentPage,
    /// The hour is over, and the provider is asked for the last time.
    Checking,
    /// Paid, and the tickets are a moment away.
    Preparing,
    Paid,
    /// Everybody was let on, and the trip is not over.
    Aboard,
    Completed,
    PartlyRefunded,
    Refunded,
    /// Sold at the counter, and taken back there.
    Undone,
    Failed,
    Expired,
    Cancelled,
    /// The same cart has chosen something else since.
    Replaced,
    /// The partner has called the departure off.
    CalledOff,
    /// Money came too late and goes back.
    Late,
}

impl Phase {
    #[must_use]
    pub fn of(order: &OrderView) -> Self {
        let over = order.now >= order.expires_at;
        match order.status {
            status if order.late_money_returned && !status.has_tickets() => Self::Late,
            OrderStatus::Held if over => Self::Expired,
            OrderStatus::Held => Self::Held,
            OrderStatus::AwaitingPayment if over => Self::Checking,
            OrderStatus::AwaitingPayment if order.payment_url.is_some() => Self::Awaiting,
            OrderStatus::AwaitingPayment if order.failure.is_some() => Self::Declined,
            OrderStatus::AwaitingPayment => Self::NoPaymentPage,
            OrderStatus::Paid if order.tickets.is_empty() => Self::Preparing,
            OrderStatus::Paid => Self::Paid,
            OrderStatus::Completed if order.lines.iter().any(|line| order.now < line.ends_at) => Self::Aboard,
            OrderStatus::Completed => Self::Completed,
            OrderStatus::PartlyRefunded => Self::PartlyRefunded,
            OrderStatus::Refunded if order.failure.as_deref() == Some(UNDONE) => Self::Undone,
            OrderStatus::Refunded => Self::Refunded,
            OrderStatus::Failed => Self::Failed,
            OrderStatus::Expired => Self::Expired,
            OrderStatus::Cancelled if order.failure.as_deref() == Some(REPLACED) => Self::Replaced,
            OrderStatus::Cancelled if order.failure.as_deref() == Some(CALLED_OFF) => Self::CalledOff,
            OrderStatus::Cancelled => Self::Cancelled,
        }
    }

    /// The customer can pay now.
    #[must_use]
    pub const fn can_pay(self) -> bool {
        matches!(self, Self::Awaiting | Self::Declined | Self::NoPaymentPage)
    }

    /// The places are still held.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.can_pay() || matches!(self, Self::Held)
    }

    /// It changes without the reader: a page without a script asks again by itself.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Awaiting | Self::Checking | Self::Preparing)
    }

    /// Nothing was bought: the way leads back to the tour.
    #[must_use]
    pub const fn is_lost(self) -> bool {
        matches!(
            self,
            Self::Failed
                | Self::Expired
                | Self::Cancelled
                | Self::Replaced
                | Self::CalledOff
                | Self::Refunded
                | Self::Undone
                | Self::Late
        )
    }

    #[must_use]
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Held | Self::Awaiting | Self::Checking => Glyph::Clock,
            Self::Declined | Self::NoPaymentPage | Self::Failed => Glyph::Warning,
            Self::Preparing | Self::Paid | Self::Aboard => Glyph::Check,
            Self::Completed => Glyph::Mountain,
            Self::PartlyRefunded | Self::Refunded | Self::Undone | Self::Replaced | Self::Late => Glyph::Back,
            Self::Expired | Self::Cancelled | Self::CalledOff => Glyph::Cross,
        }
    }

    #[must_use]
    pub const fn tone(self) -> AlertTone {
        match self {
            Self::Held | Self::Completed | Self::PartlyRefunded | Self::Refunded | Self::Undone | Self::Replaced | Self::Late => {
                AlertTone::Info
            }
            Self::Awaiting | Self::Checking | Self::NoPaymentPage => AlertTone::Warn,
            Self::Preparing | Self::Paid | Self::Aboard => AlertTone::Good,
            Self::Declined | Self::Failed | Self::Expired | Self::Cancelled | Self::CalledOff => AlertTone::Bad,
        }
    }

    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => words::held(lang),
            Self::Awaiting => words::awaiting(lang),
            Self::Declined => words::declined(lang),
            Self::NoPaymentPage => words::no_page(lang),
            Self::Checking => words::checking(lang),
            Self::Preparing => words::preparing(lang),
            Self::Paid => words::paid(lang),
            Self::Aboard => words::aboard(lang),
            Self::Completed => words::completed(lang),
            Self::PartlyRefunded => words::partly_refunded(lang),
            Self::Refunded => words::refunded(lang),
            Self::Undone => words::undone(lang),
            Self::Failed => words::failed(lang),
            Self::Expired => words::expired(lang),
            Self::Cancelled => words::cancelled(lang),
            Self::Replaced => words::replaced(lang),
            Self::CalledOff => words::called_off(lang),
            Self::Late => words::late(lang),
        }
    }

    /// What is safe and what comes next.
    #[must_use]
    pub fn text(self, lang: Lang, order: &OrderView) -> String {
        match self {
            Self::Held => words::held_text(lang).to_owned(),
            Self::Awaiting => words::awaiting_text(lang, &order.contact_email),
            Self::Declined => words::declined_text(lang).to_owned(),
            Self::NoPaymentPage => words::no_page_text(lang, when::clock(when::local(order.expires_at))),
            Self::Checking => words::checking_text(lang).to_owned(),
            Self::Preparing => words::preparing_text(lang).to_owned(),
            // Bought at the counter, without an address.
            Self::Paid if order.contact_email.is_empty() => words::paid_text_no_mail(lang).to_owned(),
            Self::Paid => words::paid_text(lang, &order.contact_email),
            Self::Aboard => words::aboard_text(lang).to_owned(),
            Self::Completed => words::completed_text(lang).to_owned(),
            Self::PartlyRefunded => words::partly_refunded_text(lang).to_owned(),
            Self::Refunded | Self::Undone if order.total.tiyn() == 0 => words::refunded_free_text(lang).to_owned(),
            Self::Refunded => words::refunded_text(lang, order.total),
            Self::Undone => words::undone_text(lang, order.total),
            Self::Failed => words::failed_text(lang).to_owned(),
            Self::Expired => words::expired_text(lang).to_owned(),
            Self::Cancelled => words::cancelled_text(lang).to_owned(),
            Self::Replaced => words::replaced_text(lang).to_owned(),
            Self::CalledOff => words::called_off_text(lang).to_owned(),
            Self::Late => words::late_text(lang, order.total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::{
        Money,
        dto::order::OrderLineView,
        ids::{DepartureId, OrderId, TicketTypeId},
    };
    use uuid::Uuid;

    fn order(status: OrderStatus) -> OrderView {
        let now: jiff::Timestamp = "2026-12-05T01:30:00Z".parse().expect("a timestamp");
        OrderView {
            id: OrderId(Uuid::nil()),
            token: "T".into(),
            number: "1".into(),
            lang: Lang::Ru,
            status,
            placed_at: now,
            expires_at: now + jiff::SignedDuration::from_hours(1),
            now,
            total: Money::from_tenge(100),
            contact_name: String::new(),
            contact_phone: String::new(),
            contact_email: String::new(),
            lines: Vec::new(),
            tickets: Vec::new(),
            payment_url: None,
            documents_ready: false,
            failure: None,
            late_money_returned: false,
            can_cancel: false,
        }
    }

    #[test]
    fn an_open_order_says_why_it_is_not_paid() {
        let mut view = order(OrderStatus::AwaitingPayment);
        assert_eq!(Phase::of(&view), Phase::NoPaymentPage);
        view.failure = Some("no funds".into());
        assert_eq!(Phase::of(&view), Phase::Declined);
        view.payment_url = Some("https://bank".into());
        assert_eq!(Phase::of(&view), Phase::Awaiting);
        view.now = view.expires_at;
        assert_eq!(Phase::of(&view), Phase::Checking);
        assert_eq!(Phase::of(&OrderView { now: view.expires_at, ..order(OrderStatus::Held) }), Phase::Expired);
    }

    #[test]
    fn cash_does_not_come_back_by_card() {
        let undone = OrderView { failure: Some(UNDONE.into()), ..order(OrderStatus::Refunded) };
        assert_eq!(Phase::of(&undone), Phase::Undone);
        assert_eq!(Phase::of(&order(OrderStatus::Refunded)), Phase::Refunded);
    }

    #[test]
    fn late_money_is_told_unless_it_found_its_places() {
        let late = |status| OrderView { late_money_returned: true, ..order(status) };
        assert_eq!(Phase::of(&late(OrderStatus::Expired)), Phase::Late);
        assert_eq!(Phase::of(&late(OrderStatus::Paid)), Phase::Preparing);
    }
    #[test]
    fn whoever_was_let_on_is_under_way_until_the_trip_is_over() {
        let mut view = order(OrderStatus::Completed);
        let hour = jiff::SignedDuration::from_hours(1);
        view.lines.push(OrderLineView {
            departure_id: DepartureId(Uuid::nil()),
            ticket_type_id: TicketTypeId(Uuid::nil()),
            listing_slug: "kolsai".into(),
            listing_title: "Көлсай".into(),
            ticket_type: "Ересек".into(),
            starts_at: view.now + hour,
            ends_at: view.now + hour + hour,
            quantity: 1,
            unit_price: view.total,
            meeting_text: String::new(),
            meeting_lat_e6: 0,
            meeting_lng_e6: 0,
            partner_name: String::new(),
            partner_phone: String::new(),
            free_cancel_hours: 48,
        });
        assert_eq!(Phase::of(&view), Phase::Aboard);
        view.now = view.lines[0].ends_at;
        assert_eq!(Phase::of(&view), Phase::Completed);
    }
}
