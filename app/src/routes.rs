//! The whole sitemap. A route is listed when its page works, not before.
use crate::{chunks::Screen, layout::frame::Lost, partner::Screen as Cabinet, site::chunks::Screen as Site};
use leptos::prelude::*;
use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, RouteMatchId, components::Routes,
};
#[cfg(feature = "ssr")]
use leptos_router::{Method, PathSegment, SsrMode};
use std::{borrow::Cow, sync::LazyLock};

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
    ("me/data", Screen::Customers(Site::MyData)),
    ("invitation/:token", Screen::Customers(Site::Invitation)),
    ("sign-in", Screen::Customers(Site::SignIn)),
    ("sign-in/code", Screen::Customers(Site::SignInCode)),
    ("sign-in/step", Screen::Customers(Site::SignInStep)),
    ("sign-up", Screen::Customers(Site::SignUp)),
    ("confirm/:token", Screen::Customers(Site::Confirm)),
    ("reset", Screen::Customers(Site::Reset)),
    ("reset/:token", Screen::Customers(Site::ResetTo)),
];

/// A line of the sitemap.
struct Place {
    id: RouteMatchId,
    /// Segments between slashes, `:name` for what varies.
    path: &'static str,
    screen: Screen,
    /// What stands below a frame, and in it.
    inside: Vec<Place>,
}

impl Place {
    fn new(path: &'static str, screen: Screen, inside: Vec<Self>) -> Self {
        Self { id: RouteMatchId::new_from_route_id(), path, screen, inside }
    }

    fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }

    /// What varies in a path that begins as this one does, and what comes behind it.
    fn fits<'a>(&self, path: &'a str) -> Option<(Params, &'a str)> {
        let mut params = Params::new();
        let mut rest = path;
        for segment in self.segments() {
            let path = rest.strip_prefix('/')?;
            let (given, behind) = path.split_at(path.find('/').unwrap_or(path.len()));
            match segment.strip_prefix(':') {
                Some(name) if !given.is_empty() => params.push((name.into(), given.to_owned())),
                None if given == segment => {}
                _ => return None,
            }
            rest = behind;
        }
        Some((params, rest))
    }
}

type Params = Vec<(Cow<'static, str>, String)>;

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let cabinet = CABINET.iter().map(|(path, screen)| Place::new(path, Screen::Cabinet(*screen), Vec::new()));
    let site = SITE.iter().map(|(path, screen)| Place::new(path, *screen, Vec::new()));
    vec![
        Place::new("", Screen::Root, Vec::new()),
        Place::new(":lang/partner", Screen::Cabinet(Cabinet::Frame), cabinet.collect()),
        Place::new(":lang", Screen::Site, site.collect()),
    ]
});

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

/// Stands where leptos's own `<Route>`s would: of those each weighs a hundred times what its line above does (docs/adr/0006).
#[component(transparent)]
fn Pages() -> Sought {
    Sought
}

/// Looks paths up in the sitemap.
#[derive(Clone, Copy, Debug)]
struct Sought;

impl MatchNestedRoutes for Sought {
    type Data = ();
    type Match = Found;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Found)>, &'a str) {
        find(&PLACES, path).map_or((None, path), |(found, rest)| (Some((found.place.id, found)), rest))
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> {
        #[cfg(feature = "ssr")]
        {
            all()
        }
        #[cfg(not(feature = "ssr"))]
        {
            []
        }
    }

    fn optional(&self) -> bool {
        false
    }
}

/// A place, and below it the one that stands inside.
struct Found {
    place: &'static Place,
    matched: String,
    params: Params,
    inside: Option<Box<Found>>,
}

/// The first place that fits, and what of the path is left: nothing, or a slash.
fn find<'a>(places: &'static [Place], path: &'a str) -> Option<(Found, &'a str)> {
    places.iter().find_map(|place| {
        let (mut params, mut rest) = place.fits(path)?;
        let matched = path[..path.len() - rest.len()].to_owned();
        let mut inside = None;
        if !place.inside.is_empty() {
            let (found, left) = find(&place.inside, rest)?;
            params.extend(found.params.iter().cloned());
            inside = Some(Box::new(found));
            rest = left;
        }
        matches!(rest, "" | "/").then_some((Found { place, matched, params, inside }, rest))
    })
}

impl MatchParams for Found {
    fn to_params(&self) -> Params {
        self.params.clone()
    }
}

impl MatchInterface for Found {
    type Child = Self;

    fn as_id(&self) -> RouteMatchId {
        self.place.id
    }

    fn as_matched(&self) -> &str {
        &self.matched
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<Self>) {
        (self.place.screen, self.inside.map(|found| *found))
    }
}

/// The cabinet's pages as they stand in the sitemap.
#[cfg(feature = "ssr")]
pub fn cabinet() -> impl Iterator<Item = &'static str> {
    CABINET.iter().map(|(path, _)| *path)
}

/// What the server is to listen at.
#[cfg(feature = "ssr")]
fn all() -> Vec<GeneratedRouteData> {
    fn segments(place: &Place) -> impl Iterator<Item = PathSegment> {
        place.segments().map(|segment| match segment.strip_prefix(':') {
            Some(name) => PathSegment::Param(name.into()),
            None => PathSegment::Static(segment.into()),
        })
    }
    let route = |segments| GeneratedRouteData {
        segments,
        ssr_mode: SsrMode::Async,
        methods: [Method::Get].into(),
        ..GeneratedRouteData::default()
    };
    let mut all = Vec::new();
    for place in PLACES.iter() {
        if place.inside.is_empty() {
            all.push(route(segments(place).collect()));
        }
        all.extend(place.inside.iter().map(|page| route(segments(place).chain(segments(page)).collect())));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos_router::RouteDefs;

    /// Frame, page, what varied.
    type Found = (String, String, Vec<(String, String)>);

    /// What of a path the frame and the page have matched, and what they read in it.
    fn found(path: &str) -> Option<Found> {
        let frame = RouteDefs::new(Sought).match_route(path)?;
        let params = frame.to_params().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
        let matched = frame.as_matched().to_owned();
        let page = frame.into_view_and_child().1.map(|page| page.as_matched().to_owned()).unwrap_or_default();
        Some((matched, page, params))
    }

    fn said(frame: &str, page: &str, params: &[(&str, &str)]) -> Option<Found> {
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
