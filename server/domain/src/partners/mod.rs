//! Organisations: from the first draft to the public, their members, and who follows them.
//!
//! An organisation moves `draft → awaiting_call → active ⇄ blocked` (`OrganisationStatus::may_become`). Sending it, and having
//! confirmed one's e-mail, makes a draft wait for a moderator's call; the moderator activates. Whatever is published belongs to
//! an active organisation: the database sees to that (see the migration), so public queries need not ask.
mod accept;
mod activate;
mod block;
mod change_role;
mod choose;
mod error;
mod follow;
mod hand_over;
mod invitation;
mod invite;
pub mod jobs;
mod leave;
mod letters;
mod members;
mod page;
mod queries;
mod queries_invitations;
mod queries_members;
mod remove_member;
mod resend_invitation;
mod revoke_invitation;
mod save_company;
mod save_contact;
mod save_payout;
mod save_profile;
mod start;
mod submit;
mod waiting;

pub use accept::accept;
pub use activate::activate;
pub use block::block;
pub use change_role::change_role;
pub use choose::choose;
pub use error::{ModerationError, PartnerError};
pub use follow::{follow, follows};
pub use hand_over::hand_over;
pub use invitation::invitation;
pub use invite::{INVITATION_DAYS, invite};
pub use leave::leave;
pub use letters::{ActivationLetter, InvitationLetter, activation_letter, invitation_letter};
pub use members::{members, memberships};
pub use page::{page, start_page};
pub use remove_member::remove_member;
pub use resend_invitation::resend_invitation;
pub use revoke_invitation::revoke_invitation;
pub use save_company::save_company;
pub use save_contact::save_contact;
pub use save_payout::save_payout;
pub use save_profile::save_profile;
pub use start::start;
pub use submit::submit;
pub use waiting::{Waiting, WaitingListing, WaitingOrganisation, waiting};
