//! Files that were chosen and are not pictures yet: a few are sent at once, the others stand in line.
use super::list::Pictures;
use crate::partner::send::{self, Outcome, Remedy};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{DraftPicture, MAX_PICTURES, Tri, UploadState, UploadView},
    ids::UploadId,
    paths,
    tr::pictures as tr,
};
use web_sys::{File, FileList};

/// More would not be faster over a phone's network, and all of them slow.
const AT_ONCE: usize = 3;
/// In bytes; the server's own limit.
const LARGEST: f64 = 25.0 * 1024.0 * 1024.0;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    Queued,
    /// In percent.
    Going(u32),
    /// Why, and what helps.
    Failed(String, Remedy),
}

/// A chosen file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    pub number: u32,
    pub name: String,
    pub stage: Stage,
}

/// What can be said without asking the server.
pub fn refusal(lang: Lang, name: &str, kind: &str, size: f64) -> Option<&'static str> {
    let name = name.to_lowercase();
    if kind == "image/heic" || kind == "image/heif" || name.ends_with(".heic") || name.ends_with(".heif") {
        Some(tr::heic(lang))
    } else if !kind.is_empty() && !["image/jpeg", "image/png", "image/webp"].contains(&kind) {
        Some(tr::wrong_kind(lang))
    } else if size > LARGEST {
        Some(tr::too_heavy(lang))
    } else {
        None
    }
}

/// Where the picture of a file goes that was chosen as `number`, however early or late it has come: behind the nearest one that was
/// chosen before it, else before the nearest one that was chosen after it, else to the end.
fn place(pictures: &[DraftPicture], taken: &[(u32, UploadId)], number: u32) -> usize {
    let known = pictures
        .iter()
        .enumerate()
        .filter_map(|(at, picture)| taken.iter().find(|(_, id)| *id == picture.upload).map(|(number, _)| (*number, at)));
    let (before, after): (Vec<_>, Vec<_>) = known.partition(|(known, _)| *known < number);
    let before = before.into_iter().max().map(|(_, at)| at + 1);
    before.or_else(|| after.into_iter().min().map(|(_, at)| at)).unwrap_or(pictures.len())
}

impl Pictures {
    /// Takes what was chosen, as far as there is room.
    pub fn add(self, files: &FileList) {
        let taken = self.pictures.read_untracked().len() + self.sending.read_untracked().len();
        let room = MAX_PICTURES.saturating_sub(taken);
        let chosen: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
        let too_many = chosen.len() > room;
        for file in chosen.into_iter().take(room) {
            self.add_one(file);
        }
        let most = i64::try_from(MAX_PICTURES).unwrap_or(i64::MAX);
        self.trouble.set(too_many.then(|| tr::too_many_chosen(self.lang, most)));
        self.pump();
    }

    fn add_one(self, file: File) {
        let number = self.numbers.try_update_value(|last| {
            *last += 1;
            *last
        });
        let Some(number) = number else { return };
        let (name, kind, size) = (file.name(), file.type_(), file.size());
        let stage =
            refusal(self.lang, &name, &kind, size).map_or(Stage::Queued, |why| Stage::Failed(why.to_owned(), Remedy::Other));
        send::keep(number, file);
        self.sending.update(|sending| sending.push(Sending { number, name, stage }));
    }

    fn stage(self, number: u32, stage: Stage) {
        self.sending.try_update(|sending| {
            if let Some(one) = sending.iter_mut().find(|one| one.number == number) {
                one.stage = stage;
            }
        });
    }

    /// Sends as many as may be under way.
    fn pump(self) {
        let next: Option<Vec<u32>> = self.sending.try_with_untracked(|sending| {
            let going = sending.iter().filter(|one| matches!(one.stage, Stage::Going(_))).count();
            let queued = sending.iter().filter(|one| one.stage == Stage::Queued);
            queued.take(AT_ONCE.saturating_sub(going)).map(|one| one.number).collect()
        });
        for number in next.unwrap_or_default() {
            self.stage(number, Stage::Going(0));
            let address = paths::upload_of_listing(self.listing);
            send::send(
                number,
                &address,
                move |percent| self.stage(number, Stage::Going(percent)),
                move |end| self.ended(number, end),
            );
        }
    }

    fn ended(self, number: u32, outcome: Outcome) {
        let lang = self.lang;
        match outcome {
            Outcome::Taken(id) => {
                let id = UploadId(id);
                self.dismiss(number);
                self.uploads.try_update(|uploads| {
                    uploads.push(UploadView { id, state: UploadState::Waiting, address: None, width: 0, height: 0 });
                });
                let placed = self.pictures.try_update(|pictures| {
                    let at = self.taken.try_with_value(|taken| place(pictures, taken, number));
                    pictures.insert(at.unwrap_or(pictures.len()), DraftPicture { upload: id, alt: Tri::default() });
                });
                if placed.is_some() {
                    self.taken.try_update_value(|taken| taken.push((number, id)));
                    self.on_change.run(());
                }
            }
            Outcome::Refused(words, remedy) => {
                let words = words.unwrap_or_else(|| tr::failed(lang).to_owned());
                self.stage(number, Stage::Failed(words, remedy));
            }
            Outcome::Lost => self.stage(number, Stage::Failed(tr::no_network(lang).to_owned(), Remedy::Again)),
            Outcome::Cancelled => self.dismiss(number),
        }
        self.pump();
    }

    pub fn retry(self, number: u32) {
        self.stage(number, Stage::Queued);
        self.pump();
    }

    /// Another file in the place of one that was not taken.
    pub fn replace(self, number: u32, files: &FileList) {
        self.dismiss(number);
        self.add(files);
    }

    /// Ends the sending, or takes away what was not sent.
    pub fn cancel(self, number: u32) {
        send::cancel(number);
        self.dismiss(number);
        self.pump();
    }

    fn dismiss(self, number: u32) {
        send::forget(number);
        self.sending.try_update(|sending| sending.retain(|one| one.number != number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_as_they_were_chosen_whichever_comes_first() {
        let id = |n: u32| UploadId(uuid::Uuid::from_u128(n.into()));
        let arrived = |mut pictures: Vec<DraftPicture>, numbers: &[u32]| {
            let mut taken = Vec::new();
            for number in numbers {
                let at = place(&pictures, &taken, *number);
                pictures.insert(at, DraftPicture { upload: id(*number), alt: Tri::default() });
                taken.push((*number, id(*number)));
            }
            pictures.into_iter().map(|picture| picture.upload).collect::<Vec<_>>()
        };
        assert_eq!(arrived(Vec::new(), &[3, 1, 2, 5, 4]), [1, 2, 3, 4, 5].map(id));
        // What was there before stays in front.
        let before = vec![DraftPicture { upload: id(9), alt: Tri::default() }];
        assert_eq!(arrived(before, &[2, 3, 1]), [9, 1, 2, 3].map(id));
    }

    #[test]
    fn what_the_server_would_refuse_is_not_sent() {
        let why = |name, kind, size| refusal(Lang::En, name, kind, size);
        assert_eq!(why("a.jpg", "image/jpeg", 4e6), None);
        // Some browsers name no type; the server looks into the file.
        assert_eq!(why("a.jpg", "", 4e6), None);
        assert_eq!(why("IMG_1.HEIC", "", 4e6), Some(tr::heic(Lang::En)));
        assert_eq!(why("a.svg", "image/svg+xml", 400.0), Some(tr::wrong_kind(Lang::En)));
        assert_eq!(why("a.png", "image/png", 30e6), Some(tr::too_heavy(Lang::En)));
    }
}
