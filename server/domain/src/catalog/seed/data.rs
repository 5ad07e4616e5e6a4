//! The demo catalogue as its files tell it.
use jiff::civil::Date;
use sapar_shared::{
    dto::catalog::ProgrammeStep,
    requisites::{Bin, Iban},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A text in the three languages.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Texts<T = String> {
    pub ru: T,
    pub kk: T,
    pub en: T,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    pub slug: String,
    pub kind: String,
    pub parent: Option<String>,
    pub name: Texts,
    pub lat: f64,
    pub lng: f64,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Category {
    pub slug: String,
    pub name: Texts,
    pub icon: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Partner {
    pub slug: String,
    pub name: String,
    pub about: Texts,
    pub city: String,
    pub phone: String,
    pub email: String,
    pub founded: Option<i32>,
    pub bin: Bin,
    pub iban: Iban,
    pub contact_person: String,
    pub address: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Schedule {
    /// ISO: Monday is 1.
    pub weekdays: Vec<i8>,
    /// `HH:MM` in Almaty.
    pub time: String,
    /// The first and the last day of the year on which it runs, `MM-DD`; none: all year.
    pub season: Option<(String, String)>,
}

impl Schedule {
    /// The days of the season that is on `today`, or of the next one; `None`: it runs all year.
    #[must_use]
    pub fn season(&self, today: Date) -> Option<(Date, Date)> {
        let (first, last) = self.season.as_ref()?;
        let day = |year: i16, text: &str| format!("{year}-{text}").parse::<Date>().ok();
        // A winter's season ends in the next year.
        let length = i16::from(first > last);
        (today.year() - 1..=today.year() + 1)
            .filter_map(|year| Some((day(year, first)?, day(year + length, last)?)))
            .find(|(_, last)| *last >= today)
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct MeetingPoint {
    pub lat: f64,
    pub lng: f64,
    pub text: Texts,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TicketType {
    pub name: Texts,
    /// Whole tenge.
    pub price: i64,
    pub quota: Option<i32>,
    pub max: i32,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Picture {
    /// What is to be drawn.
    pub scene: String,
    pub alt: Texts,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    pub day: i32,
    pub time: String,
    pub text: Texts,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Tour {
    pub slug: String,
    pub partner: String,
    pub place: String,
    pub from: String,
    pub category: String,
    pub guide_languages: Vec<String>,
    pub duration_minutes: i32,
    pub capacity: i32,
    pub free_cancel_hours: i32,
    pub schedule: Schedule,
    pub meeting: MeetingPoint,
    pub ticket_types: Vec<TicketType>,
    pub pictures: Vec<Picture>,
    pub title: Texts,
    pub summary: Texts,
    pub description: Texts,
    pub programme: Vec<Step>,
    pub included: Texts<Vec<String>>,
    pub excluded: Texts<Vec<String>>,
}

/// Everything that the demo shows.
#[derive(Clone, Debug)]
pub struct DemoData {
    /// Parents before what lies in them.
    pub places: Vec<Place>,
    pub categories: Vec<Category>,
    pub partners: Vec<Partner>,
    pub tours: Vec<Tour>,
}

impl<T> Texts<T> {
    /// With the language's code.
    pub fn each(&self) -> [(&'static str, &T); 3] {
        [("ru", &self.ru), ("kk", &self.kk), ("en", &self.en)]
    }
}

impl Tour {
    /// The programme in one language.
    #[must_use]
    pub fn steps(&self, lang: &str) -> Vec<ProgrammeStep> {
        self.programme
            .iter()
            .map(|step| {
                let text = step.text.each().into_iter().find(|(code, _)| *code == lang).map_or(&step.text.ru, |(_, text)| text);
                ProgrammeStep { day: step.day, time: step.time.clone(), text: text.clone() }
            })
            .collect()
    }
}

/// The demo's data, which is part of the program.
#[must_use]
pub fn plan() -> DemoData {
    let tours = [
        include_str!("../../../../demo/tours-1.json"),
        include_str!("../../../../demo/tours-2.json"),
        include_str!("../../../../demo/tours-3.json"),
        include_str!("../../../../demo/tours-4.json"),
    ];
    DemoData {
        places: read(include_str!("../../../../demo/places.json")),
        categories: read(include_str!("../../../../demo/categories.json")),
        partners: read(include_str!("../../../../demo/partners.json")),
        tours: tours.into_iter().flat_map(read::<Vec<Tour>>).collect(),
    }
}

fn read<T: DeserializeOwned>(json: &str) -> T {
    // The files are compiled in: a test reads them, so what is built can be read.
    serde_json::from_str(json).expect("the demo's files are well formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_demo_is_sound() {
        let demo = plan();
        let slugs = |items: Vec<&String>| items.into_iter().cloned().collect::<HashSet<_>>();
        let places = slugs(demo.places.iter().map(|p| &p.slug).collect());
        let partners = slugs(demo.partners.iter().map(|p| &p.slug).collect());
        let categories = slugs(demo.categories.iter().map(|c| &c.slug).collect());
        assert!(demo.tours.len() >= 60 && demo.partners.len() >= 12);
        assert_eq!(slugs(demo.tours.iter().map(|t| &t.slug).collect()).len(), demo.tours.len());
        for tour in &demo.tours {
            let slug = &tour.slug;
            assert!(places.contains(&tour.place) && places.contains(&tour.from), "{slug}");
            assert!(partners.contains(&tour.partner) && categories.contains(&tour.category), "{slug}");
            assert!((3..=8).contains(&tour.pictures.len()) && !tour.programme.is_empty(), "{slug}");
            assert!(tour.schedule.time.parse::<jiff::civil::Time>().is_ok(), "{slug}");
            assert!(
                tour.schedule.season.is_none() || tour.schedule.season("2026-11-21".parse().expect("a date")).is_some(),
                "{slug}"
            );
            assert!(tour.ticket_types.iter().all(|t| t.price > 0 && t.quota.is_none_or(|q| q <= tour.capacity)), "{slug}");
        }
    }

    #[test]
    fn a_season_is_this_one_or_the_next() {
        let season = |first: &str, last: &str, today: &str| {
            let schedule = Schedule { weekdays: vec![], time: String::new(), season: Some((first.into(), last.into())) };
            schedule.season(today.parse().expect("a date")).map(|(first, last)| format!("{first} {last}"))
        };
        let (summer, winter) = (("05-20", "09-20"), ("11-15", "04-10"));
        for ((first, last), today, expected) in [
            (summer, "2026-11-21", "2027-05-20 2027-09-20"),
            (summer, "2026-05-01", "2026-05-20 2026-09-20"),
            (summer, "2026-09-20", "2026-05-20 2026-09-20"),
            (winter, "2026-11-21", "2026-11-15 2027-04-10"),
            (winter, "2027-02-01", "2026-11-15 2027-04-10"),
            (winter, "2027-05-01", "2027-11-15 2028-04-10"),
        ] {
            assert_eq!(season(first, last, today).as_deref(), Some(expected), "{today}");
        }
    }
}
