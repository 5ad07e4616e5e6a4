//! What a look at a ticket, or an attempt to let it on, comes to: one of seven, each with a colour, an icon, a word and a sound.
use crate::{error::AppError, ui::Glyph};
use sapar_shared::{
    Lang,
    dto::{
        order::TicketStatus,
        partner::{Activation, GateTicket, Look},
    },
    tr, when,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Good for now, and waiting for the button.
    Allowed,
    /// Let on just now: so many.
    LetOn(i32),
    Used,
    Void,
    WrongDay,
    /// Another organisation's.
    Foreign,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub kind: Kind,
    /// None when nothing is known of it.
    pub ticket: Option<GateTicket>,
}

impl Verdict {
    #[must_use]
    pub fn of_look(look: Look) -> Self {
        let ticket = match look {
            Look::Ticket(ticket) => ticket,
            Look::Foreign => return Self { kind: Kind::Foreign, ticket: None },
            Look::Unknown => return Self { kind: Kind::Unknown, ticket: None },
        };
        let kind = match ticket.status {
            TicketStatus::Void => Kind::Void,
            TicketStatus::Activated => Kind::Used,
            TicketStatus::Issued if ticket.right_day => Kind::Allowed,
            TicketStatus::Issued => Kind::WrongDay,
        };
        Self { kind, ticket: Some(ticket) }
    }

    #[must_use]
    pub fn of_activation(activation: Activation) -> Self {
        match activation {
            Activation::Activated { count, ticket } => Self { kind: Kind::LetOn(count), ticket: Some(ticket) },
            Activation::Already { ticket } => Self { kind: Kind::Used, ticket: Some(ticket) },
            Activation::Void { ticket } => Self { kind: Kind::Void, ticket: Some(ticket) },
            Activation::WrongDay { ticket } => Self { kind: Kind::WrongDay, ticket: Some(ticket) },
            Activation::Foreign => Self { kind: Kind::Foreign, ticket: None },
            Activation::Unknown => Self { kind: Kind::Unknown, ticket: None },
        }
    }

    /// The card of a ticket that was let on without a script: the query tells how many, the ticket itself the rest. A made-up
    /// query cannot show a ticket as let on that was not.
    #[must_use]
    pub fn after(look: Look, done: Option<&str>) -> Self {
        let seen = Self::of_look(look);
        match (seen.kind, done.and_then(|word| word.strip_prefix("on-")).map(str::parse)) {
            (Kind::Used, Some(Ok(count))) => Self { kind: Kind::LetOn(count), ..seen },
            _ => seen,
        }
    }

    /// For the query, see `after`; only an answer to a plain form needs it.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn to_word(&self) -> String {
        match self.kind {
            Kind::LetOn(count) => format!("on-{count}"),
            _ => "no".to_owned(),
        }
    }

    #[must_use]
    pub const fn is_on_board(&self) -> bool {
        matches!(self.kind, Kind::LetOn(_))
    }

    /// How many more of the order the second button would let on; 0 hides it.
    #[must_use]
    pub fn others(&self) -> i32 {
        match (&self.ticket, self.kind) {
            (Some(ticket), Kind::Allowed) if ticket.order_open > 1 => ticket.order_open,
            (Some(ticket), Kind::Used | Kind::LetOn(_)) if ticket.right_day => ticket.order_open,
            _ => 0,
        }
    }

    #[must_use]
    pub fn word(&self, lang: Lang) -> String {
        match self.kind {
            Kind::Allowed => tr::gate::allowed(lang).to_owned(),
            Kind::LetOn(count) if count > 1 => tr::gate::let_on_many(lang, i64::from(count)),
            Kind::LetOn(_) => tr::gate::let_on(lang).to_owned(),
            Kind::Used => tr::gate::used(lang).to_owned(),
            Kind::Void => tr::gate::void(lang).to_owned(),
            Kind::WrongDay => tr::gate::wrong_day(lang).to_owned(),
            Kind::Foreign => tr::gate::foreign(lang).to_owned(),
            Kind::Unknown => tr::gate::unknown(lang).to_owned(),
        }
    }

    /// The line under the word.
    #[must_use]
    pub fn why(&self, lang: Lang) -> Option<String> {
        let ticket = self.ticket.as_ref();
        match self.kind {
            // At the counter nobody has to say a name.
            Kind::Allowed => ticket.map(|ticket| match ticket.name.as_str() {
                "" => ticket.ticket_type.clone(),
                name => format!("{name} · {}", ticket.ticket_type),
            }),
            // A reloaded answer must not pass for a fresh one: it says its time.
            Kind::LetOn(_) | Kind::Used => {
                let ticket = ticket?;
                let at = ticket.activated_at.map(|at| when::moment_text(lang, at));
                let by = ticket.activated_by.as_ref().map(|name| tr::gate::used_by(lang, name));
                Some([at, by].into_iter().flatten().collect::<Vec<_>>().join(". "))
            }
            Kind::Void => Some(tr::gate::void_text(lang).to_owned()),
            Kind::WrongDay => {
                let day = when::local(ticket?.starts_at).date();
                Some(tr::gate::wrong_day_text(
                    lang,
                    format!("{}, {}", when::weekday(lang, day.weekday()), when::day_month(lang, day)),
                ))
            }
            Kind::Foreign => Some(tr::gate::foreign_text(lang).to_owned()),
            Kind::Unknown => Some(tr::gate::unknown_text(lang).to_owned()),
        }
    }

    #[must_use]
    pub const fn glyph(&self) -> Glyph {
        match self.kind {
            Kind::Allowed => Glyph::Ticket,
            Kind::LetOn(_) => Glyph::Check,
            Kind::Used => Glyph::Clock,
            Kind::Void => Glyph::Cross,
            Kind::WrongDay => Glyph::Calendar,
            Kind::Foreign | Kind::Unknown => Glyph::Warning,
        }
    }

    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.kind {
            Kind::Allowed => "verdict verdict-allowed",
            Kind::LetOn(_) => "verdict verdict-on",
            Kind::Used | Kind::WrongDay => "verdict verdict-warn",
            Kind::Void | Kind::Foreign | Kind::Unknown => "verdict verdict-bad",
        }
    }

    /// As the gate's whole screen: yes, careful, no.
    #[must_use]
    pub const fn flash(&self) -> &'static str {
        match self.kind {
            Kind::Allowed | Kind::LetOn(_) => "scan-flash scan-flash-good",
            Kind::Used | Kind::WrongDay => "scan-flash scan-flash-warn",
            Kind::Void | Kind::Foreign | Kind::Unknown => "scan-flash scan-flash-bad",
        }
    }

    /// Which sound: `public/gate/scan.js` knows these words.
    #[must_use]
    pub const fn sound(&self) -> &'static str {
        match self.kind {
            Kind::Allowed => "good",
            Kind::LetOn(_) => "done",
            Kind::Used | Kind::WrongDay => "warn",
            Kind::Void | Kind::Foreign | Kind::Unknown => "bad",
        }
    }
}

