//! Calling a departure off: first who bought, with the ways to reach them, then the question.
use super::{
    super::api::{cancel_departure, load_affected},
    page::Board,
};
use crate::{
    error::AppError,
    partner::orders,
    ui::{Glyph, Icon, Skeleton, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::editor::{Affected, PlannedDeparture},
    tr::departures as tr,
    when,
};

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Asked,
    Loading,
    Listed(Vec<Affected>),
}

#[component]
pub fn Cancel(board: Board, row: PlannedDeparture, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let lang = board.lang;
    let step = RwSignal::new(Step::Asked);
    let id = row.id;
    let name = StoredValue::new(when::moment_text(lang, row.starts_at));
    let begin = move |_| {
        step.set(Step::Loading);
        trouble.set(None);
        spawn_local(async move {
            let affected = load_affected(id).await.flatten();
            if step.is_disposed() {
                return;
            }
            match affected {
                Ok(affected) => step.set(Step::Listed(affected)),
                Err(error) => {
                    step.set(Step::Asked);
                    trouble.set(Some(error));
                }
            }
        });
    };
    let busy = RwSignal::new(false);
    let cancel = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = board.step(cancel_departure(id)).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(()) => board.done_in(id, tr::cancelled(lang, name.get_value())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    });
    move || match step.get() {
        Step::Asked => view! {
            <button type="button" class="btn btn-quiet justify-self-start" on:click=begin>
                <Icon name=Glyph::Cross class="icon icon-small"/>
                {tr::cancel_begin(lang)}
            </button>
        }
        .into_any(),
        Step::Loading => view! { <Skeleton class="h-24 w-full"/> }.into_any(),
        Step::Listed(affected) => view! { <Question lang name=name.get_value() affected busy step cancel/> }.into_any(),
    }
}

/// Whom it would hit, and whether that is meant.
#[component]
fn Question(
    lang: Lang,
    name: String,
    affected: Vec<Affected>,
    busy: RwSignal<bool>,
    step: RwSignal<Step>,
    cancel: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="cancel-panel" role="group" aria-label=tr::cancel_begin(lang)>
            <People lang affected/>
            <p class="font-semibold" role="status">{tr::cancel_question(lang, name)}</p>
            <div class="flex flex-wrap gap-2">
                <button type="button" class="btn" on:click=move |_| step.set(Step::Asked)>{tr::cancel_no(lang)}</button>
                <button
                    type="button"
                    class=Tone::Danger.class()
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=move |_| cancel.run(())
                >
                    {tr::cancel_yes(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn People(lang: Lang, affected: Vec<Affected>) -> impl IntoView {
    if affected.is_empty() {
        return view! { <p>{tr::nobody_bought(lang)}</p> }.into_any();
    }
    let count = i64::try_from(affected.len()).unwrap_or_default();
    let people = affected.into_iter().map(|person| view! { <Person lang person/> }).collect_view();
    view! {
        <p>{tr::bought(lang, count)}</p>
        <p class="text-muted">{tr::refund_note(lang)}</p>
        <ul class="grid gap-2">{people}</ul>
    }
    .into_any()
}

/// A messenger's address wants bare digits.
fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[component]
fn Person(lang: Lang, person: Affected) -> impl IntoView {
    let Affected { order_number, name, phone, email, places, total } = person;
    let shown = orders::words::name(lang, &name);
    let pretty = Phone::parse(&phone).map_or_else(|| phone.clone(), |phone| phone.pretty());
    let call = (!phone.is_empty()).then(|| {
        view! {
            <a class="btn" href=format!("tel:{phone}") aria-label=format!("{}, {pretty}", tr::call(lang, &name))>
                <Icon name=Glyph::Phone class="icon icon-small"/>
                <span class="numbers">{pretty.clone()}</span>
            </a>
            <a
                class="btn btn-quiet"
                href=format!("https://wa.me/{}", digits(&phone))
                target="_blank"
                rel="noreferrer external"
                aria-label=tr::message(lang, &name)
            >
                <Icon name=Glyph::Chat class="icon icon-small"/>
                "WhatsApp"
            </a>
        }
    });
    let mail = (!email.is_empty()).then(|| {
        view! {
            <a class="btn btn-quiet" href=format!("mailto:{email}") rel="external" aria-label=tr::mail(lang, &name)>
                <Icon name=Glyph::Mail class="icon icon-small"/>
                <span class="truncate">{email.clone()}</span>
            </a>
        }
    });
    view! {
        <li class="row-card">
            <div class="grid gap-2 min-w-0">
                <p>
                    <span class="font-semibold">{shown}</span>
                    <span class="text-sm text-muted numbers">
                        {format!(" · {} · {} · {total}", tr::order(lang, order_number), tr::places(lang, i64::from(places)))}
                    </span>
                </p>
                <div class="flex flex-wrap gap-2">{call} {mail}</div>
            </div>
        </li>
    }
    .into_any()
}
