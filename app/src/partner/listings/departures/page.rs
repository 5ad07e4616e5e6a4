//! `/partner/listings/:id/departures`.
use super::{
    super::{editor::page::trail, parts::NeedsScript},
    add::{AddPanel, Form},
    copy::CopyWeek,
    load::{self, Month, Tour, day_of},
    month::{DayLoad, MonthTable},
    rows::Rows,
};
use crate::{
    browser,
    error::{AppError, Tried},
    layout::use_lang,
    partner::{
        head::Head,
        standing::{Hold, Standing},
        trouble::Trouble,
    },
    ui::{Alert, AlertTone, Crumb, EmptyState, Glyph, Icon, Skeleton, Tone},
    wire::{InPage, page_data},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    ids::{DepartureId, ListingId},
    paths,
    tr::departures as tr,
    when,
};

/// What the panels share: where they are, and what came of the last step.
#[derive(Clone, Copy)]
pub struct Board {
    pub lang: Lang,
    pub id: ListingId,
    /// Reads the month again.
    refresh: Callback<()>,
    under_way: Hold,
    /// Said on top of the page.
    pub notice: RwSignal<Option<(AlertTone, String)>>,
    pub panel: RwSignal<Panel>,
    pub form: Form,
    /// When the programme begins.
    pub begins: StoredValue<String>,
    /// The tour is not sent to review yet.
    pub draft: bool,
    /// The day that is shown alone.
    pub day: RwSignal<Option<Date>>,
    /// Whose row takes the focus when the month is read again.
    pub back_to: StoredValue<Option<DepartureId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    None,
    Add,
    Copy,
}

impl Board {
    /// Opens the form for new departures, for a day that was tapped or for a rule.
    pub fn add(self, day: Option<Date>) {
        self.form.open(day);
        self.panel.set(Panel::Add);
        request_animation_frame(|| browser::reveal(PANEL));
    }

    /// A step was taken: says it and reads the month again.
    pub fn done(self, words: String) {
        self.read_again(words);
        request_animation_frame(|| browser::reveal(NOTICE));
    }

    /// What comes of a step. Until it has come the month stays as it is drawn, with whoever waits for it.
    pub async fn step<T>(self, step: impl Future<Output = Tried<T>>) -> Result<T, AppError> {
        let held = self.under_way.hold();
        let answer = step.await.flatten();
        drop(held);
        if self.under_way.missed() {
            self.refresh.try_run(());
        }
        answer
    }

    fn read_again(self, words: String) {
        self.notice.set(Some((AlertTone::Good, words)));
        self.panel.set(Panel::None);
        self.refresh.run(());
    }

    /// The same of a step within a row, which is drawn anew: the keyboard, and so the page, stays there.
    pub fn done_in(self, row: DepartureId, words: String) {
        self.back_to.set_value(Some(row));
        self.read_again(words);
    }

    /// The address of a month.
    #[must_use]
    pub fn month_href(self, month: Date) -> String {
        let query = format!("{:04}-{:02}", month.year(), month.month());
        format!("{}?month={query}", paths::partner_listing_departures(self.lang, self.id))
    }

    pub fn failed(self, error: &AppError) {
        self.notice.set(Some((AlertTone::Bad, super::super::words::refusal(self.lang, error))));
        request_animation_frame(|| browser::reveal(NOTICE));
    }
}

const NOTICE: &str = "notice";
const PANEL: &str = "panel";

#[component]
pub fn DeparturesPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let wanted = Memo::new(move |_| query.read().get("month").unwrap_or_default());
    let tour = page_data(move || id.get(), move |id| load::tour(lang, id));
    let month = page_data(move || (id.get(), wanted.get()), |(id, wanted)| load::month(id, wanted));
    let body = move || {
        Suspend::new(async move {
            match tour.await.flatten() {
                Ok(tour) => view! { <BoardView lang tour month wanted/> }.into_any(),
                Err(error) => view! {
                    <Head lang title=tr::title(lang) trail=trail(lang)/>
                    <Trouble lang error/>
                }
                .into_any(),
            }
        })
    };
    view! { <Suspense fallback=BoardSkeleton>{body}</Suspense> }.into_any()
}

