//! `/partner/listings/:id/preview`: the tour's page as its customers will see it, in each language. It sells nothing.
use super::{
    api::load_preview,
    editor::{page::trail, state::saved_key},
    words,
};
use crate::{
    error::AppError,
    layout::{menu::LangLinks, use_lang},
    partner::{head::Head, trouble::Trouble},
    site::tour::{
        booking::Booking,
        calendar::Calendar,
        details::{Details, Facts},
        gallery::Gallery,
        tickets::{TicketCounts, total},
    },
    ui::{Alert, Crumb, Glyph, Icon, LinkButton, PriceFrom, Skeleton},
    wire::page_data,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{hooks::use_params_map, params::ParamsMap};
use sapar_shared::{Lang, dto::catalog::Tour, ids::ListingId, paths, tr};

#[component]
pub fn PreviewPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let tour = page_data(
        move || id.get(),
        move |id| async move {
            let Ok(id) = id.parse::<ListingId>() else { return Ok(Err(AppError::NotFound)) };
            load_preview(lang, id).await
        },
    );
    let newer = RwSignal::new(None::<Looked>);
    watch(id, move |looked| {
        let shown = newer.get_untracked().or_else(|| Some((id.get_untracked(), tour.get_untracked()?.flatten())));
        // What is the same is not drawn anew under somebody's eyes.
        if shown.as_ref() != Some(&looked) {
            newer.set(Some(looked));
        }
    });
    let body = move || {
        let newer = newer.get().filter(|(of, _)| *of == *id.read());
        Suspend::new(async move {
            let first = tour.await.flatten();
            view! { <Drawn lang id=id.get_untracked() tour=newer.map_or(first, |(_, newer)| newer)/> }
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton class="h-96 w-full"/> }>{body}</Transition> }.into_any()
}

/// Of which listing, and what came of it.
type Looked = (String, Result<Tour, AppError>);

/// Looks again when the page comes into sight and when another tab of this browser has saved the draft. A look that fails on
/// the way leaves what there is.
fn watch(id: Memo<String>, see: impl Fn(Looked) + Copy + 'static) {
    let lang = use_lang();
    let look = move || {
        let Some(listing) = id.try_get_untracked().and_then(|id| id.parse::<ListingId>().ok()) else { return };
        spawn_local(async move {
            let looked = load_preview(lang, listing).await;
            // Nobody may be here any more.
            if let (Ok(tour), Some(())) = (looked, id.try_with_untracked(|_| ())) {
                see((listing.to_string(), tour));
            }
        });
    };
    Effect::new(move |_| {
        let shown = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                look();
            }
        });
        let saved = window_event_listener_untyped("storage", move |ev| {
            let key = js_sys::Reflect::get(&ev, &"key".into()).ok().and_then(|key| key.as_string());
            let ours = id.try_get_untracked().and_then(|id| id.parse().ok()).map(saved_key);
            // It comes and goes: once is enough.
            let comes = js_sys::Reflect::get(&ev, &"newValue".into()).is_ok_and(|value| value.is_string());
            if comes && key.is_some() && key == ours {
                look();
            }
        });
        on_cleanup(move || {
            shown.remove();
            saved.remove();
        });
    });
}

#[component]
fn Drawn(lang: Lang, id: String, tour: Result<Tour, AppError>) -> impl IntoView {
    match tour {
        Ok(tour) => view! { <Framed lang tour/> }.into_any(),
        Err(error) => view! {
            <Head lang title=tr::listings::preview(lang) trail=trail(lang)/>
            <Refused lang id error/>
        }
        .into_any(),
    }
}

/// A draft that is too unfinished to be shown says what it wants first.
#[component]
fn Refused(lang: Lang, id: String, error: AppError) -> impl IntoView {
    if !matches!(error, AppError::Problems(_)) {
        return view! { <Trouble lang error/> }.into_any();
    }
    view! {
        <div class="grid gap-4 mt-2">
            <h1>{tr::listings::preview(lang)}</h1>
            <Alert>{words::refusal(lang, &error)}</Alert>
            <LinkButton href=paths::partner_listing(lang, id)>{tr::listings::back_to_editor(lang)}</LinkButton>
        </div>
    }
    .into_any()
}

#[component]
fn Framed(lang: Lang, tour: Tour) -> impl IntoView {
    let editor = paths::partner_listing(lang, tour.id);
    let mut trail = trail(lang);
    trail.push(Crumb::new(tour.title.clone(), editor.clone()));
    view! {
        <Head lang title=tr::listings::preview(lang) trail/>
        <div class="preview mt-2">
            <div class="preview-bar">
                <p class="font-semibold flex items-center gap-2">
                    <Icon name=Glyph::Eye/>
                    {tr::listings::preview_note(lang)}
                </p>
                <LangLinks lang/>
                <a class="btn" href=editor>
                    <Icon name=Glyph::Pencil class="icon icon-small"/>
                    {tr::listings::back_to_editor(lang)}
                </a>
            </div>
            <Page lang tour/>
        </div>
    }
    .into_any()
}

/// What the site's own page is made of, but what sells, saves or leads elsewhere.
#[component]
fn Page(lang: Lang, tour: Tour) -> impl IntoView {
    // No parameters: nothing of the site's address belongs here.
    let booking = Booking::new(lang, &tour, &ParamsMap::new());
    view! {
        <div class="tour preview-page">
            <div class="tour-head">
                <div>
                    <p class="chip chip-sky mb-2">{tour.category.name.clone()}</p>
                    <h1>{tour.title.clone()}</h1>
                </div>
            </div>
            <Gallery lang title=tour.title.clone() pictures=tour.pictures.clone()/>
            <div class="preview-columns">
                <div class="grid gap-8 min-w-0">
                    <div class="tour-intro">
                        <p class="text-lg">{tour.summary.clone()}</p>
                        <Facts lang tour=tour.clone()/>
                    </div>
                    <Details lang tour=tour.clone() booking/>
                </div>
                <Tickets lang tour booking/>
            </div>
        </div>
    }
    .into_any()
}

/// The booking panel without its button.
#[component]
fn Tickets(lang: Lang, tour: Tour, booking: Option<Booking>) -> impl IntoView {
    let price = (!tour.ticket_types.is_empty()).then(|| {
        view! {
            <p class="text-xl mb-4">
                <PriceFrom lang amount=tour.price_from class="price"/>
            </p>
        }
    });
    let dates = match booking {
        Some(booking) => view! {
            <Calendar booking/>
            <div class="mt-4">
                <TicketCounts booking/>
            </div>
            <p class="booking-total needs-script">
                <span>{tr::tour::total(lang)}</span>
                <output class="price text-xl">{move || total(booking).to_string()}</output>
            </p>
        }
        .into_any(),
        None => {
            let kinds = tour
                .ticket_types
                .iter()
                .map(|kind| {
                    view! {
                        <li class="ticket-row">
                            <span>{kind.name.clone()}</span>
                            <span class="price">{kind.price.to_string()}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h2 class="text-lg font-bold">{tr::tour::none_title(lang)}</h2>
                <ul class="mt-3">{kinds}</ul>
            }
            .into_any()
        }
    };
    view! {
        <aside class="booking-card self-start" aria-label=tr::tour::book(lang)>
            <div class="card-pad">
                {price}
                {dates}
                <p class="mt-3 text-sm text-muted">{tr::listings::preview_no_sale(lang)}</p>
            </div>
        </aside>
    }
    .into_any()
}
