//! Opening an account and telling of oneself.
use super::{
    FieldError, FieldErrors,
    checkout::{Contact, ContactForm},
};
use crate::{
    contact::{PersonName, reads, turns},
    dto::account::{Fact, LANGUAGES, NETWORKS},
    when,
};
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
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    pub city: String,
    pub network: String,
    /// Codes of ISO 639-1.
    pub languages: Vec<String>,
    /// The facts (`Fact::as_str`) that may be used for what they are asked for. No other is taken.
    pub agreed: Vec<String>,
}

/// Checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldProfile {
    pub name: Option<PersonName>,
    pub birth_date: Option<Date>,
    pub city: Option<String>,
    pub network: Option<String>,
    pub languages: Vec<String>,
}

/// The first and the last day on which whoever tells their birth date may be born: nobody later than the day before `today`, nor
/// in a year more than 120 ago.
#[must_use]
pub fn birth_dates(today: Date) -> (Date, Date) {
    (Date::new(today.year() - 120, 1, 1).unwrap_or(Date::MIN), today.yesterday().unwrap_or(today))
}

/// A city: 2 to 80 characters, folded as a name is.
fn city(typed: &str) -> Option<String> {
    let city = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    ((2..=80).contains(&city.chars().count()) && reads(&city)).then_some(city)
}

impl ProfileForm {
    /// `today` in Almaty.
    pub fn validate(&self, today: Date) -> Result<ToldProfile, FieldErrors> {
        let mut errors = FieldErrors::new();
        let (first, last) = birth_dates(today);
        let birth_date = when::of_iso(self.birth_date.trim()).filter(|day| (first..=last).contains(day));
        let name = PersonName::parse(&self.name);
        let city = city(&self.city);
        let network = NETWORKS.into_iter().find(|known| *known == self.network).map(str::to_owned);
        let spoken = LANGUAGES.into_iter().filter(|code| self.languages.iter().any(|typed| typed == code));
        let languages: Vec<String> = spoken.map(str::to_owned).collect();
        let known = self.languages.iter().all(|typed| LANGUAGES.contains(&typed.as_str()));
        let told = [
            (Fact::Name, self.name.trim().is_empty(), name.is_some(), FieldError::Name),
            (Fact::BirthDate, self.birth_date.trim().is_empty(), birth_date.is_some(), FieldError::Date),
            (Fact::City, self.city.trim().is_empty(), city.is_some(), FieldError::Name),
            (Fact::Network, self.network.is_empty(), network.is_some(), FieldError::Choice),
            (Fact::Languages, self.languages.is_empty(), known, FieldError::Choice),
        ];
        for (fact, _, fits, error) in told.into_iter().filter(|(_, empty, ..)| !empty) {
            let agreed = self.agreed.iter().any(|agreed| agreed == fact.as_str());
            if !(fits && agreed) {
                errors.push((fact.as_str().to_owned(), if fits { FieldError::Consent } else { error }));
            }
        }
        if errors.is_empty() { Ok(ToldProfile { name, birth_date, city, network, languages }) } else { Err(errors) }
    }
}

/// Letters of the longest name that a device with a key may have.
pub const MAX_DEVICE: usize = 60;

/// What a person calls a device, folded. `Missing`, `TooLong` or `Name`.
pub fn check_device(typed: &str) -> Result<String, FieldError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        Err(FieldError::Missing)
    } else if name.chars().count() > MAX_DEVICE {
        Err(FieldError::TooLong)
    } else if name.chars().any(|c| c.is_control() || turns(c)) {
        Err(FieldError::Name)
    } else {
        Ok(name)
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

    const TODAY: Date = Date::constant(2026, 11, 21);

    /// Everything is agreed to.
    fn form() -> ProfileForm {
        let agreed = ["name", "birth_date", "city", "network", "languages"].map(str::to_owned).to_vec();
        ProfileForm { agreed, ..ProfileForm::default() }
    }

    #[test]
    fn a_profile_is_what_was_told_and_can_be() {
        let dated = |birth_date: &str| ProfileForm { birth_date: birth_date.into(), ..form() };
        assert_eq!(ProfileForm { city: " ".into(), name: "\t".into(), ..form() }.validate(TODAY), Ok(ToldProfile::default()));
        for wrong in ["1990-02-30", "2026-11-22", "2026-11-21", "1905-12-31", &"1".repeat(10_000)] {
            assert_eq!(dated(wrong).validate(TODAY), Err(vec![("birth_date".to_owned(), FieldError::Date)]), "{wrong:.20}");
        }
        for possible in ["1906-01-01", "2026-11-20"] {
            assert!(dated(possible).validate(TODAY).is_ok(), "{possible}");
        }
        let languages = vec!["kk".into(), "ru".into(), "kk".into()];
        let told =
            ProfileForm { name: " Айгүл  Сәтбаева ".into(), city: "Өскемен".into(), languages, ..form() };
        let told = told.validate(TODAY).expect("a profile");
        assert_eq!(told.name.map(|name| name.to_string()).as_deref(), Some("Айгүл Сәтбаева"));
        assert_eq!((told.city.as_deref(), told.network), (Some("Өскемен"), None));
        assert_eq!(told.languages, ["ru", "kk"]);
    }

    #[test]
    fn what_no_field_can_hold_is_refused_by_its_name() {
        let long = "Ә".repeat(10_000);
        for text in [long.as_str(), "A", "12345", "Ал\u{0}маты", "Ал\u{202e}маты", "…"] {
            let form = ProfileForm {
                name: text.into(),
                city: text.into(),
                network: text.into(),
                languages: vec![text.into()],
                ..form()
            };
            let errors = form.validate(TODAY).expect_err(text);
            let wrong = [
                ("name", FieldError::Name),
                ("city", FieldError::Name),
                ("network", FieldError::Choice),
                ("languages", FieldError::Choice),
            ];
            assert_eq!(errors, wrong.map(|(field, error)| (field.to_owned(), error)), "{text:.20}");
        }
    }

    #[test]
    fn nothing_is_taken_without_its_consent() {
        let mut form = ProfileForm { city: "Алматы".into(), network: "vk".into(), ..ProfileForm::default() };
        form.agreed = vec!["network".into(), "everything".into()];
        assert_eq!(form.validate(TODAY), Err(vec![("city".to_owned(), FieldError::Consent)]));
        form.city = String::new();
        assert!(form.validate(TODAY).is_ok());
    }

    #[test]
    fn a_device_has_a_name_that_fits_its_line() {
        assert_eq!(check_device("  мой   телефон "), Ok("мой телефон".to_owned()));
        for (typed, error) in [(" ", FieldError::Missing), (&*"ә".repeat(61), FieldError::TooLong), ("a\u{0}b", FieldError::Name)]
        {
            assert_eq!(check_device(typed), Err(error), "{typed}");
        }
        assert!(check_device(&"ә".repeat(60)).is_ok());
    }
}
