//! A draft's fields by their names, which problems and conflicts go by: `title.ru`, `programme.3.text.kk` (rows from 0),
//! `pictures`.
use sapar_shared::{
    Lang,
    dto::editor::{TourDraft, Tri},
};

/// The parts of the editor that hold content, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Texts,
    Facts,
    Programme,
    Included,
    Meeting,
    Pictures,
    Tickets,
    Departures,
}

impl Section {
    pub const ALL: [Self; 8] = [
        Self::Texts,
        Self::Facts,
        Self::Programme,
        Self::Included,
        Self::Meeting,
        Self::Pictures,
        Self::Tickets,
        Self::Departures,
    ];

    /// The word in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Facts => "facts",
            Self::Programme => "programme",
            Self::Included => "included",
            Self::Meeting => "meeting",
            Self::Pictures => "pictures",
            Self::Tickets => "tickets",
            Self::Departures => "departures",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == word)
    }

    /// Where a field is filled in.
    #[must_use]
    pub fn of_field(field: &str) -> Self {
        match head(field) {
            "title" | "summary" | "description" => Self::Texts,
            "programme" => Self::Programme,
            "included" | "excluded" => Self::Included,
            "meeting" | "meeting_point" => Self::Meeting,
            "pictures" => Self::Pictures,
            "ticket_types" => Self::Tickets,
            "departures" => Self::Departures,
            _ => Self::Facts,
        }
    }
}

/// `programme` of `programme.3.text.kk`.
#[must_use]
pub fn head(field: &str) -> &str {
    field.split('.').next().unwrap_or_default()
}

/// The id of the control for a field.
#[must_use]
pub fn control_id(field: &str) -> String {
    format!("f-{}", field.replace('.', "-"))
}

fn index(part: Option<&str>) -> Option<usize> {
    part?.parse().ok()
}

/// A text by its name without the language: `title`, `included.2`, `programme.3.text`, `pictures.0.alt`.
#[must_use]
pub fn tri<'a>(draft: &'a TourDraft, name: &str) -> Option<&'a Tri> {
    let mut parts = name.split('.');
    match parts.next()? {
        "title" => Some(&draft.title),
        "summary" => Some(&draft.summary),
        "description" => Some(&draft.description),
        "meeting" => Some(&draft.meeting),
        "included" => draft.included.get(index(parts.next())?),
        "excluded" => draft.excluded.get(index(parts.next())?),
        "programme" => draft.programme.get(index(parts.next())?).map(|step| &step.text),
        "pictures" => draft.pictures.get(index(parts.next())?).map(|picture| &picture.alt),
        _ => None,
    }
}

/// As [`tri`], to be written to.
pub fn tri_mut<'a>(draft: &'a mut TourDraft, name: &str) -> Option<&'a mut Tri> {
    let mut parts = name.split('.');
    match parts.next()? {
        "title" => Some(&mut draft.title),
        "summary" => Some(&mut draft.summary),
        "description" => Some(&mut draft.description),
        "meeting" => Some(&mut draft.meeting),
        "included" => draft.included.get_mut(index(parts.next())?),
        "excluded" => draft.excluded.get_mut(index(parts.next())?),
        "programme" => draft.programme.get_mut(index(parts.next())?).map(|step| &mut step.text),
        "pictures" => draft.pictures.get_mut(index(parts.next())?).map(|picture| &mut picture.alt),
        _ => None,
    }
}

/// The name and the language of one text of a field.
#[must_use]
pub fn text_of(field: &str) -> Option<(&str, Lang)> {
    let (name, lang) = field.rsplit_once('.')?;
    Some((name, lang.parse().ok()?))
}

/// One text of a field, where the field is one.
#[must_use]
pub fn text<'a>(draft: &'a TourDraft, field: &str) -> Option<&'a str> {
    let (name, lang) = text_of(field)?;
    Some(tri(draft, name)?.get(lang))
}

/// Written in another language, but not in this one.
#[must_use]
pub fn lacks(text: &Tri, lang: Lang) -> bool {
    text.get(lang).trim().is_empty() && Lang::ALL.into_iter().any(|other| !text.get(other).trim().is_empty())
}

