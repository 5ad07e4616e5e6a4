//! The button that sends a file, and how far it is.
use super::refused::{Refusal, Refused};
use crate::{
    partner::send::{self, Outcome, Remedy},
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use sapar_shared::{Lang, dto::import::MAX_FILE, ids::ImportId, paths, tr::imports as tr};
use web_sys::HtmlInputElement;

/// Pictures are numbered from 0: there are never so many.
const NUMBER: u32 = u32::MAX;
const KINDS: &str = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What became of the file that was chosen last.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    None,
    /// Its name and percents.
    Going(String, u32),
    Refused(Refusal),
}

/// Once the server has read the file, its page opens.
#[component]
pub fn ChooseFile(lang: Lang, #[prop(into)] words: String) -> impl IntoView {
    let stage = RwSignal::new(Stage::None);
    let going = Memo::new(move |_| matches!(*stage.read(), Stage::Going(..)));
    let navigate = use_navigate();
    on_cleanup(|| {
        send::cancel(NUMBER);
        send::forget(NUMBER);
    });
    let chosen = move |ev: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&ev);
        let file = input.files().and_then(|files| files.get(0));
        let Some(file) = file else { return };
        // Whole bytes far below 2^53.
        #[allow(clippy::cast_precision_loss)]
        let heavy = file.size() > MAX_FILE as f64;
        let name = file.name();
        // The same file may be chosen again.
        input.set_value("");
        if heavy {
            stage.set(Stage::Refused(Refusal::of(tr::refused_heavy(lang))));
            return;
        }
        let address = paths::import_of(lang, &String::from(js_sys::encode_uri_component(&name)));
        send::keep(NUMBER, file);
        stage.set(Stage::Going(name.clone(), 0));
        let navigate = navigate.clone();
        let progress = move |percent| {
            stage.try_set(Stage::Going(name.clone(), percent));
        };
        send::send(NUMBER, &address, progress, move |outcome| {
            send::forget(NUMBER);
            let refused = |words: Option<String>, ended| {
                let words = words.unwrap_or_else(|| tr::send_failed(lang).to_owned());
                stage.try_set(Stage::Refused(Refusal { words, ended }));
            };
            match outcome {
                Outcome::Taken(id) => navigate(&paths::partner_import_of(lang, ImportId(id)), Default::default()),
                Outcome::Refused(words, remedy) => refused(words, remedy == Remedy::SignIn),
                Outcome::Lost => refused(None, false),
                Outcome::Cancelled => {
                    stage.try_set(Stage::None);
                }
            }
        });
    };
    view! {
        <div class="needs-script grid gap-3">
            <label
                class="btn btn-action file-button w-full sm:w-auto justify-self-start"
                aria-disabled=move || going.get().then_some("true")
            >
                <Icon name=Glyph::Plus class="icon icon-small"/>
                {words}
                <input class="sr-only" type="file" accept=KINDS disabled=going on:change=chosen/>
            </label>
            {move || match stage.get() {
                Stage::None => ().into_any(),
                Stage::Going(name, percent) => view! { <Going lang name percent/> }.into_any(),
                Stage::Refused(refusal) => view! { <Refused lang refusal/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Going(lang: Lang, name: String, percent: u32) -> impl IntoView {
    // All of it has left: what is waited for now is the check.
    let words = if percent < 100 { tr::sending_percent(lang, percent) } else { tr::checking(lang).to_owned() };
    view! {
        <div class="grid gap-1">
            <span class="break-words">{tr::sending(lang, &name)}</span>
            <progress class="send-bar" max="100" value=percent.to_string() aria-label=tr::sending(lang, &name)></progress>
            <span class="text-sm text-muted numbers">{words}</span>
        </div>
    }
    .into_any()
}
