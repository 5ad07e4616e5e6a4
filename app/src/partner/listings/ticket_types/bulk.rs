//! One change for several ticket types.
use super::{super::words, state::Types};
use crate::partner::listings::parts::{Choose, Number};
use leptos::prelude::*;
use sapar_shared::{Money, dto::editor::TicketTypeForm, forms::checkout::MAX_QUANTITY, tr::ticket_types as tr};

/// What is done to each of the chosen ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulk {
    Price(Money),
    /// Percent more, or less.
    Percent(i32),
    /// So much more, or less.
    Amount(Money),
    Quota(Option<i32>),
    Limits {
        min: i32,
        max: i32,
    },
}

/// Whole tenge, half a tenge up.
fn rounded(tiyn: i128) -> Option<Money> {
    i64::try_from((tiyn + 50).div_euclid(100) * 100).ok().map(|tiyn| Money::from_tiyn(tiyn.max(0)))
}

impl Bulk {
    pub fn apply(self, form: &mut TicketTypeForm) {
        match self {
            Self::Price(price) => form.price = Some(price),
            Self::Percent(percent) => {
                let raised = |price: Money| rounded(i128::from(price.tiyn()) * i128::from(100 + percent) / 100);
                form.price = form.price.map(|price| raised(price).unwrap_or(price));
            }
            Self::Amount(amount) => {
                let raised = |price: Money| price.checked_add(amount).map(|price| price.max(Money::ZERO));
                form.price = form.price.map(|price| raised(price).unwrap_or(price));
            }
            Self::Quota(quota) => form.quota = quota,
            Self::Limits { min, max } => (form.min_per_order, form.max_per_order) = (min, max.max(min)),
        }
    }
}

/// Reads a sum that may be taken off: `-500`, `1 000`.
fn signed(text: &str) -> Option<Money> {
    let text = text.trim();
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => words::price_of(rest).map(|price| Money::from_tiyn(-price.tiyn())),
        None => words::price_of(text.trim_start_matches('+')),
    }
}

/// What is typed for an operation of the select, as a change; `None` while it does not read.
fn read(operation: &str, text: &str, min: Option<i32>, max: Option<i32>) -> Option<Bulk> {
    match operation {
        "price" => words::price_of(text).map(Bulk::Price),
        "percent" => {
            let bare = text.trim().trim_end_matches('%').trim_end().trim_start_matches('+').replace('\u{2212}', "-");
            bare.parse().ok().filter(|percent| (-100..=1000).contains(percent)).map(Bulk::Percent)
        }
        "amount" => signed(text).map(Bulk::Amount),
        "quota" if text.trim().is_empty() => Some(Bulk::Quota(None)),
        "quota" => text.trim().parse().ok().filter(|quota| *quota >= 0).map(|quota| Bulk::Quota(Some(quota))),
        "limits" => Some(Bulk::Limits { min: min.unwrap_or(1), max: max? }),
        _ => None,
    }
}

