//! `/partner/scan`: camera above, verdict and buttons under the thumb. The camera lets tickets on one after another, each with a
//! moment of colour and a sound, or, where one wants that, shows each first. Without a camera the field for the code comes first;
//! without a script it is a plain form.
use super::{
    api::load_boarding_now,
    camera::{Camera, CameraState, Pause, typed},
    flash::{Flash, FlashScreen, SHOWN},
};
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    partner::{
        head::Head,
        only_for::OnlyFor,
        ticket::{
            api::{activate, look_ticket},
            card::TicketCard,
            verdict::{Kind, Verdict, failure},
        },
        trouble::here,
    },
    site::sign_in::next,
    ui::{Alert, AlertTone, EmptyState, Skeleton},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::partner::DepartureRow, ids::DepartureId, paths, roles::Permission, tr, when};
use wasm_bindgen::JsCast;

/// Where the browser keeps how the camera works, and the two words for it.
const MODE: &str = "sapar_gate";
const AT_ONCE: &str = "at_once";
const SHOW_FIRST: &str = "show_first";

/// The id of what says what a code is worth.
const OUTCOME: &str = "outcome";

/// What was looked up last.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Looking,
    Known(Verdict),
    /// `at_once`: it was to be let on, and nobody knows whether it was.
    Failed {
        error: AppError,
        at_once: bool,
    },
}

/// The page's state, small enough to be handed around.
#[derive(Clone, Copy)]
struct Gate {
    lang: Lang,
    shown: RwSignal<Shown>,
    /// The verdict by now: activation changes it without a new look.
    latest: RwSignal<Option<Verdict>>,
    busy: RwSignal<bool>,
    camera: RwSignal<CameraState>,
    attempt: RwSignal<u32>,
    again: RwSignal<u32>,
    sound: RwSignal<String>,
    /// The camera lets on what it reads; a typed code is always shown first.
    at_once: RwSignal<bool>,
    flash: RwSignal<Option<Flash>>,
    /// Whose people are counted on top.
    boarding: RwSignal<Option<DepartureRow>>,
    /// The answer that is awaited shall be brought into sight.
    reveal: StoredValue<bool>,
}

impl Gate {
    fn new(lang: Lang) -> Self {
        Self {
            lang,
            shown: RwSignal::new(Shown::Nothing),
            latest: RwSignal::new(None),
            busy: RwSignal::new(false),
            camera: RwSignal::new(CameraState::default()),
            attempt: RwSignal::new(0),
            again: RwSignal::new(0),
            sound: RwSignal::new(String::new()),
            at_once: RwSignal::new(true),
            flash: RwSignal::new(None),
            boarding: RwSignal::new(None),
            reveal: StoredValue::new(false),
        }
    }

    /// A number makes the same sound twice two sounds.
    fn play(self, sound: &str) {
        let count = self.sound.read_untracked().rsplit('-').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
        self.sound.set(format!("{sound}-{}", count.wrapping_add(1)));
    }

    /// While a decision is open, no other ticket may take the card from under the thumb.
    fn waits(self) -> Option<Pause> {
        let open = self.latest.read().as_ref().is_some_and(|verdict| verdict.kind == Kind::Allowed);
        if open || self.busy.get() {
            return Some(Pause::Deciding);
        }
        let telling = self.flash.read().is_some() || *self.shown.read() == Shown::Looking;
        telling.then_some(Pause::Telling)
    }

    /// A code that the camera read.
    fn read(self, text: String) {
        if self.at_once.get_untracked() { self.let_on(text) } else { self.look(text) }
    }

    /// Lets the ticket on at once, flashes what came of it, and goes on by itself.
    fn let_on(self, text: String) {
        if text.trim().is_empty() || *self.shown.read_untracked() == Shown::Looking {
            return;
        }
        self.shown.set(Shown::Looking);
        self.latest.set(None);
        leptos::task::spawn_local(async move {
            match activate(self.lang, text, false).await.flatten() {
                Ok(Some(activation)) => {
                    let verdict = Verdict::of_activation(activation);
                    self.settle(verdict.clone());
                    self.shown.try_set(Shown::Known(verdict.clone()));
                    self.show(Flash::Known(verdict));
                }
                Ok(None) => {
                    self.shown.try_set(Shown::Nothing);
                }
                Err(error) => {
                    self.play("bad");
                    self.show(Flash::Failed(unsure(self.lang, &error).1.to_owned()));
                    if error == AppError::Unavailable {
                        // Whoever goes on holding the ticket asks again.
                        self.again.try_update(|count| *count += 1);
                    }
                    self.shown.try_set(Shown::Failed { error, at_once: true });
                }
            }
        });
    }

    fn show(self, flash: Flash) {
        self.flash.try_set(Some(flash.clone()));
        set_timeout(
            move || {
                // A tap has ended it, and another one may be there.
                self.flash.try_update(|shown| {
                    if shown.as_ref() == Some(&flash) {
                        *shown = None;
                    }
                });
            },
            SHOWN,
        );
    }

