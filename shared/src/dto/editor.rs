//! What a partner edits of a tour. The content (texts, pictures and what surrounds them) is one draft, which goes live after
//! review; ticket types and departures are rows of their own, which are sold from at once.
use crate::{
    Lang, Money,
    ids::{DepartureId, ListingId, TicketTypeId, UploadId},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// One text in the three languages; empty where it is not written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tri {
    pub ru: String,
    pub kk: String,
    pub en: String,
}

impl Tri {
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ru => &self.ru,
            Lang::Kk => &self.kk,
            Lang::En => &self.en,
        }
    }

    pub fn get_mut(&mut self, lang: Lang) -> &mut String {
        match lang {
            Lang::Ru => &mut self.ru,
            Lang::Kk => &mut self.kk,
            Lang::En => &mut self.en,
        }
    }

    /// In the reader's language, else in Russian, else in whichever there is.
    #[must_use]
    pub fn best(&self, lang: Lang) -> &str {
        [lang, Lang::Ru, Lang::Kk, Lang::En].into_iter().map(|l| self.get(l)).find(|text| !text.trim().is_empty()).unwrap_or("")
    }

    /// The name of a copy, which says so in each language that it has; one that would be longer than `most` letters loses its end.
    #[must_use]
    pub fn copied(&self, most: usize) -> Self {
        let mut copied = Self::default();
        for lang in Lang::ALL {
            let suffix = match lang {
                Lang::Ru => " (копия)",
                Lang::Kk => " (көшірме)",
                Lang::En => " (copy)",
            };
            let text = self.get(lang).trim_end();
            if !text.is_empty() {
                let kept: String = text.chars().take(most.saturating_sub(suffix.chars().count())).collect();
                *copied.get_mut(lang) = format!("{}{suffix}", kept.trim_end());
            }
        }
        copied
    }
}

/// A line of the programme. `time` is `HH:MM` on the wall clock, or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftStep {
    /// From 1.
    pub day: i32,
    pub time: String,
    pub text: Tri,
}

/// A picture by its upload. Its place in the list is its order; the first is the cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPicture {
    pub upload: UploadId,
    pub alt: Tri,
}

/// A point on the map, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapPoint {
    pub lat_e6: i32,
    pub lng_e6: i32,
}

/// The content of a tour. Saved as it is, however unfinished; `forms::draft::problems` tells what review would not take. What
/// an older program's draft does not know reads as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TourDraft {
    pub title: Tri,
    pub summary: Tri,
    pub description: Tri,
    pub included: Vec<Tri>,
    pub excluded: Vec<Tri>,
    pub programme: Vec<DraftStep>,
    /// How to find the meeting point.
    pub meeting: Tri,
    pub meeting_point: Option<MapPoint>,
    /// Slugs; empty while not chosen.
    pub place: String,
    pub from_place: String,
    pub category: String,
    pub guide_languages: Vec<Lang>,
    pub duration_minutes: i32,
    pub free_cancel_hours: i32,
    pub pictures: Vec<DraftPicture>,
}

/// What keeps a draft from review, or should be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// As `title.ru`, `programme.3.text.kk`, `pictures`.
    pub field: String,
    pub kind: ProblemKind,
    /// Review is refused until it is mended. What does not block is shown as missing.
    pub blocks: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemKind {
    Missing,
    TooShort,
    TooLong,
    TooMany,
    /// Not of the form that is wanted: a time, a number outside its bounds, an unknown place.
    Malformed,
    /// A picture that is still being made.
    NotReady,
}

/// A row of the cabinet's list of listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingRow {
    pub id: ListingId,
    pub slug: String,
    pub title: String,
    /// `draft`, `in_review`, …: `ListingStatus`'s word.
    pub status: String,
    /// A published one has edits that wait for review.
    pub edits_in_review: bool,
    /// Address of the cover in its smallest width.
    pub picture: Option<String>,
    pub price_from: Option<Money>,
    #[serde(with = "crate::packed")]
    pub next_departure_at: Option<Timestamp>,
    /// Coming departures.
    pub departures: i32,
    #[serde(with = "crate::packed")]
    pub edited_at: Timestamp,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingPage {
    pub rows: Vec<ListingRow>,
    pub next_cursor: Option<String>,
}

/// A tour as it is begun: what it is, where, how long. Everything else is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTour {
    /// In the language of the page.
    pub title: String,
    pub place: String,
    pub category: String,
    pub duration_minutes: i32,
}

/// A choice of a list: its slug and its name in the reader's language. Places carry where they lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub slug: String,
    pub name: String,
    pub point: Option<MapPoint>,
    /// How deep it lies: country 0, region 1, city or point 2.
    pub depth: i32,
}

/// What a new tour is chosen from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub places: Vec<Choice>,
    pub categories: Vec<Choice>,
}