#[component]
fn BoardView(
    lang: Lang,
    tour: Tour,
    month: Resource<Result<Result<Month, AppError>, AppError>, InPage>,
    wanted: Memo<String>,
) -> impl IntoView {
    let id = tour.id;
    let standing = Standing::default();
    let refresh = move |()| {
        let Some(wanted) = wanted.try_get_untracked() else { return };
        standing.renew(load::month(id.to_string(), wanted), move || month.refetch());
    };
    let board = Board {
        lang,
        id,
        refresh: Callback::new(refresh),
        under_way: standing.hold,
        notice: RwSignal::new(None),
        panel: RwSignal::new(Panel::None),
        form: Form::new(lang),
        begins: StoredValue::new(tour.begins),
        draft: tour.draft,
        day: RwSignal::new(None),
        back_to: StoredValue::new(None),
    };
    let mut trail = trail(lang);
    let title = if tour.title.is_empty() { sapar_shared::tr::listings::untitled(lang).to_owned() } else { tour.title };
    trail.push(Crumb::new(title.clone(), paths::partner_listing(lang, tour.id)));
    let body = move || {
        Suspend::new(async move {
            match month.await.flatten() {
                Ok(month) => {
                    let month = standing.begin(month);
                    let view = move || view! { <MonthView board month=month.get()/> };
                    view.into_any()
                }
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    let notice = move || board.notice.get().map(|(tone, words)| view! { <Alert tone>{words}</Alert> });
    let no_tickets = (!tour.has_ticket_types).then(|| {
        let href = format!("{}?section=tickets", paths::partner_listing(lang, tour.id));
        view! {
            <Alert tone=AlertTone::Warn>
                <p>{tr::no_ticket_types(lang)}</p>
                <a class="link" href=href>{tr::to_ticket_types(lang)}</a>
            </Alert>
        }
    });
    view! {
        <Head lang title=tr::title(lang) trail/>
        <div class="grid gap-4 mt-2">
            <div>
                <h1>{tr::title(lang)}</h1>
                <p class="text-muted mt-1">{title}</p>
            </div>
            <NeedsScript lang/>
            {no_tickets}
            <div id=NOTICE aria-live="polite">{notice}</div>
            <Transition fallback=BoardSkeleton>{body}</Transition>
        </div>
    }
    .into_any()
}

#[component]
fn MonthView(board: Board, month: Month) -> impl IntoView {
    let lang = board.lang;
    let Month { first, today, rows } = month;
    // What is called off takes no place in the calendar; the list shows it.
    let mut load: Vec<(Date, DayLoad)> = Vec::new();
    for row in rows.iter().filter(|row| !row.cancelled) {
        let day = day_of(row);
        if load.last().is_none_or(|(last, _)| *last != day) {
            load.push((day, DayLoad::default()));
        }
        if let Some((_, of)) = load.last_mut() {
            of.departures += 1;
            of.sold += row.sold + row.held;
            of.capacity += row.capacity;
        }
    }
    let usual = rows.last().map(|row| row.capacity);
    let soonest = load.iter().map(|(day, _)| *day).find(|day| *day >= today).unwrap_or(first.max(today));
    let add_on = Callback::new(move |day: Date| board.add(Some(day)));
    let list = if rows.is_empty() {
        view! { <EmptyState title=tr::empty_title(lang) text=tr::empty_text(lang)/> }.into_any()
    } else {
        view! { <Rows board rows today/> }.into_any()
    };
    let panel = move || match board.panel.get() {
        Panel::None => view! { <Steps board/> }.into_any(),
        Panel::Add => view! { <AddPanel board today first usual/> }.into_any(),
        Panel::Copy => view! { <CopyWeek board usual=soonest shown=first/> }.into_any(),
    };
    view! {
        <div class="board">
            <div class="board-month">
                <MonthBar board first/>
                <MonthTable lang month=first today load day=board.day on_empty=add_on/>
                <p class="text-sm text-muted mt-2">{tr::calendar_help(lang)}</p>
                <div id=PANEL class="mt-4">{panel}</div>
            </div>
            <div class="min-w-0">{list}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Steps(board: Board) -> impl IntoView {
    let lang = board.lang;
    view! {
        <div class="grid gap-2">
            <button type="button" class=Tone::Action.class() on:click=move |_| board.add(None)>
                <Icon name=Glyph::Plus/>
                {tr::add(lang)}
            </button>
            <button type="button" class="btn" on:click=move |_| board.panel.set(Panel::Copy)>
                <Icon name=Glyph::Copy class="icon icon-small"/>
                {tr::copy_week(lang)}
            </button>
            {board.draft.then(|| view! { <a class="btn btn-quiet" href=paths::partner_listing(lang, board.id)>{tr::to_review(lang)}</a> })}
        </div>
    }
    .into_any()
}

/// The month's name between two arrows.
#[component]
fn MonthBar(board: Board, first: Date) -> impl IntoView {
    let lang = board.lang;
    // What was said of one month is no news in another.
    let leave = move |_| {
        board.day.set(None);
        board.notice.set(None);
    };
    let arrow = move |by: i16, label: &'static str, class: &'static str| {
        when::month_step(first, by).map(|month| {
            view! {
                <a class="btn btn-quiet btn-round" href=board.month_href(month) data-noscroll=true aria-label=label on:click=leave>
                    <Icon name=Glyph::ChevronRight class/>
                </a>
            }
        })
    };
    view! {
        <div class="month-bar">
            <span class="month-arrow">{arrow(-1, tr::month_prev(lang), "icon rotate-180")}</span>
            <h2 class="text-lg" aria-live="polite">{when::month_year(lang, first)}</h2>
            <span class="month-arrow">{arrow(1, tr::month_next(lang), "icon")}</span>
        </div>
    }
    .into_any()
}

#[component]
fn BoardSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-80 w-full max-w-md"/>
            <Skeleton class="h-20 w-full"/>
            <Skeleton class="h-20 w-full"/>
        </div>
    }
}
