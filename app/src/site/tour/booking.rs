//! The booking panel: a date, how many, the sum, the one apricot button. Each choice is a link or a field, so it all works
//! without a script; with one nothing is loaded anew.
use super::{
    api::{HoldPlaces, hold_places},
    calendar::Calendar,
    tickets::{TicketCounts, total},
};
use crate::{
    browser,
    error::{AppError, Tried},
    ui::{Alert, AlertTone, Glyph, Icon, Price, PriceFrom},
};
use jiff::civil::Date;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    params::ParamsMap,
};
use sapar_shared::{
    Lang, Money,
    dto::catalog::{DepartureView, TicketType, Tour},
    ids::{DepartureId, TicketTypeId},
    paths, tr, when,
};

/// The id of the form, for the phone's bar that stands outside of it.
const FORM: &str = "book-form";
/// The id of what says that something went wrong.
const REFUSAL: &str = "refusal";

/// What has been chosen so far, and the stock it is chosen from.
#[derive(Clone, Copy)]
pub struct Booking {
    pub lang: Lang,
    pub slug: StoredValue<String>,
    pub departures: RwSignal<Vec<DepartureView>>,
    pub chosen: RwSignal<Option<DepartureId>>,
    /// The first day of the month on show.
    pub month: RwSignal<Date>,
    pub kinds: StoredValue<Vec<TicketType>>,
    /// One a ticket type, in their order.
    pub counts: StoredValue<Vec<RwSignal<i32>>>,
    pub error: RwSignal<Option<AppError>>,
    /// A day was searched for that has not so many places.
    pub unfit: bool,
}

impl Booking {
    /// What the address says, or what was searched for; `None` where there is nothing to book.
    pub fn new(lang: Lang, tour: &Tour, params: &ParamsMap) -> Option<Self> {
        let people = params.get(paths::PEOPLE).and_then(|people| people.parse().ok()).filter(|people| *people > 0);
        let chosen = chosen(&tour.departures, params, people.unwrap_or(1));
        let month = params.get("month").and_then(|month| when::of_iso(&format!("{month}-01")));
        let first = chosen.or_else(|| tour.departures.iter().find(|d| d.places_left > 0)).or(tour.departures.first())?;
        let month = month.unwrap_or(first.day.first_of_month());
        let chosen_id = chosen.map(|d| d.id);
        let counts = tour.ticket_types.iter().enumerate().map(|(index, kind)| {
            let typed = params.get(&format!("c.{}", kind.id)).and_then(|count| count.parse().ok());
            // Most people buy the first kind; one of it saves them a tap.
            let usual = if index == 0 { people.unwrap_or(1).max(kind.min_per_order) } else { 0 };
            RwSignal::new(typed.unwrap_or(usual).clamp(0, kind.max_per_order.max(0)))
        });
        let unfit = chosen_id.is_none() && params.get(paths::DAY).is_some();
        let booking = Self {
            unfit,
            lang,
            slug: StoredValue::new(tour.slug.clone()),
            counts: StoredValue::new(counts.collect()),
            departures: RwSignal::new(tour.departures.clone()),
            chosen: RwSignal::new(chosen_id),
            month: RwSignal::new(month),
            kinds: StoredValue::new(tour.ticket_types.clone()),
            error: RwSignal::new(params.get("error").and_then(|word| AppError::from_word(&word))),
        };
        booking.keep_in_address();
        Some(booking)
    }

    /// The address that brings this choice back, see `new`.
    fn address(self) -> String {
        let mut query: Vec<String> = self.chosen.get().map(|id| format!("departure={id}")).into_iter().collect();
        self.kinds.with_value(|kinds| {
            for (index, (kind, count)) in kinds.iter().zip(self.counts.get_value()).enumerate() {
                let count = count.get();
                // Of the others, none is what one gets without asking.
                if index == 0 || count > 0 {
                    query.push(format!("c.{}={count}", kind.id));
                }
            }
        });
        format!("{}?{}", paths::tour(self.lang, &self.slug.get_value()), query.join("&"))
    }

