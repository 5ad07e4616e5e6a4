//! Who buys at the counter. Nobody has to say; what is said must be right.
use super::{FieldError, FieldErrors};
use crate::contact::{Email, PersonName, Phone};
use serde::{Deserialize, Serialize};

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
}

/// Checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CashContact {
    pub name: Option<PersonName>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
}

impl CashForm {
    /// Every field's error at once.
    pub fn validate(&self) -> Result<CashContact, FieldErrors> {
        let contact = CashContact {
            name: PersonName::parse(&self.name),
            phone: Phone::parse(&self.phone),
            email: Email::parse(&self.email),
        };
        let wrong = |text: &str, read: bool| !text.trim().is_empty() && !read;
        let errors: FieldErrors = [
            ("name", wrong(&self.name, contact.name.is_some()), FieldError::Name),
            ("phone", wrong(&self.phone, contact.phone.is_some()), FieldError::Phone),
            ("email", wrong(&self.email, contact.email.is_some()), FieldError::Email),
        ]
        .into_iter()
        .filter(|(_, is_wrong, _)| *is_wrong)
        .map(|(field, _, error)| (field.to_owned(), error))
        .collect();
        if errors.is_empty() { Ok(contact) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_enough_and_nonsense_is_not() {
        assert_eq!(CashForm::default().validate(), Ok(CashContact::default()));
        let form = CashForm { name: " ".into(), phone: "12".into(), email: "x".into() };
        assert_eq!(form.validate(), Err(vec![("phone".to_owned(), FieldError::Phone), ("email".to_owned(), FieldError::Email)]));
    }
}
