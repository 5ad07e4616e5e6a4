//! An account as its owner sees it.
use crate::{
    Money,
    dto::order::OrderStatus,
    ids::{OrderId, SessionId},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Social networks that a profile may name.
pub const NETWORKS: [&str; 8] = ["instagram", "tiktok", "telegram", "whatsapp", "youtube", "facebook", "vk", "threads"];
/// Languages that a profile may name, by ISO 639-1.
pub const LANGUAGES: [&str; 9] = ["ru", "kk", "en", "de", "fr", "tr", "zh", "uz", "ky"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The e-mail where no name is told; so everywhere.
    pub name: String,
    pub email: String,
    pub email_confirmed: bool,
    /// E.164.
    pub phone: Option<String>,
    pub phone_confirmed: bool,
    pub email_change: Option<ChangeView>,
    pub phone_change: Option<ChangeView>,
    /// A code of an app is asked for at sign-in.
    pub second_step: bool,
    pub recovery_left: i64,
    /// The name of the organisation in whose cabinet the person works.
    pub organisation: Option<String>,
}

/// An organiser whom one follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    pub slug: String,
    pub name: String,
}

/// What is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
    Phone,
}

/// An open wish for another address or number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// None where nothing was proven before: then the new side alone agrees.
    pub old: Option<String>,
    pub new: String,
    pub old_agreed: bool,
    pub new_agreed: bool,
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
}

/// What has changed about how one signs in; its owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyChange {
    Password,
    StepOn,
    StepOff,
    RecoveryCodes,
    /// Somebody came in with one, in the place of the app's code.
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    Phone,
    Email,
}

impl SafetyChange {
    pub const ALL: [Self; 9] = [
        Self::Password,
        Self::StepOn,
        Self::StepOff,
        Self::RecoveryCodes,
        Self::RecoveryCodeUsed,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::Phone,
        Self::Email,
    ];
}

/// What a mailed link does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkAbout {
    /// Proves the account's e-mail.
    Email,
    /// Leads to a new password.
    Password,
    /// Agrees to another e-mail. `from` is empty for whoever may be a stranger. Not `both`: the one before was never proven, so the
    /// new one alone agrees.
    Change { from: String, to: String, both: bool },
    /// Nothing any more: the e-mail that it was to prove is proven.
    Proven,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    pub about: LinkAbout,
    /// The account's; empty for whoever may be a stranger.
    pub name: String,
    pub email: String,
    /// This browser is signed in to the link's account.
    pub own: bool,
    /// Meanwhile another account has proven the e-mail.
    pub taken: bool,
}

impl LinkView {
    /// Without whose account it is.
    #[must_use]
    pub fn for_strangers(self) -> Self {
        let about = match self.about {
            LinkAbout::Change { to, both, .. } => LinkAbout::Change { from: String::new(), to, both },
            about => about,
        };
        Self { about, name: String::new(), ..self }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    /// Such as `Chrome, Android`; empty where the browser does not say.
    pub device: String,
    pub address: String,
    #[serde(with = "crate::packed")]
    pub last_seen_at: Timestamp,
    pub this: bool,
}

/// What an authenticator app is shown while the second step is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpSetup {
    /// Base 32, as the app takes it by hand.
    pub secret: String,
    /// What the QR code says: opens the app on the device that has it.
    pub uri: String,
    /// The data of an SVG path on a grid of `qr_size` modules.
    pub qr_path: String,
    pub qr_size: u32,
}

/// A text that was told, and when it was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub text: String,
    #[serde(with = "crate::packed")]
    pub agreed_at: Timestamp,
}

impl Told {
    #[must_use]
    pub fn of(text: Option<String>, agreed_at: Option<Timestamp>) -> Option<Self> {
        Some(Self { text: text?, agreed_at: agreed_at? })
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: Option<Told>,
    #[serde(with = "crate::packed")]
    pub birth_date: Option<Date>,
    #[serde(with = "crate::packed")]
    pub birth_date_agreed_at: Option<Timestamp>,
    pub city: Option<Told>,
    pub network: Option<Told>,
    pub languages: Vec<String>,
    #[serde(with = "crate::packed")]
    pub languages_agreed_at: Option<Timestamp>,
}

/// One thing that a profile may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Name,
    BirthDate,
    City,
    Network,
    Languages,
}

impl Fact {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::City => "city",
            Self::Network => "network",
            Self::Languages => "languages",
        }
    }
}

/// An order in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyOrder {
    pub id: OrderId,
    pub token: String,
    pub number: String,
    pub status: OrderStatus,
    /// Sold for cash and taken back at the counter: nothing comes to a card.
    pub undone: bool,
    pub title: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
    pub tickets: i32,
    pub total: Money,
}

/// A page of them, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyOrders {
    pub orders: Vec<MyOrder>,
    /// Where the next page begins: after this order.
    pub next: Option<OrderId>,
}

/// An order that keeps an account from being erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderAhead {
    pub token: String,
    pub number: String,
    pub title: String,
    /// When it no longer will: its hold or its trip is over.
    #[serde(with = "crate::packed")]
    pub over_at: Timestamp,
}

/// What erasing one's account means now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Orders that stay, without a name.
    pub orders: i64,
    /// The first of those that stand in the way.
    pub ahead: Vec<OrderAhead>,
    /// Names of the organisations that would lose their owner: they stand in the way, too.
    pub owned: Vec<String>,
    /// Names of those that were never more than one's own draft: they go with the account.
    pub unfinished: Vec<String>,
}

impl Erasure {
    #[must_use]
    pub const fn is_possible(&self) -> bool {
        self.ahead.is_empty() && self.owned.is_empty()
    }
}

/// A device that signs in without a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRow {
    /// The key's id in base64url.
    pub id: String,
    pub name: String,
    #[serde(with = "crate::packed")]
    pub created_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub last_used_at: Option<Timestamp>,
}
