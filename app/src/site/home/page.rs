//! Search first, then what to want, then what leaves soon.
use super::{api::load_home, hero::Hero};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::{JsonLd, PageMeta, schema},
    site::{
        page_error::PageError,
        parts::{CardGrid, DepartureStrip, search_query::href, words::category_tint},
    },
    ui::{Glyph, Icon, Photo},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::catalog::{CategoryTile, Home, ListingCard, PlaceTile},
    forms::search::{SearchQuery, Sort},
    paths, tr,
};

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = use_lang();
    let home = page_data(|| (), move |()| load_home(lang));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match home.await {
                    Ok((home, options)) => {
                        view! {
                            <Hero lang places=options.places/>
                            <Body lang home/>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <PageError error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Body(lang: Lang, home: Home) -> impl IntoView {
    view! {
        <PageMeta lang title=tr::home::title(lang) description=tr::home::description(lang) path=paths::home/>
        <JsonLd json=schema::organisation(lang)/>
        <div class="wrap page-sections">
            <Categories lang categories=home.categories/>
            <Soonest lang cards=home.soonest/>
            <section aria-labelledby="popular">
                <SectionHead id="popular" title=tr::home::popular(lang) href=paths::search(lang) all=tr::home::popular_all(lang)/>
                <CardGrid lang cards=home.popular class="card-grid card-row"/>
            </section>
            <Places lang places=home.places/>
            <HowItWorks lang/>
            <p class="text-center text-muted">
                {tr::home::organisers(lang)} " "
                <a class="link inline-flex items-center min-h-11" href=paths::partner_start(lang)>{tr::nav::to_partners(lang)}</a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn SectionHead(id: &'static str, title: &'static str, href: String, all: &'static str) -> impl IntoView {
    view! {
        <div class="section-head">
            <h2 id=id>{title}</h2>
            <a class="link" href=href>{all}</a>
        </div>
    }
    .into_any()
}

#[component]
fn Categories(lang: Lang, categories: Vec<CategoryTile>) -> impl IntoView {
    let tiles = categories
        .into_iter()
        .map(|category| {
            let query = SearchQuery { category: Some(category.slug), ..SearchQuery::default() };
            view! {
                <li>
                    <a class="category" href=href(lang, &query)>
                        <span class=format!("category-mark {}", category_tint(&category.icon).class())>
                            <Icon name=Glyph::of_category(&category.icon)/>
                        </span>
                        <span class="font-semibold">{category.name}</span>
                        <span class="text-sm text-muted">{tr::ui::tours_count(lang, category.tours)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="categories">
            <h2 id="categories" class="sr-only">{tr::home::categories(lang)}</h2>
            <ul class="categories">{tiles}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Soonest(lang: Lang, cards: Vec<ListingCard>) -> impl IntoView {
    let query = SearchQuery { sort: Sort::Soonest, ..SearchQuery::default() };
    let strips = cards.into_iter().take(6).map(|card| view! { <li><DepartureStrip lang card/></li> }).collect_view();
    view! {
        <section aria-labelledby="soonest">
            <SectionHead id="soonest" title=tr::home::soonest(lang) href=href(lang, &query) all=tr::home::soonest_all(lang)/>
            <ul class="strips">{strips}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Places(lang: Lang, places: Vec<PlaceTile>) -> impl IntoView {
    let tiles = places
        .into_iter()
        .map(|place| {
            let query = SearchQuery { place: Some(place.slug), ..SearchQuery::default() };
            view! {
                <li>
                    <a class="place" href=href(lang, &query)>
                        <Photo picture=place.cover sizes="(min-width: 48rem) 25vw, 50vw" class="place-photo" decorative=true/>
                        <span class="place-name">
                            <span class="font-bold">{place.name}</span>
                            <span class="text-sm">{tr::ui::tours_count(lang, place.tours)}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="places">
            <h2 id="places" class="mb-4">{tr::home::places(lang)}</h2>
            <ul class="places">{tiles}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn HowItWorks(lang: Lang) -> impl IntoView {
    let steps = [
        (Glyph::Calendar, tr::home::how_1(lang), tr::home::how_1_text(lang)),
        (Glyph::User, tr::home::how_2(lang), tr::home::how_2_text(lang)),
        (Glyph::Qr, tr::home::how_3(lang), tr::home::how_3_text(lang)),
    ]
    .map(|(glyph, title, text)| {
        view! {
            <li class="how-step">
                <span class="how-mark">
                    <Icon name=glyph/>
                </span>
                <h3 class="text-lg">{title}</h3>
                <p class="text-muted">{text}</p>
            </li>
        }
    })
    .collect_view();
    view! {
        <section class="how" aria-labelledby="how">
            <h2 id="how">{tr::home::how(lang)}</h2>
            <ol class="how-steps">{steps}</ol>
        </section>
    }
    .into_any()
}
