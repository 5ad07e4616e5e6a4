//! The logo with what can be done about it. Each act is kept at once, no form has to be sent.
use super::{api::set_logo, shown::LogoShown};
use crate::{
    error::AppError,
    partner::{
        pictures::{CropForm, KINDS, Stage, on_files, refusal, watch},
        send::{self, Outcome, Remedy},
        trouble::SignInAgain,
    },
    ui::{Glyph, Icon, Sheet},
};
use leptos::{ev, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{UploadState, UploadView},
    ids::UploadId,
    paths,
    tr::{logo as tr, pictures, ui},
};
use web_sys::{File, FileList};

/// A page has one logo, and no pictures beside it.
const NUMBER: u32 = 0;
const SHEET: &str = "logo-crop";

#[derive(Clone, Copy)]
struct Logo {
    lang: Lang,
    /// The logo, or nothing.
    uploads: RwSignal<Vec<UploadView>>,
    /// Of a file that was chosen.
    stage: RwSignal<Option<Stage>>,
    /// What did not come to anything.
    trouble: RwSignal<Option<&'static str>>,
}

impl Logo {
    fn choose_first(self, files: &FileList) {
        if let Some(file) = files.get(0) {
            self.choose(file);
        }
    }

    fn choose(self, file: File) {
        self.trouble.set(None);
        if let Some(why) = refusal(self.lang, &file.name(), &file.type_(), file.size()) {
            self.stage.set(Some(Stage::Failed(why.to_owned(), Remedy::Other)));
            return;
        }
        send::keep(NUMBER, file);
        self.send();
    }

    fn send(self) {
        self.stage.set(Some(Stage::Going(0)));
        let progress = move |percent| {
            self.stage.try_set(Some(Stage::Going(percent)));
        };
        send::send(NUMBER, &paths::upload_of_logo(), progress, move |end| self.ended(end));
    }

    fn ended(self, outcome: Outcome) {
        let failed = |words: String, remedy| {
            self.stage.try_set(Some(Stage::Failed(words, remedy)));
        };
        match outcome {
            Outcome::Taken(id) => self.set(UploadId(id)),
            Outcome::Refused(words, remedy) => failed(words.unwrap_or_else(|| pictures::failed(self.lang).to_owned()), remedy),
            Outcome::Lost => failed(pictures::no_network(self.lang).to_owned(), Remedy::Again),
            Outcome::Cancelled => self.dismiss(),
        }
    }

    fn set(self, id: UploadId) {
        spawn_local(async move {
            let (words, remedy) = match set_logo(Some(id)).await.flatten() {
                Ok(()) => {
                    let view = UploadView { id, state: UploadState::Waiting, address: None, width: 0, height: 0 };
                    self.uploads.try_set(vec![view]);
                    return self.dismiss();
                }
                Err(AppError::SignInFirst) => (pictures::sign_in(self.lang), Remedy::SignIn),
                Err(_) => (pictures::failed(self.lang), Remedy::Again),
            };
            self.stage.try_set(Some(Stage::Failed(words.to_owned(), remedy)));
        });
    }

    fn dismiss(self) {
        send::forget(NUMBER);
        self.stage.try_set(None);
    }

    fn remove(self) {
        self.trouble.set(None);
        spawn_local(async move {
            if set_logo(None).await.flatten().is_ok() {
                self.uploads.try_set(Vec::new());
            } else {
                self.trouble.try_set(Some(tr::not_removed(self.lang)));
            }
        });
    }

    fn made_anew(self) {
        self.uploads.update(|uploads| uploads.iter_mut().for_each(|upload| upload.state = UploadState::Waiting));
    }
}

/// `name` is the organisation's, which the logo stands for in words. `active`: it has a public page.
#[component]
pub fn LogoField(lang: Lang, name: String, logo: Option<UploadView>, #[prop(optional)] active: bool) -> impl IntoView {
    let uploads = RwSignal::new(logo.into_iter().collect());
    let logo = Logo { lang, uploads, stage: RwSignal::new(None), trouble: RwSignal::new(None) };
    watch(uploads);
    view! {
        <section class="grid gap-3" aria-label=tr::title(lang)>
            <p class="field-label">{tr::title(lang)}</p>
            <div class="flex items-center gap-4">
                <LogoShown uploads name/>
                <div class="flex flex-wrap gap-2 needs-script">
                    <Choose logo/>
                </div>
            </div>
            <div class="flex flex-wrap gap-2 needs-script" hidden=move || logo.uploads.read().is_empty()>
                <Change logo/>
            </div>
            <p class="field-help">{if active { tr::help_active(lang) } else { tr::help(lang) }}</p>
            <State logo/>
            <Sheet id=SHEET title=tr::crop_title(lang) close=ui::close(lang)>
                <Crop logo/>
            </Sheet>
        </section>
    }
    .into_any()
}

