//! The button that follows a partner. The page is one for everybody, so whether one follows is asked for from the browser.
use super::{
    api::{FollowPartner, load_follow},
    intent,
};
use crate::ui::{Glyph, Icon};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{Lang, tr::partner_page as tr};

/// `followers` as they were counted with the page. A guest is led to the door, and what they pressed is
/// done once they come back signed in.
#[component]
pub fn Follow(lang: Lang, slug: String, followers: i64) -> impl IntoView {
    let action = ServerAction::<FollowPartner>::new();
    let known = RwSignal::new(None::<bool>);
    let asked = slug.clone();
    Effect::new(move |_| {
        let slug = asked.clone();
        leptos::task::spawn_local(async move {
            let Ok(follows) = load_follow(slug.clone()).await else { return };
            // The page was left meanwhile: what was pressed waits for the next time.
            if known.is_disposed() {
                return;
            }
            known.set(follows);
            if follows.is_some() && intent::take(&slug) && follows == Some(false) {
                action.dispatch(FollowPartner { lang, slug, on: true });
            }
        });
    });
    // What was done is meant no longer.
    let done = slug.clone();
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(Ok(true)))) {
            intent::take(&done);
        }
    });
    let pressed = slug.clone();
    let press = move |_: SubmitEvent| {
        if known.get_untracked().is_none() {
            intent::keep(&pressed);
        }
    };
    // What was answered last, else what was found.
    let follows = move || match action.value().get() {
        Some(Ok(Ok(now))) => now,
        _ => known.get().unwrap_or(false),
    };
    // The count is the page's; what one changed since then is one's own.
    let counted = move || followers + i64::from(follows()) - i64::from(known.get().unwrap_or(false));
    let failed = move || matches!(action.value().get(), Some(Err(_) | Ok(Err(_)))).then(|| tr::follow_failed(lang));
    view! {
        <div class="flex flex-wrap items-center gap-3">
            <ActionForm action on:submit=press>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="slug" value=slug/>
                <input type="hidden" name="on" value=move || (!follows()).to_string()/>
                <button
                    class="btn"
                    aria-pressed=move || if follows() { "true" } else { "false" }
                    disabled=move || action.pending().get()
                >
                    <Icon name=Glyph::Heart/>
                    <span>{move || if follows() { tr::following(lang) } else { tr::follow(lang) }}</span>
                </button>
            </ActionForm>
            <span class="text-muted numbers" aria-live="polite">
                {move || failed().map_or_else(|| tr::followers(lang, counted()), str::to_owned)}
            </span>
        </div>
    }
    .into_any()
}
