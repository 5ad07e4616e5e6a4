//! The list with its two ways to add, what is on its way, and what was deleted last.
use super::{
    api::discard_upload,
    card::PictureCard,
    crop::CropSheet,
    outbox::{Sending, Stage},
    watch::watch,
};
use crate::{
    partner::{send::Remedy, trouble::SignInAgain},
    ui::{Alert, AlertTone, EmptyState, Glyph, Icon},
};
use leptos::{ev, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{DraftPicture, MAX_PICTURES, Tri, UploadState, UploadView},
    ids::{ListingId, UploadId},
    tr::pictures as tr,
};
use wasm_bindgen::JsCast as _;
use web_sys::{FileList, HtmlInputElement};

/// So near to the edge of the window a dragged picture scrolls the page, and so far with each move; in pixels.
const EDGE: i32 = 90;
const SCROLL: f64 = 14.0;
/// What the server takes.
pub const KINDS: &str = "image/jpeg,image/png,image/webp";

/// What the list's parts share.
#[derive(Clone, Copy)]
pub struct Pictures {
    pub lang: Lang,
    pub listing: ListingId,
    pub pictures: RwSignal<Vec<DraftPicture>>,
    pub uploads: RwSignal<Vec<UploadView>>,
    pub on_change: Callback<()>,
    pub sending: RwSignal<Vec<Sending>>,
    /// The last number given to a file.
    pub numbers: StoredValue<u32>,
    /// What was taken in this sitting, by the files' numbers.
    pub taken: StoredValue<Vec<(u32, UploadId)>>,
    /// How many were sent earlier and had not come into the list.
    found: RwSignal<usize>,
    /// What is wrong with the whole of what was chosen.
    pub trouble: RwSignal<Option<String>>,
    /// For screen readers.
    pub told: RwSignal<String>,
    /// The picture in the crop's sheet.
    pub cropping: RwSignal<Option<UploadId>>,
    pub dragged: RwSignal<Option<UploadId>>,
    /// Whose place the dragged one would take.
    pub over: RwSignal<Option<UploadId>>,
    /// What was deleted last, and where it was.
    removed: RwSignal<Option<(usize, DraftPicture)>>,
}

/// Those that are not among the pictures, in their order.
fn strays(uploads: &[UploadView], pictures: &[DraftPicture]) -> Vec<UploadId> {
    let ids = uploads.iter().filter(|upload| upload.state != UploadState::Failed).map(|upload| upload.id);
    ids.filter(|id| pictures.iter().all(|picture| picture.upload != *id)).collect()
}

impl Pictures {
    pub fn index(self, id: UploadId) -> Option<usize> {
        self.pictures.read().iter().position(|picture| picture.upload == id)
    }

    /// To the place of number `to`, from 0.
    pub fn move_to(self, id: UploadId, to: usize) {
        let Some(from) = untrack(|| self.index(id)) else { return };
        let count = self.pictures.read_untracked().len();
        let to = to.min(count - 1);
        if from == to {
            return;
        }
        self.pictures.update(|pictures| {
            let picture = pictures.remove(from);
            pictures.insert(to, picture);
        });
        self.told.set(tr::moved(self.lang, to + 1, count));
        self.on_change.run(());
    }

    /// What was sent and came into no list, because the page was left too early, goes to the end of this one.
    fn take_in(self, strays: &[UploadId]) {
        let missing = |pictures: &Vec<DraftPicture>| {
            let unknown = strays.iter().copied().filter(|id| pictures.iter().all(|picture| picture.upload != *id));
            unknown.take(MAX_PICTURES.saturating_sub(pictures.len())).collect::<Vec<_>>()
        };
        // The page may be gone by now.
        let missing = self.pictures.try_with_untracked(missing).unwrap_or_default();
        if missing.is_empty() {
            return;
        }
        self.found.set(missing.len());
        self.pictures.update(|pictures| {
            pictures.extend(missing.into_iter().map(|upload| DraftPicture { upload, alt: Tri::default() }));
        });
        self.on_change.run(());
    }

    pub fn delete(self, id: UploadId) {
        let Some(at) = untrack(|| self.index(id)) else { return };
        let mut gone = None;
        self.pictures.update(|pictures| gone = Some(pictures.remove(at)));
        self.removed.set(gone.map(|picture| (at, picture)));
        self.on_change.run(());
        // If this is not heard, the picture only goes on being counted.
        spawn_local(async move {
            let _ = discard_upload(id, true).await;
        });
    }

    fn bring_back(self) {
        let Some((at, picture)) = self.removed.get_untracked() else { return };
        if self.pictures.with_untracked(Vec::len) >= MAX_PICTURES {
            return;
        }
        let id = picture.upload;
        self.removed.set(None);
        self.pictures.update(|pictures| pictures.insert(at.min(pictures.len()), picture));
        self.on_change.run(());
        spawn_local(async move {
            let _ = discard_upload(id, false).await;
        });
    }

