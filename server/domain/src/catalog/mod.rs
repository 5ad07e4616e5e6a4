//! Tours: what travellers find, what partners publish, and the dates on which it runs.
//!
//! A listing moves `draft → in_review → published ⇄ paused → archived`, or `in_review → rejected → draft`; taken back it is a
//! draft again. Travellers see what is published and nothing else.
mod cards;
mod choices;
mod cursor;
pub mod departures;
pub mod editing;
mod filter_options;
pub mod generate;
mod home;
pub mod importing;
mod invented;
pub mod jobs;
mod partner_card;
mod partner_page;
mod queries;
mod queries_choices;
mod queries_generate;
mod queries_partner;
mod queries_search;
mod queries_tour;
mod queries_write;
mod refresh;
pub mod rules;
pub mod scale;
mod search;
pub mod seed;
mod sitemap;
mod slug;
mod tour;
mod words;

pub use choices::{ChoicesError, choices};
pub use cursor::is_cursor;
pub use editing::publish_approved;
pub use filter_options::filter_options;
pub use home::home;
pub use partner_page::partner_page;
pub use refresh::{count_sales, refresh_all, refresh_listing, refresh_listings, roll_next_departures};
pub use rules::{Rule, make_departures};
pub use search::{PAGE, search, search_page};
pub use sitemap::{SITEMAP_PAGE, SitemapEntry, sitemap, sitemap_pages, sitemap_partners};
pub use slug::{cards_of, slug_of};
pub use tour::tour;

/// Where a listing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListingStatus {
    Draft,
    InReview,
    Rejected,
    Published,
    Paused,
    Archived,
}

impl ListingStatus {
    pub const ALL: [Self; 6] = [Self::Draft, Self::InReview, Self::Rejected, Self::Published, Self::Paused, Self::Archived];

    /// The word under which the database keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Rejected => "rejected",
            Self::Published => "published",
            Self::Paused => "paused",
            Self::Archived => "archived",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether a listing may go from here to `next`.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::InReview)
                | (Self::InReview, Self::Published | Self::Rejected | Self::Draft)
                | (Self::Rejected, Self::Draft | Self::InReview)
                | (Self::Published, Self::Paused)
                | (Self::Paused, Self::Published | Self::Archived)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ListingStatus::{self, *};

    #[test]
    fn nothing_is_published_unseen_or_comes_back_from_the_archive() {
        for status in ListingStatus::ALL {
            assert_eq!(status.may_become(Published), matches!(status, InReview | Paused), "{status:?}");
            assert!(!Archived.may_become(status), "{status:?}");
            assert_eq!(ListingStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(ListingStatus::parse("gone"), None);
    }
}
