//! A tour's draft as it is typed: what is cleaned away, what review would not take, what is too much to keep.
use crate::{
    Lang,
    dto::editor::{MAX_PICTURES, MapPoint, Problem, ProblemKind, TourDraft, Tri, UploadState, UploadView},
    when,
};
use ProblemKind::{Malformed, Missing, NotReady, TooLong, TooMany, TooShort};

pub const TITLE_MIN: usize = 3;
pub const TITLE_MAX: usize = 120;
pub const SUMMARY_MAX: usize = 300;
pub const DESCRIPTION_MAX: usize = 8000;
pub const MEETING_MAX: usize = 500;
/// A line of what is included or not.
pub const ITEM_MAX: usize = 200;
pub const STEP_MAX: usize = 500;
pub const ALT_MAX: usize = 200;
/// Lines of what is included, and of what is not.
pub const MAX_ITEMS: usize = 40;
/// Lines of the programme.
pub const MAX_STEPS: usize = 60;
/// The longest tour, in days.
pub const MAX_DAYS: i32 = 30;
pub const MAX_MINUTES: i32 = MAX_DAYS * 24 * 60;
/// Cancelling may be free up to so many hours before the start.
pub const MAX_CANCEL_HOURS: i32 = 60 * 24;
/// Characters of a slug or a time, whatever is sent for one.
const WORD_MAX: usize = 120;

/// A text of the draft and what is wanted of it.
struct Text<'a> {
    field: String,
    text: &'a Tri,
    shortest: usize,
    longest: usize,
    /// In Russian, by review.
    required: bool,
}

fn texts(draft: &TourDraft) -> Vec<Text<'_>> {
    let one = |field: &str, text, shortest, longest| Text { field: field.to_owned(), text, shortest, longest, required: true };
    let mut texts = vec![
        one("title", &draft.title, TITLE_MIN, TITLE_MAX),
        one("summary", &draft.summary, 1, SUMMARY_MAX),
        one("description", &draft.description, 1, DESCRIPTION_MAX),
        one("meeting", &draft.meeting, 1, MEETING_MAX),
    ];
    for (name, items) in [("included", &draft.included), ("excluded", &draft.excluded)] {
        texts.extend(items.iter().enumerate().map(|(at, text)| one(&format!("{name}.{at}"), text, 1, ITEM_MAX)));
    }
    texts.extend(
        draft.programme.iter().enumerate().map(|(at, step)| one(&format!("programme.{at}.text"), &step.text, 1, STEP_MAX)),
    );
    let alts = draft.pictures.iter().enumerate();
    texts.extend(
        alts.map(|(at, picture)| Text { required: false, ..one(&format!("pictures.{at}.alt"), &picture.alt, 1, ALT_MAX) }),
    );
    texts
}

fn counts(draft: &TourDraft) -> [(&'static str, usize, usize); 4] {
    [
        ("included", draft.included.len(), MAX_ITEMS),
        ("excluded", draft.excluded.len(), MAX_ITEMS),
        ("programme", draft.programme.len(), MAX_STEPS),
        ("pictures", draft.pictures.len(), MAX_PICTURES),
    ]
}

/// What keeps the draft from review, and what it lacks without being kept. Places in lists count from 0 (`included.0.ru`).
/// `uploads` are those of the draft's pictures, `ticket_types` how many there are.
#[must_use]
pub fn problems(draft: &TourDraft, uploads: &[UploadView], ticket_types: usize) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut block = |field: String, kind| found.push(Problem { field, kind, blocks: true });
    for (field, count, most) in counts(draft) {
        if count > most {
            block(field.to_owned(), TooMany);
        }
    }
    for (field, word) in [("place", &draft.place), ("category", &draft.category)] {
        if word.is_empty() {
            block(field.to_owned(), Missing);
        }
    }
    match draft.duration_minutes {
        1..=MAX_MINUTES => {}
        0 => block("duration_minutes".to_owned(), Missing),
        _ => block("duration_minutes".to_owned(), Malformed),
    }
    if !(0..=MAX_CANCEL_HOURS).contains(&draft.free_cancel_hours) {
        block("free_cancel_hours".to_owned(), Malformed);
    }
    if draft.guide_languages.is_empty() {
        block("guide_languages".to_owned(), Missing);
    }
    match draft.meeting_point {
        None => block("meeting_point".to_owned(), Missing),
        Some(point) if !on_earth(point) => block("meeting_point".to_owned(), Malformed),
        Some(_) => {}
    }
    for (at, step) in draft.programme.iter().enumerate() {
        if !(1..=MAX_DAYS).contains(&step.day) {
            block(format!("programme.{at}.day"), Malformed);
        }
        if !step.time.is_empty() && when::of_clock(&step.time).is_none() {
            block(format!("programme.{at}.time"), Malformed);
        }
    }
    if draft.pictures.is_empty() {
        block("pictures".to_owned(), Missing);
    }
    for (at, picture) in draft.pictures.iter().enumerate() {
        match uploads.iter().find(|upload| upload.id == picture.upload).map(|upload| upload.state) {
            Some(UploadState::Ready) => {}
            Some(UploadState::Waiting) => block(format!("pictures.{at}"), NotReady),
            Some(UploadState::Failed) | None => block(format!("pictures.{at}"), Malformed),
        }
    }
    if ticket_types == 0 {
        block("ticket_types".to_owned(), Missing);
    }
    found.extend(texts(draft).iter().flat_map(problems_of));
    found
}