/// Shown while several are chosen.
#[component]
pub fn BulkPanel(types: Types) -> impl IntoView {
    let lang = types.edit.lang;
    let operation = RwSignal::new("price".to_owned());
    let text = RwSignal::new(String::new());
    let (min, max) = (RwSignal::new(Some(1)), RwSignal::new(Some(10)));
    let failed = RwSignal::new(false);
    let options = [
        ("price", tr::bulk_price(lang)),
        ("percent", tr::bulk_percent(lang)),
        ("amount", tr::bulk_amount(lang)),
        ("quota", tr::bulk_quota(lang)),
        ("limits", tr::bulk_limits(lang)),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .to_vec();
    let apply = move |_| {
        let change = operation
            .with_untracked(|operation| read(operation, &text.read_untracked(), min.get_untracked(), max.get_untracked()));
        failed.set(change.is_none());
        if let Some(change) = change {
            types.change_chosen(|form| change.apply(form));
        }
    };
    let count = move || i64::try_from(types.chosen_count()).unwrap_or_default();
    view! {
        <div class="row-card bulk type-bulk" role="group" aria-label=tr::bulk(lang)>
            <div class="grid gap-3 min-w-0">
                <p class="font-semibold" role="status">{move || tr::chosen_count(lang, count())}</p>
                <Choose
                    id="bulk-operation"
                    label=tr::bulk(lang)
                    options
                    value=operation
                    on_choice=Callback::new(move |chosen: String| {
                        failed.set(false);
                        text.set(String::new());
                        operation.set(chosen);
                    })
                />
                <Value types operation text min max failed/>
                {move || failed.get().then(|| view! { <p class="field-error" role="alert">{tr::bulk_wrong(lang)}</p> })}
                <div class="flex flex-wrap gap-2">
                    <button type="button" class="btn" on:click=apply>{move || tr::bulk_apply(lang, count())}</button>
                    <button type="button" class="btn btn-quiet" on:click=move |_| types.choose_all(false)>{tr::choose_none(lang)}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// What the operation asks for.
#[component]
fn Value(
    types: Types,
    operation: RwSignal<String>,
    text: RwSignal<String>,
    min: RwSignal<Option<i32>>,
    max: RwSignal<Option<i32>>,
    failed: RwSignal<bool>,
) -> impl IntoView {
    let lang = types.edit.lang;
    let limits = move || operation.read().as_str() == "limits";
    move || {
        if limits() {
            return view! {
                <div class="grid grid-cols-2 gap-2">
                    <Number id="bulk-min" label=tr::min(lang) value=min on_number=Callback::new(move |n| min.set(n)) min=1 max=MAX_QUANTITY/>
                    <Number id="bulk-max" label=tr::max(lang) value=max on_number=Callback::new(move |n| max.set(n)) min=1 max=MAX_QUANTITY/>
                </div>
            }
            .into_any();
        }
        let help = match operation.read().as_str() {
            "percent" => tr::bulk_percent_help(lang),
            "amount" => tr::bulk_amount_help(lang),
            "quota" => tr::quota_help(lang),
            _ => tr::bulk_price_help(lang),
        };
        view! {
            <div class="field">
                <label class="field-label" for="bulk-value">{tr::bulk_value(lang)}</label>
                <input
                    class="control numbers"
                    id="bulk-value"
                    autocomplete="off"
                    aria-invalid=move || failed.get().then_some("true")
                    aria-describedby="bulk-help"
                    prop:value=move || text.get()
                    on:input=move |ev| text.set(event_target_value(&ev))
                />
                <p class="field-help" id="bulk-help">{help}</p>
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(price: i64, change: Bulk) -> Money {
        let mut form = TicketTypeForm { price: Some(Money::from_tenge(price)), ..TicketTypeForm::default() };
        change.apply(&mut form);
        form.price.expect("a price stays one")
    }

    #[test]
    fn prices_are_raised_in_whole_tenge() {
        assert_eq!(after(14_900, Bulk::Percent(10)), Money::from_tenge(16_390));
        assert_eq!(after(999, Bulk::Percent(5)), Money::from_tenge(1_049));
        assert_eq!(after(1_000, Bulk::Percent(-100)), Money::ZERO);
        assert_eq!(after(1_000, Bulk::Amount(Money::from_tenge(-1_500))), Money::ZERO);
        assert_eq!(after(1_000, Bulk::Amount(Money::from_tenge(500))), Money::from_tenge(1_500));
    }

    #[test]
    fn what_is_typed_is_read_by_its_operation() {
        assert_eq!(read("price", "12 500", None, None), Some(Bulk::Price(Money::from_tenge(12_500))));
        assert_eq!(read("percent", "-15 %", None, None), Some(Bulk::Percent(-15)));
        assert_eq!(read("percent", "+1.5", None, None), None);
        assert_eq!(read("amount", "\u{2212}1 000", None, None), Some(Bulk::Amount(Money::from_tenge(-1_000))));
        assert_eq!(read("quota", " ", None, None), Some(Bulk::Quota(None)));
        assert_eq!(read("limits", "", Some(2), Some(1)), Some(Bulk::Limits { min: 2, max: 1 }));
        assert_eq!(read("price", "много", None, None), None);
    }
}
