//! Organisations as their members see them.
use crate::{
    dto::{catalog::Named, editor::UploadView},
    ids::{AccountId, InvitationId, OrganisationId},
    requisites::CardFace,
    roles::Role,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an organisation stands: `draft → awaiting_call → active ⇄ blocked`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationStatus {
    /// Everything can be prepared, nothing is public.
    Draft,
    /// Sent, and the owner's e-mail is confirmed: a moderator will call.
    AwaitingCall,
    Active,
    /// Nothing of it is public; its members keep what they have.
    Blocked,
}

impl OrganisationStatus {
    pub const ALL: [Self; 4] = [Self::Draft, Self::AwaitingCall, Self::Active, Self::Blocked];

    /// The word under which the database keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingCall => "awaiting_call",
            Self::Active => "active",
            Self::Blocked => "blocked",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether an organisation may go from here to `next`.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::AwaitingCall)
                | (Self::AwaitingCall | Self::Blocked, Self::Active)
                | (Self::AwaitingCall | Self::Active, Self::Blocked)
        )
    }
}

/// Why something was not done that a form asked for correctly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// An organisation with this BIN is registered.
    BinTaken,
    /// Nobody has this BIN, so there is nothing to claim.
    BinFree,
    /// Name and BIN of an active organisation change by a request only.
    Locked,
    /// The request asks for what is there already.
    NothingNew,
    /// Something is missing before it can be sent.
    Incomplete,
    /// There is a draft of one's own already.
    OtherDraft,
    /// Whoever is invited is a member.
    AlreadyMember,
    /// There is an open invitation for the address.
    AlreadyInvited,
    /// Too many invitations for one day.
    TooManyInvitations,
    /// The invitation went out a moment ago; how long until the next may.
    JustSent {
        seconds: u32,
    },
    InvitationEnded(InvitationEnd),
    /// The invitation is for another address than the account's.
    OtherAddress,
    /// The address belongs to another account.
    AddressTaken,
    /// The owner hands over before leaving.
    OwnerStays,
    /// The bank opens no page for a card now.
    BankAway,
}

/// Why an invitation no longer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationEnd {
    Revoked,
    /// By another account than the one that asks.
    Used,
    /// Its week is over.
    Expired,
}

/// An organisation of one's own, for the choice between several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub id: OrganisationId,
    pub name: String,
    pub role: Role,
}

/// A card whose page was opened and that is not used (yet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedCard {
    /// The bank has not told anything so far.
    Waiting,
    /// The bank said no, or whoever asked may no longer say where the money goes.
    Failed,
}

/// Where the money goes, as a page asks for it again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardState {
    pub card: Option<CardFace>,
    pub asked: Option<AskedCard>,
}

/// The organisation's data, for those who may edit them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationView {
    pub slug: String,
    pub status: OrganisationStatus,
    pub name: String,
    pub bin: String,
    pub contact_person: String,
    /// E.164; as all below, empty where a draft lacks it.
    pub phone: String,
    pub email: String,
    /// A place's slug and its name.
    pub city: Option<Named>,
    pub address: String,
    /// By language.
    pub about: [String; 3],
    pub logo: Option<UploadView>,
    /// Whole for those who may change it, masked for others. Empty where money goes to a card.
    pub iban: String,
    pub card: Option<CardFace>,
    /// What came of the card that was asked for last; `None` where nothing has to be said of it.
    pub asked_card: Option<AskedCard>,
    pub may_edit_payout: bool,
    pub submitted: bool,
    /// The owner's e-mail is confirmed.
    pub confirmed: bool,
    /// Another organisation with this BIN is registered.
    pub bin_taken: bool,
    /// Its owner says that the BIN is theirs all the same, and a moderator looks.
    pub bin_claimed: bool,
    /// Why it is blocked, as the moderator says it.
    pub block_remark: Option<String>,
}

impl OrganisationView {
    /// Whether each step of the sign-up is filled in, in their order.
    #[must_use]
    pub fn steps(&self) -> [bool; 4] {
        let filled = |texts: &[&str]| texts.iter().all(|text| !text.is_empty());
        [
            filled(&[&self.name, &self.bin]),
            filled(&[&self.contact_person, &self.phone, &self.email]),
            self.city.is_some() && !self.address.is_empty() && self.about.iter().any(|text| !text.is_empty()),
            !self.iban.is_empty() || self.card.is_some(),
        ]
    }

    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.steps().iter().all(|done| *done)
    }
}

/// What the sign-up begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartView {
    pub account: AccountId,
    /// Who is signed in: name, e-mail, phone (E.164, or empty). They stand in the contact's fields until something else does.
    pub person: (String, String, String),
    /// The draft that the session is in.
    pub draft: Option<OrganisationView>,
    /// One's own organisation that is not active yet, where the session is in another one.
    pub other: Option<Membership>,
    pub cities: Vec<Named>,
}

/// The last request for another name or BIN, unless it was withdrawn or has come true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedChange {
    /// What is wanted; `None` where it stays.
    pub name: Option<String>,
    pub bin: Option<String>,
    /// May be empty.
    pub reason: String,
    #[serde(with = "crate::packed")]
    pub asked_at: Timestamp,
    /// Why it was rejected, as the moderator says it; `None` as long as the moderator is waited for.
    pub remark: Option<String>,
}

/// Name and BIN once they are locked, and what was asked of us about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyState {
    pub name: String,
    /// Empty where there is none.
    pub bin: String,
    pub asked: Option<AskedChange>,
    pub may_ask: bool,
}

/// What the organisation's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationPage {
    pub organisation: OrganisationView,
    pub company: CompanyState,
    pub cities: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The one who asks.
    pub me: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
    pub ended: bool,
}

/// Those who belong to the organisation and those who may soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    /// The role of the one who asks: it decides what may be done with whom.
    pub role: Role,
    pub members: Vec<MemberRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Open ones, the latest first; on the first page, and on further ones of their own, which have no members.
    pub invitations: Vec<InvitationRow>,
    /// Where their next page begins.
    pub next_invitations: Option<String>,
}

/// An invitation as the one who opens its link sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub organisation: String,
    pub role: Role,
    /// Empty where that account is gone.
    pub invited_by: String,
    pub email: String,
    pub state: InvitationState,
    /// The e-mail of the account that is signed in.
    pub signed_in: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Open,
    /// By the account that is signed in.
    Accepted,
    Ended(InvitationEnd),
}

#[cfg(test)]
mod tests {
    use super::{OrganisationStatus::*, *};

    #[test]
    fn nothing_is_active_that_was_not_sent() {
        for status in OrganisationStatus::ALL {
            assert_eq!(status.may_become(Active), matches!(status, AwaitingCall | Blocked), "{status:?}");
            assert!(!status.may_become(Draft), "{status:?}");
            assert_eq!(OrganisationStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(OrganisationStatus::parse("gone"), None);
    }
}
