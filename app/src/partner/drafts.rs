//! Where the browser's storage keeps what is not saved yet: under the account that typed it, for a phone may be shared. Whoever
//! signs out leaves none of it behind.
use crate::browser;
use sapar_shared::ids::{AccountId, ListingId};

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// The content of a tour.
    Tour(ListingId),
    TicketTypes(ListingId),
    /// A step of becoming a partner.
    Start,
}

const TOUR: &str = "sapar_draft";
const TICKET_TYPES: &str = "sapar_ticket_types";
const START: &str = "sapar_start";

impl Draft {
    /// Its key in the storage.
    #[must_use]
    pub fn key(self, account: AccountId) -> String {
        match self {
            Self::Tour(listing) => format!("{TOUR}_{account}_{listing}"),
            Self::TicketTypes(listing) => format!("{TICKET_TYPES}_{account}_{listing}"),
            Self::Start => format!("{START}_{account}"),
        }
    }
}

/// Whether something typed is kept under the key; also what the checkout keeps of a buyer.
fn is_draft(key: &str) -> bool {
    [TOUR, TICKET_TYPES, START].iter().any(|kind| key.starts_with(kind))
}

/// Drops all of them, whosever they are.
pub fn forget_all() {
    browser::forget_all(is_draft);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::checkout::draft::storage;

    #[test]
    fn drafts_of_two_accounts_never_meet_and_all_go() {
        let id = uuid::Uuid::from_u128;
        let (tour, other_tour) = (ListingId(id(1)), ListingId(id(2)));
        let kinds = [Draft::Tour(tour), Draft::Tour(other_tour), Draft::TicketTypes(tour), Draft::Start];
        let keys: Vec<_> = [AccountId(id(7)), AccountId(id(8))].iter().flat_map(|own| kinds.map(|kind| kind.key(*own))).collect();
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(different.len(), 8);
        assert!(keys.iter().all(|key| is_draft(key)));
        assert!(is_draft(storage::KEY));
        for stays in ["sapar_orders", "sapar_saved", "sapar_scan", "theme"] {
            assert!(!is_draft(stays), "{stays}");
        }
    }
}