    /// It was cropped: its sizes are waited for again.
    pub fn is_made_anew(self, id: UploadId) {
        self.uploads.update(|uploads| {
            if let Some(upload) = uploads.iter_mut().find(|upload| upload.id == id) {
                upload.state = UploadState::Waiting;
            }
        });
    }

    fn drag_over(self, event: &ev::PointerEvent) {
        if self.dragged.try_get_untracked().flatten().is_none() {
            return;
        }
        let (x, y) = (event.client_x(), event.client_y());
        #[allow(clippy::cast_precision_loss)]
        let under = document().element_from_point(x as f32, y as f32);
        let card = under.and_then(|element| element.closest("[data-picture]").ok().flatten());
        let over = card.and_then(|card| card.get_attribute("data-picture")?.parse().ok());
        if over != self.over.get_untracked() {
            self.over.set(over);
        }
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
        if y < EDGE {
            window().scroll_by_with_x_and_y(0.0, -SCROLL);
        } else if f64::from(y + EDGE) > height {
            window().scroll_by_with_x_and_y(0.0, SCROLL);
        }
    }

    fn drop_it(self, done: bool) {
        let Some(Some(id)) = self.dragged.try_get_untracked() else { return };
        let over = self.over.get_untracked();
        self.dragged.set(None);
        self.over.set(None);
        if let (true, Some(to)) = (done, over.and_then(|over| untrack(|| self.index(over)))) {
            self.move_to(id, to);
        }
    }
}

/// `pictures` is the draft's list in its order, `uploads` what is known of each, and of what was sent and is not in the list; both
/// change here. `on_change` is run after each change of `pictures`.
#[component]
pub fn PictureList(
    lang: Lang,
    listing: ListingId,
    pictures: RwSignal<Vec<DraftPicture>>,
    uploads: RwSignal<Vec<UploadView>>,
    #[prop(into)] on_change: Callback<()>,
) -> impl IntoView {
    let list = Pictures {
        lang,
        listing,
        pictures,
        uploads,
        on_change,
        sending: RwSignal::new(Vec::new()),
        numbers: StoredValue::new(0),
        taken: StoredValue::new(Vec::new()),
        found: RwSignal::new(0),
        trouble: RwSignal::new(None),
        told: RwSignal::new(String::new()),
        cropping: RwSignal::new(None),
        dragged: RwSignal::new(None),
        over: RwSignal::new(None),
        removed: RwSignal::new(None),
    };
    watch(uploads);
    // Now the list is as the server has it. What this device has kept is brought back first: it may know some of them.
    let strays = StoredValue::new(strays(&uploads.read_untracked(), &pictures.read_untracked()));
    Effect::new(move |_| {
        request_animation_frame(move || {
            strays.try_with_value(|strays| list.take_in(strays));
        });
    });
    // On the window: what is dragged passes over everything.
    Effect::new(move |_| {
        let moves = window_event_listener(ev::pointermove, move |event| list.drag_over(&event));
        let drops = window_event_listener(ev::pointerup, move |_| list.drop_it(true));
        let ends = window_event_listener(ev::pointercancel, move |_| list.drop_it(false));
        on_cleanup(move || {
            moves.remove();
            drops.remove();
            ends.remove();
        });
    });
    let is_empty = move || list.pictures.read().is_empty() && list.sending.read().is_empty();
    view! {
        <section class="grid gap-3" aria-label=tr::title(lang)>
            <p class="field-help">{tr::hint(lang, MAX_PICTURES)}</p>
            <Add list/>
            <div aria-live="polite">{move || list.trouble.get().map(|words| view! { <p class="field-error">{words}</p> })}</div>
            <p class="sr-only" role="status">{move || list.told.get()}</p>
            <Removed list/>
            <div aria-live="polite">
                {move || {
                    let found = i64::try_from(list.found.get()).unwrap_or_default();
                    (found > 0).then(|| view! { <Alert tone=AlertTone::Warn>{tr::found(lang, found)}</Alert> })
                }}
            </div>
            {move || is_empty().then(|| view! { <EmptyState title=tr::empty_title(lang) text=tr::empty_text(lang)/> })}
            <ul class="send-list">
                <For each=move || list.sending.get() key=|one| one.number let:one>
                    <SendingRow list one/>
                </For>
            </ul>
            <ol class="pic-list" aria-label=tr::list(lang)>
                <For each=move || list.pictures.get() key=|picture| picture.upload let:picture>
                    <PictureCard list id=picture.upload/>
                </For>
            </ol>
            <CropSheet list/>
        </section>
    }
    .into_any()
}

/// Hands on what was chosen in a file's input.
pub fn on_files(event: &ev::Event, take: impl FnOnce(&FileList)) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    if let Some(files) = input.files() {
        take(&files);
    }
    // The same file may be chosen again.
    input.set_value("");
}

