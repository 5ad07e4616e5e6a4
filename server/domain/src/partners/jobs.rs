//! What follows from what happens to organisations.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::{InvitationId, OrganisationChangeId, OrganisationId, PayoutCardId};

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