fn problems_of(wanted: &Text<'_>) -> Vec<Problem> {
    let problem = |lang: Lang| {
        let length = wanted.text.get(lang).trim().chars().count();
        let kind = match length {
            0 => Missing,
            _ if length < wanted.shortest => TooShort,
            _ if length > wanted.longest => TooLong,
            _ => return None,
        };
        let blocks = kind != Missing || (wanted.required && lang == Lang::Ru);
        Some(Problem { field: format!("{}.{lang}", wanted.field), kind, blocks })
    };
    Lang::ALL.into_iter().filter_map(problem).collect()
}

/// What is too much even for a draft: twice what review takes. A draft is kept however unfinished it is, but not however big.
#[must_use]
pub fn oversized(draft: &TourDraft) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut block = |field: String, kind| found.push(Problem { field, kind, blocks: true });
    for (field, count, most) in counts(draft) {
        if count > most * 2 {
            block(field.to_owned(), TooMany);
        }
    }
    for wanted in texts(draft) {
        for lang in Lang::ALL {
            if wanted.text.get(lang).chars().count() > wanted.longest * 2 {
                block(format!("{}.{lang}", wanted.field), TooLong);
            }
        }
    }
    for (field, word) in [("place", &draft.place), ("from_place", &draft.from_place), ("category", &draft.category)] {
        if word.chars().count() > WORD_MAX {
            block(field.to_owned(), TooLong);
        }
    }
    for (at, step) in draft.programme.iter().enumerate() {
        if step.time.chars().count() > WORD_MAX {
            block(format!("programme.{at}.time"), TooLong);
        }
    }
    found
}

fn on_earth(point: MapPoint) -> bool {
    (-90_000_000..=90_000_000).contains(&point.lat_e6) && (-180_000_000..=180_000_000).contains(&point.lng_e6)
}

/// The draft without characters that no keyboard means: control characters and what turns the direction of writing. Spaces
/// stay, for whoever types is not at the end yet.
#[must_use]
pub fn cleaned(draft: &TourDraft) -> TourDraft {
    let mut clean = draft.clone();
    for text in [&mut clean.title, &mut clean.summary].into_iter().chain(&mut clean.included).chain(&mut clean.excluded) {
        each(text, line);
    }
    for text in [&mut clean.description, &mut clean.meeting] {
        each(text, block);
    }
    for step in &mut clean.programme {
        each(&mut step.text, line);
        step.time = line(step.time.trim());
    }
    for picture in &mut clean.pictures {
        each(&mut picture.alt, line);
    }
    for word in [&mut clean.place, &mut clean.from_place, &mut clean.category] {
        *word = line(word.trim());
    }
    clean.guide_languages = Lang::ALL.into_iter().filter(|lang| draft.guide_languages.contains(lang)).collect();
    clean
}

fn each(text: &mut Tri, clean: impl Fn(&str) -> String) {
    for lang in Lang::ALL {
        let cleaned = clean(text.get(lang));
        *text.get_mut(lang) = cleaned;
    }
}

/// What is seen of a text as letters.
fn printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text of one line.
#[must_use]
pub fn line(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).filter(|c| printable(*c)).collect()
}