/// Every text of a section that is written in three languages.
#[must_use]
pub fn texts(draft: &TourDraft, section: Section) -> Vec<&Tri> {
    match section {
        Section::Texts => vec![&draft.title, &draft.summary, &draft.description],
        Section::Programme => draft.programme.iter().map(|step| &step.text).collect(),
        Section::Included => draft.included.iter().chain(&draft.excluded).collect(),
        Section::Meeting => vec![&draft.meeting],
        Section::Pictures => draft.pictures.iter().map(|picture| &picture.alt).collect(),
        _ => Vec::new(),
    }
}

/// How many texts of a section are written in another language but not in this one.
#[must_use]
pub fn untranslated(draft: &TourDraft, section: Section, lang: Lang) -> usize {
    texts(draft, section).into_iter().filter(|text| lacks(text, lang)).count()
}

/// What has changed from `sent` to `now` comes over what the server has made of `sent`.
trait Rebase: Sized {
    fn rebase(sent: &Self, now: &Self, saved: &Self) -> Self;
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl Rebase for $kind {
            fn rebase(sent: &Self, now: &Self, saved: &Self) -> Self {
                if now == sent { saved.clone() } else { now.clone() }
            }
        }
    )*};
}
whole!(
    String,
    i32,
    Vec<Lang>,
    Option<sapar_shared::dto::editor::MapPoint>,
    sapar_shared::dto::editor::DraftStep,
    sapar_shared::dto::editor::DraftPicture
);

impl Rebase for Tri {
    fn rebase(sent: &Self, now: &Self, saved: &Self) -> Self {
        Self {
            ru: Rebase::rebase(&sent.ru, &now.ru, &saved.ru),
            kk: Rebase::rebase(&sent.kk, &now.kk, &saved.kk),
            en: Rebase::rebase(&sent.en, &now.en, &saved.en),
        }
    }
}

/// Row by row while there are as many; else the whole list.
fn rebase_list<T: Rebase + Clone + PartialEq>(sent: &[T], now: &[T], saved: &[T]) -> Vec<T> {
    if now == sent {
        return saved.to_vec();
    }
    if now.len() == sent.len() && saved.len() == sent.len() {
        return sent.iter().zip(now).zip(saved).map(|((sent, now), saved)| T::rebase(sent, now, saved)).collect();
    }
    now.to_vec()
}

macro_rules! fields {
    (plain: $($plain:ident),*; lists: $($list:ident),*) => {
        const FIELDS: &[&str] = &[$(stringify!($plain),)* $(stringify!($list),)*];

        fn take_whole(name: &str, from: &TourDraft, into: &mut TourDraft) {
            match name {
                $(stringify!($plain) => into.$plain = from.$plain.clone(),)*
                $(stringify!($list) => into.$list = from.$list.clone(),)*
                _ => {}
            }
        }

        fn length(draft: &TourDraft, name: &str) -> usize {
            match name {
                $(stringify!($list) => draft.$list.len(),)*
                _ => 0,
            }
        }

        /// What was typed while `sent` was on its way, over what came back of it.
        #[must_use]
        pub fn rebase(sent: &TourDraft, now: &TourDraft, saved: &TourDraft) -> TourDraft {
            TourDraft {
                $($plain: Rebase::rebase(&sent.$plain, &now.$plain, &saved.$plain),)*
                $($list: rebase_list(&sent.$list, &now.$list, &saved.$list),)*
            }
        }
    };
}
fields!(
    plain: title, summary, description, meeting, meeting_point, place, from_place, category, guide_languages, duration_minutes,
        free_cancel_hours;
    lists: included, excluded, programme, pictures
);

/// Copies one field. A row's text goes alone only while the lists are of one length; else the list goes whole.
pub fn take(field: &str, from: &TourDraft, into: &mut TourDraft) {
    let list = head(field);
    if length(from, list) == length(into, list)
        && let Some((name, lang)) = text_of(field)
        && let (Some(source), Some(target)) = (tri(from, name), tri_mut(into, name))
    {
        *target.get_mut(lang) = source.get(lang).to_owned();
        return;
    }
    take_whole(list, from, into);
}

