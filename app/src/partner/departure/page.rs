//! `/partner/departures/:id`: who has come and who is still expected, as it is now.
use super::{
    api::{Boarding, load_boarding},
    people::{Column, Counts, People, Person, Sort},
    row::PassengerRow,
};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    partner::{
        desk::{sells_now, who_is_in},
        fresh::keep_fresh,
        head::Head,
        keys::list_keys,
        sell::Elsewhere,
        trouble::Trouble,
    },
    ui::{Alert, AlertTone, EmptyState, Field, Glyph, Icon, LinkButton, Skeleton, Tone},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    dto::{order::TicketStatus, organisation::OrganisationStatus, partner::DepartureRow},
    ids::DepartureId,
    paths,
    roles::{Permission, Role},
    tr, when,
};

#[component]
pub fn DeparturePage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let loaded = page_data(move || id.get(), move |id| load_boarding(lang, id));
    let me = who_is_in();
    list_keys("f-q");
    let reload = Callback::new(move |()| loaded.refetch());
    let body = move || {
        Suspend::new(async move {
            match loaded.await.flatten() {
                Ok(boarding) => {
                    let may = Allowed(me.0.await.ok().and_then(Result::ok).map(|me| (me.role, me.status)));
                    let shown = Shown::new(lang, boarding, reload);
                    view! { <BoardingView shown may/> }.into_any()
                }
                Err(error) => view! {
                    <Head lang title=tr::partner::passengers(lang)/>
                    <Trouble lang error/>
                }
                .into_any(),
            }
        })
    };
    view! { <Suspense fallback=PassengersSkeleton>{body}</Suspense> }.into_any()
}

/// What whoever looks may do here.
#[derive(Clone, Copy)]
struct Allowed(Option<(Role, OrganisationStatus)>);

impl Allowed {
    fn to(self, permission: Permission) -> bool {
        self.0.is_some_and(|(role, _)| role.may(permission))
    }

    /// Nothing is sold of an organisation that is not active.
    fn to_sell(self) -> bool {
        self.0.is_some_and(|(role, status)| sells_now(role, status))
    }
}

/// The departure as it is now.
#[derive(Clone, Copy)]
struct Shown {
    lang: Lang,
    departure: RwSignal<DepartureRow>,
    people: People,
    /// Another day than today; its own then.
    away: RwSignal<Option<Date>>,
    /// Draws the whole page anew.
    reload: Callback<()>,
}

impl Shown {
    fn new(lang: Lang, boarding: Boarding, reload: Callback<()>) -> Self {
        let away = away(&boarding);
        let detail = boarding.detail;
        Self {
            lang,
            departure: RwSignal::new(detail.departure),
            people: People::new(detail.passengers),
            away: RwSignal::new(away),
            reload,
        }
    }

    /// Whether there was an answer.
    async fn look(self) -> bool {
        let Some(id) = self.departure.try_with_untracked(|departure| departure.id) else { return true };
        match load_boarding(self.lang, id.to_string()).await.flatten() {
            Ok(boarding) => {
                self.away.try_set(away(&boarding));
                self.departure.try_set(boarding.detail.departure);
                self.people.take(boarding.detail.passengers);
            }
            // Called off, or no longer for this member: the page says so.
            Err(AppError::NotFound | AppError::Forbidden | AppError::SignInFirst) => self.reload.run(()),
            // What is shown was true a moment ago.
            Err(_) => return false,
        }
        true
    }
}

fn away(boarding: &Boarding) -> Option<Date> {
    Some(when::local(boarding.detail.departure.starts_at).date()).filter(|day| *day != boarding.today)
}

