//! What is sold: a departure, so many of each type, and, if they say so, to whom.
use super::api::{load_counter, sell};
use crate::{
    browser,
    error::AppError,
    partner::desk::{refusal, trouble},
    ui::{Alert, AlertTone, Field, PhoneField, Stepper, Tone, field::FieldError as ErrorLine},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{CashSale, CounterDeparture, CounterType, DeskRefusal},
        order::OrderView,
    },
    forms::{FieldError, FieldErrors, cash::CashForm, checkout::MAX_QUANTITY},
    ids::{DepartureId, TicketTypeId},
    tr::sell as words,
    when,
};
use uuid::Uuid;
use wasm_bindgen::JsCast;

/// What is chosen, small enough to be handed around.
#[derive(Clone, Copy)]
struct Sale {
    lang: Lang,
    departure: RwSignal<Option<DepartureId>>,
    /// How many of each type of the chosen departure.
    counts: RwSignal<Vec<(TicketTypeId, Money, RwSignal<i32>)>>,
    /// One a sale, and the same until its answer is known.
    key: StoredValue<Option<Uuid>>,
    pending: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// What is free by now, once it is known that others have sold meanwhile.
    now: RwSignal<Option<CounterDeparture>>,
    /// Beside which ticket type, and why.
    refused: RwSignal<Option<(TicketTypeId, String)>>,
    errors: RwSignal<FieldErrors>,
}

impl Sale {
    fn total(self) -> Money {
        let price = |(_, price, count): &(TicketTypeId, Money, RwSignal<i32>)| price.checked_mul(count.get().into());
        self.counts.read().iter().filter_map(price).sum()
    }

    fn places(self) -> i32 {
        self.counts.read().iter().map(|(_, _, count)| count.get()).sum()
    }

    /// No more than what is free now can be chosen any more.
    async fn look(self, departure: DepartureId) {
        let Ok(counter) = load_counter(self.lang, String::new(), departure.to_string()).await.flatten() else { return };
        let Some(now) = counter.departures.into_iter().find(|one| one.id == departure) else { return };
        for (id, _, count) in self.counts.try_get_untracked().unwrap_or_default() {
            let free = now.types.iter().find(|kind| kind.id == id).map_or(0, |kind| kind.free.max(0));
            count.try_update(|count| *count = (*count).min(free));
        }
        self.now.try_set(Some(now));
    }

    fn send(self, contact: CashForm, sold: RwSignal<Option<OrderView>>) {
        let Some(departure) = self.departure.get_untracked() else { return };
        if self.pending.get_untracked() {
            return;
        }
        let key = self.key.get_value().unwrap_or_else(new_key);
        self.key.set_value(Some(key));
        self.pending.set(true);
        self.trouble.set(None);
        self.refused.set(None);
        self.errors.set(FieldErrors::new());
        let lines = self.counts.read_untracked().iter().map(|(id, _, count)| (*id, count.get_untracked())).collect();
        leptos::task::spawn_local(async move {
            let answer = sell(CashSale { key, lang: self.lang, departure, lines, contact }).await;
            // No answer may mean that it was sold: the next press asks about the same sale.
            let lost = matches!(&answer, Err(_) | Ok(Err(AppError::Unavailable)));
            if !lost {
                self.key.try_set_value(None);
            }
            match &answer {
                _ if lost => {
                    self.trouble.try_set(Some(words::lost(self.lang).to_owned()));
                }
                Ok(Err(AppError::Fields(errors))) => {
                    self.errors.try_set(errors.clone());
                    // The button that sells may lie over it.
                    let wrong = errors.first().map(|(name, _)| format!("sell-{name}"));
                    request_animation_frame(move || wrong.iter().for_each(|id| browser::focus(id)));
                }
                Ok(Ok(Ok(order))) => {
                    sold.try_set(Some(order.clone()));
                }
                Ok(Ok(Err(why @ (DeskRefusal::Bounds { ticket_type, .. } | DeskRefusal::TypeSoldOut { ticket_type, .. })))) => {
                    self.refused.try_set(Some((*ticket_type, refusal(self.lang, *why))));
                }
                other => {
                    self.trouble.try_set(trouble(self.lang, other));
                }
            }
            if matches!(answer, Ok(Ok(Err(DeskRefusal::SoldOut { .. } | DeskRefusal::TypeSoldOut { .. })))) {
                self.look(departure).await;
            }
            self.pending.try_set(false);
        });
    }
}

