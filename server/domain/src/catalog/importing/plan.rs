//! What a file brings, once nothing in it is wrong.
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::{
        editor::{TicketTypeForm, TourDraft},
        import::{ImportCounts, ImportedTour, SHOWN_TOURS},
    },
};
use uuid::Uuid;

/// Of which tour a ticket type or a departure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    /// By its place among the file's tours.
    New(usize),
    /// A listing of the organisation.
    Known(Uuid),
}

#[derive(Debug)]
pub(super) struct NewType {
    pub of: Of,
    /// Named in each language.
    pub form: TicketTypeForm,
}

#[derive(Debug)]
pub(super) struct NewDeparture {
    pub of: Of,
    pub starts_at: Timestamp,
    pub capacity: i32,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub tours: Vec<TourDraft>,
    pub ticket_types: Vec<NewType>,
    pub departures: Vec<NewDeparture>,
}

fn count(things: usize) -> i32 {
    i32::try_from(things).unwrap_or(i32::MAX)
}

impl Plan {
    pub(super) fn counts(&self) -> ImportCounts {
        ImportCounts {
            tours: count(self.tours.len()),
            ticket_types: count(self.ticket_types.len()),
            departures: count(self.departures.len()),
        }
    }

    /// The first tours that something comes to, and one more where there are more, then the first new ones. `title` tells how a
    /// known one is called.
    pub(super) fn preview(&self, lang: Lang, title: impl Fn(Uuid) -> String) -> Vec<ImportedTour> {
        let mut known: Vec<Uuid> = Vec::new();
        for of in self.ticket_types.iter().map(|new| new.of).chain(self.departures.iter().map(|new| new.of)) {
            if let Of::Known(id) = of
                && known.len() <= SHOWN_TOURS
                && !known.contains(&id)
            {
                known.push(id);
            }
        }
        let new = (0..self.tours.len()).map(Of::New).take(SHOWN_TOURS);
        let known = known.into_iter().map(Of::Known);
        known
            .chain(new)
            .map(|of| ImportedTour {
                title: match of {
                    Of::New(at) => self.tours[at].title.best(lang).to_owned(),
                    Of::Known(id) => title(id),
                },
                is_new: matches!(of, Of::New(_)),
                ticket_types: count(self.ticket_types.iter().filter(|new| new.of == of).count()),
                departures: count(self.departures.iter().filter(|new| new.of == of).count()),
            })
            .collect()
    }
}
