//! Slots for jobs, by whom they wait for. A neighbour that hangs fills his own lane and no other; so do pictures, which are made
//! one after another.
use sapar_domain::{
    accounts::jobs::{MailLink, MailReset, TellOwner, TextCode},
    kernel::jobs::{Job as _, Kinds},
    partners::jobs::{MailActivation, MailChange, MailInvitation, MailNotice, RemoveCard},
    payments::jobs::{ClosePayment, ReturnMoney, TellCancelled, TellLateMoney},
    privacy::jobs::MailErased,
    tickets::jobs::{MailAgain, MailTickets, TellVoid, TextAgain, TextTickets},
    uploads::jobs::MakePicture,
};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Jobs that wait for nobody outside the house: tickets, documents, counts.
const HOUSE: usize = 8;
/// Jobs that wait for one neighbour. Of pictures so many are taken at once that the last is made within its lease.
const NEIGHBOUR: usize = 4;

/// The mail server's, the SMS gateway's and the payment provider's, and those that wait for one another. What waits for two is
/// counted to the slower.
const NEIGHBOURS: [&[&str]; 4] = [
    &[
        MailTickets::NAME,
        MailAgain::NAME,
        TellLateMoney::NAME,
        TellCancelled::NAME,
        TellVoid::NAME,
        MailLink::NAME,
        MailReset::NAME,
        TellOwner::NAME,
        MailErased::NAME,
        MailInvitation::NAME,
        MailActivation::NAME,
        MailChange::NAME,
        MailNotice::NAME,
    ],
    &[TextTickets::NAME, TextAgain::NAME, TextCode::NAME],
    &[ReturnMoney::NAME, ClosePayment::NAME, RemoveCard::NAME],
    &[MakePicture::NAME],
];

struct Lane {
    /// Empty: whatever is in no other lane.
    names: &'static [&'static str],
    slots: Arc<Semaphore>,
}

/// The lanes of one process.
pub(super) struct Lanes(Vec<Lane>);

impl Default for Lanes {
    fn default() -> Self {
        let lane = |names, slots| Lane { names, slots: Arc::new(Semaphore::new(slots)) };
        // The house's own comes last: it takes what no other does.
        Self(NEIGHBOURS.into_iter().map(|names| lane(names, NEIGHBOUR)).chain([lane(&[], HOUSE)]).collect())
    }
}

/// What may be taken now: so many that no lane overflows, whichever they are.
#[derive(Debug, PartialEq)]
pub(super) struct Room {
    names: Vec<&'static str>,
    /// Only those names, or all but those.
    only: bool,
    pub(super) limit: usize,
}

impl Room {
    pub(super) fn kinds(&self) -> Kinds<'_> {
        if self.only { Kinds::Only(&self.names) } else { Kinds::AllBut(&self.names) }
    }
}

impl Lanes {
    pub(super) fn room(&self) -> Room {
        let (open, full): (Vec<&Lane>, Vec<&Lane>) = self.0.iter().partition(|lane| lane.slots.available_permits() > 0);
        let limit = open.iter().map(|lane| lane.slots.available_permits()).min().unwrap_or(0);
        let only = full.iter().any(|lane| lane.names.is_empty());
        let named = if only { open } else { full };
        Room { names: named.into_iter().flat_map(|lane| lane.names).copied().collect(), only, limit }
    }

    /// The job's slot, to be kept for as long as it runs.
    pub(super) fn enter(&self, name: &str) -> Option<OwnedSemaphorePermit> {
        let lane = self.0.iter().find(|lane| lane.names.contains(&name) || lane.names.is_empty())?;
        lane.slots.clone().try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_domain::tickets::jobs::MakeDocuments;

    fn fill(lanes: &Lanes, name: &str, count: usize) -> Vec<OwnedSemaphorePermit> {
        (0..count).map(|_| lanes.enter(name).expect("a slot")).collect()
    }

    #[test]
    fn a_full_lane_is_passed_over_and_the_others_are_not() {
        let lanes = Lanes::default();
        assert_eq!(lanes.room(), Room { names: vec![], only: false, limit: NEIGHBOUR });
        let mails = fill(&lanes, MailTickets::NAME, NEIGHBOUR - 1);
        assert_eq!(lanes.room().limit, 1, "they may all be mails");
        let late = fill(&lanes, TellLateMoney::NAME, 1);
        assert!(lanes.enter(MailTickets::NAME).is_none());
        assert_eq!(lanes.room(), Room { names: NEIGHBOURS[0].to_vec(), only: false, limit: NEIGHBOUR });
        let documents = fill(&lanes, MakeDocuments::NAME, HOUSE);
        assert!(lanes.enter("a job of tomorrow").is_none(), "what no neighbour is waited for is the house's");
        let rest = NEIGHBOURS[1..].concat();
        assert_eq!(lanes.room(), Room { names: rest, only: true, limit: NEIGHBOUR });
        drop(mails);
        assert_eq!(lanes.room().limit, NEIGHBOUR - 1);
        drop((late, documents));
        assert_eq!(lanes.room(), Room { names: vec![], only: false, limit: NEIGHBOUR });
    }

    #[test]
    fn nothing_is_taken_when_all_are_full() {
        let lanes = Lanes::default();
        let _kept: Vec<_> = [MailTickets::NAME, TextTickets::NAME, ReturnMoney::NAME, MakePicture::NAME]
            .into_iter()
            .flat_map(|name| fill(&lanes, name, NEIGHBOUR))
            .chain(fill(&lanes, MakeDocuments::NAME, HOUSE))
            .collect();
        assert_eq!(lanes.room().limit, 0);
    }
}
