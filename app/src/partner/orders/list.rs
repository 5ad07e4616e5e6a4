//! The rows: cards on a phone, a table on a desk.
use super::{
    api::load_orders,
    words::{State, channel, name},
};
use crate::ui::{Badge, Glyph, Icon, Tint};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::desk::{Channel, OrderRow, OrdersQuery},
    ids::OrderId,
    paths,
    tr::orders as tr,
    when,
};

#[component]
pub fn Rows(
    lang: Lang,
    query: OrdersQuery,
    rows: RwSignal<Vec<OrderRow>>,
    /// Those that came in by themselves.
    added: RwSignal<Vec<OrderId>>,
    next: RwSignal<Option<String>>,
) -> impl IntoView {
    let columns = [tr::column_buyer(lang), tr::column_status(lang), tr::column_trip(lang), tr::column_sum(lang)];
    let loading = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let query = StoredValue::new(query);
    let more = move |_| {
        if loading.get_untracked() {
            return;
        }
        loading.set(true);
        failed.set(false);
        let wanted = OrdersQuery { after: next.get_untracked(), ..query.get_value() };
        leptos::task::spawn_local(async move {
            match load_orders(lang, wanted).await.flatten() {
                Ok(page) => {
                    // What became new meanwhile pushed nothing aside: the cursor is a place in time.
                    rows.try_update(|rows| rows.extend(page.rows));
                    next.try_set(page.next);
                }
                Err(_) => {
                    failed.try_set(true);
                }
            }
            loading.try_set(false);
        });
    };
    view! {
        <table class="cab-table" role="table" aria-label=tr::title(lang)>
            <thead role="rowgroup">
                <tr role="row">{columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">
                <For each=move || rows.get() key=Clone::clone let:row>
                    <Row lang row added/>
                </For>
            </tbody>
        </table>
        <div class="grid gap-2 justify-items-center empty:hidden" aria-live="polite">
            {move || {
                next.read()
                    .is_some()
                    .then(|| {
                        view! {
                            <button type="button" class="btn needs-script" disabled=move || loading.get() on:click=more>
                                {tr::more(lang)}
                            </button>
                        }
                    })
            }}
            {move || failed.get().then(|| view! { <p class="field-error">{tr::more_failed(lang)}</p> })}
        </div>
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, row: OrderRow, added: RwSignal<Vec<OrderId>>) -> impl IntoView {
    let OrderRow { id, number, placed_at, status, channel: way, name: buyer, title, starts_at, quantity, total, .. } = row;
    view! {
        <tr role="row" class="cab-row">
            <td role="cell" class="cab-person">
                <span class="flex flex-wrap items-center gap-2">
                    <a class="font-semibold cab-row-link" href=paths::partner_order(lang, id)>{name(lang, &buyer)}</a>
                    {move || added.read().contains(&id).then(|| view! { <Badge tint=Tint::Sky>{tr::fresh(lang)}</Badge> })}
                </span>
                <span class="text-sm text-muted numbers">{tr::placed(lang, number, when::moment_text(lang, placed_at))}</span>
            </td>
            <td role="cell" class="cab-state">
                <State lang status/>
            </td>
            <td role="cell" class="cab-ticket">
                <span class="line-clamp-1">{title}</span>
                <span class="text-muted numbers">
                    {format!("{}, {}", when::moment_text(lang, starts_at), tr::places(lang, i64::from(quantity)))}
                </span>
            </td>
            <td role="cell" class="cab-sum">
                <span class="price numbers">{total.to_string()}</span>
                <span class="text-sm text-muted inline-flex items-center gap-1">
                    <Icon name=if way == Channel::Cash { Glyph::People } else { Glyph::Card } class="icon icon-small"/>
                    {channel(lang, way)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}
