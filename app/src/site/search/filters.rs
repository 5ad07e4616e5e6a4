//! The filters: a sheet on a phone, a column on a desk, one GET form on both.
use crate::{
    site::parts::words::language_name,
    ui::{Field, Select},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::catalog::{COUNT_LIMIT, FilterOptions, Named, PlaceOption},
    forms::search::{Length, SearchQuery, Sort},
    paths, tr, when,
};

/// The id of the form, for the sort field that stands outside of it.
pub const FORM: &str = "filters-form";

const GUIDE_LANGUAGES: [&str; 3] = ["ru", "kk", "en"];

/// A select's options: any, then places indented by depth (a no-break space each, for browsers swallow plain ones).
#[must_use]
pub fn place_options(places: Vec<PlaceOption>, any: &str) -> Vec<(String, String)> {
    let places = places.into_iter().map(|place| {
        let indent = "\u{a0}\u{a0}\u{a0}".repeat(usize::from(place.depth));
        (place.slug, format!("{indent}{}", place.name))
    });
    std::iter::once((String::new(), any.to_owned())).chain(places).collect()
}

/// The words for a length.
#[must_use]
pub fn length_name(lang: Lang, length: Length) -> &'static str {
    match length {
        Length::HalfDay => tr::search::length_half_day(lang),
        Length::Day => tr::search::length_day(lang),
        Length::Weekend => tr::search::length_weekend(lang),
        Length::Long => tr::search::length_long(lang),
    }
}

fn sort_name(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Popular => tr::search::sort_popular(lang),
        Sort::Soonest => tr::search::sort_soonest(lang),
        Sort::PriceUp => tr::search::sort_price_up(lang),
        Sort::PriceDown => tr::search::sort_price_down(lang),
    }
}

/// How the list is sorted; part of the filters' form, wherever it stands.
#[component]
pub fn SortSelect(lang: Lang, sort: Sort) -> impl IntoView {
    let options = Sort::ALL.map(|sort| (sort.as_str().to_owned(), sort_name(lang, sort).to_owned())).to_vec();
    view! { <Select name="sort" label=tr::search::sort_label(lang) options selected=sort.as_str() form=FORM bare=true/> }
}

/// Pills of which one is chosen; the first means any.
#[component]
fn Choice(legend: &'static str, name: &'static str, options: Vec<(String, String)>, chosen: String) -> impl IntoView {
    let pills = options
        .into_iter()
        .map(|(value, words)| {
            let checked = value == chosen;
            view! {
                <label class="pill">
                    <input class="sr-only" type="radio" name=name value=value checked=checked/>
                    {words}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend class="field-label mb-2">{legend}</legend>
            <div class="flex flex-wrap gap-2">{pills}</div>
        </fieldset>
    }
    .into_any()
}

fn with_any<T>(any: &str, items: impl IntoIterator<Item = T>, words: impl Fn(T) -> (String, String)) -> Vec<(String, String)> {
    std::iter::once((String::new(), any.to_owned())).chain(items.into_iter().map(words)).collect()
}

/// The fields, filled in as `query` says.
#[component]
pub fn FilterFields(lang: Lang, query: SearchQuery, options: FilterOptions) -> impl IntoView {
    let categories = with_any(tr::search::any_category(lang), options.categories, |c: Named| (c.slug, c.name));
    let lengths =
        with_any(tr::search::any_length(lang), Length::ALL, |l| (l.as_str().to_owned(), length_name(lang, l).to_owned()));
    let languages =
        with_any(tr::search::any_language(lang), GUIDE_LANGUAGES, |code| (code.to_owned(), language_name(lang, code).to_owned()));
    let text = |value: Option<i64>| value.map(|n| n.to_string()).unwrap_or_default();
    let date = |day: Option<jiff::civil::Date>| day.map(when::iso).unwrap_or_default();
    view! {
        <Field name="q" kind="search" label=tr::search::words(lang) placeholder=tr::search::words_placeholder(lang) value=query.q maxlength=100/>
        <Select
            name="place"
            label=tr::search::place(lang)
            options=place_options(options.places, tr::search::any_place(lang))
            selected=query.place.unwrap_or_default()
        />
        <div class="grid grid-cols-2 lg:grid-cols-1 gap-3">
            <Field name="from" kind="date" label=tr::search::from_label(lang) value=date(query.from)/>
            <Field name="to" kind="date" label=tr::search::to_label(lang) value=date(query.to)/>
        </div>
        <Choice legend=tr::search::category(lang) name="category" options=categories chosen=query.category.unwrap_or_default()/>
        <Choice
            legend=tr::search::length(lang)
            name="length"
            options=lengths
            chosen=query.length.map(|l| l.as_str().to_owned()).unwrap_or_default()
        />
        <fieldset>
            <legend class="field-label mb-2">{tr::search::price(lang)}</legend>
            <div class="grid grid-cols-2 gap-3">
                <Field name="price_min" label=tr::search::price_min(lang) inputmode="numeric" value=text(query.price_min) maxlength=9/>
                <Field name="price_max" label=tr::search::price_max(lang) inputmode="numeric" value=text(query.price_max) maxlength=9/>
            </div>
        </fieldset>
        <Field
            name="people"
            kind="number"
            inputmode="numeric"
            min="1"
            max="50"
            label=tr::search::people(lang)
            value=query.people.map(|n| n.to_string()).unwrap_or_default()
        />
        <Choice legend=tr::search::language(lang) name="language" options=languages chosen=query.language.unwrap_or_default()/>
    }
    .into_any()
}

/// The form around them. Without a script its button sends it; with one `found` follows the fields.
#[component]
pub fn FilterForm(lang: Lang, query: SearchQuery, options: FilterOptions, found: RwSignal<Option<i64>>) -> impl IntoView {
    let verb = move || match found.get() {
        Some(n) if n < COUNT_LIMIT => tr::search::show_found(lang, n),
        _ => tr::search::show(lang).to_owned(),
    };
    view! {
        <form id=FORM class="filter-form" method="get" action=paths::search(lang)>
            <FilterFields lang query options/>
            <div class="filter-actions">
                <a class="btn btn-quiet" href=paths::search(lang)>{tr::search::reset(lang)}</a>
                <button class="btn btn-strong">{verb}</button>
            </div>
        </form>
    }
    .into_any()
}
