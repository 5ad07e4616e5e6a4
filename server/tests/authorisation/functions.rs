//! A case for each server function.
use crate::{
    Case, Gain, Who,
    world::{Ask, INVITED, Person},
};
use leptos::server_fn::axum::server_fn_paths;
use sapar_shared::{
    Lang,
    dto::{
        desk::{OrdersQuery, UndoReason},
        editor::{NewDepartures, NewTour, TicketTypeForm, TourDraft},
    },
    roles::{Permission as P, Role},
};

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

use Gain::{Change, Sight};
use Who::{Account, Anybody, Key, Member, Within};

cases! {
    "/fn/texts" Anybody => |_| Ask::get(format!("/fn/texts?lang=ru&version={}", sapar_shared::tr::VERSION));
    "/fn/theme" Anybody => |_| Ask::form("/fn/theme", "theme=dark");
    "/fn/who-am-i" Anybody => |_| Ask::form("/fn/who-am-i", "");
    "/fn/sign-in" Anybody => |_| Ask::form("/fn/sign-in", "lang=ru&email=x%40example.kz&password=x&next=/ru");
    "/fn/sign-out" Anybody => |_| Ask::form("/fn/sign-out", "lang=ru");
    "/fn/catalog/search" Anybody => |_| Ask::get("/fn/catalog/search?lang=ru");
    "/fn/catalog/filters" Anybody => |_| Ask::get("/fn/catalog/filters?lang=ru");
    "/fn/catalog/home" Anybody => |_| Ask::get("/fn/catalog/home?lang=ru");
    "/fn/catalog/partner" Anybody => |_| Ask::get("/fn/catalog/partner?lang=ru&slug=one&after=");
    "/fn/catalog/tour" Anybody => |_| Ask::get("/fn/catalog/tour?lang=ru&slug=tour-one");
    "/fn/catalog/saved" Anybody => |_| Ask::get("/fn/catalog/saved?lang=ru");
    "/fn/orders/hold" Anybody => |_| Ask::form("/fn/orders/hold", "lang=ru&slug=tour-one");
    // An order's token is the key to it, and 130 bits long.
    "/fn/load_order" Key(Sight) => |w| Ask::form("/fn/load_order", format!("lang=ru&token={}", w.token));
    "/fn/resume_payment" Key(Sight) => |w| Ask::form("/fn/resume_payment", format!("lang=ru&token={}", w.unpaid));
    // By the cart in the browser's own cookie.
    "/fn/to_newer_order" Anybody => |_| Ask::form("/fn/to_newer_order", "lang=ru&slug=tour-one");
    "/fn/load_checkout" Key(Sight) => |w| Ask::form("/fn/load_checkout", format!("lang=ru&token={}", w.token));
    "/fn/pay_order" Key(Change) => |w| {
        let contact = "name=Asel&phone=87011234567&email=asel%40example.kz";
        Ask::form("/fn/pay_order", format!("lang=ru&token={}&{contact}", w.unpaid))
    };
    "/fn/cancel_order" Key(Change) => |w| Ask::form("/fn/cancel_order", format!("lang=ru&token={}", w.unpaid));
    "/fn/partner-day" Member(P::SeeDepartures) => |_| Ask::form("/fn/partner-day", "lang=ru&day=");
    "/fn/partner-departure" Member(P::SeeDepartures) => |w| {
        Ask::form("/fn/partner-departure", format!("lang=ru&id={}", w.tour.departure))
    };
    "/fn/partner-look" Member(P::SeeDepartures) => |w| Ask::form("/fn/partner-look", format!("lang=ru&typed={}", w.code));
    "/fn/partner-activate" Member(P::ActivateTickets) => |w| {
        Ask::form("/fn/partner-activate", format!("lang=ru&code={}&whole=false", w.code))
    };
    // Accounts: what is typed is the key, or it is about whoever asks.
    "/fn/sign-up" Anybody => |_| Ask::form("/fn/sign-up", "lang=ru&name=x&phone=1&email=x&password=x&next=");
    "/fn/load-sign-up" Anybody => |_| Ask::form("/fn/load-sign-up", "");
    "/fn/ask-code" Anybody => |_| Ask::form("/fn/ask-code", "lang=ru&phone=1&next=");
    "/fn/sign-in-code" Anybody => |_| Ask::form("/fn/sign-in-code", "lang=ru&request=x&code=1&next=");
    "/fn/sign-in-step" Anybody => |_| Ask::form("/fn/sign-in-step", "lang=ru&code=1&next=");
    "/fn/load-step" Anybody => |_| Ask::form("/fn/load-step", "");
    "/fn/ask-reset" Anybody => |_| Ask::form("/fn/ask-reset", "lang=ru&email=x%40example.kz");
    "/fn/reset-password" Anybody => |_| Ask::form("/fn/reset-password", "lang=ru&token=x&password=x");
    "/fn/look-at-link" Anybody => |_| Ask::form("/fn/look-at-link", "token=x");
    "/fn/confirm-link" Anybody => |_| Ask::form("/fn/confirm-link", "lang=ru&token=x&password=");
    "/fn/refuse-change" Anybody => |_| Ask::form("/fn/refuse-change", "lang=ru&token=x");
    "/fn/load-me" Anybody => |_| Ask::form("/fn/load-me", "");
    "/fn/resend-confirmation" Account => |_| Ask::form("/fn/resend-confirmation", "lang=ru");
    "/fn/load-my-orders" Account => |_| Ask::form("/fn/load-my-orders", "lang=ru&after=");
    "/fn/load-profile" Account => |_| Ask::form("/fn/load-profile", "");
    "/fn/save-profile" Account => |_| Ask::form("/fn/save-profile", "lang=ru&name=&birth_date=&city=&network=");
    "/fn/withdraw-profile" Account => |_| Ask::form("/fn/withdraw-profile", "lang=ru&fact=city");
    "/fn/load-security" Account => |_| Ask::form("/fn/load-security", "lang=ru");
    "/fn/begin-step" Account => |_| Ask::form("/fn/begin-step", "lang=ru&password=x");
    "/fn/cancel-step" Account => |_| Ask::form("/fn/cancel-step", "lang=ru");
    "/fn/renew-recovery" Account => |_| Ask::form("/fn/renew-recovery", "lang=ru&password=x");
    "/fn/enable-step" Account => |_| Ask::form("/fn/enable-step", "lang=ru&code=1");
    "/fn/disable-step" Account => |_| Ask::form("/fn/disable-step", "lang=ru&password=x");
    "/fn/change-email" Account => |_| Ask::form("/fn/change-email", "lang=ru&email=&password=");
    "/fn/change-phone" Account => |_| Ask::form("/fn/change-phone", "lang=ru&phone=&password=");
    "/fn/prove-phone" Account => |_| Ask::form("/fn/prove-phone", "lang=ru&new_code=&old_code=");
    "/fn/renew-change" Account => |_| Ask::form("/fn/renew-change", "lang=ru&channel=email");
    "/fn/cancel-change" Account => |_| Ask::form("/fn/cancel-change", "lang=ru&channel=email");
    "/fn/change-password" Account => |_| Ask::form("/fn/change-password", "lang=ru&current=&wanted=");
    "/fn/end-sessions" Account => |_| Ask::form("/fn/end-sessions", "lang=ru&session=");
    "/fn/load-erasure" Account => |_| Ask::form("/fn/load-erasure", "lang=ru");
    "/fn/erase-account" Account => |_| Ask::form("/fn/erase-account", "lang=ru&password=x");
    "/fn/partner-follow" Account => |_| Ask::form("/fn/partner-follow", "lang=ru&slug=one&on=true");
    "/fn/partner-follows" Anybody => |_| Ask::form("/fn/partner-follows", "slug=one");
    "/fn/load-follows" Account => |_| Ask::form("/fn/load-follows", "");
    "/fn/load-passkeys" Account => |_| Ask::form("/fn/load-passkeys", "");
    "/fn/begin-passkey" Account => |_| Ask::form("/fn/begin-passkey", "password=x");
    "/fn/add-passkey" Account => |w| Ask::form("/fn/add-passkey", format!("lang=ru&challenge={}&name=x&answer=x", w.invitation));
    "/fn/remove-passkey" Account => |_| Ask::form("/fn/remove-passkey", "id=x");
    "/fn/begin-passkey-sign-in" Anybody => |_| Ask::form("/fn/begin-passkey-sign-in", "");
    "/fn/passkey-sign-in" Anybody => |w| {
        Ask::form("/fn/passkey-sign-in", format!("lang=ru&challenge={}&answer=x&next=", w.invitation))
    };
    // An invitation's token is the key to it, and only the invited may accept.
    "/fn/invitation" Key(Sight) => |_| Ask::form("/fn/invitation", format!("token={INVITED}"));
    "/fn/invitation-accept" Anybody => |_| Ask::form("/fn/invitation-accept", "lang=ru&token=x");
    // The organisation.
    "/fn/cabinet-start" Account => |_| Ask::form("/fn/cabinet-start", "lang=ru");
    "/fn/cabinet-start-company" Account => |_| Ask::form("/fn/cabinet-start-company", "lang=ru&name=&bin=&next=");
    "/fn/cabinet-start-send" Member(P::EditOrganisation) => |_| Ask::form("/fn/cabinet-start-send", "lang=ru");
    "/fn/cabinet-choose-organisation" Member(P::SeeDepartures) => |w| {
        Ask::form("/fn/cabinet-choose-organisation", format!("lang=ru&organisation={}", w.tour.organisation))
    };
    "/fn/cabinet-organisation" Member(P::EditOrganisation) => |_| Ask::form("/fn/cabinet-organisation", "lang=ru");
    "/fn/cabinet-organisation-company" Member(P::EditOrganisation) => |_| {
        Ask::form("/fn/cabinet-organisation-company", "lang=ru&name=&bin=&next=")
    };
    "/fn/cabinet-organisation-contact" Member(P::EditOrganisation) => |_| {
        Ask::form("/fn/cabinet-organisation-contact", "lang=ru&name=&phone=&email=&next=")
    };
    "/fn/cabinet-organisation-profile" Member(P::EditOrganisation) => |_| {
        Ask::form("/fn/cabinet-organisation-profile", "lang=ru&city=&address=&languages=&about_ru=&next=")
    };
    "/fn/cabinet-organisation-payout" Member(P::EditPayout) => |_| {
        Ask::form("/fn/cabinet-organisation-payout", "lang=ru&iban=&password=&next=")
    };
    "/fn/cabinet-organisation-change" Member(P::EditOrganisation) => |_| Ask::form("/fn/cabinet-organisation-change", "");
    "/fn/cabinet-organisation-change-request" Member(P::RequestChange) => |_| {
        Ask::form("/fn/cabinet-organisation-change-request", "lang=ru&name=&bin=&reason=&password=")
    };
    "/fn/cabinet-organisation-change-withdraw" Member(P::RequestChange) => |_| {
        Ask::form("/fn/cabinet-organisation-change-withdraw", "lang=ru")
    };
    "/fn/cabinet-organisation-claim-bin" Within(P::EditOrganisation) => |_| {
        Ask::form("/fn/cabinet-organisation-claim-bin", "lang=ru")
    };
    "/fn/cabinet-payout-card" Member(P::EditPayout) => |_| Ask::form("/fn/cabinet-payout-card", "");
    "/fn/cabinet-payout-card-enter" Member(P::EditPayout) => |_| {
        Ask::form("/fn/cabinet-payout-card-enter", "lang=ru&password=&back=")
    };
    "/fn/cabinet-payout-card-drop" Member(P::EditPayout) => |_| Ask::form("/fn/cabinet-payout-card-drop", "lang=ru&back=");
    "/fn/cabinet-logo" Member(P::EditOrganisation) => |_| Ask::form("/fn/cabinet-logo", "");
    "/fn/cabinet-members" Member(P::ManageMembers) => |_| Ask::form("/fn/cabinet-members", "after=");
    "/fn/cabinet-members-invite" Within(P::ManageMembers) => |_| {
        Ask::form("/fn/cabinet-members-invite", "lang=ru&email=new%40example.kz&role=gate")
    };
    "/fn/cabinet-members-invitation" Member(P::ManageMembers) => |w| {
        Ask::form("/fn/cabinet-members-invitation", format!("lang=ru&invitation={}&again=true", w.invitation))
    };
    "/fn/cabinet-members-role" Member(P::ManageMembers) => |w| {
        let gate = w.account(Person::Member(Role::Gate));
        Ask::form("/fn/cabinet-members-role", format!("lang=ru&account={gate}&role=gate"))
    };
    "/fn/cabinet-members-remove" Member(P::ManageMembers) => |w| {
        Ask::form("/fn/cabinet-members-remove", format!("lang=ru&account={}", w.leaver))
    };
    "/fn/cabinet-members-hand-over" Member(P::HandOver) => |w| {
        let gate = w.account(Person::Member(Role::Gate));
        Ask::form("/fn/cabinet-members-hand-over", format!("lang=ru&account={gate}&password="))
    };
    // Whoever is a member may go, but for the owner, who is told so.
    "/fn/cabinet-members-leave" Within(P::SeeDepartures) => |_| Ask::form("/fn/cabinet-members-leave", "lang=ru");
    // Listings.
    "/fn/cabinet-listings" Member(P::EditListings) => |_| Ask::form("/fn/cabinet-listings", "lang=ru&status=&q=&cursor=");
    "/fn/cabinet-choices" Member(P::EditListings) => |_| Ask::form("/fn/cabinet-choices", "lang=ru");
    "/fn/cabinet-listing-create" Member(P::EditListings) => |_| {
        Ask::packed("/fn/cabinet-listing-create", &(Lang::Ru, NewTour::default()))
    };
    "/fn/cabinet-listing" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-listing", format!("lang=ru&id={}", w.tour.listing))
    };
    "/fn/cabinet-draft-save" Member(P::EditListings) => |w| {
        Ask::packed("/fn/cabinet-draft-save", &(Lang::Ru, w.tour.listing, 0, TourDraft::default()))
    };
    "/fn/cabinet-listing-move" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-listing-move", format!("id={}&to=pause", w.tour.listing))
    };
    "/fn/cabinet-listing-copy" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-listing-copy", format!("id={}", w.tour.listing))
    };
    "/fn/cabinet-preview" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-preview", format!("lang=ru&id={}", w.tour.listing))
    };
    "/fn/cabinet-ticket-types" Member(P::EditListings) => |w| {
        Ask::packed("/fn/cabinet-ticket-types", &(w.tour.listing, Vec::<TicketTypeForm>::new(), Vec::<TicketTypeForm>::new()))
    };
    "/fn/cabinet-departures" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-departures", format!("id={}&from=&cursor=", w.tour.listing))
    };
    "/fn/cabinet-departures-add" Member(P::EditListings) => |w| {
        let day = jiff::civil::date(2027, 1, 9);
        let new = NewDepartures {
            weekdays: vec![6],
            times: vec!["06:00".into()],
            first: day,
            last: day,
            except: Vec::new(),
            capacity: 10,
        };
        Ask::packed("/fn/cabinet-departures-add", &(w.tour.listing, new))
    };
    "/fn/cabinet-departures-copy" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-departures-copy", format!("id={}&from=2027-01-04&days=7&to=2027-01-11", w.tour.listing))
    };
    "/fn/cabinet-departure-move" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-departure-move", format!("id={}&starts=2027-02-06T06:00", w.tour.departure))
    };
    "/fn/cabinet-capacity" Member(P::EditListings) => |w| {
        Ask::packed("/fn/cabinet-capacity", &(vec![w.tour.departure], 11))
    };
    "/fn/cabinet-departure-affected" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-departure-affected", format!("id={}", w.tour.departure))
    };
    "/fn/cabinet-departure-cancel" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-departure-cancel", format!("id={}", w.spare))
    };
    // The day.
    "/fn/cabinet-attention" Member(P::SeeOrders) => |_| Ask::form("/fn/cabinet-attention", "lang=ru");
    "/fn/cabinet-boarding" Member(P::SeeDepartures) => |w| {
        Ask::form("/fn/cabinet-boarding", format!("lang=ru&departure={}", w.tour.departure))
    };
    "/fn/cabinet-orders" Member(P::SeeOrders) => |_| Ask::packed("/fn/cabinet-orders", &(Lang::Ru, OrdersQuery::default()));
    "/fn/cabinet-order-listings" Member(P::SeeOrders) => |_| Ask::form("/fn/cabinet-order-listings", "lang=ru");
    "/fn/cabinet-views" Member(P::SeeOrders) => |_| Ask::form("/fn/cabinet-views", "");
    "/fn/cabinet-view-save" Member(P::SeeOrders) => |w| {
        let query = OrdersQuery { listing: Some(w.tour.listing), ..OrdersQuery::default() };
        Ask::packed("/fn/cabinet-view-save", &("x", query))
    };
    "/fn/cabinet-view-delete" Member(P::SeeOrders) => |w| Ask::form("/fn/cabinet-view-delete", format!("id={}", w.view));
    "/fn/cabinet-order" Member(P::SeeOrders) => |w| Ask::form("/fn/cabinet-order", format!("lang=ru&id={}", w.order));
    "/fn/cabinet-note" Member(P::ServeCustomers) => |w| Ask::form("/fn/cabinet-note", format!("id={}&text=x", w.order));
    "/fn/cabinet-rename" Member(P::ServeCustomers) => |w| {
        Ask::form("/fn/cabinet-rename", format!("id={}&code={}&name=%D0%90%D1%81%D0%B5%D0%BB", w.order, w.code))
    };
    "/fn/cabinet-resend" Member(P::ServeCustomers) => |w| {
        Ask::form("/fn/cabinet-resend", format!("id={}&channel=mail", w.order))
    };
    "/fn/cabinet-resend-many" Member(P::ServeCustomers) => |w| {
        Ask::packed("/fn/cabinet-resend-many", &(vec![w.order], false))
    };
    "/fn/cabinet-move-targets" Member(P::ServeCustomers) => |w| {
        Ask::form("/fn/cabinet-move-targets", format!("id={}&from={}", w.order, w.tour.departure))
    };
    "/fn/cabinet-move" Member(P::ServeCustomers) => |w| {
        Ask::form("/fn/cabinet-move", format!("id={}&from={}&to={}&paid=", w.order, w.tour.departure, w.spare))
    };
    "/fn/cabinet-counter" Member(P::SellForCash) => |w| {
        Ask::form("/fn/cabinet-counter", format!("lang=ru&day=&departure={}", w.tour.departure))
    };
    "/fn/cabinet-elsewhere" Member(P::SellForCash) => |w| {
        Ask::form("/fn/cabinet-elsewhere", format!("departure={}&was=0&becomes=1", w.tour.departure))
    };
    "/fn/cabinet-elsewhere-history" Member(P::SellForCash) => |w| {
        Ask::form("/fn/cabinet-elsewhere-history", format!("departure={}", w.tour.departure))
    };
    "/fn/cabinet-sell" Member(P::SellForCash) => |w| Ask::packed("/fn/cabinet-sell", &(w.cash(),));
    "/fn/cabinet-undo" Member(P::SellForCash) => |w| Ask::packed("/fn/cabinet-undo", &(w.cash_order, UndoReason::Mistake, ""));
    "/fn/cabinet-uploads" Member(P::EditListings) => |w| Ask::packed("/fn/cabinet-uploads", &(vec![w.upload],));
    "/fn/cabinet-upload-crop" Member(P::EditListings) => |w| {
        Ask::packed("/fn/cabinet-upload-crop", &(w.upload, None::<(i32, i32, i32, i32)>))
    };
    "/fn/cabinet-upload-discard" Member(P::EditListings) => |w| Ask::packed("/fn/cabinet-upload-discard", &(w.upload, false));
    "/fn/cabinet-imports" Member(P::EditListings) => |_| Ask::form("/fn/cabinet-imports", "cursor=");
    "/fn/cabinet-import-state" Member(P::EditListings) => |w| Ask::form("/fn/cabinet-import-state", format!("id={}", w.import));
    "/fn/cabinet-import-start" Member(P::EditListings) => |w| Ask::form("/fn/cabinet-import-start", format!("id={}", w.import));
    "/fn/cabinet-import-undo" Member(P::EditListings) => |w| {
        Ask::form("/fn/cabinet-import-undo", format!("lang=ru&id={}", w.import))
    };
}