    /// Each choice goes into the address, so that a reload, the back button and another language keep it.
    fn keep_in_address(self) {
        let navigate = use_navigate();
        let pathname = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let address = self.address();
            // The router's path is ahead of the browser's while a page comes or goes: nothing is to be replaced then.
            let here = pathname.with_untracked(|path| {
                address.split('?').next() == Some(path) && window().location().pathname().is_ok_and(|shown| shown == *path)
            });
            if here && before.is_some_and(|before| before != address) {
                navigate(
                    &address,
                    NavigateOptions { resolve: false, replace: true, scroll: false, ..NavigateOptions::default() },
                );
            }
            address
        });
    }

    /// The chosen departure as it stands now.
    #[must_use]
    pub fn departure(self) -> Option<DepartureView> {
        let chosen = self.chosen.get()?;
        self.departures.read().iter().find(|d| d.id == chosen).cloned()
    }

    /// Asks for what is chosen, as the form would.
    fn hold(self) -> impl Future<Output = Tried<()>> + Send {
        let departure = self.chosen.get_untracked().map(|id| id.to_string()).unwrap_or_default();
        let counts = self.kinds.with_value(|kinds| {
            let counts = self.counts.get_value().into_iter().map(|count| count.get_untracked().to_string());
            kinds.iter().map(|kind| format!("t{}", kind.id)).zip(counts).collect()
        });
        hold_places(self.lang, self.slug.get_value(), departure, counts)
    }

    /// Takes a refusal in: says it, and puts what is left in place of what we thought was.
    fn refused(self, error: AppError) {
        if let (AppError::SoldOut { left }, Some(chosen)) = (&error, self.chosen.get_untracked()) {
            let kinds = self.kinds.with_value(|kinds| kinds.iter().map(|kind| kind.id).collect::<Vec<_>>());
            self.departures.update(|departures| {
                if let Some(departure) = departures.iter_mut().find(|d| d.id == chosen) {
                    take_in(departure, &kinds, left);
                }
            });
        }
        self.error.set(Some(error));
        // The phone's bar is pressed from anywhere on the page.
        request_animation_frame(|| browser::reveal(REFUSAL));
    }
}

/// The departure that the address names, or the first on the day it names that takes so many people.
fn chosen<'a>(departures: &'a [DepartureView], params: &ParamsMap, people: i32) -> Option<&'a DepartureView> {
    if let Some(id) = params.get("departure").and_then(|id| id.parse::<DepartureId>().ok()) {
        return departures.iter().find(|d| d.id == id);
    }
    let day = params.get(paths::DAY).and_then(|day| when::of_iso(&day))?;
    departures.iter().find(|d| d.day == day && d.places_left >= people)
}

fn take_in(departure: &mut DepartureView, kinds: &[TicketTypeId], left: &[(TicketTypeId, i32)]) {
    for (kind, now) in left {
        if let Some(slot) = kinds.iter().position(|id| id == kind).and_then(|index| departure.ticket_types_left.get_mut(index)) {
            *slot = (*now).max(0);
        }
    }
    departure.places_left = departure.places_left.min(departure.ticket_types_left.iter().sum());
}

#[component]
pub fn BookingPanel(lang: Lang, booking: Option<Booking>, price_from: Money) -> impl IntoView {
    let Some(booking) = booking else { return view! { <NothingToBook lang/> }.into_any() };
    // `ActionForm` would bring a reader of forms into the main file, some 10 KB; all that it would read is here.
    let action = Action::new(move |(): &()| booking.hold());
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        action.dispatch(());
    };
    Effect::new(move |_| match action.value().get() {
        Some(Ok(Err(error)) | Err(error)) => booking.refused(error),
        Some(Ok(Ok(()))) => booking.error.set(None),
        None => {}
    });
    let departure = move || booking.chosen.get().map(|id| id.to_string()).unwrap_or_default();
    view! {
        <aside id="book" class="booking" aria-label=tr::tour::book(lang)>
            <form id=FORM class="booking-card" method="post" action=HoldPlaces::url() on:submit=submit>
                <span class="ornament text-apricot" aria-hidden="true"></span>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="slug" value=booking.slug.get_value()/>
                <input type="hidden" name="departure" value=departure/>
                <div class="card-pad">
                    <p class="text-xl mb-4">
                        <PriceFrom lang amount=price_from class="price"/>
                    </p>
                    <Calendar booking/>
                </div>
                <div class="tear" aria-hidden="true"></div>
                <div class="card-pad">
                    <Refusal booking/>
                    <TicketCounts booking/>
                    <BuyButton booking pending=action.pending()/>
                    <p class="mt-3 text-sm text-muted">{tr::tour::hold_note(lang)}</p>
                </div>
            </form>
        </aside>
        <BuyBar booking price_from pending=action.pending()/>
    }
    .into_any()
}

