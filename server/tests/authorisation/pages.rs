//! A case for each page of the cabinet: whoever types its address sees what their role may see, and nobody else anything.
use crate::{
    Case, Who,
    common::Answer,
    people,
    world::{Ask, Person, Verdict, World, names_people},
};
use sapar_shared::{Lang, paths, roles::Permission as P};

macro_rules! cases {
    ($($path:literal $who:expr => |$w:ident| $below:expr;)*) => {
        pub fn cases() -> Vec<Case> {
            vec![$(Case { path: $path, who: $who, ask: |$w| page(&$below) }),*]
        }
    };
}

/// Below the cabinet, as a link.
fn page(below: &str) -> Ask {
    let cabinet = paths::partner(Lang::Ru);
    Ask::get(if below.is_empty() { cabinet } else { format!("{cabinet}/{below}") })
}

use Who::{Account, Anybody, Member, Within};

cases! {
    "" Within(P::SeeDepartures) => |_w| "";
    "departures/:id" Member(P::SeeDepartures) => |w| format!("departures/{}", w.tour.departure);
    "orders" Within(P::SeeOrders) => |_w| "orders";
    "orders/:id" Member(P::SeeOrders) => |w| format!("orders/{}", w.order);
    "sell" Within(P::SellForCash) => |_w| "sell";
    "scan" Within(P::ActivateTickets) => |_w| "scan";
    "start" Account => |_w| "start";
    "organisation" Within(P::EditOrganisation) => |_w| "organisation";
    // Whoever may not see the others reads there what they are themselves, and may leave.
    "members" Within(P::SeeDepartures) => |_w| "members";
    // Only leads to the scanner or to a ticket.
    "tickets" Anybody => |_w| "tickets";
    // A code of nobody's here is answered with that.
    "tickets/:code" Within(P::SeeDepartures) => |w| format!("tickets/{}", w.code);
    "listings" Within(P::EditListings) => |_w| "listings";
    "listings/new" Within(P::EditListings) => |_w| "listings/new";
    "listings/:id" Member(P::EditListings) => |w| format!("listings/{}", w.tour.listing);
    "listings/:id/departures" Member(P::EditListings) => |w| format!("listings/{}/departures", w.tour.listing);
    "listings/:id/preview" Member(P::EditListings) => |w| format!("listings/{}/preview", w.tour.listing);
    "import" Within(P::EditListings) => |_w| "import";
    "import/:id" Member(P::EditListings) => |w| format!("import/{}", w.import);
}

/// Refused, sent to the door, or to where it is said that there is no organisation.
fn is_shut(answer: &Answer) -> bool {
    Verdict::of(answer) == Verdict::Refused || answer.header("location").ends_with("/partner/start?nowhere=yes")
}

/// Walks all of them as everybody.
pub async fn walk(world: &World) {
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| case.who != Anybody) {
        for person in people() {
            let before = world.fingerprint().await;
            let answer = world.ask(person, (case.ask)(world)).await;
            let refused = case.refused(person);
            if is_shut(&answer) != refused || answer.status.is_server_error() {
                wrong.push(format!("/{}: {person:?}: {} {}", case.path, answer.status, answer.header("location")));
            }
            // A role's refusal is the page that says so, not a door.
            if refused && matches!(person, Person::Member(_)) && answer.status != 403 {
                wrong.push(format!("/{}: {person:?}: {} for 403", case.path, answer.status));
            }
            assert!(!refused || !names_people(&answer), "/{}: {person:?} reads what is not theirs", case.path);
            assert_eq!(world.fingerprint().await, before, "/{}: {person:?} changed something", case.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
