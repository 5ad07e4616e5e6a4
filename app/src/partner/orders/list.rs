//! The rows: cards on a phone, a table on a desk.
use super::{
    api::load_orders,
    choosing::{AllBox, Choosing, Many, RowBox},
    filters::tail,
    left::{Left, come_back, leave},
    words::{State, channel, name},
};
use crate::ui::{Badge, Glyph, Icon, Tint};
use leptos::{ev::MouseEvent, prelude::*};
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
    /// Where something can be done to several at once.
    choosing: Option<Choosing>,
) -> impl IntoView {
    let columns = [tr::column_buyer(lang), tr::column_status(lang), tr::column_trip(lang)];
    // Not a stored value: a list that is being replaced draws once more after its values have gone.
    let tail = tail(&query);
    let left = come_back(&query);
    let more =
        More { lang, query: StoredValue::new(query), rows, next, loading: RwSignal::new(false), failed: RwSignal::new(false) };
    if let Some(left) = left {
        more.back_to(left);
    }
    let More { loading, failed, .. } = more;
    let leaves = Callback::new(move |()| more.leave());
    let chooses = move || choosing.is_some_and(Choosing::is_on);
    // One block: what sticks in it stays in sight as long as any of the rows.
    view! {
        <div>
            {choosing.map(|choosing| view! { <Many choosing/> })}
            <table class="cab-table" class:cab-choosing=chooses role="table" aria-label=tr::title(lang)>
                <thead role="rowgroup">
                    <tr role="row">
                        {choosing.map(|choosing| view! { <AllBox choosing/> })}
                        {columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}
                        <th role="columnheader" scope="col" class="cab-sum-head">{tr::column_sum(lang)}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || rows.get() key=Clone::clone let:row>
                        <Row lang row tail=tail.clone() added leaves choosing/>
                    </For>
                </tbody>
            </table>
        </div>
        <div class="grid gap-2 justify-items-center empty:hidden" aria-live="polite">
            {move || {
                next.read()
                    .is_some()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn needs-script"
                                disabled=move || loading.get()
                                on:click=move |_| more.load()
                            >
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

/// The way further down the list.
#[derive(Clone, Copy)]
struct More {
    lang: Lang,
    query: StoredValue<OrdersQuery>,
    rows: RwSignal<Vec<OrderRow>>,
    next: RwSignal<Option<String>>,
    loading: RwSignal<bool>,
    failed: RwSignal<bool>,
}

impl More {
    fn load(self) {
        if !self.loading.get_untracked() {
            leptos::task::spawn_local(async move {
                self.page().await;
            });
        }
    }

    /// The next page; `false` when there is none, or it did not come.
    async fn page(self) -> bool {
        let (Some(Some(after)), Some(query)) = (self.next.try_get_untracked(), self.query.try_get_value()) else { return false };
        self.loading.try_set(true);
        self.failed.try_set(false);
        let answer = load_orders(self.lang, OrdersQuery { after: Some(after), ..query }).await.flatten();
        let came = answer.is_ok();
        match answer {
            Ok(page) => {
                // What became new meanwhile pushed nothing aside: the cursor is a place in time.
                self.rows.try_update(|rows| rows.extend(page.rows));
                self.next.try_set(page.next);
            }
            Err(_) => {
                self.failed.try_set(true);
            }
        }
        self.loading.try_set(false);
        came
    }

    /// As many rows as there were, and as far down.
    fn back_to(self, left: Left) {
        leptos::task::spawn_local(async move {
            while self.rows.try_with_untracked(Vec::len).is_some_and(|now| now < left.rows) && self.page().await {}
            // Once they are drawn.
            request_animation_frame(move || request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, left.down)));
        });
    }

    fn leave(self) {
        leave(self.query.get_value(), self.rows.with_untracked(Vec::len), window().scroll_y().unwrap_or_default());
    }
}

#[component]
fn Row(
    lang: Lang,
    row: OrderRow,
    /// The list's own parameters: the way back needs them.
    tail: String,
    added: RwSignal<Vec<OrderId>>,
    /// Hears that the order is opened in place of the list.
    leaves: Callback<()>,
    choosing: Option<Choosing>,
) -> impl IntoView {
    let OrderRow { id, number, placed_at, status, channel: way, name: buyer, title, starts_at, quantity, total, .. } = row;
    let opens = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            leaves.run(());
        }
    };
    let href = format!("{}{tail}", paths::partner_order(lang, id));
    let tick = choosing.map(|choosing| view! { <RowBox choosing id number=number.clone()/> });
    view! {
        <tr role="row" class="cab-row">
            {tick}
            <td role="cell" class="cab-person">
                <span class="flex flex-wrap items-center gap-2">
                    <a class="font-semibold cab-row-link" href=href on:click=opens>{name(lang, &buyer)}</a>
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
