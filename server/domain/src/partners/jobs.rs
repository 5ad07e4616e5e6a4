//! What follows from what happens to organisations.
use crate::kernel::jobs::{Job, jobs_about};
use sapar_shared::ids::{AccountId, InvitationId, OrganisationChangeId, OrganisationId, PayoutCardId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

jobs_about! {
    /// Sends an invitation's link.
    MailInvitation { invitation: InvitationId } = "mail_invitation";
    /// Tells the owner that the organisation is active.
    MailActivation { organisation: OrganisationId } = "mail_activation";
    /// Tells the owner what was decided about another name or BIN.
    MailChange { change: OrganisationChangeId } = "mail_change";
    /// Has the payment provider forget a card that no money goes to any more.
    RemoveCard { card: PayoutCardId } = "remove_card";
}

/// What somebody must know of an organisation, whoever did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// To whoever owned it.
    HandedOver {
        to: AccountId,
    },
    /// To whoever owns it now.
    TakenOver {
        from: AccountId,
    },
    /// Its money goes to another account.
    PayoutAccount {
        last_four: String,
    },
    /// Its money goes to another card.
    PayoutCard {
        last_four: String,
    },
    Blocked {
        remark: String,
    },
    /// After a block; the first time is `MailActivation`'s.
    ActiveAgain,
    /// To whoever was a member.
    Removed,
}

/// Tells it by mail. The same may happen again and is told again, so each notice has an id of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailNotice {
    pub id: Uuid,
    pub organisation: OrganisationId,
    pub to: AccountId,
    pub notice: Notice,
}

impl Job for MailNotice {
    const NAME: &'static str = "mail_notice";

    fn key(&self) -> String {
        self.id.to_string()
    }
}
