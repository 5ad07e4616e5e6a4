//! Becoming a partner, in one sitting on a phone.
pub mod api;
mod keep;
mod no_organisation;
mod overview;
mod page;
mod steps;
mod walk;

pub use no_organisation::nowhere;
pub use page::StartPage;

use sapar_shared::{Lang, paths, tr::organisation as tr};

/// A few fields each, saved before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Company,
    Contact,
    Profile,
    Payout,
    Overview,
}

impl Step {
    pub(super) const ALL: [Self; 5] = [Self::Company, Self::Contact, Self::Profile, Self::Payout, Self::Overview];

    /// Its word in the address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Contact => "contact",
            Self::Profile => "profile",
            Self::Payout => "payout",
            Self::Overview => "overview",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    pub(super) fn number(self) -> usize {
        self as usize + 1
    }

    pub(super) fn address(self, lang: Lang) -> String {
        format!("{}?step={}", paths::partner_start(lang), self.word())
    }

    pub(super) fn before(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| (*step as usize) < self as usize)
    }

    /// Behind this one, what is not filled in yet.
    pub(super) fn after(self, filled: [bool; 4]) -> Self {
        let open = Self::ALL.into_iter().zip(filled).find(|(step, filled)| (*step as usize) > self as usize && !filled);
        open.map_or(Self::Overview, |(step, _)| step)
    }

    /// Whether nothing more is wanted there.
    pub(super) fn is_done(self, filled: [bool; 4]) -> bool {
        filled.get(self as usize).copied().unwrap_or(false)
    }

    /// Whether one may go there now.
    pub(super) fn is_open(self, filled: [bool; 4]) -> bool {
        Self::reached(Some(self), filled) == self
    }

    pub(super) fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Company => tr::step_company(lang),
            Self::Contact => tr::step_contact(lang),
            Self::Profile => tr::step_profile(lang),
            Self::Payout => tr::step_payout(lang),
            Self::Overview => tr::step_overview(lang),
        }
    }

    /// Where somebody goes on who asks for `wanted`: no further than the first step that is not filled in.
    pub(super) fn reached(wanted: Option<Self>, filled: [bool; 4]) -> Self {
        let first_open = Self::ALL.into_iter().zip(filled).find(|(_, filled)| !filled).map_or(Self::Overview, |(step, _)| step);
        wanted.filter(|wanted| (*wanted as usize) <= first_open as usize).unwrap_or(first_open)
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{self, *};

    #[test]
    fn what_is_filled_in_is_not_asked_again() {
        assert_eq!(Company.after([false; 4]), Contact);
        assert_eq!(Company.after([false, true, false, false]), Profile);
        assert_eq!(Contact.after([true; 4]), Overview);
        assert_eq!(Payout.after([true, true, false, false]), Overview);
    }

    #[test]
    fn nobody_skips_a_step_and_everybody_may_go_back() {
        assert_eq!(Step::reached(None, [false; 4]), Company);
        assert_eq!(Step::reached(Some(Payout), [true, false, true, false]), Contact);
        assert_eq!(Step::reached(Some(Company), [true; 4]), Company);
        assert_eq!(Step::reached(None, [true; 4]), Overview);
        assert_eq!((Company.before(), Overview.before()), (None, Some(Payout)));
        let open = |filled| Step::ALL.map(|step| step.is_open(filled));
        assert_eq!(open([true, true, false, false]), [true, true, true, false, false]);
        assert_eq!(open([true; 4]), [true; 5]);
        // The account knows whom to call, and still the company comes first.
        assert_eq!(open([false, true, false, false]), [true, false, false, false, false]);
        assert!(Contact.is_done([false, true, false, false]) && !Overview.is_done([true; 4]));
        for step in Step::ALL {
            assert_eq!(Step::parse(step.word()), Some(step));
        }
    }
}