#[component]
fn BoardingView(shown: Shown, may: Allowed) -> impl IntoView {
    let Shown { lang, departure, people, away, .. } = shown;
    let lost = RwSignal::new(false);
    keep_fresh(move || shown.look(), lost);
    let first = departure.get_untracked();
    let id = first.id;
    let lets_on = may.to(Permission::ActivateTickets);
    // On a phone under the thumb, on a desk above the list.
    let scan = |class: &'static str| {
        view! {
            <LinkButton href=paths::partner_scan(lang) tone=Tone::Action class>
                <Icon name=Glyph::Qr/>
                {tr::gate::title(lang)}
            </LinkButton>
        }
    };
    let sell = may.to_sell().then(|| {
        let href = format!("{}?departure={id}", paths::partner_sell(lang));
        view! { <LinkButton href>{tr::sell::short(lang)}</LinkButton> }
    });
    let nobody = Memo::new(move |_| people.list.read().is_empty());
    let files = move || (may.to(Permission::ExportLists) && !nobody.get()).then(|| view! { <Files lang departure=id/> });
    let list = move || {
        if nobody.get() {
            view! { <EmptyState title=tr::partner::no_passengers_title(lang) text=tr::partner::no_passengers_text(lang)/> }
                .into_any()
        } else {
            view! { <Passengers lang people may/> }.into_any()
        }
    };
    view! {
        <Head lang title=first.title.clone()/>
        <div class="grid gap-3 mt-2">
            <Title lang departure/>
            <div aria-live="polite" class="grid gap-3 empty:hidden">
                {move || lost.get().then(|| view! { <Alert tone=AlertTone::Warn>{tr::partner::lost(lang)}</Alert> })}
            </div>
            {move || {
                away.get().map(|day| view! { <Alert>{tr::partner::not_today(lang, when::day_month(lang, day))}</Alert> })
            }}
            <div class="flex flex-wrap gap-3 items-stretch">
                <CountsOf lang counts=people.counts/>
                {lets_on.then(|| scan("max-lg:hidden"))}
                {sell}
            </div>
            <div class="people-tools empty:hidden">
                {may.to(Permission::SellForCash).then(|| view! { <Elsewhere lang departure=first/> })}
                {files}
            </div>
            {list}
        </div>
        {lets_on.then(|| view! { <div class="cab-stick mt-2 lg:hidden">{scan("w-full")}</div> })}
    }
    .into_any()
}

/// The list on paper or as a table; a browser shows the first and keeps the others.
#[component]
fn Files(lang: Lang, departure: DepartureId) -> impl IntoView {
    let kinds =
        [("pdf", tr::partner::file_print(lang)), ("xlsx", tr::partner::file_xlsx(lang)), ("csv", tr::partner::file_csv(lang))];
    let links = kinds
        .map(|(kind, name)| {
            view! {
                <a class="btn" href=paths::passengers_file(lang, departure, kind) rel="external">
                    <Icon name=Glyph::Download class="icon icon-small"/>
                    {name}
                </a>
            }
        })
        .collect_view();
    view! {
        <details class="cab-fold">
            <summary class="link">{tr::partner::files(lang)}</summary>
            <div class="flex flex-wrap gap-2 pt-2">{links}</div>
        </details>
    }
    .into_any()
}

