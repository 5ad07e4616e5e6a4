//! The cabinet's frame: on a phone a bar on top and one under the thumb, on a desk a bar at the side.
use super::{lang::of_path, menu::LangLinks, theme::ThemeSwitch};
use crate::wire::{InPage, page_data};
use crate::{
    partner::{
        api::{WhoError, who_am_i},
        bound::{self, BindTo, Bound, Strayed},
        form::{Answer, Outcome, on_done},
        nowhere,
        organisation::{BlockRemark, api::ChooseOrganisation},
        words,
    },
    site::{
        page_error::set_status,
        sign_in::{SignOut, next},
        tour::details::initials,
    },
    ui::{Alert, AlertTone, Glyph, Icon, Skeleton},
};
use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
};
use leptos_router::{
    NavigateOptions,
    components::{Outlet, Redirect},
    hooks::use_location,
};
use sapar_shared::{
    Lang,
    dto::{
        organisation::{Membership, OrganisationStatus},
        partner::Me,
    },
    ids::OrganisationId,
    paths,
    roles::{Permission, Role},
    tr,
};

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
    let bound = Bound::new(lang);
    view! {
        <a class="skip-link" href="#main" rel="external">{tr::nav::skip(lang)}</a>
        <Strayed bound/>
        <div
            class="cab"
            on:click:capture=move |ev: MouseEvent| bound.check(&ev)
            on:submit:capture=move |ev: SubmitEvent| bound.check(&ev)
        >
            <Bar lang me bound/>
            <main id="main" tabindex="-1" class="cab-main" on:input=move |_| bound.type_in()>
                <Banner lang me/>
                <Outlet/>
            </main>
        </div>
        <nav
            class="cab-bottom empty:hidden"
            aria-label=tr::partner::bottom(lang)
            on:click:capture=move |ev: MouseEvent| bound.check(&ev)
        >
            <Links lang me/>
        </nav>
    }
    .into_any()
}

/// What every member should know of an organisation that is not active. Its own page says more, and the sign-up needs none.
#[component]
fn Banner(lang: Lang, me: WhoIsIn) -> impl IntoView {
    let pathname = use_location().pathname;
    let banner = move || {
        let own = [paths::partner_start(lang), paths::partner_organisation(lang)].contains(&pathname.get());
        Suspend::new(async move {
            let me = me.0.await.ok().and_then(Result::ok).filter(|_| !own)?;
            let (tone, text) = match me.status {
                OrganisationStatus::Active => return None,
                OrganisationStatus::Draft => (AlertTone::Info, tr::organisation::banner_draft(lang)),
                OrganisationStatus::AwaitingCall => (AlertTone::Info, tr::organisation::banner_awaiting(lang)),
                OrganisationStatus::Blocked => (AlertTone::Bad, tr::organisation::banner_blocked(lang)),
            };
            let more = me.role.may(Permission::EditOrganisation).then(|| {
                let words = match me.status {
                    OrganisationStatus::Blocked => tr::organisation::banner_blocked_more(lang),
                    _ => tr::organisation::banner_more(lang),
                };
                view! { <a class="link inline-block py-2.5 -my-2.5" href=paths::partner_organisation(lang)>{words}</a> }
            });
            Some(view! {
                <div class="mb-4">
                    <Alert tone>
                        {text}" "{more}
                        <BlockRemark lang remark=me.block_remark/>
                    </Alert>
                </div>
            })
        })
    };
    view! { <Transition>{banner}</Transition> }.into_any()
}

/// Names and phones of passengers stay in no cache.
fn keep_private() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("private, no-store"));
    }
}

#[component]
fn Links(lang: Lang, me: WhoIsIn) -> impl IntoView {
    let pathname = use_location().pathname;
    // `roots`: they and what lies below them belong to it, too.
    let link = move |name: &'static str, href: String, glyph: Glyph, roots: Vec<String>| {
        let own = href.clone();
        let current = move || {
            let path = pathname.read();
            let within =
                |root: &String| path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            (*path == own || roots.iter().any(within)).then_some("page")
        };
        section(name, href, glyph, current)
    };
    let links = move || {
        Suspend::new(async move {
            let role = match me.0.await {
                Ok(Ok(me)) => Some(me.role),
                // For whoever is in no organisation there is nothing here yet.
                Ok(Err(_)) => return ().into_any(),
                // Where it is not known who is in, the scanner stays: it has to be found without a network, too.
                Err(_) => None,
            };
            let may = |permission| role.is_some_and(|role| role.may(permission));
            let scans = role.is_none_or(|role| role.may(Permission::ActivateTickets));
            let orders = may(Permission::SeeOrders).then(|| {
                link(tr::partner::orders(lang), paths::partner_orders(lang), Glyph::Ticket, vec![paths::partner_orders(lang)])
            });
            let scan = scans.then(|| link(tr::partner::scan(lang), paths::partner_scan(lang), Glyph::Qr, Vec::new()));
            // Tours come in from files, too.
            let of_listings = || vec![paths::partner_listings(lang), paths::partner_import(lang)];
            let listings = may(Permission::EditListings)
                .then(|| link(tr::listings::title(lang), paths::partner_listings(lang), Glyph::Mountain, of_listings()));
            view! {
                {link(tr::partner::today(lang), paths::partner(lang), Glyph::Calendar, Vec::new())}
                {orders}
                {scan}
                {listings}
            }
            .into_any()
        })
    };
    view! { <Transition>{links}</Transition> }.into_any()
}

