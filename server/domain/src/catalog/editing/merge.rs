//! Two people edit one draft: what only one of them changed is kept, what both changed stays as it was saved first, and the
//! later one gets the difference.
use sapar_shared::{
    Lang,
    dto::editor::{Conflict, DraftPicture, DraftStep, TourDraft, Tri},
};

/// A draft that two versions came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub draft: TourDraft,
    /// What both changed, each otherwise.
    pub conflicts: Vec<Conflict>,
}

/// `mine` was made from `base`, and so was `theirs`, which is saved already. Texts are merged by field and language, lists as a
/// whole. Without a base every difference is a conflict.
#[must_use]
pub fn merge(base: Option<&TourDraft>, mine: &TourDraft, theirs: &TourDraft) -> Merged {
    let mut merger = Merger { base, mine, theirs, conflicts: Vec::new() };
    let draft = TourDraft {
        title: merger.text("title", |draft| &draft.title),
        summary: merger.text("summary", |draft| &draft.summary),
        description: merger.text("description", |draft| &draft.description),
        included: merger.field("included", |draft| &draft.included, |items| lines(items)),
        excluded: merger.field("excluded", |draft| &draft.excluded, |items| lines(items)),
        programme: merger.field(
            "programme",
            |draft| &draft.programme,
            |steps| steps.iter().map(step).collect::<Vec<_>>().join("\n"),
        ),
        meeting: merger.text("meeting", |draft| &draft.meeting),
        meeting_point: merger.field(
            "meeting_point",
            |draft| &draft.meeting_point,
            |point| point.map(|p| format!("{}, {}", degrees(p.lat_e6), degrees(p.lng_e6))).unwrap_or_default(),
        ),
        place: merger.field("place", |draft| &draft.place, Clone::clone),
        from_place: merger.field("from_place", |draft| &draft.from_place, Clone::clone),
        category: merger.field("category", |draft| &draft.category, Clone::clone),
        guide_languages: merger.field(
            "guide_languages",
            |draft| &draft.guide_languages,
            |langs| langs.iter().map(|lang| lang.own_name()).collect::<Vec<_>>().join(", "),
        ),
        duration_minutes: merger.field("duration_minutes", |draft| &draft.duration_minutes, i32::to_string),
        free_cancel_hours: merger.field("free_cancel_hours", |draft| &draft.free_cancel_hours, i32::to_string),
        pictures: merger.field(
            "pictures",
            |draft| &draft.pictures,
            |pictures| pictures.iter().zip(1..).map(|(picture, number)| named(number, picture)).collect::<Vec<_>>().join("\n"),
        ),
    };
    Merged { draft, conflicts: merger.conflicts }
}

struct Merger<'a> {
    base: Option<&'a TourDraft>,
    mine: &'a TourDraft,
    theirs: &'a TourDraft,
    conflicts: Vec<Conflict>,
}

impl<'a> Merger<'a> {
    fn field<T: PartialEq + Clone + 'a>(
        &mut self,
        name: &str,
        of: impl Fn(&'a TourDraft) -> &'a T,
        show: impl Fn(&T) -> String,
    ) -> T {
        let (mine, theirs) = (of(self.mine), of(self.theirs));
        let base = self.base.map(&of);
        if mine == theirs || base == Some(mine) {
            return theirs.clone();
        }
        if base == Some(theirs) {
            return mine.clone();
        }
        self.conflicts.push(Conflict { field: name.to_owned(), mine: show(mine), theirs: show(theirs) });
        theirs.clone()
    }

    fn text(&mut self, name: &str, of: impl Fn(&'a TourDraft) -> &'a Tri) -> Tri {
        let mut merged = Tri::default();
        for lang in Lang::ALL {
            let (mine, theirs) = (of(self.mine).get(lang), of(self.theirs).get(lang));
            let base = self.base.map(|draft| of(draft).get(lang));
            let kept = if base == Some(theirs) { mine } else { theirs };
            if mine != theirs && base != Some(mine) && base != Some(theirs) {
                let field = format!("{name}.{lang}");
                self.conflicts.push(Conflict { field, mine: mine.to_owned(), theirs: theirs.to_owned() });
            }
            kept.clone_into(merged.get_mut(lang));
        }
        merged
    }
}

fn lines(items: &[Tri]) -> String {
    items.iter().map(all_of).collect::<Vec<_>>().join("\n")
}

/// `рус · қаз · eng`, without what is empty.
fn all_of(text: &Tri) -> String {
    let written = Lang::ALL.into_iter().map(|lang| text.get(lang)).filter(|text| !text.trim().is_empty());
    written.collect::<Vec<_>>().join(" · ")
}

fn step(step: &DraftStep) -> String {
    let text = all_of(&step.text);
    if step.time.is_empty() { format!("{}: {text}", step.day) } else { format!("{}, {}: {text}", step.day, step.time) }
}

fn named(number: i32, picture: &DraftPicture) -> String {
    format!("{number}. {}", all_of(&picture.alt))
}

/// `43.238100` from 43238100.
fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sapar_shared::dto::editor::MapPoint;
    use uuid::Uuid;

