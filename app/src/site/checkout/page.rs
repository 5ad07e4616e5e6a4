//! `/:lang/checkout/:token`.
use super::{
    api::{Checkout, load_checkout},
    form::ContactFields,
    steps::Steps,
    summary::{HoldClock, Summary},
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::order::{contents::tour_path, lost::OrderError, page::REFERRER, phase::Phase, remembered::remember},
    ui::{Alert, AlertTone, Skeleton},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::{
    NavigateOptions,
    components::Redirect,
    hooks::{use_params_map, use_query_map},
};
use sapar_shared::{Lang, paths, tr::checkout as words};

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let notice = use_query_map().read_untracked().get("notice").is_some();
    let token = move || params.read().get("token").unwrap_or_default();
    let checkout = page_data(token, move |token| load_checkout(lang, token));
    view! {
        <Meta name="referrer" content=REFERRER/>
        <div class="wrap checkout-page">
            <Suspense fallback=|| {
                view! { <Skeleton class="h-96 w-full"/> }
            }>
                {move || Suspend::new(async move {
                    match checkout.await {
                        // Its own page knows what comes next: pay, look at the tickets, choose again.
                        Ok(checkout) if Phase::of(&checkout.order) != Phase::Held => {
                            let options = NavigateOptions { replace: true, ..Default::default() };
                            view! { <Redirect path=paths::order(lang, &checkout.order.token) options/> }.into_any()
                        }
                        Ok(checkout) => view! { <Steps2And3 lang checkout notice/> }.into_any(),
                        Err(error) => view! { <OrderError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Steps2And3(lang: Lang, checkout: Checkout, notice: bool) -> impl IntoView {
    let order = checkout.order.clone();
    let back = tour_path(lang, &order);
    let (ended, set_ended) = signal(false);
    let on_end = Callback::new(move |()| set_ended.set(true));
    let token = order.token.clone();
    // Whoever leaves now, or pays and closes the browser, finds it among the tickets.
    let seen = order.clone();
    Effect::new(move |_| remember(&seen));
    view! {
        <PageMeta
            lang
            title=words::title(lang)
            description=words::description(lang)
            path=move |lang| paths::checkout_order(lang, &token)
            noindex=true
        />
        <h1>{words::title(lang)}</h1>
        <Steps lang back=back.clone()/>
        <HoldClock lang order=order.clone() on_end/>
        <Over lang ended back/>
        <div class="checkout-columns">
            <Summary lang order/>
            <section class="card card-pad flex flex-col gap-4" aria-labelledby="contact-title">
                <div>
                    <h2 id="contact-title">{words::contact(lang)}</h2>
                    <p class="field-help">{words::contact_help(lang)}</p>
                </div>
                <ContactFields lang checkout ended notice/>
            </section>
        </div>
    }
    .into_any()
}

/// The hour has passed while the page was open.
#[component]
fn Over(lang: Lang, ended: ReadSignal<bool>, back: String) -> impl IntoView {
    move || {
        let back = back.clone();
        ended.get().then(|| {
            view! {
                <Alert tone=AlertTone::Bad>
                    <p class="font-bold">{words::over_title(lang)}</p>
                    <p>{words::over_text(lang)}</p>
                    <p class="pt-2">
                        <a class="btn" href=back>{words::over_back(lang)}</a>
                    </p>
                </Alert>
            }
        })
    }
}
