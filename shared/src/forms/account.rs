//! Opening an account and telling of oneself.
use super::{
    FieldError, FieldErrors,
    checkout::{Contact, ContactForm},
};
use crate::{dto::account::LANGUAGES, dto::account::NETWORKS, when};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Letters of the shortest password.
pub const MIN_PASSWORD: usize = 8;
/// Those of eight letters and more that every list of guesses begins with.
const COMMON: &str = "12345678 123456789 1234567890 0123456789 9876543210 987654321 87654321 11111111 111111111 1111111111 \
    00000000 000000000 12341234 11223344 12121212 88888888 77777777 66666666 55555555 99999999 12344321 123123123 147258369 \
    123456789a a123456789 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 \
    qwerty123456 qazwsxedc zaq12wsx asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 password password1 password12 password123 passw0rd \
    p@ssw0rd iloveyou sunshine princess football baseball superman trustno1 welcome1 letmein1 abcd1234 abc12345 abcdefgh \
    asdf1234 admin123 administrator kazakhstan kazakhstan1 qazaqstan almaty2024 almaty2025 almaty2026 йцукенгш йцукенгшщз \
    йцукен123 пароль123 қазақстан казахстан алматы123 marlboro samsung1 samsung123 computer internet whatever starwars dragon12 \
    monkey12 1234qwer qwer1234 q1w2e3r4 q1w2e3r4t5 a1b2c3d4 aa123456 aa12345678 12345678a 12345qwert 1234567q 123qweasd \
    123qweasdzxc qweasdzxc 1password changeme default1 temp1234 test1234 testtest secret123";

/// Long enough, and not what everybody tries first. `Missing`, `Short` or `Common`.
pub fn check_password(typed: &str) -> Result<(), FieldError> {
    let small = typed.to_lowercase();
    let mut letters = small.chars();
    let first = letters.next();
    if typed.is_empty() {
        Err(FieldError::Missing)
    } else if typed.chars().count() < MIN_PASSWORD {
        Err(FieldError::Short)
    } else if letters.all(|letter| Some(letter) == first) || COMMON.split_whitespace().any(|common| common == small) {
        Err(FieldError::Common)
    } else {
        Ok(())
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpForm {
    pub contact: ContactForm,
    pub password: String,
}

/// Checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson<'a> {
    pub contact: Contact,
    pub password: &'a str,
}

impl SignUpForm {
    /// Every field's error at once.
    pub fn validate(&self) -> Result<NewPerson<'_>, FieldErrors> {
        let password = check_password(&self.password);
        match (self.contact.validate(), password) {
            (Ok(contact), Ok(())) => Ok(NewPerson { contact, password: &self.password }),
            (contact, password) => {
                let mut errors = contact.err().unwrap_or_default();
                errors.extend(password.err().map(|error| ("password".to_owned(), error)));
                Err(errors)
            }
        }
    }
}

/// As typed; what is empty is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    pub city: String,
    pub network: String,
    /// Codes of ISO 639-1.
    pub languages: Vec<String>,
}

/// Checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldProfile {
    pub birth_date: Option<Date>,
    pub city: Option<String>,
    pub network: Option<String>,
    pub languages: Vec<String>,
}

/// The first and the last day on which whoever tells their birth date may be born: nobody later than `today`, nor in a year more
/// than 120 ago.
#[must_use]
pub fn birth_dates(today: Date) -> (Date, Date) {
    (Date::new(today.year() - 120, 1, 1).unwrap_or(Date::MIN), today)
}

impl ProfileForm {
    /// `today` in Almaty.
    pub fn validate(&self, today: Date) -> Result<ToldProfile, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut wrong = |field: &str, error| errors.push((field.to_owned(), error));
        let birth_date = when::of_iso(self.birth_date.trim());
        let (first, last) = birth_dates(today);
        let possible = birth_date.is_some_and(|day| (first..=last).contains(&day));
        if !self.birth_date.trim().is_empty() && !possible {
            wrong("birth_date", FieldError::Date);
        }
        let city = self.city.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (2..=80).contains(&city.chars().count()) && city.chars().all(|c| !c.is_control());
        if !city.is_empty() && !fits {
            wrong("city", FieldError::Name);
        }
        let network = NETWORKS.into_iter().find(|known| *known == self.network).map(str::to_owned);
        let languages = LANGUAGES.into_iter().filter(|known| self.languages.iter().any(|l| l == known)).map(str::to_owned);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(ToldProfile { birth_date, city: Some(city).filter(|c| !c.is_empty()), network, languages: languages.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused() {
        assert_eq!(check_password(""), Err(FieldError::Missing));
        assert_eq!(check_password("көлсай7"), Err(FieldError::Short));
        for common in ["12345678", "Password1", "ЙЦУКЕНГШ", "zzzzzzzzzz", "қазақстан"] {
            assert_eq!(check_password(common), Err(FieldError::Common), "{common}");
        }
        assert_eq!(check_password("көлсай-2026"), Ok(()));
    }

    #[test]
    fn all_errors_of_a_sign_up_come_at_once() {
        let errors = SignUpForm::default().validate().map(|_| ()).expect_err("nothing is right");
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["name", "phone", "email", "password"]);
    }

    #[test]
    fn a_profile_is_what_was_told_and_can_be() {
        let today = Date::constant(2026, 11, 21);
        let form =
            |birth_date: &str, city: &str| ProfileForm { birth_date: birth_date.into(), city: city.into(), ..Default::default() };
        assert_eq!(form("", " ").validate(today), Ok(ToldProfile::default()));
        assert_eq!(form("1990-02-30", "A").validate(today).map_err(|e| e.len()), Err(2));
        assert!(form("2026-11-22", "").validate(today).is_err(), "born tomorrow");
        assert!(form("1905-12-31", "").validate(today).is_err(), "born too long ago");
        for possible in ["1906-01-01", "2026-11-21"] {
            assert!(form(possible, "").validate(today).is_ok(), "{possible}");
        }
        let mut told = form("1990-02-28", "Өскемен");
        (told.network, told.languages) = ("myspace".into(), vec!["xx".into(), "kk".into(), "ru".into(), "kk".into()]);
        let told = told.validate(today).expect("a profile");
        assert_eq!((told.network, told.languages), (None, vec!["ru".to_owned(), "kk".to_owned()]));
    }
}
