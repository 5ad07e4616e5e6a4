//! Fields for whole numbers. What cannot be right stays as it was typed, with a sentence that says what can.
use crate::{layout::use_lang, ui::field::FieldError};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    forms::draft::{MAX_DAYS, MAX_MINUTES},
    tr::listings as words,
};

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Good(i32),
    Bad(i32),
}

/// What is no whole number counts as one that is too small: whoever takes it refuses it.
fn read(text: &str, min: i32, max: i32) -> Said {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Said::Nothing;
    }
    match text.parse() {
        Ok(number) if (min..=max).contains(&number) => Said::Good(number),
        Ok(number) => Said::Bad(number),
        Err(_) => Said::Bad(min.saturating_sub(1)),
    }
}

/// A whole number; an empty field is `None`. One that is out of range goes on, too, to be refused by whoever takes it; with
/// `keeps`, for what is saved as it is typed, the number from before the typing goes on instead.
#[component]
pub fn Number(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<Option<i32>>,
    on_number: Callback<Option<i32>>,
    #[prop(optional)] min: i32,
    max: i32,
    #[prop(optional)] keeps: bool,
    /// Becomes whether the field holds what cannot be.
    #[prop(optional)]
    wrong: Option<RwSignal<bool>>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let lang = use_lang();
    // While one types the text is theirs.
    let typed = RwSignal::new(None::<String>);
    let before = StoredValue::new(value.get_untracked());
    let known = StoredValue::new(value.get_untracked());
    let shown = move || typed.get().unwrap_or_else(|| value.get().map(|number| number.to_string()).unwrap_or_default());
    let bad = Memo::new(move |_| match typed.read().as_deref() {
        Some(text) => matches!(read(text, min, max), Said::Bad(_)),
        None => value.get().is_some_and(|number| !(min..=max).contains(&number)),
    });
    let input = move |ev: leptos::ev::Event| {
        let text = event_target_value(&ev);
        let number = match read(&text, min, max) {
            Said::Nothing => None,
            Said::Good(number) => Some(number),
            Said::Bad(_) if keeps => before.get_value(),
            Said::Bad(number) => Some(number),
        };
        typed.set(Some(text));
        on_number.run(number);
        known.set_value(value.get_untracked());
    };
    let come = move |_| {
        if typed.read_untracked().is_none() {
            before.set_value(value.get_untracked());
        }
    };
    // Chromium blurs a field that is taken away, too.
    let leave = move |_| {
        if bad.try_get_untracked() == Some(false) {
            typed.try_set(None);
        }
    };
    // Another number has come from elsewhere.
    Effect::new(move |_| {
        let now = value.get();
        if known.get_value() != now {
            known.set_value(now);
            before.set_value(now);
            typed.set(None);
        }
    });
    if let Some(wrong) = wrong {
        Effect::new(move |_| wrong.set(bad.get()));
        on_cleanup(move || {
            wrong.try_set(false);
        });
    }
    let error = Signal::derive(move || if bad.get() { Some(words::error_number(lang, min, max)) } else { error.get() });
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="control numbers"
                id=id
                inputmode="numeric"
                autocomplete="off"
                maxlength="12"
                value=value.get_untracked().map(|number| number.to_string())
                prop:value=shown
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || error.read().is_some().then(|| described.clone())
                on:focus=come
                on:input=input
                on:blur=leave
            />
            {help.map(|help| view! { <p class="field-help">{help}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}

/// Days, hours and minutes of one length.
#[component]
pub fn Length(
    lang: Lang,
    #[prop(into)] id: String,
    #[prop(into)] minutes: Signal<i32>,
    on_minutes: Callback<i32>,
    /// Becomes whether what is typed is no length that a tour may have.
    #[prop(optional)]
    wrong: Option<RwSignal<bool>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let bad = [RwSignal::new(false), RwSignal::new(false), RwSignal::new(false)];
    let [bad_days, bad_hours, bad_minutes] = bad;
    let over = Memo::new(move |_| minutes.get() > MAX_MINUTES);
    if let Some(wrong) = wrong {
        Effect::new(move |_| wrong.set(over.get() || bad.iter().any(|part| part.get())));
    }
    let value = move |unit: i32| Signal::derive(move || Some(part(minutes.get(), unit)));
    let set = move |unit: i32| {
        Callback::new(move |number: Option<i32>| {
            let now = minutes.get_untracked().max(0);
            on_minutes.run(now + (number.unwrap_or(0) - part(now, unit)) * unit);
        })
    };
    let error = Signal::derive(move || if over.get() { Some(words::error_too_long(lang, MAX_DAYS)) } else { error.get() });
    let error_id = format!("{id}-error");
    view! {
        <fieldset>
            <legend class="field-label mb-2">{words::field_duration(lang)}</legend>
            <div class="grid grid-cols-3 gap-2 max-w-sm" id=id.clone() tabindex="-1">
                <Number
                    id=format!("{id}-days")
                    label=words::days(lang)
                    value=value(DAY)
                    on_number=set(DAY)
                    max=MAX_DAYS
                    keeps=true
                    wrong=bad_days
                />
                <Number
                    id=format!("{id}-hours")
                    label=words::hours(lang)
                    value=value(HOUR)
                    on_number=set(HOUR)
                    max=23
                    keeps=true
                    wrong=bad_hours
                />
                <Number
                    id=format!("{id}-minutes")
                    label=words::minutes(lang)
                    value=value(1)
                    on_number=set(1)
                    max=59
                    keeps=true
                    wrong=bad_minutes
                />
            </div>
            <FieldError id=error_id error/>
        </fieldset>
    }
    .into_any()
}

const HOUR: i32 = 60;
const DAY: i32 = 24 * HOUR;

/// How many of a unit, in minutes, a length holds beside the bigger ones.
const fn part(length: i32, unit: i32) -> i32 {
    let length = if length > 0 { length } else { 0 };
    match unit {
        DAY => length / DAY,
        HOUR => length % DAY / HOUR,
        _ => length % HOUR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_range_is_none_that_may_be() {
        assert_eq!(read(" 12 ", 1, 60), Said::Good(12));
        assert_eq!(read("1 200", 0, 5_000), Said::Good(1_200));
        assert_eq!(read(" ", 1, 60), Said::Nothing);
        assert_eq!((read("0", 1, 60), read("61", 1, 60), read("-3", 0, 23)), (Said::Bad(0), Said::Bad(61), Said::Bad(-3)));
        for no_number in ["-", "12,5", "много", "99999999999"] {
            assert_eq!(read(no_number, 1, 60), Said::Bad(0), "{no_number}");
        }
    }

    #[test]
    fn a_length_has_three_parts() {
        let length = 2 * DAY + 3 * HOUR + 45;
        assert_eq!([part(length, DAY), part(length, HOUR), part(length, 1)], [2, 3, 45]);
        assert_eq!([part(99 * DAY, DAY), part(-5, HOUR)], [99, 0]);
    }
}