#[component]
fn Title(lang: Lang, departure: RwSignal<DepartureRow>) -> impl IntoView {
    view! {
        <div>
            <h1>{move || departure.read().title.clone()}</h1>
            <p class="text-muted mt-1 numbers">{move || when::moment_text(lang, departure.read().starts_at)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn CountsOf(lang: Lang, counts: RwSignal<Counts>) -> impl IntoView {
    let void = Memo::new(move |_| counts.get().void);
    view! {
        <dl class="cab-counts people-counts" aria-live="polite">
            <div>
                <dt>{tr::partner::arrived(lang)}</dt>
                <dd class="text-leaf-ink">{move || counts.get().arrived}</dd>
            </div>
            <div>
                <dt>{tr::partner::expected(lang)}</dt>
                <dd>{move || counts.get().expected()}</dd>
            </div>
            {move || {
                (void.get() > 0)
                    .then(|| {
                        view! {
                            <div>
                                <dt>{tr::partner::voided(lang)}</dt>
                                <dd class="text-muted">{void.get()}</dd>
                            </div>
                        }
                    })
            }}
        </dl>
    }
    .into_any()
}

/// Rows that are drawn at once: a phone that draws a thousand makes everybody wait.
const DRAWN: usize = 100;

#[component]
fn Passengers(lang: Lang, people: People, may: Allowed) -> impl IntoView {
    let (lets_on, orders) = (may.to(Permission::ActivateTickets), may.to(Permission::SeeOrders));
    let query = use_query_map().read_untracked().get("q").unwrap_or_default();
    let wanted = RwSignal::new(query.clone());
    let (drawn, waiting, sort) = (RwSignal::new(DRAWN), RwSignal::new(false), RwSignal::new(Sort::default()));
    let meant = move || {
        let (wanted, waiting) = (wanted.read(), waiting.get());
        let meant = |person: &&Person| (!waiting || person.status() == TicketStatus::Issued) && person.is_meant(&wanted);
        people.list.read().iter().filter(meant).cloned().collect::<Vec<_>>()
    };
    let found = Memo::new(move |_| meant().len());
    let shown = move || {
        let mut shown = meant();
        sort.get().order(&mut shown);
        shown.truncate(drawn.get());
        shown
    };
    let count = move || i64::try_from(found.get()).unwrap_or(i64::MAX);
    let said = move || match count() {
        0 => tr::partner::found_nothing(lang).to_owned(),
        count if waiting.get() || !wanted.read().trim().is_empty() => tr::partner::shown_count(lang, count),
        _ => String::new(),
    };
    let more = move || {
        let rest = found.get().saturating_sub(drawn.get());
        (rest > 0).then(|| {
            let words = tr::partner::show_more(lang, i64::try_from(rest.min(DRAWN)).unwrap_or(i64::MAX));
            view! {
                <button type="button" class="btn needs-script" on:click=move |_| drawn.update(|drawn| *drawn += DRAWN)>
                    {words}
                </button>
            }
        })
    };
    view! {
        <form method="get" role="search" class="flex items-start gap-2" on:submit=|ev| ev.prevent_default()>
            <div class="grow people-find" on:input=move |ev| wanted.set(event_target_value(&ev))>
                <Field
                    name="q"
                    kind="search"
                    label=tr::partner::find(lang)
                    help=tr::partner::find_help(lang)
                    value=query
                    maxlength=100
                    autocomplete="off"
                />
            </div>
            <button class="btn without-script mt-7">{tr::partner::find_button(lang)}</button>
        </form>
        <div class="flex flex-wrap items-center gap-x-3">
            <label class="pill needs-script">
                <input class="sr-only" type="checkbox" prop:checked=waiting on:change=move |ev| waiting.set(event_target_checked(&ev))/>
                {tr::partner::only_waiting(lang)}
            </label>
            <p class="text-sm text-muted" role="status">{said}</p>
        </div>
        <table class="cab-table people-table" role="table" aria-label=tr::partner::passengers(lang)>
            <TableHead lang sort/>
            <tbody role="rowgroup">
                <For each=shown key=Person::key let:person>
                    <PassengerRow lang person people lets_on orders/>
                </For>
            </tbody>
        </table>
        {more}
    }
    .into_any()
}

#[component]
fn TableHead(lang: Lang, sort: RwSignal<Sort>) -> impl IntoView {
    let plain = |name: &'static str| view! { <th role="columnheader" scope="col">{name}</th> };
    let sorted = move |by: Column, name: &'static str| {
        let now = move || match sort.get() {
            sort if sort.by != by => None,
            Sort { down: false, .. } => Some("ascending"),
            Sort { down: true, .. } => Some("descending"),
        };
        view! {
            <th role="columnheader" scope="col" aria-sort=now>
                <button type="button" class="people-sort" on:click=move |_| sort.update(|sort| *sort = sort.pressed(by))>
                    {name}
                </button>
            </th>
        }
    };
    view! {
        <thead role="rowgroup">
            <tr role="row">
                {sorted(Column::Name, tr::partner::column_name(lang))}
                {plain(tr::partner::column_phone(lang))}
                {sorted(Column::Ticket, tr::partner::column_ticket(lang))}
                {sorted(Column::State, tr::partner::column_status(lang))}
                {plain(tr::partner::column_action(lang))}
            </tr>
        </thead>
    }
    .into_any()
}

#[component]
fn PassengersSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-16 w-full max-w-sm"/>
            <Skeleton class="h-12 w-full"/>
            <Skeleton class="h-28 w-full"/>
            <Skeleton class="h-28 w-full"/>
            <Skeleton class="h-28 w-full"/>
        </div>
    }
}
