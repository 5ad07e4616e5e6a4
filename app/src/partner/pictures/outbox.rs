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
                if self.pictures.try_update(|pictures| pictures.push(DraftPicture { upload: id, alt: Tri::default() })).is_some()
                {
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
