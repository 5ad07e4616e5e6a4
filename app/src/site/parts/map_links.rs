//! A point, to be opened in the reader's map.
use leptos::prelude::*;
use sapar_shared::{Lang, maps, tr};

/// Maps open beside the page, which may be an order's: its address goes nowhere.
#[component]
pub fn MapLinks(lang: Lang, lat_e6: i32, lng_e6: i32) -> impl IntoView {
    let beside = |href: String, name: &'static str| view! { <a class="btn" href=href target="_blank" rel="noreferrer external">{name}</a> };
    view! {
        <p class="mt-3 flex flex-wrap gap-2">
            {beside(maps::two_gis(lat_e6, lng_e6), tr::tour::open_2gis(lang))}
            {beside(maps::open_street_map(lat_e6, lng_e6), tr::tour::open_osm(lang))}
            <a class="btn" href=maps::geo(lat_e6, lng_e6) rel="external">{tr::tour::open_geo(lang)}</a>
        </p>
    }
    .into_any()
}
