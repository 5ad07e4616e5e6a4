//! Identifiers: one newtype a thing, over UUIDv7, so that none is taken for another.
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// A person's sign-in.
    AccountId;
    /// A partner or a distributor.
    OrganisationId;
    /// A country, region, city or point.
    PlaceId;
    /// What is published and moderated.
    ListingId;
    /// One dated run of a tour.
    DepartureId;
    /// What is sold for a departure.
    TicketTypeId;
    /// A placed cart.
    OrderId;
    /// One kind of ticket in an order.
    OrderLineId;
    /// One attempt to collect an order's money.
    PaymentId;
    /// One person's right to one place.
    TicketId;
    /// A card that money is paid out to, from the moment that its page is asked for.
    PayoutCardId;
    /// A picture that a partner sent.
    UploadId;
    /// A file of tours.
    ImportId;
    /// A session of a browser.
    SessionId;
    /// An invitation into an organisation.
    InvitationId;
    /// A request for another name or BIN.
    OrganisationChangeId;
    /// Filters of a list that a member keeps.
    SavedViewId;
}