    /// One way of changing each field that is merged by itself: two different values where `n` differs.
    type Change = fn(&mut TourDraft, u8);
    const CHANGES: [(&str, Change); 19] = [
        ("title.ru", |d, n| d.title.ru = format!("Тур {n}")),
        ("title.kk", |d, n| d.title.kk = format!("Саяхат {n}")),
        ("title.en", |d, n| d.title.en = format!("Tour {n}")),
        ("summary.ru", |d, n| d.summary.ru = format!("Коротко {n}")),
        ("summary.en", |d, n| d.summary.en = format!("In short {n}")),
        ("description.ru", |d, n| d.description.ru = format!("Подробно {n}")),
        ("description.kk", |d, n| d.description.kk = format!("Толық {n}")),
        ("included", |d, n| d.included.push(Tri { ru: format!("Обед {n}"), ..Tri::default() })),
        ("excluded", |d, n| d.excluded.push(Tri { ru: format!("Вход {n}"), ..Tri::default() })),
        ("programme", |d, n| {
            d.programme.push(DraftStep {
                day: 1,
                time: "06:00".into(),
                text: Tri { ru: format!("Выезд {n}"), ..Tri::default() },
            });
        }),
        ("meeting.ru", |d, n| d.meeting.ru = format!("Сайран {n}")),
        ("meeting_point", |d, n| d.meeting_point = Some(MapPoint { lat_e6: i32::from(n) - 200, lng_e6: 76_945_200 })),
        ("place", |d, n| d.place = format!("place-{n}")),
        ("from_place", |d, n| d.from_place = format!("from-{n}")),
        ("category", |d, n| d.category = format!("category-{n}")),
        ("guide_languages", |d, n| d.guide_languages = Lang::ALL.into_iter().cycle().take(usize::from(n) + 1).collect()),
        ("duration_minutes", |d, n| d.duration_minutes = i32::from(n) + 1),
        ("free_cancel_hours", |d, n| d.free_cancel_hours = i32::from(n) + 1),
        ("pictures", |d, n| {
            d.pictures.push(DraftPicture { upload: Uuid::from_u128(n.into()).into(), alt: Tri::default() });
        }),
    ];

    fn changed(base: &TourDraft, changes: impl IntoIterator<Item = (usize, u8)>) -> TourDraft {
        let mut draft = base.clone();
        for (which, n) in changes {
            (CHANGES[which].1)(&mut draft, n);
        }
        draft
    }

    fn some_draft() -> impl Strategy<Value = TourDraft> {
        prop::collection::vec(0_u8..50, CHANGES.len())
            .prop_map(|seeds| changed(&TourDraft::default(), seeds.into_iter().enumerate()))
    }

    #[test]
    fn who_changes_nothing_takes_nothing_back() {
        let base = TourDraft::default();
        let theirs = changed(&base, [(0, 1), (9, 2)]);
        assert_eq!(merge(Some(&base), &base, &theirs), Merged { draft: theirs.clone(), conflicts: vec![] });
        assert_eq!(merge(Some(&base), &theirs, &base), Merged { draft: theirs, conflicts: vec![] });
    }

    #[test]
    fn the_same_change_made_twice_is_no_conflict() {
        let base = TourDraft::default();
        let both = changed(&base, [(1, 5), (7, 5)]);
        assert_eq!(merge(Some(&base), &both, &both), Merged { draft: both, conflicts: vec![] });
    }

    #[test]
    fn what_was_saved_first_stays_and_the_later_one_is_told() {
        let base = changed(&TourDraft::default(), [(0, 0)]);
        let mine = changed(&base, [(0, 1), (9, 1), (11, 100), (4, 7)]);
        let theirs = changed(&base, [(0, 2), (9, 2), (11, 250)]);
        let merged = merge(Some(&base), &mine, &theirs);
        assert_eq!(merged.draft, changed(&theirs, [(4, 7)]), "an English summary of mine is nobody else's");
        let conflict =
            |field: &str, mine: &str, theirs: &str| Conflict { field: field.into(), mine: mine.into(), theirs: theirs.into() };
        assert_eq!(
            merged.conflicts,
            [
                conflict("title.ru", "Тур 1", "Тур 2"),
                conflict("programme", "1, 06:00: Выезд 1", "1, 06:00: Выезд 2"),
                conflict("meeting_point", "-0.000100, 76.945200", "0.000050, 76.945200"),
            ]
        );
    }

    #[test]
    fn without_a_base_nothing_is_overwritten() {
        let theirs = changed(&TourDraft::default(), [(0, 1), (12, 1)]);
        let mine = changed(&TourDraft::default(), [(0, 2), (12, 1), (14, 3)]);
        let merged = merge(None, &mine, &theirs);
        assert_eq!(merged.draft, theirs);
        assert_eq!(merged.conflicts.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(), ["title.ru", "category"]);
    }

    proptest! {
        #[test]
        fn disjoint_changes_are_all_kept(
            base in some_draft(),
            changes in prop::collection::vec((0_u8..3, 50_u8..100), CHANGES.len()),
        ) {
            let of = |side: u8| changes.iter().enumerate().filter(move |(_, c)| c.0 == side).map(|(which, c)| (which, c.1));
            let (mine, theirs) = (changed(&base, of(0)), changed(&base, of(1)));
            let merged = merge(Some(&base), &mine, &theirs);
            prop_assert_eq!(merged.conflicts, vec![]);
            prop_assert_eq!(merged.draft, changed(&mine, of(1)));
        }

        #[test]
        fn every_conflict_carries_what_was_lost(
            base in some_draft(),
            mine in prop::collection::vec(50_u8..100, CHANGES.len()),
            theirs in prop::collection::vec(100_u8..150, CHANGES.len()),
        ) {
            let (mine, theirs) = (changed(&base, mine.into_iter().enumerate()), changed(&base, theirs.into_iter().enumerate()));
            let merged = merge(Some(&base), &mine, &theirs);
            prop_assert_eq!(&merged.draft, &theirs);
            let fields: Vec<&str> = merged.conflicts.iter().map(|c| c.field.as_str()).collect();
            prop_assert_eq!(fields, CHANGES.map(|(name, _)| name).to_vec());
        }
    }
}
