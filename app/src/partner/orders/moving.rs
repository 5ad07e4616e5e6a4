//! Handing an order's places to another departure, with the difference in price said before.
use super::{
    api::{MoveOrder, load_targets},
    said::{Doings, Place},
};
use crate::{
    partner::desk::trouble,
    ui::{Alert, Button, Skeleton},
};
use leptos::{html::Details, prelude::*};
use sapar_shared::{
    Lang, Money,
    dto::desk::{DeskRefusal, MoveTarget},
    ids::DepartureId,
    tr::orders as words,
    when,
};

/// What is known of where to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Targets {
    /// Nobody asked yet.
    Folded,
    Loading,
    Failed(String),
    Known(Vec<MoveTarget>),
}

#[component]
pub fn Moving(id: String, from: DepartureId, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let fold = NodeRef::<Details>::new();
    // Where the order is now, nobody has asked for other departures.
    let close = Callback::new(move |()| {
        if let Some(fold) = fold.try_get_untracked().flatten() {
            fold.set_open(false);
        }
    });
    let targets = RwSignal::new(Targets::Folded);
    let id = StoredValue::new(id);
    let load = move || {
        targets.set(Targets::Loading);
        leptos::task::spawn_local(async move {
            let answer = load_targets(id.get_value(), from).await;
            targets.try_set(match (trouble(lang, &answer), answer) {
                (None, Ok(Ok(Ok(list)))) => Targets::Known(list),
                (words, _) => Targets::Failed(words.unwrap_or_default()),
            });
        });
    };
    let unfold = move |_| {
        if !matches!(*targets.read_untracked(), Targets::Loading | Targets::Known(_)) {
            load();
        }
    };
    let again = Callback::new(move |()| load());
    let body = move || match targets.get() {
        Targets::Folded => ().into_any(),
        Targets::Loading => view! { <Skeleton class="h-12 w-full"/> }.into_any(),
        Targets::Failed(text) => view! {
            <p class="field-error" role="alert">{text}</p>
            <button type="button" class="btn" on:click=unfold>{words::move_show(lang)}</button>
        }
        .into_any(),
        Targets::Known(list) if list.is_empty() => view! { <p class="text-muted">{words::move_none(lang)}</p> }.into_any(),
        Targets::Known(list) => view! { <MoveForm id=id.get_value() from list close again doings/> }.into_any(),
    };
    view! {
        <details node_ref=fold class="cab-fold needs-script">
            <summary class="link" on:click=unfold>{words::hand_over(lang)}</summary>
            <div class="grid gap-3 pt-2">{body}</div>
        </details>
    }
    .into_any()
}

#[component]
fn MoveForm(
    id: String,
    from: DepartureId,
    list: Vec<MoveTarget>,
    close: Callback<()>,
    /// Asks for the departures and the difference once more.
    again: Callback<()>,
    doings: Doings,
) -> impl IntoView {
    let lang = doings.lang;
    let action = ServerAction::<MoveOrder>::new();
    let pending = action.pending();
    doings.follow(Place::Lines, pending, move || action.value().get(), words::moved(lang), move || close.run(()));
    // The difference that is to be read here is an older one.
    Effect::new(move |_| {
        let answer = action.value().get();
        if matches!(answer, Some(Ok(Ok(Err(DeskRefusal::CostsMore { .. } | DeskRefusal::NothingToPay))))) {
            again.run(());
        }
    });
    let difference = list.first().map_or(Money::ZERO, |target| target.difference);
    let options = list
        .into_iter()
        .map(|target| {
            let text = words::move_option(lang, when::moment_text(lang, target.starts_at), target.free);
            view! { <option value=target.departure_id.to_string() disabled=target.free == 0>{text}</option> }
        })
        .collect_view();
    let field_id = format!("move-{from}");
    let paid = (difference > Money::ZERO).then(|| {
        view! {
            <label class="cab-check">
                <input type="checkbox" name="paid" value=difference.tiyn().to_string() required/>
                <span>{words::move_paid(lang, difference)}</span>
            </label>
        }
    });
    view! {
        <ActionForm action>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="from" value=from.to_string()/>
            <div class="grid gap-3">
                <p class="text-sm text-muted">{words::move_text(lang)}</p>
                <div class="field">
                    <label class="field-label" for=field_id.clone()>{words::move_choose(lang)}</label>
                    <select class="control" id=field_id name="to" required>{options}</select>
                </div>
                <Alert>{price(lang, difference)}</Alert>
                {paid}
                <Button disabled=pending>
                    {move || if pending.get() { words::working(lang) } else { words::move_do(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// What the places cost now, beside what was paid for them.
fn price(lang: Lang, difference: Money) -> String {
    match difference.tiyn() {
        0 => words::move_same(lang).to_owned(),
        more if more > 0 => words::move_more(lang, difference),
        less => words::move_less(lang, Money::from_tiyn(-less)),
    }
}
