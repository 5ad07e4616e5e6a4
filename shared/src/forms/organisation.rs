//! What an organisation tells of itself, a few fields a step, and whom it invites. Contacts are `checkout::ContactForm`.
use super::{FieldError, FieldErrors};
use crate::{
    Lang,
    contact::Email,
    requisites::{Bin, Iban},
    roles::Role,
};
use serde::{Deserialize, Serialize};

/// Letters of an address and of what is told about the organisation in one language.
pub const LONGEST_ADDRESS: usize = 200;
pub const LONGEST_ABOUT: usize = 2000;
/// Letters of a reason to change name or BIN.
pub const LONGEST_REASON: usize = 500;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyForm {
    pub name: String,
    pub bin: String,
}

/// Checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub bin: Bin,
}

/// Another name or BIN: both as they are to be, whichever of them changes, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeForm {
    pub name: String,
    pub bin: String,
    pub reason: String,
}

/// Checked; the reason may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub company: Company,
    pub reason: String,
}

/// Where it is and what it says of itself; `city` is a place's slug. A language that is not named keeps its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    pub city: String,
    pub address: String,
    pub about: Vec<(Lang, String)>,
}

/// Checked; each text by its language, `None` where it stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub city: String,
    pub address: String,
    pub about: [Option<String>; 3],
}

/// Where money is paid out to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutForm {
    pub iban: String,
}

/// Somebody to be a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    pub email: String,
    /// A role's word.
    pub role: String,
}

/// Checked; the address in small letters, as accounts have theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    pub email: Email,
    pub role: Role,
}

fn error_of(typed: &str, wrong: FieldError) -> FieldError {
    if typed.trim().is_empty() { FieldError::Missing } else { wrong }
}

/// Runs of white space become one space; `None` with control characters.
fn one_line(typed: &str) -> Option<String> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))).then_some(text)
}

/// Line breaks stay, as `\n`; other control characters go.
fn lines(typed: &str) -> String {
    let text = typed.replace("\r\n", "\n");
    text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

impl CompanyForm {
    /// Every field's error at once.
    pub fn validate(&self) -> Result<Company, FieldErrors> {
        let name = one_line(&self.name)
            .filter(|name| (2..=120).contains(&name.chars().count()) && name.chars().any(char::is_alphanumeric));
        match (name, Bin::parse(&self.bin)) {
            (Some(name), Some(bin)) => Ok(Company { name, bin }),
            (name, bin) => {
                let mut errors = FieldErrors::new();
                if name.is_none() {
                    errors.push(("name".to_owned(), error_of(&self.name, FieldError::Name)));
                }
                if bin.is_none() {
                    errors.push(("bin".to_owned(), error_of(&self.bin, FieldError::Bin)));
                }
                Err(errors)
            }
        }
    }
}

impl ChangeForm {
    /// Every field's error at once.
    pub fn validate(&self) -> Result<Change, FieldErrors> {
        let company = CompanyForm { name: self.name.clone(), bin: self.bin.clone() }.validate();
        let reason = lines(&self.reason);
        let long = reason.chars().count() > LONGEST_REASON;
        match company {
            Ok(company) if !long => Ok(Change { company, reason }),
            other => {
                let mut errors = other.err().unwrap_or_default();
                errors.extend(long.then(|| ("reason".to_owned(), FieldError::TooLong)));
                Err(errors)
            }
        }
    }
}

impl ProfileForm {
    /// Every field's error at once. About is wanted in the first of its languages only: the others may be empty.
    pub fn validate(&self) -> Result<Profile, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut fail = |field: &str, error| errors.push((field.to_owned(), error));
        let slug = |text: &str| text.len() <= 80 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let city = self.city.trim();
        if city.is_empty() || !slug(city) {
            fail("city", error_of(city, FieldError::Choice));
        }
        let address = one_line(&self.address).unwrap_or_default();
        if address.is_empty() {
            fail("address", FieldError::Missing);
        } else if address.chars().count() > LONGEST_ADDRESS {
            fail("address", FieldError::TooLong);
        }
        let mut about = [const { None }; 3];
        for (lang, typed) in &self.about {
            let text = lines(typed);
            if text.chars().count() > LONGEST_ABOUT {
                fail(about_field(*lang), FieldError::TooLong);
            }
            about[*lang as usize] = Some(text);
        }
        if let Some((first, _)) = self.about.first()
            && about.iter().flatten().all(String::is_empty)
        {
            fail(about_field(*first), FieldError::Missing);
        }
        if errors.is_empty() { Ok(Profile { city: city.to_owned(), address, about }) } else { Err(errors) }
    }
}

