//! The cabinet's frame: on a phone a bar on top and one under the thumb, on a desk a bar at the side.
use super::{lang::of_path, menu::LangLinks, theme::ThemeSwitch};
use crate::wire::{InPage, page_data};
use crate::{
    partner::api::{WhoError, who_am_i},
    site::{
        page_error::set_status,
        sign_in::{SignOut, next},
    },
    ui::{Glyph, Icon, Skeleton},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{Outlet, Redirect},
    hooks::use_location,
};
use sapar_shared::{Lang, dto::partner::Me, paths, roles::Role, tr};

/// Who is signed in, for the whole cabinet.
#[derive(Clone, Copy)]
pub struct WhoIsIn(pub Resource<Result<Result<Me, WhoError>, crate::error::AppError>, InPage>);

/// The screens inside ask for themselves whether they may be seen; the frame only shows strangers the door.
#[component]
pub fn CabinetFrame() -> impl IntoView {
    let Some(lang) = of_path(&use_location().pathname.get_untracked()) else {
        return view! { <super::frame::Lost/> }.into_any();
    };
    provide_context(lang);
    keep_private();
    let me = WhoIsIn(page_data(|| (), |()| who_am_i()));
    provide_context(me);
    view! {
        <a class="skip-link" href="#main" rel="external">{tr::nav::skip(lang)}</a>
        <div class="cab">
            <Bar lang me/>
            <main id="main" tabindex="-1" class="cab-main">
                <Outlet/>
            </main>
        </div>
        <nav class="cab-bottom" aria-label=tr::partner::bottom(lang)>
            <Links lang/>
        </nav>
    }
    .into_any()
}

/// Names and phones of passengers stay in no cache.
fn keep_private() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("private, no-store"));
    }
}

#[component]
fn Links(lang: Lang) -> impl IntoView {
    let pathname = use_location().pathname;
    [
        (tr::partner::today(lang), paths::partner(lang), Glyph::Calendar),
        (tr::partner::orders(lang), paths::partner_orders(lang), Glyph::Ticket),
        (tr::partner::scan(lang), paths::partner_scan(lang), Glyph::Qr),
    ]
    .map(|(name, href, glyph)| {
        let own = href.clone();
        let current = move || (*pathname.read() == own).then_some("page");
        view! {
            <a href=href aria-current=current>
                <Icon name=glyph/>
                <span>{name}</span>
            </a>
        }
    })
    .collect_view()
}

#[component]
fn Bar(lang: Lang, me: WhoIsIn) -> impl IntoView {
    let here = use_location();
    let organisation = move || {
        Suspend::new(async move {
            match me.0.await {
                Ok(Ok(me)) => view! { <span class="line-clamp-2">{me.organisation}</span> }.into_any(),
                Ok(Err(WhoError::Stranger)) => {
                    let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
                    let from = if search.is_empty() { path } else { format!("{path}?{search}") };
                    set_status(302);
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    view! { <Redirect path=next::sign_in(lang, &from) options/> }.into_any()
                }
                _ => ().into_any(),
            }
        })
    };
    view! {
        <header class="cab-bar">
            <a class="brand" href=paths::partner(lang) aria-label=tr::partner::cabinet(lang)>
                <span class="brand-mark" aria-hidden="true"></span>
            </a>
            <p class="cab-name">
                <Suspense fallback=|| view! { <Skeleton class="h-5 w-40"/> }>{organisation}</Suspense>
            </p>
            <nav class="cab-side" aria-label=tr::partner::sections(lang)>
                <Links lang/>
            </nav>
            <Account lang me/>
        </header>
    }
    .into_any()
}

/// Behind the round button: who one is, language, theme, the way out.
#[component]
fn Account(lang: Lang, me: WhoIsIn) -> impl IntoView {
    let person = move || {
        Suspend::new(async move {
            me.0.await.ok().and_then(Result::ok).map(|me| {
                view! {
                    <p class="text-sm text-muted">{tr::partner::signed_in_as(lang)}</p>
                    <p class="font-semibold">{me.name}</p>
                    <p class="text-sm text-muted mb-4">{format!("{} · {}", me.email, role(lang, me.role))}</p>
                }
            })
        })
    };
    view! {
        <button type="button" class="btn btn-quiet btn-round cab-account" popovertarget="account" aria-label=tr::partner::account(lang)>
            <Icon name=Glyph::User/>
        </button>
        <div id="account" class="menu cab-menu" popover="auto">
            <Suspense>{person}</Suspense>
            <p class="field-label mb-2">{tr::nav::language(lang)}</p>
            <LangLinks lang/>
            <p class="field-label mt-4 mb-2">{tr::nav::theme(lang)}</p>
            <ThemeSwitch lang/>
            <div class="grid gap-2 mt-4">
                <a class="btn" href=paths::home(lang)>{tr::partner::to_site(lang)}</a>
                <SignOut lang/>
            </div>
        </div>
    }
    .into_any()
}

fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Owner => tr::partner::role_owner(lang),
        Role::Manager => tr::partner::role_manager(lang),
        Role::Accountant => tr::partner::role_accountant(lang),
        Role::Seller => tr::partner::role_seller(lang),
        Role::Gate => tr::partner::role_gate(lang),
    }
}
