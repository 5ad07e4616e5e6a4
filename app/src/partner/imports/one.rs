//! `/partner/import/:id`: what was understood of a file, its import as it goes on, and how it ended.
use super::{
    api::{BUSY, StartImport, load_import},
    choose::ChooseFile,
    faulty::Faulty,
    page::trail,
    refused::{Refusal, Refused},
    undo::{UNDONE, UndoImport},
    words,
};
use crate::{
    error::AppError,
    layout::use_lang,
    partner::{head::Head, trouble::Trouble},
    ui::{Alert, AlertTone, Button, Card, Crumb, LinkButton, Skeleton, Tone},
    wire::page_data,
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use sapar_shared::{
    Lang,
    dto::import::{ImportCounts, ImportState, ImportView, ImportedTour, SHOWN_TOURS},
    ids::ImportId,
    paths,
    tr::imports as tr,
    when,
};
use std::time::Duration;

/// How often a running one is asked about; without a network it is asked again.
const ASK: Duration = Duration::from_millis(800);

#[component]
pub fn ImportPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let loaded = page_data(move || id.get(), load_import);
    let body = move || {
        Suspend::new(async move {
            match loaded.await.flatten() {
                Ok(import) => view! { <One lang import/> }.into_any(),
                Err(error) => view! {
                    <Head lang title=tr::title(lang) trail=trail(lang)/>
                    <Trouble lang error/>
                }
                .into_any(),
            }
        })
    };
    view! { <Suspense fallback=OneSkeleton>{body}</Suspense> }.into_any()
}

fn under_way(state: ImportState) -> bool {
    matches!(state, ImportState::Queued | ImportState::Running)
}