/// A text of paragraphs.
#[must_use]
pub fn block(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c == '\n' || printable(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::editor::{DraftPicture, DraftStep};
    use uuid::Uuid;

    fn tri(ru: &str) -> Tri {
        Tri { ru: ru.to_owned(), ..Tri::default() }
    }

    fn upload(n: u128, state: UploadState) -> UploadView {
        UploadView { id: Uuid::from_u128(n).into(), state, address: None, width: 0, height: 0 }
    }

    /// Just what review asks for.
    fn whole() -> (TourDraft, Vec<UploadView>) {
        let draft = TourDraft {
            title: tri("Озёра Кольсай"),
            summary: tri("Один день"),
            description: tri("Едем к озёрам"),
            meeting: tri("Сайран"),
            meeting_point: Some(MapPoint { lat_e6: 43_238_100, lng_e6: 76_945_200 }),
            place: "kolsai".into(),
            category: "lakes".into(),
            guide_languages: vec![Lang::Ru],
            duration_minutes: 960,
            pictures: vec![DraftPicture { upload: Uuid::from_u128(1).into(), alt: Tri::default() }],
            ..TourDraft::default()
        };
        (draft, vec![upload(1, UploadState::Ready)])
    }

    fn blocking(draft: &TourDraft, uploads: &[UploadView], types: usize) -> Vec<(String, ProblemKind)> {
        problems(draft, uploads, types).into_iter().filter(|p| p.blocks).map(|p| (p.field, p.kind)).collect()
    }

    #[test]
    fn an_empty_draft_lacks_what_review_asks_for() {
        let fields: Vec<String> = blocking(&TourDraft::default(), &[], 0).into_iter().map(|(field, _)| field).collect();
        let wanted = [
            "place",
            "category",
            "duration_minutes",
            "guide_languages",
            "meeting_point",
            "pictures",
            "ticket_types",
            "title.ru",
            "summary.ru",
            "description.ru",
            "meeting.ru",
        ];
        assert_eq!(fields, wanted);
    }

    #[test]
    fn what_is_not_translated_is_shown_and_does_not_block() {
        let (draft, uploads) = whole();
        let found = problems(&draft, &uploads, 1);
        assert!(found.iter().all(|p| !p.blocks && p.kind == Missing), "{found:?}");
        assert!(found.iter().any(|p| p.field == "title.kk") && found.iter().any(|p| p.field == "pictures.0.alt.ru"));
    }

    #[test]
    fn lengths_times_points_and_pictures_are_looked_at() {
        let (mut draft, uploads) = whole();
        draft.title.kk = "Қа".into();
        draft.summary.en = "x".repeat(SUMMARY_MAX + 1);
        draft.included = vec![tri(" ")];
        draft.programme = vec![
            DraftStep { day: 1, time: String::new(), text: tri("Выезд") },
            DraftStep { day: 0, time: "25:00".into(), text: tri("Обед") },
        ];
        draft.meeting_point = Some(MapPoint { lat_e6: 91_000_000, lng_e6: 0 });
        draft.pictures.push(DraftPicture { upload: Uuid::from_u128(2).into(), alt: Tri::default() });
        draft.pictures.push(DraftPicture { upload: Uuid::from_u128(3).into(), alt: Tri::default() });
        let uploads = [uploads, vec![upload(2, UploadState::Waiting)]].concat();
        let wanted = [
            ("meeting_point", Malformed),
            ("programme.1.day", Malformed),
            ("programme.1.time", Malformed),
            ("pictures.1", NotReady),
            ("pictures.2", Malformed),
            ("title.kk", TooShort),
            ("summary.en", TooLong),
            ("included.0.ru", Missing),
        ];
        assert_eq!(blocking(&draft, &uploads, 1), wanted.map(|(field, kind)| (field.to_owned(), kind)));
        assert!(oversized(&draft).is_empty());
        draft.summary.en = "x".repeat(SUMMARY_MAX * 2 + 1);
        draft.excluded = vec![Tri::default(); MAX_ITEMS * 2 + 1];
        let too_much: Vec<_> = oversized(&draft).into_iter().map(|p| p.field).collect();
        assert_eq!(too_much, ["excluded", "summary.en"]);
    }

    #[test]
    fn nothing_invisible_is_kept() {
        let mut draft = TourDraft { title: tri("Тур\u{0}\u{202e} \nна день "), ..TourDraft::default() };
        draft.description = tri("Раз\r\n\r\nдва\u{7}");
        draft.guide_languages = vec![Lang::En, Lang::Ru, Lang::En];
        let clean = cleaned(&draft);
        assert_eq!(clean.title.ru, "Тур  на день ");
        assert_eq!(clean.description.ru, "Раз\n\nдва");
        assert_eq!(clean.guide_languages, [Lang::Ru, Lang::En]);
        assert_eq!(cleaned(&clean), clean);
    }
}