/// It only has to be nobody else's.
fn new_key() -> Uuid {
    let mut bytes = [0_u8; 16];
    for byte in &mut bytes {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[component]
pub fn Choice(
    lang: Lang,
    departures: Vec<CounterDeparture>,
    /// Of the one that the address names.
    wanted: String,
    sold: RwSignal<Option<OrderView>>,
) -> impl IntoView {
    let named = departures.iter().find(|departure| departure.id.to_string() == wanted).map(|departure| departure.id);
    let sale = Sale {
        lang,
        departure: RwSignal::new(named),
        counts: RwSignal::new(Vec::new()),
        key: StoredValue::new(None),
        pending: RwSignal::new(false),
        trouble: RwSignal::new(None),
        now: RwSignal::new(None),
        refused: RwSignal::new(None),
        errors: RwSignal::new(FieldErrors::new()),
    };
    let buttons = departures.iter().map(|departure| view! { <DepartureButton sale departure=departure.clone()/> }).collect_view();
    let departures = StoredValue::new(departures);
    let chosen = move || {
        let id = sale.departure.get()?;
        departures.with_value(|all| all.iter().find(|departure| departure.id == id).cloned())
    };
    view! {
        <fieldset class="grid gap-2" disabled=move || sale.pending.get()>
            <legend class="field-label mb-2">{words::which(lang)}</legend>
            {buttons}
        </fieldset>
        {move || chosen().map(|departure| view! { <Counts sale types=departure.types sold/> })}
    }
    .into_any()
}

#[component]
fn DepartureButton(sale: Sale, departure: CounterDeparture) -> impl IntoView {
    let CounterDeparture { id, title, starts_at, free, .. } = departure;
    let now = move || sale.now.with(|now| now.as_ref().filter(|now| now.id == id).map_or(free, |now| now.free));
    let left = move || match now() {
        now if now > 0 => words::free(sale.lang, i64::from(now)),
        _ => words::sold_out(sale.lang).to_owned(),
    };
    view! {
        <button
            type="button"
            class="cab-pick"
            disabled=free <= 0
            aria-pressed=move || if sale.departure.get() == Some(id) { "true" } else { "false" }
            on:click=move |_| sale.departure.set(Some(id))
        >
            <span class="cab-time">{when::clock(when::local(starts_at))}</span>
            <span class="min-w-0 font-semibold line-clamp-2">{title}</span>
            <span class="text-sm text-muted numbers whitespace-nowrap">{left}</span>
        </button>
    }
    .into_any()
}

#[component]
fn Counts(sale: Sale, types: Vec<CounterType>, sold: RwSignal<Option<OrderView>>) -> impl IntoView {
    let lang = sale.lang;
    let counts: Vec<_> = types.iter().map(|kind| (kind.id, kind.price, RwSignal::new(0))).collect();
    sale.counts.set(counts.clone());
    sale.now.set(None);
    sale.refused.set(None);
    let rows = types.into_iter().zip(counts).map(|(kind, (_, _, count))| view! { <TypeRow sale kind count/> }).collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sale.send(typed(&event).unwrap_or_default(), sold);
    };
    let words = move || match (sale.pending.get(), sale.places(), sale.total()) {
        (true, ..) => words::selling(lang).to_owned(),
        (_, 0, _) => words::choose(lang).to_owned(),
        (_, _, Money::ZERO) => words::sell_free(lang).to_owned(),
        (_, _, total) => words::sell(lang, total),
    };
    view! {
        <form class="grid gap-4" on:submit=submit>
            <fieldset class="card card-pad grid gap-3" disabled=move || sale.pending.get()>
                <legend class="sr-only">{words::how_many(lang)}</legend>
                {rows}
            </fieldset>
            <Contact sale/>
            <div class="cab-stick">
                // With the button: below its edge nobody would see what came of the press.
                <div aria-live="assertive" class="empty:hidden">
                    {move || sale.trouble.get().map(|text| view! { <Alert tone=AlertTone::Bad>{text}</Alert> })}
                </div>
                <button class=format!("{} w-full", Tone::Action.class()) disabled=move || sale.pending.get() || sale.places() == 0>
                    <span class="numbers">{words}</span>
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn typed(event: &leptos::ev::SubmitEvent) -> Option<CashForm> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let get = |name: &str| data.get(name).as_string().unwrap_or_default();
    Some(CashForm { name: get("name"), phone: get("phone"), email: get("email") })
}

/// How many one order may hold, where that is not simply what is left.
fn bounds(lang: Lang, kind: &CounterType) -> Option<String> {
    match (kind.min > 1, kind.max < kind.free) {
        (false, false) => None,
        (true, false) => Some(words::from(lang, kind.min)),
        (false, true) => Some(words::up_to(lang, kind.max)),
        (true, true) => Some(words::from_to(lang, kind.min, kind.max)),
    }
}

/// The count that is meant: between none and the least there is nothing.
const fn meant(count: i32, before: i32, min: i32) -> i32 {
    match count {
        count if count <= 0 || count >= min => count,
        count if count > before => min,
        _ => 0,
    }
}

#[component]
fn TypeRow(sale: Sale, kind: CounterType, count: RwSignal<i32>) -> impl IntoView {
    let lang = sale.lang;
    let bounds = bounds(lang, &kind);
    let CounterType { id, name, price, free, min, max } = kind;
    let now = move || {
        let known = |now: &CounterDeparture| now.types.iter().find(|kind| kind.id == id).map(|kind| kind.free);
        sale.now.with(|now| now.as_ref().and_then(known)).unwrap_or(free)
    };
    // Too few are left for the least that is sold.
    let most = Signal::derive(move || Some(now().min(max).min(MAX_QUANTITY)).filter(|most| *most >= min).unwrap_or(0));
    Effect::new(move |before: Option<i32>| {
        let typed = count.get();
        let wanted = meant(typed, before.unwrap_or(0), min);
        if wanted != typed {
            count.set(wanted);
        }
        wanted
    });
    let error = Signal::derive(move || sale.refused.get().filter(|(of, _)| *of == id).map(|(_, text)| text));
    view! {
        <div>
            <div class="flex items-center justify-between gap-3">
                <div class="min-w-0">
                    <p class="font-semibold">{name.clone()}</p>
                    <p class="text-sm text-muted numbers">{move || format!("{price} · {}", words::left(lang, now()))}</p>
                    {bounds.map(|bounds| view! { <p class="text-sm text-muted numbers">{bounds}</p> })}
                </div>
                <Stepper
                    name=format!("count-{id}")
                    id=format!("count-{id}")
                    label=words::count_of(lang, &name)
                    fewer=words::fewer(lang, &name)
                    more=words::more(lang, &name)
                    value=count
                    max=most
                />
            </div>
            <ErrorLine id=format!("count-{id}-error") error/>
        </div>
    }
    .into_any()
}

#[component]
fn Contact(sale: Sale) -> impl IntoView {
    let lang = sale.lang;
    let error = move |field: &'static str| {
        Signal::derive(move || {
            let wrong = sale.errors.read().iter().find(|(name, _)| name == field).map(|(_, error)| *error)?;
            Some(
                match wrong {
                    FieldError::Phone => words::bad_phone(lang),
                    FieldError::Email => words::bad_email(lang),
                    _ => words::bad_name(lang),
                }
                .to_owned(),
            )
        })
    };
    view! {
        <details class="card card-pad cab-fold" open=move || !sale.errors.read().is_empty()>
            <summary class="font-semibold">{words::contact(lang)}</summary>
            <div class="grid gap-3 pt-3">
                <Field name="name" id_prefix="sell" label=words::name(lang) maxlength=100 autocomplete="off" error=error("name")/>
                <PhoneField
                    id_prefix="sell"
                    label=words::phone(lang)
                    help=words::phone_help(lang)
                    autocomplete="off"
                    error=error("phone")
                />
                <Field
                    name="email"
                    id_prefix="sell"
                    kind="email"
                    inputmode="email"
                    label=words::email(lang)
                    help=words::email_help(lang)
                    maxlength=254
                    autocomplete="off"
                    error=error("email")
                />
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_passes_over_what_is_too_few() {
        assert_eq!(meant(1, 0, 3), 3, "up");
        assert_eq!(meant(2, 3, 3), 0, "down");
        assert_eq!((meant(0, 3, 3), meant(3, 0, 3), meant(5, 4, 3)), (0, 3, 5));
        assert_eq!((meant(1, 0, 1), meant(0, 1, 1)), (1, 0), "where one is enough nothing is passed over");
    }

    #[test]
    fn bounds_are_said_where_they_bind() {
        let kind = |min, max, free| CounterType {
            id: TicketTypeId(Uuid::nil()),
            name: "Взрослый".into(),
            price: Money::from_tenge(1),
            free,
            min,
            max,
        };
        assert_eq!(bounds(Lang::Ru, &kind(1, 10, 10)), None);
        for (min, max, free) in [(2, 10, 5), (1, 10, 11), (2, 10, 11)] {
            assert!(bounds(Lang::Ru, &kind(min, max, free)).is_some(), "{min} {max} {free}");
        }
    }
}
