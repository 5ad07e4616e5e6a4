//! Who brought in what, and when.
use super::{api::load_imports, words};
use crate::{
    partner::trouble::Trouble,
    ui::{Alert, AlertTone, EmptyState, Skeleton, StatusChip},
    wire::page_data,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::import::{ImportList, ImportRow},
    paths,
    tr::{self, imports},
    when,
};

#[component]
pub fn History(lang: Lang) -> impl IntoView {
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.read().get("cursor").unwrap_or_default());
    let loaded = page_data(move || cursor.get(), load_imports);
    let list = move || {
        Suspend::new(async move {
            match loaded.await.flatten() {
                Ok(list) if list.rows.is_empty() => view! {
                    <EmptyState title=imports::no_history_title(lang) text=imports::no_history_text(lang)/>
                }
                .into_any(),
                Ok(list) => view! { <Rows lang list/> }.into_any(),
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    view! {
        <section class="grid gap-3 mt-4" aria-labelledby="earlier">
            <h2 id="earlier" class="text-lg">{imports::history(lang)}</h2>
            <Suspense fallback=|| view! { <Skeleton class="h-24 w-full"/> }>{list}</Suspense>
        </section>
    }
    .into_any()
}

#[component]
fn Rows(lang: Lang, list: ImportList) -> impl IntoView {
    let rows = RwSignal::new(list.rows);
    let next = RwSignal::new(list.next_cursor);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let load = move |ev: leptos::ev::MouseEvent| {
        let Some(cursor) = next.get_untracked() else { return };
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = load_imports(cursor).await.flatten();
            if rows.is_disposed() {
                return;
            }
            busy.set(false);
            failed.set(answer.is_err());
            if let Ok(more) = answer {
                rows.update(|rows| rows.extend(more.rows));
                next.set(more.next_cursor);
            }
        });
    };
    let more = move || {
        next.get().map(|cursor| {
            let href = format!("{}?cursor={cursor}", paths::partner_import(lang));
            view! {
                <a class="btn justify-self-center" href=href on:click=load aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { tr::ui::loading(lang) } else { imports::more(lang) }}
                </a>
            }
        })
    };
    view! {
        <ul class="grid gap-3">
            <For each=move || rows.get() key=|row| row.id let(row)>
                <Row lang row/>
            </For>
        </ul>
        {move || failed.get().then(|| view! { <Alert tone=AlertTone::Bad>{tr::partner::offline_text(lang)}</Alert> })}
        {more}
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, row: ImportRow) -> impl IntoView {
    let (tint, icon, word) = words::looks(row.state);
    let counts = words::counts(lang, row.counts);
    view! {
        <li>
            <a class="card card-pad grid gap-2" href=paths::partner_import_of(lang, row.id)>
                <span class="flex flex-wrap items-center justify-between gap-2">
                    <span class="font-semibold min-w-0 break-words">{row.file_name}</span>
                    <StatusChip tint icon word=word(lang)/>
                </span>
                <span class="text-sm">{counts}</span>
                <span class="text-sm text-muted numbers">
                    {imports::by_when(lang, row.by, when::moment_text(lang, row.created_at))}
                </span>
            </a>
        </li>
    }
    .into_any()
}
