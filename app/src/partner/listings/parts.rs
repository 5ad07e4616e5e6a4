//! Fields that several of these pages fill in.
pub use super::numbers::{Length, Number};
use super::{editor::fields::lacks, words::refusal};
use crate::{
    error::AppError,
    partner::trouble::SignInAgain,
    ui::{Alert, AlertTone, Glyph, Icon, field::FieldError},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{Choice, Tri},
    tr::listings as words,
};

/// For whoever has no script: all of this is done by one.
#[component]
pub fn NeedsScript(lang: Lang) -> impl IntoView {
    view! { <noscript class="alert alert-warn">{words::needs_script(lang)}</noscript> }
}

/// Why something was not taken; whoever's session has ended finds the way back in. What was typed waits on this device, or, with
/// `only_here`, in this page: its way in leaves the page open.
#[component]
pub fn Refusal(lang: Lang, error: AppError, #[prop(optional)] only_here: bool) -> impl IntoView {
    let ended = error == AppError::SignInFirst;
    let words = if ended && only_here { words::session_only_here(lang).to_owned() } else { refusal(lang, &error) };
    let way_in = ended.then(|| view! { <p class="mt-2"><SignInAgain lang beside=only_here/></p> });
    view! {
        <Alert tone=AlertTone::Bad>
            <p>{words}</p>
            {way_in}
        </Alert>
    }
    .into_any()
}

/// A text in three languages: side by side on a desk, on a phone the one that `tab` names. `rows` of 1 make it a line.
#[component]
pub fn TriInput(
    lang: Lang,
    tab: RwSignal<Lang>,
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] text: Signal<Tri>,
    on_text: Callback<(Lang, String)>,
    /// The sentence about the text in a language, if something is wrong with it.
    error: Callback<Lang, Option<String>>,
    #[prop(default = 1)] rows: u32,
    #[prop(default = 120)] maxlength: u32,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let fields = Lang::ALL
        .map(|of| {
            let id = format!("{id}-{of}");
            view! { <TriOne lang of id label=label.clone() text on_text error rows maxlength/> }
        })
        .collect_view();
    view! {
        <div role="group" aria-label=label class=move || format!("tri tri-{}", tab.get())>
            {help.map(|help| view! { <p class="field-help tri-help">{help}</p> })}
            {fields}
        </div>
    }
    .into_any()
}

#[component]
fn TriOne(
    lang: Lang,
    of: Lang,
    id: String,
    label: String,
    text: Signal<Tri>,
    on_text: Callback<(Lang, String)>,
    error: Callback<Lang, Option<String>>,
    rows: u32,
    maxlength: u32,
) -> impl IntoView {
    let error = Signal::derive(move || error.run(of));
    let mark = move || {
        let quiet = lacks(&text.read(), of) && error.read().is_none();
        quiet.then(|| view! { <span class="tri-mark">{words::not_translated(lang)}</span> })
    };
    view! {
        <div class=format!("field tri-field tri-field-{of}")>
            <label class="field-label tri-label" for=id.clone()>
                <span>{label}</span>
                <span class="tri-lang">{of.own_name()}</span>
                {mark}
            </label>
            <Original lang of text/>
            <TriControl of id=id.clone() text on_text error rows maxlength/>
            <FieldError id=error_of(&id) error/>
        </div>
    }
    .into_any()
}

/// More characters than two lines of a phone surely hold.
const TWO_LINES: usize = 70;

/// What a phone shows beside a text that is a translation, for it shows one language at a time.
#[component]
fn Original(lang: Lang, of: Lang, text: Signal<Tri>) -> impl IntoView {
    let original = Memo::new(move |_| text.with(|text| original(text, of).map(|from| (from, text.get(from).trim().to_owned()))));
    let whole = RwSignal::new(false);
    move || {
        let (from, text) = original.get()?;
        let long = text.chars().count() > TWO_LINES || text.contains('\n');
        let more = long.then(|| {
            let words = move || if whole.get() { words::original_less(lang) } else { words::original_more(lang) };
            view! {
                <button
                    type="button"
                    class="btn btn-quiet tri-more"
                    aria-expanded=move || if whole.get() { "true" } else { "false" }
                    on:click=move |_| whole.update(|whole| *whole = !*whole)
                >
                    {words}
                </button>
            }
        });
        Some(view! {
            <div class="tri-original">
                <p lang=from.code() class=move || if whole.get() { "tri-whole" } else { "line-clamp-2" }>{text}</p>
                {more}
            </div>
        })
    }
}

