//! The organisers whom one follows, and the way to follow them no longer.
use super::api::load_follows;
use crate::{
    browser,
    site::{
        enter::{Refused, done, refusal, successes},
        partner_page::api::FollowPartner,
    },
    ui::{Alert, AlertTone, Card},
    wire::page_data,
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::Followed,
    paths,
    tr::{enter, me as words},
};

/// Where it is said what came of it.
const SAID: &str = "unfollowed-said";

/// Nothing for whoever follows nobody.
#[component]
pub(super) fn Follows(lang: Lang) -> impl IntoView {
    let action = ServerAction::<FollowPartner>::new();
    let changes = successes(action);
    let follows = page_data(move || changes.get(), |_| load_follows());
    let gone = done(action, "unfollowed");
    // The button that was pressed goes with its row, and the focus with it.
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(Ok(_)))) {
            request_animation_frame(|| browser::focus(SAID));
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let list = follows.await.ok().and_then(Result::ok).filter(|list| !list.is_empty());
                list.map(|list| view! { <List lang list action/> })
            })}
        </Transition>
        <div id=SAID class="empty:hidden" tabindex="-1" aria-live="polite">
            {move || gone.get().then(|| view! { <Alert tone=AlertTone::Good>{words::done_unfollowed(lang)}</Alert> })}
        </div>
    }
    .into_any()
}

#[component]
fn List(lang: Lang, list: Vec<Followed>, action: ServerAction<FollowPartner>) -> impl IntoView {
    let error = refusal(action, "follows");
    let rows = list.into_iter().map(|one| view! { <Row lang one action/> }).collect_view();
    view! {
        <Card class="grid gap-3">
            <h2 class="text-lg">{words::follows_title(lang)}</h2>
            <Refused lang error wrong=enter::err_unavailable(lang)/>
            <ul class="grid gap-3">{rows}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, one: Followed, action: ServerAction<FollowPartner>) -> impl IntoView {
    let Followed { slug, name } = one;
    let label = words::unfollow_of(lang, &name);
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2">
            <a class="link min-h-11 inline-flex items-center min-w-0 break-words" href=paths::organisation(lang, &slug)>{name}</a>
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="slug" value=slug/>
                <input type="hidden" name="on" value="false"/>
                <button class="btn" aria-label=label disabled=move || action.pending().get()>{words::unfollow(lang)}</button>
            </ActionForm>
        </li>
    }
    .into_any()
}
