//! Who in an organisation may do what: one table that the server, the UI and the tests read.
use serde::{Deserialize, Serialize};

/// A member's role, the most powerful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Accountant,
    Seller,
    Gate,
}

/// What a member may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See departures, their passengers and states of tickets.
    SeeDepartures,
    /// Let people on the bus.
    ActivateTickets,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Manager, Self::Accountant, Self::Seller, Self::Gate];

    /// The word under which the database keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Accountant => "accountant",
            Self::Seller => "seller",
            Self::Gate => "gate",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    #[must_use]
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::SeeDepartures => true,
            Permission::ActivateTickets => !matches!(self, Self::Accountant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("admin"), None);
    }
}
