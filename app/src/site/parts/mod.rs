//! What several pages of the site show.
pub mod contact_inputs;
pub mod departure_strip;
pub mod listing_card;
pub mod map_links;
pub mod search_query;
pub mod words;

pub use contact_inputs::{ContactInputs, ContactWords};
pub use departure_strip::DepartureStrip;
pub use listing_card::{CardGrid, ListingTile};
pub use map_links::MapLinks;
