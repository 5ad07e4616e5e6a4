//! Where an organisation's money goes when it goes to a card. The card is entered at the bank's own page; its number never comes
//! here.
pub mod api;
mod card;

pub use card::CardPart;
