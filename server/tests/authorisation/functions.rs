//! A case for each server function.
use crate::{Case, Who, world::Ask};
use leptos::server_fn::axum::server_fn_paths;
use sapar_shared::roles::Permission as P;

/// What the program serves.
pub fn served() -> Vec<String> {
    server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

macro_rules! cases {
    ($($path:literal $who:expr => $ask:expr;)*) => {
        pub fn cases() -> Vec<Case> {
            vec![$(Case { path: $path, who: $who, ask: $ask }),*]
        }
    };
}

use Who::{Anybody, Member};

cases! {
    "/fn/texts" Anybody => |_| Ask::get(format!("/fn/texts?lang=ru&version={}", sapar_shared::tr::VERSION));
    "/fn/theme" Anybody => |_| Ask::form("/fn/theme", "theme=dark");
    "/fn/who-am-i" Anybody => |_| Ask::form("/fn/who-am-i", "");
    "/fn/sign-in" Anybody => |_| Ask::form("/fn/sign-in", "lang=ru&email=x%40example.kz&password=x&next=/ru");
    "/fn/sign-out" Anybody => |_| Ask::form("/fn/sign-out", "lang=ru");
    "/fn/catalog/search" Anybody => |_| Ask::get("/fn/catalog/search?lang=ru");
    "/fn/catalog/filters" Anybody => |_| Ask::get("/fn/catalog/filters?lang=ru");
    "/fn/catalog/home" Anybody => |_| Ask::get("/fn/catalog/home?lang=ru");
    "/fn/catalog/partner" Anybody => |_| Ask::get("/fn/catalog/partner?lang=ru&slug=one");
    "/fn/catalog/tour" Anybody => |_| Ask::get("/fn/catalog/tour?lang=ru&slug=tour-one");
    "/fn/catalog/saved" Anybody => |_| Ask::get("/fn/catalog/saved?lang=ru");
    "/fn/orders/hold" Anybody => |_| Ask::form("/fn/orders/hold", "lang=ru&slug=tour-one");
    // An order's token is the key to it, and 130 bits long.
    "/fn/load_order" Anybody => |w| Ask::form("/fn/load_order", format!("lang=ru&token={}", w.token));
    "/fn/resume_payment" Anybody => |w| Ask::form("/fn/resume_payment", format!("lang=ru&token={}", w.token));
    "/fn/cancel_order" Anybody => |_| Ask::form("/fn/cancel_order", "lang=ru&token=x");
    "/fn/to_newer_order" Anybody => |w| Ask::form("/fn/to_newer_order", format!("lang=ru&token={}", w.token));
    "/fn/load_checkout" Anybody => |w| Ask::form("/fn/load_checkout", format!("lang=ru&token={}", w.token));
    "/fn/pay_order" Anybody => |w| Ask::form("/fn/pay_order", format!("lang=ru&token={}", w.token));
    "/fn/partner-day" Member(P::SeeDepartures) => |_| Ask::form("/fn/partner-day", "lang=ru&day=");
    "/fn/partner-departure" Member(P::SeeDepartures) => |w| {
        Ask::form("/fn/partner-departure", format!("lang=ru&id={}", w.tour.departure))
    };
    "/fn/partner-look" Member(P::SeeDepartures) => |w| Ask::form("/fn/partner-look", format!("lang=ru&typed={}", w.code));
    "/fn/partner-activate" Member(P::ActivateTickets) => |w| {
        Ask::form("/fn/partner-activate", format!("lang=ru&code={}&whole=false", w.code))
    };
    "/fn/cabinet-uploads" Member(P::EditListings) => |w| Ask::packed("/fn/cabinet-uploads", &(vec![w.upload],));
    "/fn/cabinet-upload-crop" Member(P::EditListings) => |w| {
        Ask::packed("/fn/cabinet-upload-crop", &(w.upload, Some((0_i32, 0_i32, 500_i32, 500_i32))))
    };
    "/fn/cabinet-upload-discard" Member(P::EditListings) => |w| Ask::packed("/fn/cabinet-upload-discard", &(w.upload, false));
}
