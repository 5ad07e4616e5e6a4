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
    /// See orders: who bought what, for how much.
    SeeOrders,
    /// Resend tickets, note, correct a passenger's name, hand an order to another departure.
    ServeCustomers,
    /// Sell for cash, and correct the stock for what was sold elsewhere.
    SellForCash,
    /// Take back any sale for cash until its departure leaves; whoever sells has a while for their own.
    UndoSales,
    /// Take lists of passengers and orders out of the house.
    ExportLists,
    /// Listings, ticket types, prices and departures: prepare, submit, change, cancel.
    EditListings,
    /// The public profile and the company's data.
    EditOrganisation,
    /// Where money is paid out to.
    EditPayout,
    /// Ask for another name or BIN, once the organisation is active.
    RequestChange,
    /// See, invite and remove members; whom exactly is `Role::may_grant`.
    ManageMembers,
    /// Give the organisation into other hands.
    HandOver,
}

use Permission as P;

/// Read it line by line: owner, manager, accountant, seller, gate.
#[rustfmt::skip]
pub const TABLE: [(Permission, [bool; 5]); 13] = {
    const Y: bool = true;
    const N: bool = false;
    [
        //                     owner manager accountant seller gate
        (P::SeeDepartures,    [Y,    Y,      Y,         Y,     Y]),
        (P::ActivateTickets,  [Y,    Y,      N,         Y,     Y]),
        (P::SeeOrders,        [Y,    Y,      Y,         Y,     N]),
        (P::ServeCustomers,   [Y,    Y,      N,         Y,     N]),
        (P::SellForCash,      [Y,    Y,      N,         Y,     N]),
        (P::UndoSales,        [Y,    Y,      N,         N,     N]),
        (P::ExportLists,      [Y,    Y,      Y,         N,     N]),
        (P::EditListings,     [Y,    Y,      N,         N,     N]),
        (P::EditOrganisation, [Y,    Y,      N,         N,     N]),
        (P::EditPayout,       [Y,    N,      N,         N,     N]),
        (P::RequestChange,    [Y,    N,      N,         N,     N]),
        (P::ManageMembers,    [Y,    Y,      N,         N,     N]),
        (P::HandOver,         [Y,    N,      N,         N,     N]),
    ]
};

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
    pub fn may(self, permission: Permission) -> bool {
        TABLE.iter().any(|(of, roles)| *of == permission && roles[self as usize])
    }

    /// Whether a member of this role may give `other` to somebody, and take it away. Ownership is handed over, never granted.
    #[must_use]
    pub const fn may_grant(self, other: Self) -> bool {
        match self {
            Self::Owner => !matches!(other, Self::Owner),
            Self::Manager => matches!(other, Self::Seller | Self::Gate),
            _ => false,
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

    #[test]
    fn each_permission_has_one_line_and_the_owner_has_all() {
        for (at, (permission, roles)) in TABLE.iter().enumerate() {
            assert!(TABLE.iter().skip(at + 1).all(|(other, _)| other != permission), "{permission:?} stands twice");
            assert!(roles[0], "{permission:?}: somebody must be able to");
            for role in Role::ALL {
                assert_eq!(role.may(*permission), roles[role as usize]);
            }
        }
        assert_eq!(Permission::HandOver as usize + 1, TABLE.len(), "a permission has no line");
    }

    #[test]
    fn nobody_grants_what_is_above_them() {
        for role in Role::ALL {
            assert!(!role.may_grant(Role::Owner));
            for other in Role::ALL {
                assert!(!role.may_grant(other) || role.may(Permission::ManageMembers) && (other as usize) > (role as usize));
            }
        }
    }
}