/// Whether a field of one draft is another than the other's.
#[must_use]
pub fn differs(field: &str, one: &TourDraft, other: &TourDraft) -> bool {
    let mut taken = one.clone();
    take(field, other, &mut taken);
    taken != *one
}

/// The sections whose content is another in one draft than in the other.
#[must_use]
pub fn changed(one: &TourDraft, other: &TourDraft) -> Vec<Section> {
    let changed =
        |section: &Section| FIELDS.iter().any(|field| Section::of_field(field) == *section && differs(field, one, other));
    Section::ALL.into_iter().filter(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::dto::editor::DraftStep;

    fn text(ru: &str) -> Tri {
        Tri { ru: ru.into(), ..Tri::default() }
    }

    fn draft(title: &str, steps: &[&str]) -> TourDraft {
        let programme = steps.iter().map(|ru| DraftStep { day: 1, time: "06:00".into(), text: text(ru) }).collect();
        TourDraft { title: text(title), programme, ..TourDraft::default() }
    }

    #[test]
    fn a_field_is_found_by_its_name() {
        let mut tour = draft("Кольсай", &["Выезд", "Озеро"]);
        assert_eq!(tri(&tour, "programme.1.text").map(|t| t.ru.as_str()), Some("Озеро"));
        assert_eq!(tri(&tour, "programme.2.text"), None);
        assert_eq!(text_of("programme.1.text.kk"), Some(("programme.1.text", Lang::Kk)));
        assert_eq!(text_of("programme.1.time"), None);
        if let Some(title) = tri_mut(&mut tour, "title") {
            title.kk = "Көлсай".into();
        }
        assert_eq!((lacks(&tour.title, Lang::En), lacks(&tour.title, Lang::Kk)), (true, false));
        assert_eq!(untranslated(&tour, Section::Programme, Lang::En), 2);
        assert_eq!(Section::of_field("programme.1.time"), Section::Programme);
        assert_eq!(Section::of_field("guide_languages"), Section::Facts);
    }

    #[test]
    fn what_somebody_else_wrote_stays_while_one_types() {
        let sent = draft("Кольсай", &["Выезд", "Озеро"]);
        let mut now = sent.clone();
        now.title.ru = "Кольсай за день".into();
        let mut saved = sent.clone();
        saved.title.kk = "Көлсай".into();
        saved.programme[1].time = "09:00".into();
        let merged = rebase(&sent, &now, &saved);
        assert_eq!((merged.title.ru.as_str(), merged.title.kk.as_str()), ("Кольсай за день", "Көлсай"));
        assert_eq!(merged.programme[1].time, "09:00");
        assert_eq!(rebase(&sent, &sent, &saved), saved);
    }

    #[test]
    fn what_differs_is_known_by_field_and_section() {
        let (one, mut other) = (draft("Кольсай", &["Выезд"]), draft("Кольсай", &["Выезд"]));
        assert_eq!(changed(&one, &other), []);
        other.title.kk = "Көлсай".into();
        other.programme[0].time = "07:00".into();
        assert_eq!(changed(&one, &other), [Section::Texts, Section::Programme]);
        assert!(differs("title.kk", &one, &other) && !differs("title.ru", &one, &other) && differs("programme", &one, &other));
        assert_eq!((super::text(&other, "title.kk"), super::text(&other, "programme")), (Some("Көлсай"), None));
    }

    #[test]
    fn mine_is_taken_as_finely_as_it_can_be() {
        let mine = draft("Моё", &["а", "б"]);
        let mut into = draft("Их", &["в", "г"]);
        take("programme.1.text.ru", &mine, &mut into);
        assert_eq!((into.programme[0].text.ru.as_str(), into.programme[1].text.ru.as_str()), ("в", "б"));
        take("title.ru", &mine, &mut into);
        assert_eq!(into.title.ru, "Моё");
        let mut longer = draft("Их", &["в", "г", "д"]);
        take("programme.1.text.ru", &mine, &mut longer);
        assert_eq!(longer.programme, mine.programme);
        take("no_such", &mine, &mut longer);
    }
}
