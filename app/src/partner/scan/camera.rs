//! The camera's place on the page. `public/gate/scan.js` fills it: only this page loads it, and through it the QR reader.
use crate::{
    browser,
    ui::{Glyph, Icon},
};
use leptos::{ev, prelude::*};
use sapar_shared::{Lang, tr};
use wasm_bindgen::JsCast as _;
use web_sys::CustomEvent;

const MODULE: &str = "/gate/scan.js";

/// How the camera is doing; the words of the module's `saparstate` event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameraState {
    /// Nothing is known yet: the server, and the browser until the module runs.
    #[default]
    Starting,
    Asking,
    On,
    Denied,
    Absent,
    Failed,
}

impl CameraState {
    fn of_word(word: &str) -> Self {
        match word {
            "asking" => Self::Asking,
            "on" => Self::On,
            "denied" => Self::Denied,
            "absent" => Self::Absent,
            "failed" => Self::Failed,
            _ => Self::Starting,
        }
    }

    /// There will be no picture: the manual field comes first.
    #[must_use]
    pub const fn is_without(self) -> bool {
        matches!(self, Self::Denied | Self::Absent | Self::Failed)
    }

    /// What is written over the picture.
    fn hint(self, lang: Lang) -> &'static str {
        match self {
            Self::Asking => tr::gate::asking(lang),
            Self::On => tr::gate::aim(lang),
            _ => tr::gate::starting(lang),
        }
    }

    /// Title and text when there is no camera.
    #[must_use]
    pub fn excuse(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Self::Denied => (tr::gate::denied_title(lang), tr::gate::denied_text(lang)),
            Self::Absent => (tr::gate::absent_title(lang), tr::gate::absent_text(lang)),
            _ => (tr::gate::failed_title(lang), tr::gate::failed_text(lang)),
        }
    }
}

fn detail(event: &CustomEvent) -> String {
    event.detail().as_string().unwrap_or_default()
}

/// Why the camera says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// An answer is awaited or shown; what comes and goes meanwhile is noticed.
    Telling,
    /// Somebody is about to decide on what was shown, and moves the phone.
    Deciding,
}

impl Pause {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Telling => "",
            Self::Deciding => "deciding",
        }
    }
}

/// `paused` keeps it from telling more; a change of `sound` (`good-1`, `bad-2`) plays; a change of `attempt` starts anew, one of
/// `again` reads once more what is still held.
#[component]
pub fn Camera(
    lang: Lang,
    state: RwSignal<CameraState>,
    #[prop(into)] paused: Signal<Option<Pause>>,
    /// A result needs the room.
    #[prop(into)]
    small: Signal<bool>,
    #[prop(into)] sound: Signal<String>,
    #[prop(into)] attempt: Signal<u32>,
    #[prop(into)] again: Signal<u32>,
    #[prop(into)] on_code: Callback<String>,
) -> impl IntoView {
    // A module runs once a document, however often its element comes.
    Effect::new(|_| browser::run_script(MODULE, true));
    // A ticket that was told of and stays: said without a sound, for nothing new came of it.
    let held = RwSignal::new(false);
    // Under a verdict that asks for nothing it reads on: the next ticket, not the one that is known.
    let hint = move || match state.get() {
        _ if paused.get().is_some() => tr::gate::paused(lang),
        CameraState::On if held.get() => tr::gate::held(lang),
        CameraState::On if small.get() => tr::gate::aim_next(lang),
        state => state.hint(lang),
    };
    let (has_torch, torch) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <div class="scan-box needs-script" class:scan-small=move || small.get() hidden=move || state.get().is_without()>
            <sapar-scanner
                class="scan-view"
                role="img"
                aria-label=tr::gate::camera(lang)
                paused=move || paused.get().map(Pause::as_str)
                sound=move || sound.get()
                attempt=move || attempt.get().to_string()
                again=move || again.get().to_string()
                torch=move || torch.get().then_some("")
                on:saparcode=move |event: CustomEvent| on_code.run(detail(&event))
                on:saparheld=move |event: CustomEvent| held.set(!detail(&event).is_empty())
                on:saparstate=move |event: CustomEvent| state.set(CameraState::of_word(&detail(&event)))
                on:sapartorch=move |event: CustomEvent| has_torch.set(!detail(&event).is_empty())
            ></sapar-scanner>
            <span class="scan-frame" aria-hidden="true"></span>
            <p class="scan-hint" class:scan-held=move || held.get() && paused.get().is_none()>{hint}</p>
            <button
                type="button"
                class="btn btn-round absolute top-3 right-3"
                hidden=move || !has_torch.get()
                aria-label=tr::gate::torch(lang)
                aria-pressed=move || if torch.get() { "true" } else { "false" }
                on:click=move |_| torch.update(|on| *on = !*on)
            >
                <Icon name=Glyph::Sun/>
            </button>
        </div>
    }
    .into_any()
}

/// For those who type: the code's letters as they will be read.
pub fn typed(event: &ev::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    web_sys::FormData::new_with_form(&form).ok()?.get("code").as_string()
}
