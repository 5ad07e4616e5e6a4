//! Several orders at once: which of them are chosen, and their tickets sent again.
use super::api::resend_many;
use crate::{
    browser,
    partner::desk::{refusal, trouble},
    ui::{Alert, AlertTone, Glyph, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::desk::{DeskRefusal, MOST_AT_ONCE, OrderRow, OrdersQuery, ResentMany},
    ids::OrderId,
    tr::{self as texts, orders as tr},
};
use std::collections::HashSet;
use wasm_bindgen::JsCast;

/// Where it is said what came of it.
const SAID: &str = "many-said";

/// What came of it, a line each.
type Said = (AlertTone, Vec<String>);

/// Made by the page: what is chosen outlives the rows, which are drawn anew as orders change.
#[derive(Clone, Copy)]
pub struct Choosing {
    lang: Lang,
    rows: RwSignal<Vec<OrderRow>>,
    chosen: RwSignal<HashSet<OrderId>>,
    /// Of the rows that are in the list.
    count: Memo<usize>,
    /// A phone shows the boxes when it is asked to.
    on: RwSignal<bool>,
    /// There is something to choose from, or chosen.
    under_way: Memo<bool>,
    busy: RwSignal<bool>,
    said: RwSignal<Option<Said>>,
}

fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Choosing {
    /// Of other filters nothing is chosen.
    #[must_use]
    pub fn new(lang: Lang, query: Memo<OrdersQuery>, rows: RwSignal<Vec<OrderRow>>) -> Self {
        let chosen = RwSignal::new(HashSet::<OrderId>::new());
        let said = RwSignal::new(None::<Said>);
        let count = Memo::new(move |_| {
            let chosen = chosen.read();
            rows.read().iter().filter(|row| chosen.contains(&row.id)).count()
        });
        Effect::new(move |before: Option<()>| {
            query.track();
            if before.is_some() {
                chosen.set(HashSet::new());
                said.set(None);
            }
        });
        let on = RwSignal::new(false);
        let under_way = Memo::new(move |_| on.get() || count.get() > 0);
        Self { lang, rows, chosen, count, on, under_way, busy: RwSignal::new(false), said }
    }

    /// Whether a phone shows the boxes.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.on.get()
    }

    /// Whether the bar is there.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        self.under_way.get()
    }

    fn turn(self) {
        self.on.update(|on| *on = !*on);
        if !self.on.get_untracked() {
            self.choose_all(false);
        }
    }

    fn is_chosen(self, id: OrderId) -> bool {
        self.chosen.read().contains(&id)
    }

    fn choose(self, id: OrderId, on: bool) {
        self.chosen.update(|chosen| {
            if on {
                chosen.insert(id);
            } else {
                chosen.remove(&id);
            }
        });
    }

    /// As many as can be chosen at once, from the top.
    fn choose_all(self, on: bool) {
        let most = if on { MOST_AT_ONCE } else { 0 };
        self.chosen.set(self.rows.with_untracked(|rows| rows.iter().take(most).map(|row| row.id).collect()));
    }

    fn has_all(self) -> bool {
        self.count.get() > 0 && self.count.get() >= self.rows.read().len().min(MOST_AT_ONCE)
    }

    /// By SMS, or by mail.
    fn send(self, sms: bool) {
        let ids: Vec<OrderId> = self.rows.with_untracked(|rows| {
            let chosen = self.chosen.read_untracked();
            rows.iter().map(|row| row.id).filter(|id| chosen.contains(id)).collect()
        });
        if self.busy.get_untracked() || ids.is_empty() {
            return;
        }
        self.busy.set(true);
        self.said.set(None);
        spawn_local(async move {
            let answer = resend_many(ids, sms).await;
            self.busy.try_set(false);
            if let Some(text) = trouble(self.lang, &answer) {
                self.tell((AlertTone::Bad, vec![text]));
            } else if let Ok(Ok(Ok(done))) = answer {
                // What was refused stays chosen: it is to be seen which they are.
                self.chosen.try_update(|chosen| chosen.retain(|id| !done.sent.contains(id)));
                let number = |id: OrderId| {
                    let of = |rows: &Vec<OrderRow>| rows.iter().find(|row| row.id == id).map(|row| row.number.clone());
                    self.rows.try_with_untracked(of).flatten().unwrap_or_default()
                };
                let tone = if done.refused.is_empty() { AlertTone::Good } else { AlertTone::Warn };
                self.tell((tone, lines(self.lang, &done, number)));
            }
        });
    }

    /// With the last chosen order the buttons go, and the focus with them: the answer takes it.
    fn tell(self, said: Said) {
        self.said.try_set(Some(said));
        after_drawing(|| {
            if is_lost() {
                browser::focus(SAID);
            }
        });
    }
}

/// In the first frame the focus is still on the button that went.
fn after_drawing(then: fn()) {
    request_animation_frame(move || request_animation_frame(then));
}

/// Whatever had the focus is gone.
fn is_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY" || element.closest("[hidden]").ok().flatten().is_some())
}

/// A button of the bar took itself away: on to where one chooses, by the button on a phone, by the first box on a desk. The one
/// that is not shown takes no focus.
fn go_back() {
    after_drawing(|| {
        for place in [".cab-many-on", ".cab-table .cab-choose input"] {
            let found = document().query_selector(place).ok().flatten();
            if let Some(control) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
                && is_lost()
            {
                let _ = control.focus();
            }
        }
    });
}