    /// How many of the departure have come by now; of the one that is boarding where none is named.
    fn count(self, departure: Option<DepartureId>) {
        leptos::task::spawn_local(async move {
            let departure = departure.map(|id| id.to_string()).unwrap_or_default();
            if let Ok(Some(row)) = load_boarding_now(self.lang, departure).await.flatten() {
                self.boarding.try_set(Some(row));
            }
        });
    }

    /// A code that was typed: what it is worth comes into sight, for one was looking at the field and its keyboard.
    fn look_typed(self, text: String) {
        if let Some(field) = document().active_element().and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = field.blur();
        }
        self.reveal.set_value(true);
        self.look(text);
    }

    fn look(self, text: String) {
        if text.trim().is_empty() || *self.shown.read_untracked() == Shown::Looking {
            return;
        }
        self.shown.set(Shown::Looking);
        self.latest.set(None);
        leptos::task::spawn_local(async move {
            match look_ticket(self.lang, text).await.flatten() {
                Ok(ticket) => {
                    let verdict = Verdict::of_look(ticket);
                    self.settle(verdict.clone());
                    self.shown.set(Shown::Known(verdict));
                }
                Err(error) => {
                    self.play("bad");
                    self.shown.set(Shown::Failed { error, at_once: false });
                }
            }
            if self.reveal.try_update_value(std::mem::take) == Some(true) {
                request_animation_frame(|| browser::reveal(OUTCOME));
            }
        });
    }

    fn settle(self, verdict: Verdict) {
        self.play(verdict.sound());
        if let Some(ticket) = verdict.ticket.as_ref().filter(|_| verdict.kind != Kind::WrongDay) {
            self.count(Some(ticket.departure_id));
        }
        self.latest.set(Some(verdict));
    }

    fn forget(self) {
        self.latest.set(None);
        self.shown.set(Shown::Nothing);
    }
}

#[component]
pub fn ScanPage() -> impl IntoView {
    let lang = use_lang();
    view! {
        <Head lang title=tr::gate::title(lang)/>
        <h1 class="sr-only">{tr::gate::title(lang)}</h1>
        <OnlyFor lang permission=Permission::ActivateTickets>
            <Scanner lang/>
        </OnlyFor>
    }
    .into_any()
}

#[component]
fn Scanner(lang: Lang) -> impl IntoView {
    let gate = Gate::new(lang);
    Effect::new(move |_| {
        gate.at_once.set(browser::stored_text(MODE).as_deref() != Some(SHOW_FIRST));
        gate.count(None);
    });
    let without = Memo::new(move |_| gate.camera.get().is_without());
    view! {
        <Boarding gate/>
        {move || {
            gate.flash
                .get()
                .map(|flash| view! { <FlashScreen lang flash close=Callback::new(move |()| gate.flash.set(None))/> })
        }}
        <div class="scan-page">
            <div class="scan-left">
                <p class="without-script">
                    {tr::gate::no_script(lang)}
                </p>
                <Camera
                    lang
                    state=gate.camera
                    paused=Signal::derive(move || gate.waits())
                    small=Signal::derive(move || matches!(*gate.shown.read(), Shown::Known(_)))
                    sound=gate.sound
                    attempt=gate.attempt
                    again=gate.again
                    on_code=move |text| gate.read(text)
                />
                <Mode gate/>
                {move || without.get().then(|| view! { <NoCamera gate/> })}
            </div>
            <div class="scan-right">
                <div id=OUTCOME class=move || if without.get() { "lg:order-last" } else { "" }>
                    <Outcome gate/>
                </div>
                <Manual gate/>
            </div>
        </div>
    }
    .into_any()
}

/// Who has come of whom is expected.
#[component]
fn Boarding(gate: Gate) -> impl IntoView {
    let lang = gate.lang;
    move || {
        gate.boarding.get().map(|row| {
            let clock = when::clock(when::local(row.starts_at));
            view! {
                <p class="scan-counts" aria-live="polite">
                    <a class="min-w-0 truncate leading-11" href=paths::partner_departure(lang, row.id)>
                        {tr::gate::counts(lang, clock, row.title.clone())}
                    </a>
                    <strong class="numbers whitespace-nowrap">{tr::gate::arrived(lang, row.activated, row.sold)}</strong>
                </p>
            }
        })
    }
}

#[component]
fn Mode(gate: Gate) -> impl IntoView {
    let lang = gate.lang;
    let switch = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        browser::store_text(MODE, if on { AT_ONCE } else { SHOW_FIRST });
        gate.at_once.set(on);
        gate.forget();
    };
    view! {
        <label class="cab-check needs-script" hidden=move || gate.camera.get().is_without()>
            <input type="checkbox" prop:checked=move || gate.at_once.get() on:change=switch aria-describedby="gate-mode-help"/>
            <span>
                <span class="font-semibold">{tr::gate::mode(lang)}</span>
                <span class="field-help block" id="gate-mode-help">{tr::gate::mode_help(lang)}</span>
            </span>
        </label>
    }
    .into_any()
}