/// Camera or files, as a tour's pictures.
#[component]
fn Choose(logo: Logo) -> impl IntoView {
    let lang = logo.lang;
    let busy = move || matches!(logo.stage.get(), Some(Stage::Going(_)));
    let chosen = move |event: ev::Event| on_files(&event, |files| logo.choose_first(files));
    let words = move || if logo.uploads.read().is_empty() { tr::add(lang) } else { tr::replace(lang) };
    view! {
        <label class="btn file-button" aria-disabled=move || busy().then_some("true")>
            <Icon name=Glyph::Picture class="icon icon-small"/>
            {words}
            <input class="sr-only" type="file" accept=KINDS disabled=busy on:change=chosen/>
        </label>
        <label class="btn file-button only-touch" aria-disabled=move || busy().then_some("true")>
            <Icon name=Glyph::Camera class="icon icon-small"/>
            {pictures::take(lang)}
            <input class="sr-only" type="file" accept=KINDS capture="environment" disabled=busy on:change=chosen/>
        </label>
    }
    .into_any()
}

#[component]
fn Change(logo: Logo) -> impl IntoView {
    let lang = logo.lang;
    let ready = move || logo.uploads.read().first().is_some_and(|upload| upload.state == UploadState::Ready);
    let some = move || !logo.uploads.read().is_empty();
    view! {
        <button type="button" class="btn btn-quiet" popovertarget=SHEET hidden=move || !ready()>{pictures::crop(lang)}</button>
        <button type="button" class="btn btn-quiet" hidden=move || !some() on:click=move |_| logo.remove()>{tr::remove(lang)}</button>
    }
    .into_any()
}

/// How far the sending and the making are.
#[component]
fn State(logo: Logo) -> impl IntoView {
    let lang = logo.lang;
    let making = move || match logo.uploads.read().first().map(|upload| upload.state) {
        Some(UploadState::Waiting) => Some(view! { <p class="field-help">{pictures::making(lang)}</p> }.into_any()),
        Some(UploadState::Failed) => Some(view! { <p class="field-error">{tr::not_made(lang)}</p> }.into_any()),
        _ => None,
    };
    let sending = move || match logo.stage.get()? {
        Stage::Going(percent) => Some(
            view! {
                <p class="send-row">
                    <progress class="send-bar" max="100" value=percent.to_string() aria-label=tr::sending(lang)></progress>
                    <span class="numbers">{pictures::percent(lang, percent)}</span>
                    <button type="button" class="btn btn-quiet" on:click=move |_| send::cancel(NUMBER)>{tr::cancel(lang)}</button>
                </p>
            }
            .into_any(),
        ),
        Stage::Failed(why, remedy) => Some(
            view! {
                <p class="send-row">
                    <span class="field-error grow">{why}</span>
                    <Step logo remedy/>
                </p>
            }
            .into_any(),
        ),
        Stage::Queued => None,
    };
    let trouble = move || logo.trouble.get().map(|words| view! { <p class="field-error">{words}</p> });
    view! { <div class="grid gap-2 empty:hidden" aria-live="polite">{sending} {making} {trouble}</div> }.into_any()
}

/// What can be done about a file that was not taken.
#[component]
fn Step(logo: Logo, remedy: Remedy) -> impl IntoView {
    let lang = logo.lang;
    let round = move || {
        view! {
            <button type="button" class="btn btn-quiet btn-round" aria-label=tr::dismiss(lang) on:click=move |_| logo.dismiss()>
                <Icon name=Glyph::Close/>
            </button>
        }
    };
    match remedy {
        Remedy::Again => {
            view! { <button type="button" class="btn" on:click=move |_| logo.send()>{pictures::retry(lang)}</button> }.into_any()
        }
        Remedy::Other => {
            let chosen = move |event: ev::Event| on_files(&event, |files| logo.choose_first(files));
            view! {
                <label class="btn file-button">
                    {pictures::choose_another(lang)}
                    <input class="sr-only" type="file" accept=KINDS on:change=chosen/>
                </label>
                {round()}
            }
            .into_any()
        }
        Remedy::SignIn => view! { <SignInAgain lang/> }.into_any(),
        Remedy::None => round().into_any(),
    }
}

#[component]
fn Crop(logo: Logo) -> impl IntoView {
    let upload = move || logo.uploads.read().first().filter(|upload| upload.state == UploadState::Ready).cloned();
    let upload = Memo::new(move |_| upload());
    let done = Callback::new(move |_: UploadId| logo.made_anew());
    view! { {move || upload.get().map(|upload| view! { <CropForm lang=logo.lang upload sheet=SHEET square=true done/> })} }
        .into_any()
}
