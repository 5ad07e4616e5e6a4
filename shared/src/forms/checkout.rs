//! Placing an order.
use super::{FieldError, FieldErrors};
use crate::{
    Lang,
    contact::{Email, PersonName, Phone},
    ids::{DepartureId, TicketTypeId},
};
use serde::{Deserialize, Serialize};

/// Kinds of tickets in one order.
pub const MAX_LINES: usize = 100;
/// Tickets of one kind in one order.
pub const MAX_QUANTITY: i32 = 50;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
}

/// Checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: PersonName,
    pub phone: Phone,
    pub email: Email,
}

impl ContactForm {
    /// Every field's error at once, so that nobody corrects them one by one.
    pub fn validate(&self) -> Result<Contact, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut check = |field: &str, text: &str, error: FieldError| {
            errors.push((field.to_owned(), if text.trim().is_empty() { FieldError::Missing } else { error }));
        };
        let name = PersonName::parse(&self.name);
        let phone = Phone::parse(&self.phone);
        let email = Email::parse(&self.email);
        if name.is_none() {
            check("name", &self.name, FieldError::Name);
        }
        if phone.is_none() {
            check("phone", &self.phone, FieldError::Phone);
        }
        if email.is_none() {
            check("email", &self.email, FieldError::Email);
        }
        match (name, phone, email) {
            (Some(name), Some(phone), Some(email)) => Ok(Contact { name, phone, email }),
            _ => Err(errors),
        }
    }
}

/// One kind of ticket for one departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub departure_id: DepartureId,
    pub ticket_type_id: TicketTypeId,
    pub quantity: i32,
}

/// An order as it is placed, by the UI and by the API alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceOrder {
    pub lang: Lang,
    pub contact: ContactForm,
    pub lines: Vec<CartLine>,
}

impl PlaceOrder {
    /// The contact, or everything that is wrong with the form.
    pub fn validate(&self) -> Result<Contact, FieldErrors> {
        let contact = self.contact.validate();
        let quantities = !self.lines.is_empty()
            && self.lines.len() <= MAX_LINES
            && self.lines.iter().all(|line| (1..=MAX_QUANTITY).contains(&line.quantity));
        if quantities {
            return contact;
        }
        let mut errors = contact.err().unwrap_or_default();
        errors.push(("lines".to_owned(), FieldError::Quantity));
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_errors_come_at_once() {
        let form = ContactForm { name: String::new(), phone: "12".into(), email: "x".into() };
        let errors = form.validate().expect_err("nothing is right");
        assert_eq!(
            errors,
            [("name".into(), FieldError::Missing), ("phone".into(), FieldError::Phone), ("email".into(), FieldError::Email)]
        );
    }
}
