//! A count between two limits: a number field with a round button on either side.
use super::{Glyph, Icon};
use leptos::prelude::*;

/// The field's own number stays a string, as typed; `on_change` hears of every new count.
#[component]
pub fn Stepper(
    #[prop(into)] name: String,
    #[prop(into)] id: String,
    /// What is counted, for screen readers: "Adult: how many".
    #[prop(into)]
    label: String,
    #[prop(into)] fewer: String,
    #[prop(into)] more: String,
    value: RwSignal<i32>,
    #[prop(optional)] min: i32,
    #[prop(into)] max: Signal<i32>,
) -> impl IntoView {
    let step = move |by: i32| value.update(|count| *count = (*count + by).clamp(min, max.get_untracked().max(min)));
    let typed = move |ev: leptos::ev::Event| {
        let count = event_target_value(&ev).trim().parse().unwrap_or(min);
        value.set(count.clamp(min, max.get_untracked().max(min)));
    };
    let at_least = move || value.get() <= min;
    let at_most = move || value.get() >= max.get();
    view! {
        <div class="stepper">
            <button
                type="button"
                class="btn btn-round needs-script"
                aria-label=fewer
                disabled=at_least
                on:click=move |_| step(-1)
            >
                <Icon name=Glyph::Minus/>
            </button>
            <input
                type="number"
                inputmode="numeric"
                id=id
                name=name
                aria-label=label
                min=min.to_string()
                max=move || max.get().max(min).to_string()
                value=value.get_untracked().to_string()
                prop:value=move || value.get().to_string()
                on:change=typed
            />
            <button
                type="button"
                class="btn btn-round needs-script"
                aria-label=more
                disabled=at_most
                on:click=move |_| step(1)
            >
                <Icon name=Glyph::Plus/>
            </button>
        </div>
    }
    .into_any()
}