/// The language that a text is translated from into another: the first one that it is written in.
fn original(text: &Tri, into: Lang) -> Option<Lang> {
    let first = Lang::ALL.into_iter().find(|lang| !text.get(*lang).trim().is_empty());
    first.filter(|first| *first != into)
}

/// Where it says what is wrong with a text.
fn error_of(id: &str) -> String {
    format!("{id}-error")
}

/// A line, or several.
#[component]
fn TriControl(
    of: Lang,
    id: String,
    text: Signal<Tri>,
    on_text: Callback<(Lang, String)>,
    error: Signal<Option<String>>,
    rows: u32,
    maxlength: u32,
) -> impl IntoView {
    let value = move || text.read().get(of).to_owned();
    let first = text.read_untracked().get(of).to_owned();
    let typed = move |ev: leptos::ev::Event| on_text.run((of, event_target_value(&ev)));
    let error_id = error_of(&id);
    let described = move || error.read().is_some().then(|| error_id.clone());
    let invalid = move || error.read().is_some().then_some("true");
    if rows == 1 {
        view! {
            <input
                class="control"
                id=id
                lang=of.code()
                maxlength=maxlength
                value=first
                prop:value=value
                aria-invalid=invalid
                aria-describedby=described
                autocomplete="off"
                on:input=typed
            />
        }
        .into_any()
    } else {
        view! {
            <textarea
                class="control tri-text"
                id=id
                lang=of.code()
                rows=rows
                maxlength=maxlength
                prop:value=value
                aria-invalid=invalid
                aria-describedby=described
                on:input=typed
            >
                {first}
            </textarea>
        }
        .into_any()
    }
}

/// On a phone: which language the texts are shown in, and where one lacks. On a desk all stand side by side.
#[component]
pub fn LangTabs(lang: Lang, tab: RwSignal<Lang>, lacking: Callback<Lang, usize>) -> impl IntoView {
    let tabs = Lang::ALL
        .map(|of| {
            let mark = move || {
                let count = i64::try_from(lacking.run(of)).unwrap_or_default();
                (count > 0).then(|| {
                    view! {
                        <span class="tab-mark numbers" aria-hidden="true">{count}</span>
                        <span class="sr-only">{words::untranslated_count(lang, count)}</span>
                    }
                })
            };
            view! {
                <button
                    type="button"
                    lang=of.code()
                    aria-pressed=move || if tab.get() == of { "true" } else { "false" }
                    on:click=move |_| tab.set(of)
                >
                    {of.own_name()}
                    {mark}
                </button>
            }
        })
        .collect_view();
    view! { <div class="lang-tabs" role="group" aria-label=words::text_language(lang)>{tabs}</div> }.into_any()
}

/// A labelled select of a draft: it shows what `value` says and tells what was chosen.
#[component]
pub fn Choose(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// Values with their words, in order.
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    on_choice: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(own, words)| {
            let here = own.clone();
            view! { <option value=own selected=move || *value.read() == here>{words}</option> }
        })
        .collect_view();
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <select
                class="control"
                id=id
                prop:value=move || value.get()
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || error.read().is_some().then(|| described.clone())
                on:change=move |ev| on_choice.run(event_target_value(&ev))
            >
                {options}
            </select>
            {help.map(|help| view! { <p class="field-help">{help}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}

/// The options of a select: nothing yet, then the choices, indented by depth (browsers swallow plain spaces).
#[must_use]
pub fn options(choices: &[Choice], none: &str) -> Vec<(String, String)> {
    let choices = choices.iter().map(|choice| {
        let indent = "\u{a0}\u{a0}\u{a0}".repeat(usize::try_from(choice.depth).unwrap_or_default());
        (choice.slug.clone(), format!("{indent}{}", choice.name))
    });
    std::iter::once((String::new(), none.to_owned())).chain(choices).collect()
}

/// A round button with an icon; `label` is for those who do not see it.
#[component]
pub fn IconButton(
    glyph: Glyph,
    #[prop(into)] label: Signal<String>,
    #[prop(default = "icon")] class: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-quiet btn-round"
            aria-label=move || label.get()
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            <Icon name=glyph class/>
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_translated_from_what_it_was_written_in_first() {
        let russian = Tri { ru: "Чарын".into(), kk: "Шарын".into(), ..Tri::default() };
        assert_eq!(Lang::ALL.map(|into| original(&russian, into)), [None, Some(Lang::Ru), Some(Lang::Ru)]);
        let kazakh = Tri { ru: " ".into(), kk: "Шарын".into(), ..Tri::default() };
        assert_eq!(Lang::ALL.map(|into| original(&kazakh, into)), [Some(Lang::Kk), None, Some(Lang::Kk)]);
        assert_eq!(original(&Tri::default(), Lang::En), None);
    }
}