/// Camera or files. The inputs are the buttons: a phone opens its own choice, without a script they would do nothing.
#[component]
fn Add(list: Pictures) -> impl IntoView {
    let lang = list.lang;
    let full = move || list.pictures.read().len() + list.sending.read().len() >= MAX_PICTURES;
    let chosen = move |event: ev::Event| on_files(&event, |files| list.add(files));
    view! {
        <div class="flex flex-wrap gap-2 needs-script">
            <label class="btn file-button" aria-disabled=move || full().then_some("true")>
                <Icon name=Glyph::Picture class="icon icon-small"/>
                {tr::add_files(lang)}
                <input class="sr-only" type="file" accept=KINDS multiple=true disabled=full on:change=chosen/>
            </label>
            <label class="btn file-button only-touch" aria-disabled=move || full().then_some("true")>
                <Icon name=Glyph::Camera class="icon icon-small"/>
                {tr::take(lang)}
                <input class="sr-only" type="file" accept=KINDS capture="environment" disabled=full on:change=chosen/>
            </label>
        </div>
    }
    .into_any()
}

#[component]
fn Removed(list: Pictures) -> impl IntoView {
    let lang = list.lang;
    view! {
        <div role="status">
            {move || {
                list.removed
                    .get()
                    .filter(|_| list.pictures.with(Vec::len) < MAX_PICTURES)
                    .map(|_| {
                        view! {
                            <p class="send-row">
                                <span class="grow">{tr::deleted(lang)}</span>
                                <button type="button" class="btn" on:click=move |_| list.bring_back()>{tr::undo(lang)}</button>
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// What can be done about a file that was not taken.
#[component]
fn Step(list: Pictures, number: u32, name: String, remedy: Remedy) -> impl IntoView {
    let lang = list.lang;
    match remedy {
        Remedy::Again => view! {
            <button type="button" class="btn" on:click=move |_| list.retry(number)>
                {tr::retry(lang)}
                <span class="sr-only">{name}</span>
            </button>
        }
        .into_any(),
        Remedy::Other => {
            let chosen = move |event: ev::Event| on_files(&event, |files| list.replace(number, files));
            view! {
                <label class="btn file-button">
                    {tr::choose_another(lang)}
                    <span class="sr-only">{name}</span>
                    <input class="sr-only" type="file" accept=KINDS on:change=chosen/>
                </label>
            }
            .into_any()
        }
        Remedy::SignIn => view! { <SignInAgain lang/> }.into_any(),
        Remedy::None => ().into_any(),
    }
}

/// A file on its way: how far it is in a bar and a number, and what can be done about it.
#[component]
fn SendingRow(list: Pictures, one: Sending) -> impl IntoView {
    let lang = list.lang;
    let Sending { number, name, .. } = one;
    let stage = Memo::new(move |_| list.sending.read().iter().find(|one| one.number == number).map(|one| one.stage.clone()));
    let cancel = move |_| list.cancel(number);
    let round = {
        let name = name.clone();
        move |failed: bool| {
            let label = if failed { tr::dismiss(lang, &name) } else { tr::cancel(lang, &name) };
            view! {
                <button type="button" class="btn btn-quiet btn-round" aria-label=label on:click=cancel>
                    <Icon name=Glyph::Close/>
                </button>
            }
        }
    };
    view! {
        <li class="send-row">
            {move || match stage.get() {
                Some(Stage::Going(percent)) => {
                    view! {
                        <div class="send-about">
                            <span class="send-name">{tr::sending(lang, &name)}</span>
                            <progress class="send-bar" max="100" value=percent.to_string() aria-label=tr::sending(lang, &name)></progress>
                        </div>
                        <span class="numbers">{tr::percent(lang, percent)}</span>
                        {round(false)}
                    }
                        .into_any()
                }
                Some(Stage::Failed(why, remedy)) => {
                    view! {
                        <div class="send-about" role="alert">
                            <span class="send-name">{name.clone()}</span>
                            <span class="field-error">{why}</span>
                        </div>
                        <Step list number name=name.clone() remedy/>
                        {round(true)}
                    }
                        .into_any()
                }
                _ => {
                    view! {
                        <span class="send-about">{tr::queued(lang, &name)}</span>
                        {round(false)}
                    }
                        .into_any()
                }
            }}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_in_no_list_is_found_unless_it_could_not_be_made() {
        let id = |n| UploadId(Uuid::from_u128(n));
        let view = |n, state| UploadView { id: id(n), state, address: None, width: 0, height: 0 };
        let uploads = [
            view(1, UploadState::Ready),
            view(2, UploadState::Waiting),
            view(3, UploadState::Failed),
            view(4, UploadState::Ready),
        ];
        let pictures = [DraftPicture { upload: id(1), alt: Tri::default() }];
        assert_eq!(strays(&uploads, &pictures), [id(2), id(4)]);
    }
}