#[component]
fn One(lang: Lang, import: ImportView) -> impl IntoView {
    let mut trail = trail(lang);
    trail.push(Crumb::new(tr::title(lang), paths::partner_import(lang)));
    let (name, about) =
        (import.row.file_name.clone(), tr::by_when(lang, &import.row.by, when::moment_text(lang, import.row.created_at)));
    let import = RwSignal::new(import);
    watch(import);
    let state = Memo::new(move |_| import.read().row.state);
    let body = move || {
        // Drawn anew when the state changes; how far it is changes inside.
        let now = import.get_untracked();
        match state.get() {
            ImportState::Faulty => view! { <Faulty lang import=now/> }.into_any(),
            ImportState::Ready => view! { <Ready lang import/> }.into_any(),
            ImportState::Queued | ImportState::Running => view! { <Running lang import/> }.into_any(),
            ImportState::Done => view! { <Done lang import/> }.into_any(),
            ImportState::Failed => view! {
                <Alert tone=AlertTone::Bad>
                    <p class="font-semibold">{tr::failed_title(lang)}</p>
                    <p>{tr::failed_text(lang)}</p>
                </Alert>
                <ChooseFile lang words=tr::choose_file(lang)/>
            }
            .into_any(),
            ImportState::Undone => view! {
                <Alert tone=AlertTone::Good>
                    <h2 class="text-base font-semibold" id=UNDONE tabindex="-1">{tr::undone_title(lang)}</h2>
                    <p>{tr::undone_text(lang)}</p>
                </Alert>
                <ChooseFile lang words=tr::choose_file(lang)/>
            }
            .into_any(),
        }
    };
    view! {
        <Head lang title=name.clone() trail/>
        <div class="grid gap-4 mt-2 max-w-3xl">
            <div>
                <h1 class="break-words">{name}</h1>
                <p class="text-sm text-muted numbers mt-1">{about}</p>
            </div>
            <div class="grid gap-4" aria-live="polite">{body}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Ready(lang: Lang, import: RwSignal<ImportView>) -> impl IntoView {
    let start = ServerAction::<StartImport>::new();
    let pending = start.pending();
    let refused = RwSignal::new(None::<Refusal>);
    Effect::new(move |_| match start.value().get() {
        Some(Ok(Ok(view))) => import.set(view),
        Some(Ok(Err(error)) | Err(error)) => {
            refused.set(Some(words::refusal(lang, &error)));
            // Begun in another tab: what became of it is shown.
            if matches!(&error, AppError::WrongStatus(word) if word != BUSY) {
                refresh(import);
            }
        }
        None => {}
    });
    let now = import.get_untracked();
    let id: ImportId = now.row.id;
    let counts = words::counts(lang, now.row.counts);
    view! {
        <Understood lang import=now/>
        <p class="text-sm text-muted">{tr::drafts_note(lang)}</p>
        {move || refused.get().map(|refusal| view! { <Refused lang refusal/> })}
        <ActionForm action=start>
            <input type="hidden" name="id" value=id.to_string()/>
            <Button tone=Tone::Action class="w-full sm:w-auto" disabled=pending>
                {move || if pending.get() { tr::starting(lang).to_owned() } else { tr::start(lang, &counts) }}
            </Button>
        </ActionForm>
        <div>
            <a class="btn btn-quiet" href=paths::partner_import(lang)>{tr::choose_other(lang)}</a>
        </div>
    }
    .into_any()
}

/// How much the file brings, and its first tours.
#[component]
fn Understood(lang: Lang, import: ImportView) -> impl IntoView {
    let ImportView { row, tours, .. } = import;
    let (new, mut known): (Vec<_>, Vec<_>) = tours.into_iter().partition(|tour| tour.is_new);
    let shown = i32::try_from(new.len()).unwrap_or(0);
    let more_new = (row.counts.tours > shown).then(|| tr::more_tours(lang, (row.counts.tours - shown).into()));
    let more_known = (known.len() > SHOWN_TOURS).then(|| tr::more_known(lang).to_owned());
    known.truncate(SHOWN_TOURS);
    view! {
        <Card class="grid gap-3">
            <h2 class="text-lg">{tr::understood(lang)}</h2>
            <p class="font-semibold numbers">{words::counts(lang, row.counts)}</p>
            // First what is on sale already: to that a mistake does most harm.
            <Tours lang title=tr::known_tours(lang) tours=known more=more_known/>
            <Tours lang title=tr::new_tours(lang) tours=new more=more_new/>
        </Card>
    }
    .into_any()
}

/// Nothing where there are none.
#[component]
fn Tours(lang: Lang, title: &'static str, tours: Vec<ImportedTour>, more: Option<String>) -> impl IntoView {
    if tours.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="grid gap-2">
            <h3>{title}</h3>
            <ul class="grid gap-2">
                {tours.into_iter().map(|tour| view! { <Tour lang tour/> }).collect_view()}
            </ul>
            {more.map(|more| view! { <p class="text-sm text-muted">{more}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Tour(lang: Lang, tour: ImportedTour) -> impl IntoView {
    let ImportedTour { title, ticket_types, departures, .. } = tour;
    let counts = ImportCounts { tours: 0, ticket_types, departures };
    view! {
        <li class="grid gap-1">
            <span class="break-words min-w-0">{title}</span>
            <span class="text-sm text-muted numbers">{words::counts(lang, counts)}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Running(lang: Lang, import: RwSignal<ImportView>) -> impl IntoView {
    let percent = Memo::new(move |_| {
        let import = import.read();
        if import.total > 0 { import.done * 100 / import.total } else { 0 }
    });
    let phase = move || words::phase(lang, import.read().phase);
    view! {
        <Card class="grid gap-2">
            <p class="font-semibold">{phase}</p>
            <progress class="send-bar" max="100" value=move || percent.get().to_string() aria-label=tr::title(lang)></progress>
            <p class="text-sm numbers">{move || tr::progress(lang, percent.get())}</p>
            <p class="text-sm text-muted">{tr::keep_open(lang)}</p>
        </Card>
    }
    .into_any()
}

#[component]
fn Done(lang: Lang, import: RwSignal<ImportView>) -> impl IntoView {
    let counts = words::counts(lang, import.get_untracked().row.counts);
    view! {
        <Alert tone=AlertTone::Good>
            <p class="font-semibold">{tr::done_title(lang, counts)}</p>
            <p>{tr::done_text(lang)}</p>
        </Alert>
        <LinkButton href=paths::partner_listings(lang) tone=Tone::Action class="w-full sm:w-auto justify-self-start">
            {tr::to_listings(lang)}
        </LinkButton>
        <UndoImport lang import/>
        <div>
            <a class="btn btn-quiet" href=paths::partner_import(lang)>{tr::new_import(lang)}</a>
        </div>
    }
    .into_any()
}

#[component]
fn OneSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-40 w-full max-w-3xl"/>
            <Skeleton class="h-12 w-64"/>
        </div>
    }
}

/// Asks about it once.
fn refresh(import: RwSignal<ImportView>) {
    let Some(id) = import.try_with_untracked(|import| import.row.id) else { return };
    spawn_local(async move {
        if let Ok(Ok(fresh)) = load_import(id.to_string()).await {
            import.try_set(fresh);
        }
    });
}

type Timer = StoredValue<Option<TimeoutHandle>>;

/// Asks about it while it is under way, for as long as the page lives.
fn watch(import: RwSignal<ImportView>) {
    let moves = Memo::new(move |_| under_way(import.read().row.state));
    Effect::new(move |_| {
        if !moves.get() {
            return;
        }
        let timer = StoredValue::new(None);
        ask_later(import, timer);
        on_cleanup(move || {
            if let Some(Some(handle)) = timer.try_get_value() {
                let handle: TimeoutHandle = handle;
                handle.clear();
            }
        });
    });
}

fn ask_later(import: RwSignal<ImportView>, timer: Timer) {
    let ask = move || {
        let Some(id) = import.try_with_untracked(|import| import.row.id) else { return };
        spawn_local(async move {
            if let Ok(Ok(fresh)) = load_import(id.to_string()).await
                && import.try_with_untracked(|known| *known != fresh) == Some(true)
            {
                import.try_set(fresh);
            }
            if timer.try_get_value().is_some() {
                ask_later(import, timer);
            }
        });
    };
    timer.try_set_value(set_timeout_with_handle(ask, ASK).ok());
}
