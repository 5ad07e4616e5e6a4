//! The morning over the steppe, and the search box in it.
use crate::{
    site::search::filters::place_options,
    ui::{Glyph, Icon, Stepper},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::catalog::PlaceOption, forms::checkout::MAX_QUANTITY, paths, tr};

#[component]
pub fn Hero(lang: Lang, places: Vec<PlaceOption>) -> impl IntoView {
    view! {
        <section class="hero">
            <div class="wrap">
                <h1 class="hero-title">{tr::home::heading(lang)}</h1>
                <p class="hero-lead">{tr::home::lead(lang)}</p>
                <SearchBox lang places/>
            </div>
        </section>
    }
    .into_any()
}

/// Where, when, how many: a plain GET form to the results.
#[component]
fn SearchBox(lang: Lang, places: Vec<PlaceOption>) -> impl IntoView {
    let people = RwSignal::new(2);
    let options = place_options(places, tr::home::where_any(lang))
        .into_iter()
        .map(|(value, words)| view! { <option value=value>{words}</option> })
        .collect_view();
    view! {
        <form class="search-box" method="get" action=paths::search(lang)>
            <div class="search-box-part">
                <Icon name=Glyph::Pin/>
                <label for="home-place">{tr::home::where_label(lang)}</label>
                <select id="home-place" name="place">{options}</select>
            </div>
            <div class="search-box-part">
                <Icon name=Glyph::Calendar/>
                <label for="home-from">{tr::home::when_label(lang)}</label>
                <input id="home-from" type="date" name="from"/>
            </div>
            <div class="search-box-part search-box-people">
                <Icon name=Glyph::People/>
                <label for="home-people">{tr::home::people_label(lang)}</label>
                <Stepper
                    name="people"
                    id="home-people"
                    label=tr::home::people_label(lang)
                    fewer=tr::home::people_fewer(lang)
                    more=tr::home::people_more(lang)
                    value=people
                    min=1
                    max=Signal::stored(MAX_QUANTITY)
                />
            </div>
            <button class="btn btn-action">
                <Icon name=Glyph::Search/>
                {tr::home::find(lang)}
            </button>
        </form>
    }
    .into_any()
}