/// Everything the editor shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editor {
    pub id: ListingId,
    pub slug: String,
    pub status: String,
    /// The moderator's, of a rejected draft.
    pub remark: Option<String>,
    /// A published one's edits wait for review: they may be taken back, not changed.
    pub edits_in_review: bool,
    /// What is published differs from the draft.
    pub differs_from_live: bool,
    pub version: i32,
    /// Who saved this version, and when.
    pub edited_by: String,
    #[serde(with = "crate::packed")]
    pub edited_at: Timestamp,
    pub draft: TourDraft,
    /// Of the draft, and what was sent for it and is not in it.
    pub pictures: Vec<UploadView>,
    pub ticket_types: Vec<TicketTypeForm>,
    pub problems: Vec<Problem>,
    pub places: Vec<Choice>,
    pub categories: Vec<Choice>,
    /// The organisation is active: what is approved becomes public.
    pub organisation_active: bool,
}

/// An uploaded picture and how far its making is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadView {
    pub id: UploadId,
    pub state: UploadState,
    /// Address in the smallest width, once ready.
    pub address: Option<String>,
    /// Pixels as shown, once ready.
    pub width: i32,
    pub height: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UploadState {
    Waiting,
    Ready,
    /// Could not be read as a picture.
    Failed,
}

impl UploadState {
    /// By the word under which the database keeps it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "waiting" => Some(Self::Waiting),
            "ready" => Some(Self::Ready),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// What came of saving a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub version: i32,
    /// As it is now: with what somebody else has changed meanwhile.
    pub draft: TourDraft,
    pub problems: Vec<Problem>,
    /// Who else saved since `base`, if anybody did.
    pub with: Option<String>,
    /// Fields that both changed: the saved draft has theirs, and here is what was sent, so that nothing is lost.
    pub conflicts: Vec<Conflict>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// As in `Problem`.
    pub field: String,
    pub mine: String,
    pub theirs: String,
}

/// A ticket type as it is edited; the list's order is the order on the page. Without an id it is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketTypeForm {
    pub id: Option<TicketTypeId>,
    pub name: Tri,
    /// `None` while it is not written, or does not read; nought is free.
    pub price: Option<Money>,
    /// Of each departure; `None`: only its capacity limits it.
    pub quota: Option<i32>,
    pub min_per_order: i32,
    pub max_per_order: i32,
    pub closes_minutes_before: i32,
}

/// What came of saving ticket types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypesSaved {
    /// As they are kept now.
    Saved(Vec<TicketTypeForm>),
    /// Nothing was saved: somebody else has changed them since, to these.
    Changed(Vec<TicketTypeForm>),
}

/// Ticket types of one listing, at most.
pub const MAX_TICKET_TYPES: usize = 100;
/// Pictures of one listing, at most.
pub const MAX_PICTURES: usize = 20;
/// Departures made by one request, at most.
pub const MAX_DEPARTURES: usize = 400;
/// Places of one departure, at most.
pub const MAX_CAPACITY: i32 = 10_000;

/// New departures: each of `weekdays` (ISO, Monday is 1) from `first` to `last` but on `except`, at each of `times`. One
/// departure is a rule of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDepartures {
    pub weekdays: Vec<i8>,
    /// `HH:MM` on Almaty's wall clock.
    pub times: Vec<String>,
    #[serde(with = "crate::packed")]
    pub first: Date,
    #[serde(with = "crate::packed")]
    pub last: Date,
    /// `YYYY-MM-DD`.
    pub except: Vec<String>,
    pub capacity: i32,
}

/// What came of making departures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub made: i32,
    /// Starts that the listing had already.
    pub there_before: i32,
}

/// A departure of one listing, for whoever plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedDeparture {
    pub id: DepartureId,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub ends_at: Timestamp,
    pub cancelled: bool,
    pub capacity: i32,
    pub sold: i32,
    pub held: i32,
    /// Sold outside of Sapar.
    pub elsewhere: i32,
}

/// One page of a listing's departures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeparturePage {
    pub rows: Vec<PlannedDeparture>,
    pub next_cursor: Option<String>,
}

/// Who bought of a departure that is to be cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    pub order_number: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub places: i32,
    pub total: Money,
}

/// Why stock was not changed as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StockRefusal {
    /// Fewer places than are sold or held: that many are taken.
    BelowTaken { taken: i32 },
    /// The same, of one departure among several: the one that starts then.
    BelowTakenOn {
        #[serde(with = "crate::packed")]
        starts_at: Timestamp,
        taken: i32,
    },
    /// Another departure of the listing starts then.
    StartTaken,
    /// It has left already.
    Left,
    /// It would have left already.
    InPast,
    /// It was cancelled before.
    Cancelled,
    /// So many tickets are sold, or held by somebody who pays, that whoever bought would have to be told: moving is refused.
    Sold { sold: i32 },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_so_in_each_language_it_has() {
        let title = Tri { ru: "Чарын".into(), en: "Ы".repeat(120), ..Tri::default() };
        let copy = title.copied(120);
        assert_eq!((copy.ru.as_str(), copy.kk.as_str()), ("Чарын (копия)", ""));
        assert!(copy.en.ends_with("Ы (copy)") && copy.en.chars().count() == 120);
    }
}