#[component]
fn NothingToBook(lang: Lang) -> impl IntoView {
    view! {
        <aside id="book" class="booking" aria-label=tr::tour::book(lang)>
            <div class="booking-card">
                <span class="ornament text-apricot" aria-hidden="true"></span>
                <div class="card-pad">
                    <h2 class="text-xl mb-2">{tr::tour::none_title(lang)}</h2>
                    <p class="text-muted">{tr::tour::none_text(lang)}</p>
                </div>
            </div>
        </aside>
    }
    .into_any()
}

/// The phone's bar: it leads to the dates, and once there is one, it buys.
#[component]
fn BuyBar(booking: Booking, price_from: Money, pending: Memo<bool>) -> impl IntoView {
    let lang = booking.lang;
    let button = move || match booking.chosen.get() {
        Some(_) => view! {
            <button class="btn btn-action" type="submit" form=FORM disabled=move || pending.get()>
                {tr::tour::buy_short(lang)}
            </button>
        }
        .into_any(),
        None => view! {
            <a class="btn btn-action" href="#book" rel="external">
                {tr::tour::to_dates(lang)}
            </a>
        }
        .into_any(),
    };
    let date = move || {
        let departure = booking.departure()?;
        Some(view! { <p class="text-sm text-muted truncate">{when::moment_text(lang, departure.starts_at)}</p> })
    };
    let price = move || match booking.chosen.get() {
        Some(_) => view! { <Price amount=total(booking) class="price text-lg"/> }.into_any(),
        None => view! { <PriceFrom lang amount=price_from/> }.into_any(),
    };
    view! {
        <div class="buy-bar">
            <div class="min-w-0">
                {price}
                {date}
            </div>
            {button}
        </div>
    }
    .into_any()
}

/// The sum and the button of the panel itself.
#[component]
fn BuyButton(booking: Booking, pending: Memo<bool>) -> impl IntoView {
    let lang = booking.lang;
    view! {
        <p class="booking-total needs-script">
            <span>{tr::tour::total(lang)}</span>
            <output class="price text-xl">{move || total(booking).to_string()}</output>
        </p>
        <p class="without-script text-sm text-muted mb-3">{tr::tour::total_later(lang)}</p>
        <button class="btn btn-action booking-buy" type="submit" disabled=move || pending.get()>
            <Icon name=Glyph::Ticket/>
            {tr::tour::buy(lang)}
        </button>
    }
    .into_any()
}

fn words(lang: Lang, error: &AppError) -> &'static str {
    match error {
        AppError::SoldOut { .. } => tr::tour::err_sold_out(lang),
        AppError::NotOnSale | AppError::NotFound => tr::tour::err_not_on_sale(lang),
        AppError::NoDeparture => tr::tour::err_no_departure(lang),
        AppError::NothingChosen => tr::tour::err_nothing_chosen(lang),
        AppError::Quantity => tr::tour::err_quantity(lang),
        AppError::TooMany { .. } => tr::tour::err_too_many(lang),
        _ => tr::tour::err_unavailable(lang),
    }
}

/// What went wrong, above the fields that can put it right.
#[component]
fn Refusal(booking: Booking) -> impl IntoView {
    let lang = booking.lang;
    let left = move |error: &AppError| {
        let AppError::SoldOut { left } = error else { return Vec::new() };
        let name = |id: TicketTypeId| booking.kinds.with_value(|kinds| kinds.iter().find(|k| k.id == id).map(|k| k.name.clone()));
        left.iter().filter_map(|(id, n)| Some(tr::tour::err_sold_out_left(lang, name(*id)?, n))).collect()
    };
    move || {
        booking.error.get().map(|error| {
            let lines = left(&error).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <div class="mb-4" id=REFUSAL>
                    <Alert tone=AlertTone::Bad>
                        <p>{words(lang, &error)}</p>
                        <ul class="font-bold">{lines}</ul>
                    </Alert>
                </div>
            }
        })
    }
}
