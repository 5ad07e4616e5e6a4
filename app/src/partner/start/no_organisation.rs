//! For whoever belongs to no organisation, be it no more or not yet: what that means, and the ways on. It stands at the address of
//! the sign-up, under a word of its own: whoever comes there on purpose wants to sign up.
use crate::{
    layout::cabinet::WhoIsIn,
    seo::PageMeta,
    site::page_error::{set_status, whole_page},
    ui::{Alert, LinkButton},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};
use sapar_shared::{
    Lang,
    dto::organisation::OrganisationStatus,
    paths,
    tr::{self, organisation as words},
};

/// In the address.
pub(super) const WORD: &str = "nowhere";

/// Where whoever has no organisation is sent.
#[must_use]
pub fn nowhere(lang: Lang) -> String {
    format!("{}?{WORD}=yes", paths::partner_start(lang))
}

#[component]
pub(super) fn Nowhere(lang: Lang) -> impl IntoView {
    let ways = view! {
        <div class="flex flex-wrap justify-center gap-2">
            <LinkButton href=paths::me(lang)>{words::nowhere_me(lang)}</LinkButton>
            <LinkButton href=paths::home(lang)>{tr::partner::to_site(lang)}</LinkButton>
            <LinkButton href=paths::partner_start(lang)>{words::nowhere_start(lang)}</LinkButton>
        </div>
    }
    .into_any();
    view! {
        <PageMeta
            lang
            title=words::nowhere_title(lang)
            description=words::nowhere_text(lang)
            path=paths::partner
            noindex=true
        />
        <Back lang/>
        {whole_page(words::nowhere_title(lang), words::nowhere_text(lang), ways)}
    }
    .into_any()
}

/// Whoever was let in meanwhile, and still has the address, goes in.
#[component]
fn Back(lang: Lang) -> impl IntoView {
    let who = use_context::<WhoIsIn>();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let inside = who?.0.await.is_ok_and(|me| me.is_ok());
                inside
                    .then(|| {
                        set_status(302);
                        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                        view! { <Redirect path=paths::partner(lang) options/> }
                    })
            })}
        </Suspense>
    }
    .into_any()
}

/// Whoever belongs to an organisation that was sent already, and begins here, makes a second one: they should know.
#[component]
pub(super) fn Second(lang: Lang) -> impl IntoView {
    let who = use_context::<WhoIsIn>();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let me = who?.0.await.ok()?.ok()?;
                let works = me.status != OrganisationStatus::Draft;
                works
                    .then(|| {
                        let text = words::second_company(lang, me.organisation);
                        view! { <Alert><span class="wrap-anywhere">{text}</span></Alert> }
                    })
            })}
        </Suspense>
    }
    .into_any()
}
