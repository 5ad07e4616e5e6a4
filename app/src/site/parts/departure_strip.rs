//! A departure that leaves soon, drawn as a ticket: the date on the stub, the tour behind the tear.
use super::words::places_left;
use crate::ui::{Badge, Glyph, Icon, Photo, PriceFrom};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::catalog::ListingCard, paths, when};

#[component]
pub fn DepartureStrip(lang: Lang, card: ListingCard) -> impl IntoView {
    let Some(at) = card.next_departure else { return ().into_any() };
    let local = when::local(at);
    let left = card.places_left.map(|left| {
        let (tint, words) = places_left(lang, left);
        view! { <Badge tint>{words}</Badge> }
    });
    view! {
        <article class="strip">
            <div class="strip-stub">
                <span class="strip-weekday">{when::weekday(lang, local.weekday())}</span>
                <span class="strip-day">{local.day()}</span>
                <span class="strip-month">{when::month_name(lang, local.date())}</span>
            </div>
            <div class="strip-body">
                <h3 class="strip-title">
                    <a class="stretched" href=paths::tour(lang, &card.slug)>{card.title}</a>
                </h3>
                <p class="strip-facts">
                    <Icon name=Glyph::Clock class="icon icon-small"/>
                    <span>{when::clock(local)}</span>
                    <span class="truncate">"· "{card.place}</span>
                </p>
                <p class="strip-foot">
                    <PriceFrom lang amount=card.price_from class="price"/>
                    {left}
                </p>
            </div>
            <Photo picture=card.cover sizes="128px" class="strip-photo" decorative=true/>
        </article>
    }
    .into_any()
}