/// Title and text of a failed activation.
#[must_use]
pub fn failure(lang: Lang, error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::SignInFirst => (tr::gate::session_title(lang), tr::gate::session_text(lang)),
        AppError::Forbidden => (tr::gate::forbidden_title(lang), tr::gate::forbidden_text(lang)),
        _ => (tr::gate::activate_failed_title(lang), tr::gate::activate_failed_text(lang)),
    }
}

/// For the query of the ticket's card, where there is no script.
#[cfg(feature = "ssr")]
#[must_use]
pub const fn error_word(error: &AppError) -> &'static str {
    match error {
        AppError::SignInFirst => "session",
        AppError::Forbidden => "forbidden",
        _ => "unavailable",
    }
}

#[must_use]
pub fn error_of_word(word: &str) -> AppError {
    match word {
        "session" => AppError::SignInFirst,
        "forbidden" => AppError::Forbidden,
        _ => AppError::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(status: TicketStatus, right_day: bool, order_open: i32) -> GateTicket {
        GateTicket {
            code: "7K2M9QXA03TB".into(),
            status,
            title: "Кольсай".into(),
            ticket_type: "Взрослый".into(),
            name: "Айгүл".into(),
            departure_id: sapar_shared::ids::DepartureId(uuid::Uuid::nil()),
            starts_at: jiff::Timestamp::UNIX_EPOCH,
            right_day,
            order_number: "1042".into(),
            order_tickets: 10,
            order_open,
            activated_at: None,
            activated_by: None,
        }
    }

    #[test]
    fn a_look_promises_only_what_activation_keeps() {
        let kind = |status, right_day| Verdict::of_look(Look::Ticket(ticket(status, right_day, 1))).kind;
        assert_eq!(kind(TicketStatus::Issued, true), Kind::Allowed);
        assert_eq!(kind(TicketStatus::Issued, false), Kind::WrongDay);
        assert_eq!(kind(TicketStatus::Activated, true), Kind::Used);
        assert_eq!(kind(TicketStatus::Void, true), Kind::Void);
        assert_eq!(Verdict::of_look(Look::Unknown).kind, Kind::Unknown);
        assert_eq!(Verdict::of_look(Look::Foreign).kind, Kind::Foreign);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_query_cannot_lie() {
        let word = Verdict::of_activation(Activation::Activated { count: 10, ticket: ticket(TicketStatus::Activated, true, 0) })
            .to_word();
        assert_eq!(Verdict::after(Look::Ticket(ticket(TicketStatus::Activated, true, 0)), Some(&word)).kind, Kind::LetOn(10));
        assert_eq!(Verdict::after(Look::Ticket(ticket(TicketStatus::Issued, true, 1)), Some(&word)).kind, Kind::Allowed);
        assert_eq!(Verdict::after(Look::Ticket(ticket(TicketStatus::Void, true, 0)), Some(&word)).kind, Kind::Void);
        assert_eq!(Verdict::after(Look::Unknown, Some(&word)).kind, Kind::Unknown);
    }

    #[test]
    fn the_second_button_is_for_the_others() {
        assert_eq!(Verdict::of_look(Look::Ticket(ticket(TicketStatus::Issued, true, 1))).others(), 0);
        assert_eq!(Verdict::of_look(Look::Ticket(ticket(TicketStatus::Issued, true, 10))).others(), 10);
        assert_eq!(Verdict::of_look(Look::Ticket(ticket(TicketStatus::Activated, true, 9))).others(), 9);
        assert_eq!(Verdict::of_look(Look::Ticket(ticket(TicketStatus::Activated, false, 9))).others(), 0);
    }
}
