//! The whole sitemap. A route is listed when its page works, not before.
use crate::{chunks::Screen, layout::frame::Lost, partner::Screen as Cabinet, site::chunks::Screen as Site};
use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_router::{
    NestedRoute, ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch, SsrMode, StaticSegment,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute as _},
    components::Routes,
};

/// Below `/:lang/partner`.
const CABINET: &[(&str, Cabinet)] = &[
    ("", Cabinet::Today),
    ("departures/:id", Cabinet::Departure),
    ("orders", Cabinet::Orders),
    ("orders/:id", Cabinet::Order),
    ("sell", Cabinet::Sell),
    ("scan", Cabinet::Scan),
    ("start", Cabinet::Start),
    ("organisation", Cabinet::Organisation),
    ("members", Cabinet::Members),
    ("tickets", Cabinet::FindTicket),
    ("tickets/:code", Cabinet::Ticket),
    ("listings", Cabinet::Listings),
    ("listings/new", Cabinet::NewListing),
    ("listings/:id", Cabinet::Editor),
    ("listings/:id/departures", Cabinet::Departures),
    ("listings/:id/preview", Cabinet::Preview),
    ("import", Cabinet::Imports),
    ("import/:id", Cabinet::Import),
];

/// Below `/:lang`.
const SITE: &[(&str, Screen)] = &[
    ("", Screen::Customers(Site::Home)),
    ("tours", Screen::Customers(Site::Search)),
    ("tours/:slug", Screen::Tour),
    ("checkout/:token", Screen::Customers(Site::Checkout)),
    ("orders/:token", Screen::Customers(Site::Order)),
    ("partners/:slug", Screen::Customers(Site::Partner)),
    ("saved", Screen::Customers(Site::Saved)),
    ("tickets", Screen::Customers(Site::Tickets)),
    ("me", Screen::Customers(Site::Me)),
    ("me/orders", Screen::Customers(Site::MyOrders)),
    ("me/profile", Screen::Customers(Site::MyProfile)),
    ("me/security", Screen::Customers(Site::MySecurity)),
    ("invitation/:token", Screen::Customers(Site::Invitation)),
    ("sign-in", Screen::Customers(Site::SignIn)),
    ("sign-in/code", Screen::Customers(Site::SignInCode)),
    ("sign-in/step", Screen::Customers(Site::SignInStep)),
    ("sign-up", Screen::Customers(Site::SignUp)),
    ("confirm/:token", Screen::Customers(Site::Confirm)),
    ("reset", Screen::Customers(Site::Reset)),
    ("reset/:token", Screen::Customers(Site::ResetTo)),
];

/// Pages are rendered whole before the first byte leaves (`Async`): that is what lets them answer 404 and what a crawler, a
/// browser without a script and a cache want alike.
///
/// What the router of the server serves itself (`server/src/http/router.rs`) never comes here; any other single segment at the
/// root is taken for a language.
#[component]
pub fn Sitemap() -> impl IntoView {
    view! {
        <Routes fallback=Lost>
            <Pages/>
        </Routes>
    }
}

#[component(transparent)]
fn Pages() -> StaticVec<AnyNestedRoute> {
    pages()
}

/// The tables as leptos wants them. Its `<Route>` for each line would weigh a hundred times what the line does: see `Screen`.
fn pages() -> StaticVec<AnyNestedRoute> {
    let cabinet = CABINET.iter().map(|(path, screen)| page(path, Screen::Cabinet(*screen))).collect();
    let site = SITE.iter().map(|(path, screen)| page(path, *screen)).collect();
    StaticVec::from(vec![
        page("", Screen::Root),
        frame(":lang/partner", Screen::Cabinet(Cabinet::Frame), cabinet),
        frame(":lang", Screen::Site, site),
    ])
}

fn page(path: &'static str, screen: Screen) -> AnyNestedRoute {
    NestedRoute::new(Path(path), screen).ssr_mode(SsrMode::Async).into_any_nested_route()
}

fn frame(path: &'static str, screen: Screen, pages: Vec<AnyNestedRoute>) -> AnyNestedRoute {
    NestedRoute::new(Path(path), screen).ssr_mode(SsrMode::Async).child(StaticVec::from(pages)).into_any_nested_route()
}

/// Segments between slashes, `:name` for what varies. Each matches as leptos's own does.
#[derive(Clone, Copy, Debug)]
struct Path(&'static str);

impl Path {
    fn segments(self) -> impl Iterator<Item = &'static str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }
}

impl PossibleRouteMatch for Path {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut rest = path;
        let mut params = Vec::new();
        for segment in self.segments() {
            let found = match segment.strip_prefix(':') {
                Some(name) => ParamSegment(name).test(rest),
                None => StaticSegment(segment).test(rest),
            }?;
            rest = found.remaining();
            params.extend(found.params());
        }
        Some(PartialPathMatch::new(rest, params, &path[..path.len() - rest.len()]))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        for segment in self.segments() {
            match segment.strip_prefix(':') {
                Some(name) => ParamSegment(name).generate_path(path),
                None => StaticSegment(segment).generate_path(path),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos_router::{MatchInterface as _, MatchParams as _, RouteDefs};

    /// What of a path the frame and the page have matched, and what they read in it.
    fn found(path: &str) -> Option<(String, String, Vec<(String, String)>)> {
        let frame = RouteDefs::new(pages()).match_route(path)?;
        let params = frame.to_params().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
        let matched = frame.as_matched().to_owned();
        let page = frame.into_view_and_child().1.map(|page| page.as_matched().to_owned()).unwrap_or_default();
        Some((matched, page, params))
    }

    fn said(frame: &str, page: &str, params: &[(&str, &str)]) -> Option<(String, String, Vec<(String, String)>)> {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Some((frame.to_owned(), page.to_owned(), params))
    }

    #[test]
    fn a_path_finds_its_frame_its_page_and_what_varies() {
        assert_eq!(found("/"), said("", "", &[]));
        assert_eq!(found("/kk"), said("/kk", "", &[("lang", "kk")]));
        assert_eq!(found("/ru/tours/kolsai"), said("/ru", "/tours/kolsai", &[("lang", "ru"), ("slug", "kolsai")]));
        assert_eq!(found("/ru/tours/kolsai/"), said("/ru", "/tours/kolsai", &[("lang", "ru"), ("slug", "kolsai")]));
        assert_eq!(found("/en/partner"), said("/en/partner", "", &[("lang", "en")]));
        assert_eq!(found("/en/partner/listings/new"), said("/en/partner", "/listings/new", &[("lang", "en")]));
        assert_eq!(
            found("/en/partner/listings/7/preview"),
            said("/en/partner", "/listings/7/preview", &[("lang", "en"), ("id", "7")])
        );
    }

    #[test]
    fn nothing_else_is_found() {
        for path in ["/ru/nothing", "/ru/tours/kolsai/more", "/ru/partner/nothing", "/ru/partner/listings/7/more", "/ru/toursx"] {
            assert_eq!(found(path), None, "{path}");
        }
    }

    #[test]
    fn each_path_leads_to_one_screen_and_each_screen_has_a_path() {
        let mut all: Vec<_> =
            CABINET.iter().map(|(path, screen)| (format!("partner/{path}"), Screen::Cabinet(*screen))).collect();
        all.extend(SITE.iter().map(|(path, screen)| ((*path).to_owned(), *screen)));
        for (at, (path, screen)) in all.iter().enumerate() {
            assert!(!all[..at].iter().any(|(other, shown)| other == path || shown == screen), "{path} {screen:?}");
        }
    }
}
