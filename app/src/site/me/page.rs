//! `/:lang/me`.
use super::{
    api::load_me,
    contacts::{ContactActions, Contacts},
    follows::Follows,
    frame::{Head, Part},
};
use crate::wire::page_data;
use crate::{
    layout::{menu::LangLinks, theme::ThemeSwitch, use_lang},
    seo::PageMeta,
    site::{
        enter::ConfirmBanner,
        page_error::PageError,
        sign_in::{SignOut, next},
    },
    ui::{Alert, AlertTone, Card, Glyph, Icon, LinkButton, Skeleton},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::account::Account,
    paths,
    tr::{self, me as words},
};

#[component]
pub fn MePage() -> impl IntoView {
    let lang = use_lang();
    let actions = ContactActions::new();
    let me = page_data(move || actions.version(), |_| load_me());
    view! {
        <PageMeta lang title=words::title(lang) description=tr::account::me_guest_text(lang) path=paths::me noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <News lang/>
            <Transition fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match me.await {
                        Ok(Some(account)) => view! { <Mine lang account actions/> }.into_any(),
                        Ok(None) => view! { <Guest lang/> }.into_any(),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// What a link, or a form without a script, has just done.
#[component]
fn News(lang: Lang) -> impl IntoView {
    let done = use_query_map().read_untracked().get("done");
    let text = match done.as_deref() {
        Some("email") => words::done_email(lang),
        Some("changed") => words::done_changed(lang),
        Some("one-side") => words::done_one_side(lang),
        Some("refused") => words::done_refused(lang),
        Some("password") => words::done_password(lang),
        Some("erased") => tr::privacy::done(lang),
        Some("sent") => tr::enter::banner_sent(lang),
        _ => return ().into_any(),
    };
    view! { <Alert tone=AlertTone::Good>{text}</Alert> }.into_any()
}

#[component]
fn Looks(lang: Lang) -> impl IntoView {
    view! {
        <Card>
            <h2 class="text-lg mb-3">{tr::nav::language(lang)}</h2>
            <LangLinks lang/>
        </Card>
        <Card>
            <h2 class="text-lg mb-3">{tr::nav::theme(lang)}</h2>
            <ThemeSwitch lang/>
        </Card>
    }
    .into_any()
}

#[component]
fn Guest(lang: Lang) -> impl IntoView {
    view! {
        <h1>{words::title(lang)}</h1>
        <Card>
            <div class="flex gap-4">
                <span class="fact-mark chip-leaf">
                    <Icon name=Glyph::Ticket/>
                </span>
                <div>
                    <h2 class="text-lg">{tr::account::me_guest(lang)}</h2>
                    <p class="text-muted">{tr::account::me_guest_text(lang)}</p>
                </div>
            </div>
        </Card>
        <Card>
            <h2 class="text-lg">{words::sign_up_title(lang)}</h2>
            <p class="text-muted mb-3">{words::sign_up_text(lang)}</p>
            <div class="flex flex-wrap gap-2">
                <LinkButton href=next::with(&paths::sign_in(lang), &paths::me(lang))>{tr::account::sign_in(lang)}</LinkButton>
                <LinkButton href=paths::sign_up(lang)>{tr::sign_in::to_sign_up(lang)}</LinkButton>
            </div>
        </Card>
        <Looks lang/>
        <Card>
            <h2 class="text-lg">{tr::account::me_partner(lang)}</h2>
            <p class="text-muted mb-3">{tr::account::me_partner_text(lang)}</p>
            <div class="flex flex-wrap gap-2">
                <LinkButton href=next::sign_in(lang, &paths::partner(lang))>{words::partner_open(lang)}</LinkButton>
                <LinkButton href=next::with(&paths::sign_up(lang), &paths::partner_start(lang))>
                    {tr::enter::up_organiser_go(lang)}
                </LinkButton>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Mine(lang: Lang, account: Account, actions: ContactActions) -> impl IntoView {
    let banner = (!account.email_confirmed).then(|| view! { <ConfirmBanner lang email=account.email.clone()/> });
    let cabinet = match &account.organisation {
        Some(name) => {
            let name = name.clone();
            view! {
                <Card>
                    <h2 class="text-lg">{words::partner_title(lang)}</h2>
                    <p class="text-muted mb-3">{name}</p>
                    <LinkButton href=paths::partner(lang)>{words::partner_open(lang)}</LinkButton>
                </Card>
            }
            .into_any()
        }
        None => view! {
            <Card>
                <h2 class="text-lg">{tr::account::me_partner(lang)}</h2>
                <p class="text-muted mb-3">{words::partner_none(lang)}</p>
                <LinkButton href=paths::partner_start(lang)>{tr::enter::up_organiser_go(lang)}</LinkButton>
            </Card>
        }
        .into_any(),
    };
    view! {
        <Head lang part=Part::Overview/>
        {banner}
        <Contacts lang account actions/>
        <Follows lang/>
        <Looks lang/>
        {cabinet}
        <SignOut lang/>
    }
    .into_any()
}
