//! What narrows the list now, each with a way to take it back.
use super::filters::length_name;
use crate::{
    site::parts::{search_query::href, words::language_name},
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, Money, dto::catalog::FilterOptions, forms::search::SearchQuery, paths, tr, when};

/// A filter's words and the query without it.
fn chips(lang: Lang, query: &SearchQuery, options: &FilterOptions) -> Vec<(String, SearchQuery)> {
    let mut chips = Vec::new();
    let mut put = |words: Option<String>, without: &dyn Fn(&mut SearchQuery)| {
        if let Some(words) = words {
            let mut rest = SearchQuery { cursor: None, ..query.clone() };
            without(&mut rest);
            chips.push((words, rest));
        }
    };
    let place = |slug: &String| options.places.iter().find(|p| p.slug == *slug).map_or_else(|| slug.clone(), |p| p.name.clone());
    let category =
        |slug: &String| options.categories.iter().find(|c| c.slug == *slug).map_or_else(|| slug.clone(), |c| c.name.clone());
    put((!query.q.is_empty()).then(|| format!("«{}»", query.q)), &|q| q.q.clear());
    put(query.place.as_ref().map(place), &|q| q.place = None);
    put(query.category.as_ref().map(category), &|q| q.category = None);
    put(query.from.map(|day| tr::search::from_chip(lang, when::day_month(lang, day))), &|q| q.from = None);
    put(query.to.map(|day| tr::search::to_chip(lang, when::day_month(lang, day))), &|q| q.to = None);
    put(query.people.map(|n| tr::search::people_chip(lang, i64::from(n))), &|q| q.people = None);
    put(query.price_min.map(|n| tr::search::price_min_chip(lang, Money::from_tenge(n))), &|q| q.price_min = None);
    put(query.price_max.map(|n| tr::search::price_max_chip(lang, Money::from_tenge(n))), &|q| q.price_max = None);
    put(query.length.map(|l| length_name(lang, l).to_owned()), &|q| q.length = None);
    put(query.language.as_ref().map(|code| language_name(lang, code).to_owned()), &|q| q.language = None);
    chips
}

#[component]
pub fn Chips(lang: Lang, query: SearchQuery, options: FilterOptions) -> impl IntoView {
    let chips = chips(lang, &query, &options);
    if chips.is_empty() {
        return ().into_any();
    }
    let items = chips
        .into_iter()
        .map(|(words, rest)| {
            let label = tr::search::remove(lang, &words);
            view! {
                <li>
                    <a class="pill" href=href(lang, &rest) aria-label=label>
                        {words}
                        <Icon name=Glyph::Close class="icon icon-small"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="flex flex-wrap gap-2 items-center">
            {items}
            <li>
                <a class="btn btn-quiet" href=paths::search(lang)>{tr::search::reset(lang)}</a>
            </li>
        </ul>
    }
    .into_any()
}
