//! Who runs these tours and how to reach them.
use super::{api::load_partner, follow::Follow};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::{JsonLd, PageMeta, schema},
    site::{
        page_error::PageError,
        parts::CardGrid,
        tour::details::{Face, about_in, partner_line},
    },
    ui::{Breadcrumbs, Crumb, EmptyState, Glyph, Icon},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::catalog::{PartnerCard, PartnerPage as Page},
    paths, tr,
};

#[component]
pub fn PartnerPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let page = page_data(move || (slug.get(), after.get()), move |(slug, after)| load_partner(lang, slug, after));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <PartnerView lang page/> }.into_any(),
                    Err(error) => view! { <PageError error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn PartnerView(lang: Lang, page: Page) -> impl IntoView {
    let json = schema::partner(lang, &page);
    let Page { partner, email, address, followers, listings, next } = page;
    let slug = partner.slug.clone();
    let more = next.map(|after| {
        let href = format!("{}?after={after}#tours", paths::organisation(lang, &slug));
        view! {
            <p class="mt-6 flex justify-center">
                <a class="btn" href=href>{tr::search::more(lang)}</a>
            </p>
        }
    });
    let path = move |lang: Lang| paths::organisation(lang, &slug);
    let crumbs = vec![
        Crumb::new("Sapar", paths::home(lang)),
        Crumb::new(tr::nav::tours(lang), paths::search(lang)),
        Crumb::here(partner.name.clone()),
    ];
    let tours = if listings.is_empty() {
        view! { <EmptyState title=tr::partner_page::none_title(lang) text=tr::partner_page::none_text(lang)/> }.into_any()
    } else {
        view! { <CardGrid lang cards=listings eager=2/> }.into_any()
    };
    view! {
        <PageMeta
            lang
            title=partner.name.clone()
            description=tr::partner_page::description(lang, &partner.name, &partner.city)
            path
            kind="profile"
        />
        <JsonLd json/>
        <div class="wrap py-4">
            <Breadcrumbs label=tr::ui::breadcrumbs(lang) crumbs/>
            <PartnerHead lang partner email address followers/>
            <section aria-labelledby="tours">
                <h2 id="tours" class="mb-4">{tr::partner_page::tours(lang)}</h2>
                {tours}
                {more}
            </section>
        </div>
    }
    .into_any()
}

/// Who they are, and how they are reached.
#[component]
fn PartnerHead(lang: Lang, partner: PartnerCard, email: String, address: String, followers: i64) -> impl IntoView {
    let phone = Phone::parse(&partner.phone).map_or_else(|| partner.phone.clone(), |phone| phone.pretty());
    let line = partner_line(lang, &partner);
    let about_in = about_in(lang, &partner);
    view! {
        <header class="card card-pad mt-2 mb-8">
            <div class="flex gap-4 items-center">
                <Face name=partner.name.clone() logo=partner.logo.clone() large=true/>
                <div class="min-w-0">
                    <p class="text-sm text-muted">{tr::partner_page::label(lang)}</p>
                    <h1>{partner.name}</h1>
                    <p class="text-muted">{line}</p>
                </div>
            </div>
            <p class="mt-4 max-w-2xl whitespace-pre-line" lang=about_in>{partner.about}</p>
            <div class="mt-4">
                <Follow lang slug=partner.slug.clone() followers/>
            </div>
            {(!address.is_empty())
                .then(|| {
                    view! {
                        <p class="mt-4 flex gap-2">
                            <Icon name=Glyph::Pin/>
                            <span class="min-w-0">{address}</span>
                        </p>
                    }
                })}
            <div class="mt-4 flex flex-wrap gap-2">
                <a class="btn" href=format!("tel:{}", partner.phone)>
                    <Icon name=Glyph::Phone/>
                    <span class="numbers">{phone}</span>
                </a>
                <a class="btn" href=format!("mailto:{email}")>
                    <Icon name=Glyph::Mail/>
                    {tr::partner_page::write(lang)}
                </a>
            </div>
        </header>
    }
    .into_any()
}