#[component]
fn Bar(lang: Lang, me: WhoIsIn, bound: Bound) -> impl IntoView {
    let here = use_location();
    let organisation = move || {
        Suspend::new(async move {
            match me.0.await {
                Ok(Ok(me)) => view! {
                    <BindTo bound organisation=me.organisation_id all=me.organisations/>
                    <Own name=me.organisation logo=me.logo/>
                }
                .into_any(),
                Ok(Err(WhoError::Stranger)) => {
                    let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
                    let from = if search.is_empty() { path } else { format!("{path}?{search}") };
                    // Whoever comes to become a partner has no account yet; whoever has one finds the other door there.
                    let starts = here.pathname.get_untracked() == paths::partner_start(lang);
                    let path = if starts { next::with(&paths::sign_up(lang), &from) } else { next::sign_in(lang, &from) };
                    set_status(302);
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    view! { <Redirect path options/> }.into_any()
                }
                // There is nothing to see where there is no organisation, be it not yet or no more: a page says so.
                Ok(Err(WhoError::NoOrganisation)) if here.pathname.get_untracked() != paths::partner_start(lang) => {
                    set_status(302);
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    view! { <Redirect path=nowhere(lang) options/> }.into_any()
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
            <nav class="cab-side empty:hidden" aria-label=tr::partner::sections(lang)>
                <Links lang me/>
                <OwnLinks lang me/>
            </nav>
            <Account lang me/>
        </header>
    }
    .into_any()
}

/// In whose cabinet one is. The logo, or the initials in its place, is seen on a desk only: a phone's bar has no room for it.
#[component]
fn Own(name: String, logo: Option<String>) -> impl IntoView {
    let face = match logo {
        Some(address) => view! { <img src=address alt="" width="44" height="44" decoding="async"/> }.into_any(),
        None => initials(&name).into_any(),
    };
    view! {
        <span class="cab-face" aria-hidden="true">{face}</span>
        <span class="line-clamp-2 min-w-0">{name}</span>
    }
    .into_any()
}

fn section(
    name: &'static str,
    href: String,
    glyph: Glyph,
    current: impl Fn() -> Option<&'static str> + Send + 'static,
) -> impl IntoView {
    view! {
        <a href=href aria-current=current>
            <Icon name=glyph/>
            <span>{name}</span>
        </a>
    }
}

/// The organisation's own pages, which a phone has behind the round button.
#[component]
fn OwnLinks(lang: Lang, me: WhoIsIn) -> impl IntoView {
    let pathname = use_location().pathname;
    let link = move |name: &'static str, href: String, glyph: Glyph| {
        let own = href.clone();
        let current = move || (*pathname.read() == own).then_some("page");
        section(name, href, glyph, current)
    };
    let links = move || {
        Suspend::new(async move {
            let role = me.0.await.ok().and_then(Result::ok)?.role;
            let organisation = role
                .may(Permission::EditOrganisation)
                .then(|| link(tr::organisation::title(lang), paths::partner_organisation(lang), Glyph::City));
            Some(view! {
                {organisation}
                {link(members(lang, role), paths::partner_members(lang), Glyph::People)}
            })
        })
    };
    view! { <Transition>{links}</Transition> }.into_any()
}

/// What the page of members is to whoever has this role.
fn members(lang: Lang, role: Role) -> &'static str {
    if role.may(Permission::ManageMembers) { tr::organisation::members(lang) } else { tr::organisation::membership(lang) }
}

/// One's other organisations, each a tap away; what is on the screen belongs to the one before, so all of it loads anew.
#[component]
fn Others(lang: Lang, here: OrganisationId, organisations: Vec<Membership>) -> impl IntoView {
    let action = ServerAction::<ChooseOrganisation>::new();
    let answer = Answer::derive(move || action.value().get());
    on_done(answer, move || {
        bound::move_on();
        crate::browser::load(&paths::partner(lang));
    });
    let others: Vec<_> = organisations.into_iter().filter(|other| other.id != here).collect();
    if others.is_empty() {
        return ().into_any();
    }
    let buttons = others
        .into_iter()
        .map(|other| {
            view! {
                <button class="btn" name="organisation" value=other.id.to_string()>
                    <Icon name=Glyph::Refresh class="icon icon-small"/>
                    <span class="min-w-0 wrap-anywhere">{other.name}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <p class="field-label mt-2">{tr::organisation::other_organisations(lang)}</p>
        <Outcome lang answer pending=false/>
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <div class="grid gap-2">{buttons}</div>
        </ActionForm>
    }
    .into_any()
}

/// Behind the round button: who one is, the organisation, language, theme, the way out.
#[component]
fn Account(lang: Lang, me: WhoIsIn) -> impl IntoView {
    // Its links change the page under it.
    let pathname = use_location().pathname;
    Effect::new(move |_| {
        pathname.track();
        crate::browser::hide_popover("account");
    });
    let person = move || {
        Suspend::new(async move {
            me.0.await.ok().and_then(Result::ok).map(|me| {
                let Me { name, email, organisation_id, organisation, role, organisations, .. } = me;
                let role_word = words::role(lang, role);
                let rest = if name == email { role_word.to_owned() } else { format!("{email} · {role_word}") };
                view! {
                    <p class="text-sm text-muted">{tr::partner::signed_in_as(lang)}</p>
                    <p class="font-semibold wrap-anywhere">{name}</p>
                    <p class="text-sm text-muted wrap-anywhere">{rest}</p>
                    <p class="font-semibold mt-4 mb-2 wrap-anywhere">{organisation}</p>
                    <div class="grid gap-2 mb-4">
                        {role
                            .may(Permission::EditOrganisation)
                            .then(|| view! { <a class="btn" href=paths::partner_organisation(lang)>{tr::organisation::title(lang)}</a> })}
                        <a class="btn" href=paths::partner_members(lang)>
                            {members(lang, role)}
                        </a>
                        <Others lang here=organisation_id organisations/>
                    </div>
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
