//! The page that sells: pictures, the booking panel, and everything one wants to know before.
use super::{
    api::load_tour,
    booking::{Booking, BookingPanel},
    details::{Details, Facts},
    gallery::Gallery,
};
use crate::wire::page_data;
use crate::{
    layout::{saved::SaveButton, use_lang},
    seo::{JsonLd, PageMeta, schema},
    site::{
        page_error::PageError,
        parts::{CardGrid, search_query::href},
    },
    ui::{Breadcrumbs, Crumb, Skeleton},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{Lang, dto::catalog::Tour, forms::search::SearchQuery, paths, tr};

#[component]
pub fn TourPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let tour = page_data(move || slug.get(), move |slug| load_tour(lang, slug));
    view! {
        <Suspense fallback=TourSkeleton>
            {move || Suspend::new(async move {
                match tour.await {
                    Ok(tour) => view! { <TourView lang tour/> }.into_any(),
                    Err(error) => view! { <PageError error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn TourSkeleton() -> impl IntoView {
    view! {
        <div class="wrap py-6 grid gap-4" aria-busy="true">
            <Skeleton class="h-9 w-3/4"/>
            <Skeleton class="aspect-[4/3] md:aspect-[21/9] w-full"/>
            <Skeleton class="h-5 w-full"/>
            <Skeleton class="h-5 w-2/3"/>
        </div>
    }
}

fn crumbs(lang: Lang, tour: &Tour) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("Sapar", paths::home(lang)), Crumb::new(tr::nav::tours(lang), paths::search(lang))];
    crumbs.extend(tour.places.iter().map(|place| {
        let query = SearchQuery { place: Some(place.slug.clone()), ..SearchQuery::default() };
        Crumb::new(place.name.clone(), href(lang, &query))
    }));
    crumbs.push(Crumb::here(tour.title.clone()));
    crumbs
}

#[component]
fn TourView(lang: Lang, tour: Tour) -> impl IntoView {
    let slug = tour.slug.clone();
    let path = move |lang: Lang| paths::tour(lang, &slug);
    let share = tour.pictures.first().map(|picture| paths::picture(&picture.key, picture.width));
    let json = schema::tour(lang, &tour);
    let crumbs = crumbs(lang, &tour);
    let similar = tour.similar.clone();
    let has_similar = !similar.is_empty();
    let booking = Booking::new(lang, &tour, &use_query_map().read_untracked());
    let price_from = tour.price_from;
    let query = SearchQuery { category: Some(tour.category.slug.clone()), ..SearchQuery::default() };
    view! {
        <PageMeta lang title=tour.title.clone() description=tour.summary.clone() path image=share.unwrap_or_default() kind="product"/>
        <JsonLd json/>
        <div class="wrap tour">
            <Breadcrumbs label=tr::ui::breadcrumbs(lang) crumbs/>
            <div class="tour-head">
                <div>
                    <a class="chip chip-sky mb-2" href=href(lang, &query)>{tour.category.name.clone()}</a>
                    <h1>{tour.title.clone()}</h1>
                </div>
                <SaveButton lang slug=tour.slug.clone() title=tour.title.clone()/>
            </div>
            <Gallery lang title=tour.title.clone() pictures=tour.pictures.clone()/>
            <div class="tour-columns">
                <div class="tour-intro">
                    <p class="text-lg">{tour.summary.clone()}</p>
                    <Facts lang tour=tour.clone()/>
                </div>
                <BookingPanel lang booking price_from/>
                <Details lang tour booking/>
            </div>
            {has_similar
                .then(|| {
                    view! {
                        <section class="py-10" aria-labelledby="similar">
                            <h2 id="similar" class="mb-4">{tr::tour::similar(lang)}</h2>
                            <CardGrid lang cards=similar class="card-grid card-row"/>
                        </section>
                    }
                })}
        </div>
    }
    .into_any()
}
