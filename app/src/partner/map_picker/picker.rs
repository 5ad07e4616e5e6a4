//! The map with its buttons, the field below it, and links that show the point elsewhere, to check it.
use super::{canvas::Canvas, locate, paste::Paste, view};
use crate::{
    site::parts::map_links::MapLinks,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{Choice, MapPoint},
    maps,
    tr::map_picker as tr,
};
use view::View;

/// How wide the map is around a place that was chosen, and around a pin that is known: units of a hundredth of a degree.
const AROUND_PLACE: f64 = 120.0;
const AROUND_PIN: f64 = 12.0;
/// A press of a button shows so much of what was shown.
const NEARER: f64 = 0.5;

/// What the picker's parts share.
#[derive(Clone, Copy)]
pub(super) struct Picker {
    pub lang: Lang,
    pub point: RwSignal<Option<MapPoint>>,
    pub view: RwSignal<View>,
    /// What a screen reader hears, and everybody reads below the map.
    pub told: RwSignal<Option<String>>,
    on_change: Callback<()>,
}

impl Picker {
    /// The pin moves and the editor hears of it.
    pub fn put(self, point: MapPoint) {
        self.told.set(None);
        self.point.set(Some(point));
        self.on_change.run(());
    }

    /// From outside the map: it is brought into sight.
    pub fn put_and_show(self, point: MapPoint) {
        self.view.set(View::around(point, AROUND_PIN));
        self.put(point);
        if !view::is_drawn(point) {
            self.told.set(Some(tr::outside(self.lang).to_owned()));
        }
    }

    /// About the pin while it is in sight, so that it stays so; else about the middle.
    pub fn zoom(self, by: f64) {
        let pin = self.point.get_untracked();
        self.view.update(|view| *view = view.zoomed(by, view.focus(pin)));
    }
}

/// `point` is the chosen one; `around` is where the map opens while there is none; `places` are named on it. `on_change` is run
/// after each change.
#[component]
pub fn MapPicker(
    lang: Lang,
    point: RwSignal<Option<MapPoint>>,
    #[prop(into)] around: Signal<Option<MapPoint>>,
    places: Vec<Choice>,
    #[prop(into)] on_change: Callback<()>,
) -> impl IntoView {
    let opens = match (point.get_untracked(), around.get_untracked()) {
        (Some(pin), _) => View::around(pin, AROUND_PIN),
        (None, Some(place)) => View::around(place, AROUND_PLACE),
        (None, None) => View::ALL,
    };
    let picker = Picker { lang, point, view: RwSignal::new(opens), told: RwSignal::new(None), on_change };
    Effect::new(move |before: Option<Option<MapPoint>>| {
        let now = around.get();
        if let (Some(before), Some(place)) = (before, now)
            && before != now
            && point.get_untracked().is_none()
        {
            picker.view.set(View::around(place, AROUND_PLACE));
        }
        now
    });
    // Somebody else's edit, or one taken back.
    Effect::new(move |_| {
        if let Some(pin) = point.get() {
            picker.view.update(|view| *view = view.showing(pin));
        }
    });
    view! {
        <div class="map-picker">
            <p class="without-script">{tr::no_script(lang)}</p>
            <div class="map-box needs-script">
                <Canvas picker places/>
                <Controls picker/>
            </div>
            <Where picker/>
            <Paste picker/>
        </div>
    }
    .into_any()
}

#[component]
fn Controls(picker: Picker) -> impl IntoView {
    let lang = picker.lang;
    let button = |label: &'static str, glyph: Glyph, act: Callback<()>| {
        view! {
            <button type="button" class="btn btn-round" aria-label=label title=label on:click=move |_| act.run(())>
                <Icon name=glyph/>
            </button>
        }
    };
    let nearer = Callback::new(move |()| picker.zoom(NEARER));
    let further = Callback::new(move |()| picker.zoom(1.0 / NEARER));
    let whole = Callback::new(move |()| picker.view.set(View::ALL));
    view! {
        <div class="map-controls">
            {button(tr::nearer(lang), Glyph::Plus, nearer)}
            {button(tr::further(lang), Glyph::Minus, further)}
            {button(tr::whole(lang), Glyph::Globe, whole)}
        </div>
    }
    .into_any()
}

/// The point in numbers, and what can be done with it.
#[component]
fn Where(picker: Picker) -> impl IntoView {
    let Picker { lang, point, told, .. } = picker;
    let searching = RwSignal::new(false);
    let find_me = move |_| {
        searching.set(true);
        locate::here(move |found| {
            // The page may have been left meanwhile.
            if searching.try_set(false).is_some() {
                return;
            }
            match found {
                Ok(here) => picker.put_and_show(here),
                Err(why) => picker.told.set(Some(why.words(lang).to_owned())),
            }
        });
    };
    let words = move || match point.get() {
        Some(point) => {
            let (lat, lng) = maps::lat_lng(point.lat_e6, point.lng_e6);
            tr::chosen(lang, lat, lng)
        }
        None => tr::nothing_chosen(lang).to_owned(),
    };
    view! {
        <p class="text-sm numbers" aria-live="polite">{words}</p>
        <div aria-live="polite">{move || told.get().map(|words| view! { <p class="field-error">{words}</p> })}</div>
        <button type="button" class="btn needs-script w-fit" disabled=move || searching.get() on:click=find_me>
            <Icon name=Glyph::Pin class="icon icon-small"/>
            {move || if searching.get() { tr::locating(lang) } else { tr::locate(lang) }}
        </button>
        {move || point.get().map(|point| view! { <MapLinks lang lat_e6=point.lat_e6 lng_e6=point.lng_e6/> })}
    }
    .into_any()
}