/// The name of the field that holds a language's text.
#[must_use]
pub const fn about_field(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "about_ru",
        Lang::Kk => "about_kk",
        Lang::En => "about_en",
    }
}

impl PayoutForm {
    pub fn validate(&self) -> Result<Iban, FieldErrors> {
        Iban::parse(&self.iban).ok_or_else(|| vec![("iban".to_owned(), error_of(&self.iban, FieldError::Iban))])
    }
}

impl InviteForm {
    /// Every field's error at once. Ownership is handed over, nobody is invited to it.
    pub fn validate(&self) -> Result<Invite, FieldErrors> {
        let email = Email::parse(&self.email.to_lowercase());
        let role = Role::parse(&self.role).filter(|role| *role != Role::Owner);
        match (email, role) {
            (Some(email), Some(role)) => Ok(Invite { email, role }),
            (email, role) => {
                let mut errors = FieldErrors::new();
                if email.is_none() {
                    errors.push(("email".to_owned(), error_of(&self.email, FieldError::Email)));
                }
                if role.is_none() {
                    errors.push(("role".to_owned(), error_of(&self.role, FieldError::Choice)));
                }
                Err(errors)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_its_name_and_a_right_number() {
        let form = CompanyForm { name: "  ТОО   «Nomad  Trails» ".into(), bin: "971240 001315".into() };
        let company = form.validate().expect("right");
        assert_eq!((company.name.as_str(), company.bin.as_str()), ("ТОО «Nomad Trails»", "971240001315"));
        let errors = CompanyForm { name: "—".into(), bin: String::new() }.validate().expect_err("wrong");
        assert_eq!(errors, [("name".into(), FieldError::Name), ("bin".into(), FieldError::Missing)]);
    }

    #[test]
    fn a_change_may_lack_its_reason_but_no_right_number() {
        let form = |bin: &str, reason: &str| ChangeForm { name: "Tau".into(), bin: bin.into(), reason: reason.into() }.validate();
        let change = form("971240 001315", " Перерегистрация\r\n ").expect("right");
        assert_eq!((change.company.bin.as_str(), change.reason.as_str()), ("971240001315", "Перерегистрация"));
        assert!(form("971240001315", "").is_ok());
        let long = "а".repeat(LONGEST_REASON + 1);
        let both = vec![("bin".into(), FieldError::Bin), ("reason".into(), FieldError::TooLong)];
        assert_eq!(form("971240001316", &long), Err(both));
    }

    #[test]
    fn about_is_wanted_in_one_language() {
        let form = |about: &[(Lang, &str)]| ProfileForm {
            city: "almaty".into(),
            address: "пр. Абая, 10".into(),
            about: about.iter().map(|(lang, text)| (*lang, (*text).to_owned())).collect(),
        };
        let profile = form(&[(Lang::Kk, " Бір\r\nекі ")]).validate().expect("right");
        assert_eq!(profile.about, [None, Some("Бір\nекі".to_owned()), None]);
        assert!(form(&[(Lang::Ru, ""), (Lang::Kk, "Біз"), (Lang::En, "")]).validate().is_ok());
        assert_eq!(form(&[(Lang::En, " ")]).validate(), Err(vec![("about_en".into(), FieldError::Missing)]));
        let long = "а".repeat(LONGEST_ABOUT + 1);
        assert_eq!(form(&[(Lang::Ru, &long)]).validate(), Err(vec![("about_ru".into(), FieldError::TooLong)]));
        let nowhere = ProfileForm { city: "../x".into(), ..form(&[(Lang::Ru, "Мы")]) };
        assert_eq!(nowhere.validate(), Err(vec![("city".into(), FieldError::Choice)]));
    }

    #[test]
    fn nobody_is_invited_to_be_the_owner() {
        let invite = |role: &str| InviteForm { email: "A@Example.KZ".into(), role: role.into() }.validate();
        assert_eq!(invite("gate").map(|i| i.email.to_string()).as_deref(), Ok("a@example.kz"));
        assert_eq!(invite("owner"), Err(vec![("role".into(), FieldError::Choice)]));
    }
}
