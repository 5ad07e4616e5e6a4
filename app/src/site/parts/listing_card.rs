//! A tour as a card, and the grid that cards stand in.
use super::words::places_left;
use crate::{
    layout::saved::SaveButton,
    ui::{Badge, Glyph, Icon, Photo, PriceFrom},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::catalog::ListingCard, paths, when};

const SIZES: &str = "(min-width: 76rem) 22vw, (min-width: 48rem) 33vw, (min-width: 36rem) 50vw, 100vw";

/// `eager` for the first pictures on a screen; `wish` is the query by which the tour's page opens on what was searched for.
#[component]
pub fn ListingTile(
    lang: Lang,
    card: ListingCard,
    #[prop(optional)] eager: bool,
    #[prop(optional)] wish: String,
) -> impl IntoView {
    let left = card.places_left.map(|left| {
        let (tint, words) = places_left(lang, left);
        view! { <Badge tint>{words}</Badge> }
    });
    let when =
        card.next_departure.map(|at| view! { <span class="chip chip-veil listing-when">{when::moment_text(lang, at)}</span> });
    view! {
        <article class="listing">
            <div class="listing-media">
                <Photo picture=card.cover sizes=SIZES class="aspect-[4/3]" eager decorative=true/>
                {when}
                <SaveButton lang slug=card.slug.clone() title=card.title.clone()/>
            </div>
            <p class="listing-place">
                <Icon name=Glyph::Pin class="icon icon-small"/>
                <span class="truncate">{card.place}</span>
                <span class="shrink-0">"· "{when::duration(lang, card.duration_minutes)}</span>
            </p>
            <h3 class="listing-title">
                <a class="stretched" href=paths::tour(lang, &card.slug) + &wish>{card.title}</a>
            </h3>
            <p class="listing-foot">
                <PriceFrom lang amount=card.price_from/>
                {left}
            </p>
        </article>
    }
    .into_any()
}

/// `eager`: how many of the first pictures are worth loading at once.
#[component]
pub fn CardGrid(
    lang: Lang,
    cards: Vec<ListingCard>,
    #[prop(optional)] eager: usize,
    #[prop(default = "card-grid")] class: &'static str,
) -> impl IntoView {
    let tiles = cards
        .into_iter()
        .enumerate()
        .map(|(index, card)| view! { <li><ListingTile lang card eager=index < eager/></li> })
        .collect_view();
    view! { <ul class=class>{tiles}</ul> }.into_any()
}
