//! A case for each route that is no page: pages ask by the server functions.
use crate::{Case, Gain, Who, common::TestApp, world::Ask};
use sapar_domain::payments::RESULT_PATH;
use sapar_shared::{Lang, paths, roles::Permission as P};
use std::collections::BTreeSet;

/// Where routes are written down.
const SOURCES: [&str; 2] = [include_str!("../../src/http/router.rs"), include_str!("../../src/http/routes/api_v1/mod.rs")];

/// What the program serves: the addresses in the routers' sources, and those of the API's own description.
pub async fn served(app: &TestApp) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in SOURCES {
        for (at, word) in source.match_indices(".route(") {
            let rest = source[at + word.len()..].trim_start();
            let path = match rest.strip_prefix('"') {
                Some(path) => path.split('"').next().unwrap().to_owned(),
                // A constant's name.
                None => rest.split([',', ' ']).next().unwrap().to_owned(),
            };
            found.insert(path);
        }
    }
    let described = app.get("/api/v1/openapi.json").await.json();
    for (path, methods) in described["paths"].as_object().unwrap() {
        found.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    found
}

macro_rules! cases {
    ($($path:literal $who:expr => $ask:expr;)*) => {
        pub fn cases() -> Vec<Case> {
            vec![$(Case { path: $path, who: $who, ask: $ask }),*]
        }
    };
}

use Gain::{Change, Sight};
use Who::{Account, Anybody, Key, Member, Signed, Within};

cases! {
    // An order's token is the key to its documents.
    "/files/orders/{token}/{name}" Key(Sight) => |w| Ask::get(format!("/files/orders/{}/calendar.ics", w.token));
    "/o/{token}" Key(Sight) => |w| Ask::get(format!("/o/{}", w.token));
    "/t/{signed}" Anybody => |_| Ask::get("/t/x");
    // What a picture was made from is in the same store: see `masters_are_shown_to_nobody`.
    "/files/pictures/{name}" Anybody => |_| Ask::get("/files/pictures/walk-480.webp");
    "/orders/{token}/events" Key(Sight) => |w| Ask::stream(format!("/orders/{}/events", w.token));
    "/{lang}/orders/{token}/return" Anybody => |w| Ask::get(format!("/ru/orders/{}/return", w.token));
    "paths::UPLOADS" Member(P::EditListings) => |w| {
        Ask::post(paths::upload_of_listing(w.tour.listing), "image/png", b"no picture".to_vec())
    };
    "paths::CABINET_EVENTS" Member(P::SeeOrders) => |_| Ask::stream(paths::CABINET_EVENTS);
    "paths::CABINET_DAY_EVENTS" Within(P::SeeDepartures) => |_| Ask::stream(paths::CABINET_DAY_EVENTS);
    "/cabinet/departures/{id}/{name}" Member(P::ExportLists) => |w| {
        Ask::get(paths::passengers_file(Lang::Ru, w.tour.departure, "csv"))
    };
    "paths::IMPORTS" Member(P::EditListings) => |_| Ask::post(paths::IMPORTS, "application/octet-stream", b"no workbook".to_vec());
    "/cabinet/imports/template.xlsx" Member(P::EditListings) => |_| Ask::get(paths::import_template(Lang::Ru));
    "/cabinet/imports/{id}/corrected.xlsx" Member(P::EditListings) => |w| Ask::get(paths::import_corrected(Lang::Ru, w.import));
    // Whoever is signed in gets their own, and by their password.
    "paths::MY_DATA_FILE" Account => |_| {
        Ask::post(paths::MY_DATA_FILE, "application/x-www-form-urlencoded", b"lang=ru&password=x".to_vec())
    };
    "/robots.txt" Anybody => |_| Ask::get("/robots.txt");
    "/sitemap.xml" Anybody => |_| Ask::get("/sitemap.xml");
    "/sitemap/{name}" Anybody => |_| Ask::get("/sitemap/tours.xml");
    // Signed by the payment provider.
    "RESULT_PATH" Signed => |w| {
        let said = format!("pg_order_id={}&pg_payment_id=1&pg_result=1&pg_salt=x&pg_sig={}", w.unpaid_number, "0".repeat(32));
        Ask::post(RESULT_PATH, "application/x-www-form-urlencoded", said.into_bytes())
    };
    // Signed by the payment provider, for the one address with this token.
    "CARD_RESULT_PATH" Signed => |_| {
        Ask::post("/webhooks/freedompay/cards/x", "application/x-www-form-urlencoded", b"pg_xml=x".to_vec())
    };
    "/api/v1/openapi.json" Anybody => |_| Ask::get("/api/v1/openapi.json");
    "/api/v1/docs" Anybody => |_| Ask::get("/api/v1/docs");
    "/api/v1/docs.css" Anybody => |_| Ask::get("/api/v1/docs.css");
    // There is nothing behind these.
    "/api/v1" Anybody => |_| Ask::get("/api/v1");
    "/api/v1/" Anybody => |_| Ask::get("/api/v1/");
    "/api/v1/{*unknown}" Anybody => |_| Ask::get("/api/v1/accounts");
    "get /api/v1/listings" Anybody => |_| Ask::get("/api/v1/listings");
    "get /api/v1/listings/{slug}" Anybody => |_| Ask::get("/api/v1/listings/tour-one");
    "post /api/v1/orders" Anybody => |_| Ask::post("/api/v1/orders", "application/json", b"{}".to_vec());
    "get /api/v1/orders/{token}" Key(Sight) => |w| Ask::get(format!("/api/v1/orders/{}", w.token));
    "post /api/v1/orders/{token}/cancel" Key(Change) => |w| {
        Ask::post(format!("/api/v1/orders/{}/cancel", w.unpaid), "application/json", b"{}".to_vec())
    };
    "get /api/v1/departures/{id}/tickets" Member(P::SeeDepartures) => |w| {
        Ask::get(format!("/api/v1/departures/{}/tickets", w.tour.departure))
    };
    "post /api/v1/tickets/{code}/activate" Member(P::ActivateTickets) => |w| {
        Ask::post(format!("/api/v1/tickets/{}/activate", w.code), "application/json", b"{}".to_vec())
    };
}