#[component]
fn NoCamera(gate: Gate) -> impl IntoView {
    let Gate { lang, camera, attempt, .. } = gate;
    let (title, text) = camera.get_untracked().excuse(lang);
    let again = move |_| {
        camera.set(CameraState::Starting);
        attempt.update(|count| *count += 1);
    };
    view! {
        <Alert tone=AlertTone::Warn>
            <p class="font-bold">{title}</p>
            <p>{text}</p>
            <button type="button" class="btn mt-3" on:click=again>{tr::gate::retry_camera(lang)}</button>
        </Alert>
    }
    .into_any()
}

#[component]
fn Outcome(gate: Gate) -> impl IntoView {
    let lang = gate.lang;
    move || match gate.shown.get() {
        Shown::Nothing => {
            let without = gate.camera.get().is_without();
            let text = tr::gate::ready_text(lang);
            (!without)
                .then(
                    || view! { <div class="scan-ready needs-script"><EmptyState title=tr::gate::ready_title(lang) text/></div> },
                )
                .into_any()
        }
        Shown::Looking => view! {
            <p class="sr-only" role="status">{tr::gate::checking(lang)}</p>
            <Skeleton class="h-24 w-full"/>
        }
        .into_any(),
        Shown::Known(first) => view! {
            <TicketCard lang first busy=gate.busy on_change=move |verdict| gate.settle(verdict)/>
            <Onward gate/>
        }
        .into_any(),
        Shown::Failed { error, at_once } => view! { <LookFailed lang error at_once/> }.into_any(),
    }
}

/// Goes on without waiting for the camera to see another code.
#[component]
fn Onward(gate: Gate) -> impl IntoView {
    let Gate { lang, latest, .. } = gate;
    let open = move || latest.read().as_ref().is_some_and(|verdict| verdict.kind == Kind::Allowed);
    let words = move || if open() { tr::gate::cancel(lang) } else { tr::gate::next(lang) };
    view! { <button type="button" class="btn btn-quiet w-full mt-2" on:click=move |_| gate.forget()>{words}</button> }.into_any()
}

/// Why a ticket that was to be let on at once may not have been.
fn unsure(lang: Lang, error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::SignInFirst | AppError::Forbidden => failure(lang, error),
        _ => (tr::gate::activate_failed_title(lang), tr::gate::scan_failed_text(lang)),
    }
}

#[component]
fn LookFailed(lang: Lang, error: AppError, at_once: bool) -> impl IntoView {
    let (title, text) = match error {
        _ if at_once => unsure(lang, &error),
        AppError::SignInFirst => (tr::gate::session_title(lang), tr::gate::session_text(lang)),
        AppError::Forbidden => (tr::partner::forbidden_title(lang), tr::partner::forbidden_text(lang)),
        _ => (tr::gate::look_failed_title(lang), tr::gate::look_failed_text(lang)),
    };
    let way_in = (error == AppError::SignInFirst)
        .then(|| view! { <a class="link" href=next::sign_in(lang, &here())>{tr::partner::sign_in(lang)}</a> });
    view! {
        <Alert tone=AlertTone::Bad>
            <p class="font-bold">{title}</p>
            <p>{text}</p>
            {way_in}
        </Alert>
    }
    .into_any()
}

/// Typing the code: a form of its own right, which a script only makes quicker.
#[component]
fn Manual(gate: Gate) -> impl IntoView {
    let lang = gate.lang;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(text) = typed(&event) {
            gate.look_typed(text);
        }
    };
    let looking = move || *gate.shown.read() == Shown::Looking;
    // While a ticket has buttons of its own, they are under the thumb.
    let has_buttons = |verdict: &Verdict| verdict.kind == Kind::Allowed || verdict.others() > 0;
    let yields = Memo::new(move |_| gate.latest.read().as_ref().is_some_and(has_buttons));
    let class = move || if yields.get() { "scan-code" } else { "scan-code cab-stick" };
    view! {
        <form method="get" action=format!("{}/tickets", paths::partner(lang)) class=class on:submit=submit>
            <label class="field-label" for="f-code">{tr::gate::code(lang)}</label>
            // In one line: what a keyboard leaves in sight of the one is in sight of the other.
            <div class="flex gap-2">
                <input
                    class="control grow min-w-0"
                    id="f-code"
                    name="code"
                    autocomplete="off"
                    maxlength="300"
                    enterkeyhint="go"
                    required
                    aria-describedby="f-code-help"
                />
                <button class="btn" aria-label=tr::gate::check(lang) disabled=looking>{tr::gate::check_short(lang)}</button>
            </div>
            <p class="field-help" id="f-code-help">{tr::gate::code_help(lang)}</p>
        </form>
    }
    .into_any()
}