/// How many went out, how many did not, and each reason once, with the numbers of its orders.
fn lines(lang: Lang, done: &ResentMany, number: impl Fn(OrderId) -> String) -> Vec<String> {
    let mut reasons: Vec<(Option<DeskRefusal>, Vec<String>)> = Vec::new();
    for (id, why) in &done.refused {
        match reasons.iter_mut().find(|(known, _)| known == why) {
            Some((_, numbers)) => numbers.push(number(*id)),
            None => reasons.push((*why, vec![number(*id)])),
        }
    }
    let sent = (!done.sent.is_empty()).then(|| tr::many_sent(lang, counted(done.sent.len())));
    let refused = (!done.refused.is_empty()).then(|| tr::many_refused(lang, counted(done.refused.len())));
    let why = |(why, numbers): (Option<DeskRefusal>, Vec<String>)| {
        let why = why.map_or_else(|| tr::many_failed(lang).to_owned(), |why| refusal(lang, why));
        tr::many_why(lang, numbers.join(", "), why)
    };
    sent.into_iter().chain(refused).chain(reasons.into_iter().map(why)).collect()
}

/// The bar above the list, in sight while something is chosen.
#[component]
pub fn Many(choosing: Choosing) -> impl IntoView {
    let Choosing { lang, count, on, under_way, busy, said, .. } = choosing;
    let idle = move || (busy.get() || count.get() == 0).then_some("true");
    let chosen = move || if busy.get() { tr::many_sending(lang).to_owned() } else { tr::chosen(lang, counted(count.get())) };
    let close = move |_| {
        said.set(None);
        go_back();
    };
    let none = move |_| {
        choosing.choose_all(false);
        go_back();
    };
    let told = move || {
        said.get().map(|(tone, lines)| {
            let lines = lines.into_iter().map(|line| view! { <p class="break-words">{line}</p> }).collect_view();
            view! {
                <Alert tone>{lines}</Alert>
                <button type="button" class="btn btn-quiet" on:click=close>{texts::ui::close(lang)}</button>
            }
        })
    };
    view! {
        <button
            type="button"
            class="btn btn-quiet cab-many-on needs-script"
            aria-pressed=move || on.get().to_string()
            on:click=move |_| choosing.turn()
        >
            <Icon name=Glyph::Check class="icon icon-small"/>
            {tr::choose(lang)}
        </button>
        <div class="cab-many" role="group" aria-label=tr::many(lang) hidden=move || !under_way.get() && said.read().is_none()>
            <div class="cab-many-bar" hidden=move || !under_way.get()>
                <p class="font-semibold" role="status">{chosen}</p>
                <button type="button" class="btn" aria-disabled=idle on:click=move |_| choosing.send(false)>
                    <Icon name=Glyph::Mail class="icon icon-small"/>
                    {tr::many_mail(lang)}
                </button>
                <button type="button" class="btn" aria-disabled=idle on:click=move |_| choosing.send(true)>
                    <Icon name=Glyph::Speech class="icon icon-small"/>
                    {tr::many_sms(lang)}
                </button>
                <button type="button" class="btn btn-quiet cab-many-all" on:click=move |_| choosing.choose_all(true)>
                    {tr::many_all(lang)}
                </button>
                <button type="button" class="btn btn-quiet" on:click=none>
                    {tr::choose_none(lang)}
                </button>
            </div>
            <div id=SAID class="cab-many-said" tabindex="-1" aria-live="polite">{told}</div>
        </div>
    }
    .into_any()
}

/// Chooses the page's rows; on a desk, where the table has a head.
#[component]
pub fn AllBox(choosing: Choosing) -> impl IntoView {
    let lang = choosing.lang;
    let some = move || choosing.count.get() > 0 && !choosing.has_all();
    view! {
        <th role="columnheader" scope="col" class="cab-choose needs-script">
            <span class="sr-only">{tr::column_choose(lang)}</span>
            <label class="cab-box">
                <input
                    type="checkbox"
                    aria-label=tr::choose_all(lang)
                    prop:checked=move || choosing.has_all()
                    prop:indeterminate=some
                    on:change=move |event| choosing.choose_all(event_target_checked(&event))
                />
            </label>
        </th>
    }
    .into_any()
}

/// Chooses one row.
#[component]
pub fn RowBox(choosing: Choosing, id: OrderId, number: String) -> impl IntoView {
    view! {
        <td role="cell" class="cab-choose needs-script">
            <label class="cab-box">
                <input
                    type="checkbox"
                    aria-label=tr::choose_order(choosing.lang, number)
                    prop:checked=move || choosing.is_chosen(id)
                    on:change=move |event| choosing.choose(id, event_target_checked(&event))
                />
            </label>
        </td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn each_reason_is_told_once_with_its_orders() {
        let order = |n: u128| OrderId(Uuid::from_u128(n));
        let refused = vec![(order(2), Some(DeskRefusal::NotPaid)), (order(3), None), (order(4), Some(DeskRefusal::NotPaid))];
        let done = ResentMany { sent: vec![order(1)], refused };
        let told = lines(Lang::Ru, &done, |id| format!("N{}", id.0.as_u128()));
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[2].starts_with("N2, N4: "), "{told:?}");
        assert!(told[3].starts_with("N3: "), "{told:?}");
        assert_eq!(lines(Lang::Ru, &ResentMany { sent: vec![order(1)], refused: Vec::new() }, |_| String::new()).len(), 1);
    }
}
