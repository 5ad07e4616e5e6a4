//! Organisations: from the first draft to the public, their members, and who follows them.
//!
//! An organisation moves `draft → awaiting_call → active ⇄ blocked` (`OrganisationStatus::may_become`). Sending it, and having
//! confirmed one's e-mail, makes a draft wait for a moderator's call; the moderator activates. Whatever is published belongs to
//! an active organisation: the database sees to that (see the migration), so public queries need not ask. From then on another
//! name or BIN is asked for (`request_change`) and waits for a moderator, too.
mod accept;
mod activate;
mod approve_change;
mod block;
mod card;
mod card_state;
mod change_role;
mod choose;
mod claim_bin;
mod company;
mod drop_card;
mod error;
mod face;
mod follow;
mod free_bin;
mod hand_over;
mod invitation;
mod invite;
pub mod jobs;
mod leave;
mod letters;
mod members;
mod open_card;
mod page;
mod queries;
mod queries_cards;
mod queries_changes;
mod queries_claims;
mod queries_invitations;
mod queries_members;
mod queries_moderation;
mod receive_card;
mod reject_change;
mod remark;
mod remove_card;
mod remove_member;
mod request_change;
mod resend_invitation;
mod revoke_invitation;
mod save_company;
mod save_contact;
mod save_payout;
mod save_profile;
mod set_logo;
mod start;
mod submit;
mod tell;
mod waiting;
mod withdraw_change;

pub use accept::accept;
pub use activate::activate;
pub use approve_change::{Change, approve_change};
pub use block::block;
pub use card::{CardToken, StoredCard, customer_of};
pub use card_state::card_state;
pub use change_role::change_role;
pub use choose::choose;
pub use claim_bin::claim_bin;
pub use company::{block_remark, company};
pub use drop_card::drop_card;
pub use error::{ModerationError, PartnerError};
pub use face::face;
pub use follow::{follow, followed, follows};
pub use free_bin::free_bin;
pub use hand_over::hand_over;
pub use invitation::invitation;
pub use invite::{INVITATION_DAYS, invite};
pub use leave::leave;
pub use letters::{
    ActivationLetter, ChangeLetter, InvitationLetter, NoticeLetter, activation_letter, change_letter, invitation_letter,
    notice_letter,
};
pub use members::{members, memberships};
pub use open_card::{CARD_HOURS, give_up_card, open_card};
pub use page::{page, start_page};
pub use receive_card::{ReceivedCard, receive_card};
pub use reject_change::reject_change;
pub use remove_card::{card_is_removed, card_to_remove};
pub use remove_member::remove_member;
pub use request_change::request_change;
pub use resend_invitation::resend_invitation;
pub use revoke_invitation::revoke_invitation;
pub use save_company::save_company;
pub use save_contact::save_contact;
pub use save_payout::save_payout;
pub use save_profile::save_profile;
pub use set_logo::set_logo;
pub use start::start;
pub use submit::submit;
pub use waiting::{Waiting, WaitingChange, WaitingClaim, WaitingListing, WaitingOrganisation, waiting};
pub use withdraw_change::withdraw_change;
