//! What a screen shows instead of itself: what happened, what is safe, what next.
use crate::{
    error::AppError,
    layout::cabinet::WhoIsIn,
    partner::api::WhoError,
    site::{page_error::set_status, sign_in::next},
    ui::{EmptyState, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::{Lang, paths, tr};

/// The path and query of the page.
#[must_use]
pub fn here() -> String {
    let location = use_location();
    address(location.pathname.get_untracked(), &location.search.read_untracked())
}

fn address(path: String, search: &str) -> String {
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// The way back in for whoever's session has ended, on a page that stays: its query may change meanwhile.
/// `beside`: in another tab.
#[component]
pub fn SignInAgain(lang: Lang, #[prop(optional)] beside: bool) -> impl IntoView {
    let location = use_location();
    let href = move || next::sign_in(lang, &address(location.pathname.get(), &location.search.read()));
    view! { <a class="btn" href=href target=beside.then_some("_blank")>{tr::partner::sign_in(lang)}</a> }.into_any()
}

#[component]
pub fn Trouble(lang: Lang, error: AppError) -> impl IntoView {
    let status = match error {
        // A stranger is being sent to the door by the frame: 401 would take the redirect's place.
        AppError::SignInFirst => None,
        AppError::Forbidden => Some(view! { <ForbiddenStatus/> }),
        _ => {
            set_status(error.status());
            None
        }
    };
    let (title, text) = match error {
        AppError::SignInFirst => (tr::partner::sign_in_again_title(lang), tr::partner::sign_in_again_text(lang)),
        AppError::Forbidden => (tr::partner::forbidden_title(lang), tr::partner::forbidden_text(lang)),
        AppError::NotFound => (tr::partner::not_found_title(lang), tr::partner::not_found_text(lang)),
        _ => (tr::partner::offline_title(lang), tr::partner::offline_text(lang)),
    };
    let here = here();
    let step = match error {
        AppError::SignInFirst => {
            view! { <a class=Tone::Action.class() href=next::sign_in(lang, &here)>{tr::partner::sign_in(lang)}</a> }.into_any()
        }
        // A full load: whoever is a member no more learns it there.
        AppError::Forbidden => {
            view! { <a class="btn" href=paths::partner(lang) rel="external">{tr::partner::to_today(lang)}</a> }.into_any()
        }
        AppError::NotFound => view! { <a class="btn" href=paths::partner(lang)>{tr::partner::to_today(lang)}</a> }.into_any(),
        // A full load: whatever was wrong with the page goes with it.
        _ => view! { <a class="btn" href=here rel="external">{tr::partner::again(lang)}</a> }.into_any(),
    };
    view! {
        {status}
        <EmptyState title text>
            {step}
        </EmptyState>
    }
    .into_any()
}

/// Whoever has no organisation is being sent to where one begins; 403 is for the others.
#[component]
fn ForbiddenStatus() -> impl IntoView {
    let status = AppError::Forbidden.status();
    let Some(WhoIsIn(me)) = use_context::<WhoIsIn>() else {
        set_status(status);
        return ().into_any();
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                if !matches!(me.await, Ok(Err(WhoError::NoOrganisation))) {
                    set_status(status);
                }
            })}
        </Suspense>
    }
    .into_any()
}
