//! `/partner/departures/:id`: who has come and who is still expected.
use super::{
    api::{Boarding, load_boarding},
    row::{PassengerRow, RowState},
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    partner::{
        desk::{may, who_is_in},
        head::Head,
        sell::Elsewhere,
        trouble::Trouble,
    },
    ui::{Alert, EmptyState, Field, Glyph, Icon, LinkButton, Skeleton, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    dto::{
        order::TicketStatus,
        partner::{DepartureRow, Passenger},
    },
    ids::DepartureId,
    paths,
    roles::Permission,
    tr, when,
};

#[component]
pub fn DeparturePage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let loaded = page_data(move || id.get(), move |id| load_boarding(lang, id));
    let me = who_is_in();
    let body = move || {
        Suspend::new(async move {
            match loaded.await.flatten() {
                Ok(boarding) => {
                    let may = Allowed {
                        lets_on: may(me, Permission::ActivateTickets).await,
                        sells: may(me, Permission::SellForCash).await,
                        exports: may(me, Permission::ExportLists).await,
                    };
                    view! { <BoardingView lang boarding may/> }.into_any()
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
struct Allowed {
    lets_on: bool,
    sells: bool,
    exports: bool,
}

#[component]
fn BoardingView(lang: Lang, boarding: Boarding, may: Allowed) -> impl IntoView {
    let Boarding { detail, today } = boarding;
    let departure = detail.departure;
    let day = when::local(departure.starts_at).date();
    let count = |wanted: fn(TicketStatus) -> bool| {
        i32::try_from(detail.passengers.iter().filter(|p| wanted(p.status)).count()).unwrap_or(i32::MAX)
    };
    let arrived = RwSignal::new(count(|status| status == TicketStatus::Activated));
    let expected = count(|status| status != TicketStatus::Void);
    let void = count(|status| status == TicketStatus::Void);
    let scan = may.lets_on.then(|| {
        view! {
            <LinkButton href=paths::partner_scan(lang) tone=Tone::Action class="grow md:grow-0">
                <Icon name=Glyph::Qr/>
                {tr::gate::title(lang)}
            </LinkButton>
        }
    });
    let sell = may.sells.then(|| {
        let href = format!("{}?departure={}", paths::partner_sell(lang), departure.id);
        view! { <LinkButton href class="grow md:grow-0">{tr::sell::short(lang)}</LinkButton> }
    });
    let elsewhere = may.sells.then(|| view! { <Elsewhere lang departure=departure.clone()/> });
    let files = (may.exports && !detail.passengers.is_empty()).then(|| view! { <Files lang departure=departure.id/> });
    let people = if detail.passengers.is_empty() {
        view! { <EmptyState title=tr::partner::no_passengers_title(lang) text=tr::partner::no_passengers_text(lang)/> }.into_any()
    } else {
        view! { <Passengers lang passengers=detail.passengers arrived lets_on=may.lets_on/> }.into_any()
    };
    view! {
        <Head lang title=departure.title.clone()/>
        <div class="grid gap-4 mt-2">
            <Title lang departure/>
            {(day != today).then(|| view! { <Alert>{tr::partner::not_today(lang, when::day_month(lang, day))}</Alert> })}
            <div class="flex flex-wrap gap-3 items-stretch">
                <Counts lang arrived expected void/>
                {scan}
                {sell}
            </div>
            {elsewhere}
            {files}
            {people}
        </div>
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
fn Title(lang: Lang, departure: DepartureRow) -> impl IntoView {
    view! {
        <div>
            <h1>{departure.title.clone()}</h1>
            <p class="text-muted mt-1 numbers">{when::moment_text(lang, departure.starts_at)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Counts(lang: Lang, arrived: RwSignal<i32>, expected: i32, void: i32) -> impl IntoView {
    view! {
        <dl class="cab-counts" aria-live="polite">
            <div>
                <dt>{tr::partner::arrived(lang)}</dt>
                <dd class="text-leaf-ink">{move || arrived.get()}</dd>
            </div>
            <div>
                <dt>{tr::partner::expected(lang)}</dt>
                <dd>{move || (expected - arrived.get()).max(0)}</dd>
            </div>
            {(void > 0)
                .then(|| {
                    view! {
                        <div>
                            <dt>{tr::partner::voided(lang)}</dt>
                            <dd class="text-muted">{void}</dd>
                        </div>
                    }
                })}
        </dl>
    }
    .into_any()
}

/// What a search looks through: everything by which a person at the bus can be asked for.
fn haystack(passenger: &Passenger) -> String {
    let Passenger { code, name, phone, order_number, ticket_type, .. } = passenger;
    format!("{name} {phone} {code} {order_number} {ticket_type}").to_lowercase()
}

/// Every word must occur; spaces and dashes in numbers do not matter.
fn matches(haystack: &str, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let number: String = wanted.chars().filter(|c| !" -+()".contains(*c)).collect();
    wanted.split_whitespace().all(|word| haystack.contains(word)) || (number.len() >= 3 && haystack.contains(&number))
}

/// Rows that are drawn at once: a phone that draws a thousand makes everybody wait.
const DRAWN: usize = 100;

#[component]
fn Passengers(lang: Lang, passengers: Vec<Passenger>, arrived: RwSignal<i32>, lets_on: bool) -> impl IntoView {
    let query = use_query_map().read_untracked().get("q").unwrap_or_default();
    let wanted = RwSignal::new(query.clone());
    let drawn = RwSignal::new(DRAWN);
    let texts = StoredValue::new(passengers.iter().map(haystack).collect::<Vec<_>>());
    // A row that is searched away and found again is what it was made by a tap meanwhile.
    let people: Vec<(Passenger, RowState)> = passengers
        .into_iter()
        .map(|p| {
            let state = RwSignal::new((p.status, p.activated_at));
            (p, state)
        })
        .collect();
    let people = StoredValue::new(people);
    let found = Memo::new(move |_| {
        let wanted = wanted.read();
        let matching = |texts: &Vec<String>| {
            texts.iter().enumerate().filter(|(_, text)| matches(text, &wanted)).map(|(index, _)| index).collect::<Vec<_>>()
        };
        texts.with_value(matching)
    });
    let shown = move || found.read().iter().copied().take(drawn.get()).collect::<Vec<_>>();
    let row = move |index: usize| {
        people
            .with_value(|people| people.get(index).cloned())
            .map(|(passenger, state)| view! { <PassengerRow lang passenger state arrived lets_on/> })
    };
    let count = move || i64::try_from(found.read().len()).unwrap_or(i64::MAX);
    let said = move || match count() {
        0 => tr::partner::found_nothing(lang).to_owned(),
        count if !wanted.read().trim().is_empty() => tr::partner::shown_count(lang, count),
        _ => String::new(),
    };
    let more = move || {
        let rest = found.read().len().saturating_sub(drawn.get());
        (rest > 0).then(|| {
            let words = tr::partner::show_more(lang, i64::try_from(rest.min(DRAWN)).unwrap_or(i64::MAX));
            view! {
                <button type="button" class="btn needs-script" on:click=move |_| drawn.update(|drawn| *drawn += DRAWN)>
                    {words}
                </button>
            }
        })
    };
    let columns = [
        tr::partner::column_name(lang),
        tr::partner::column_phone(lang),
        tr::partner::column_ticket(lang),
        tr::partner::column_status(lang),
        tr::partner::column_action(lang),
    ];
    view! {
        <form method="get" role="search" class="flex items-start gap-2" on:submit=|ev| ev.prevent_default()>
            <div class="grow" on:input=move |ev| wanted.set(event_target_value(&ev))>
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
        <p class="text-sm text-muted" role="status">{said}</p>
        <table class="cab-table" role="table" aria-label=tr::partner::passengers(lang)>
            <thead role="rowgroup">
                <tr role="row">{columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">
                <For each=shown key=|index| *index let:index>
                    {row(index)}
                </For>
            </tbody>
        </table>
        {more}
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

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_passenger_is_found_by_what_people_say() {
        let text = "әйгүл сәтбаева +77011234567 7k2m9qxa03tb sp-1042 взрослый";
        for wanted in ["", "Сәтб", "әйгүл взрослый", "701 123-45", "7k2m-9qxa", "1042"] {
            assert!(matches(text, wanted), "{wanted}");
        }
        for wanted in ["Болат", "999", "--"] {
            assert!(!matches(text, wanted), "{wanted}");
        }
    }
}
