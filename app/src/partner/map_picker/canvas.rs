//! The map itself: one finger moves it or the pin, two zoom, a tap puts the pin; arrows, plus and minus do the same.
use super::{
    picker::Picker,
    view::{self, HEIGHT, Line, View, WIDTH},
};
use leptos::{ev, prelude::*};
use sapar_shared::{
    Lang,
    dto::editor::{Choice, MapPoint},
    tr::map_picker as tr,
};
use wasm_bindgen::JsCast as _;

/// A finger that stays within so many pixels has tapped.
const TAP: f64 = 8.0;
/// So near to the pin a finger takes it.
const GRIP: f64 = 32.0;
const HELP: &str = "map-help";

/// Fingers on the map, and what the first one is about.
#[derive(Clone, Debug, Default)]
struct Gesture {
    /// Pointer's id and where it is, in pixels of the page.
    fingers: Vec<(i32, f64, f64)>,
    began: (f64, f64),
    /// It left the place where it began, or there were two: no tap.
    moved: bool,
    on_pin: bool,
}

fn at(event: &ev::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The box's place on the page and its size, in pixels.
fn frame(event: &web_sys::Event) -> Option<(f64, f64, f64, f64)> {
    let frame = event.current_target()?.dyn_into::<web_sys::Element>().ok()?.get_bounding_client_rect();
    (frame.width() > 0.0 && frame.height() > 0.0).then(|| (frame.left(), frame.top(), frame.width(), frame.height()))
}

fn distance((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    (ax - bx).hypot(ay - by)
}

impl Picker {
    fn pin_moved(self, dx: f64, dy: f64) {
        if let Some(pin) = self.point.get_untracked() {
            let (x, y) = view::place(pin);
            self.point.set(Some(view::point_at(x + dx, y + dy)));
        }
    }

    fn press(self, gesture: &mut Gesture, event: &ev::PointerEvent) {
        let Some((left, top, width, height)) = frame(event) else { return };
        if let Some(map) = event.current_target().and_then(|map| map.dyn_into::<web_sys::Element>().ok()) {
            let _ = map.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = at(event);
        if gesture.fingers.is_empty() {
            let pin = self.point.get_untracked().map(|pin| self.view.get_untracked().fraction_of(view::place(pin)));
            let on_pin = pin.is_some_and(|(across, down)| {
                // The pin's head is above its point.
                let tip = (left + across * width, top + down * height);
                distance((x, y), tip).min(distance((x, y), (tip.0, tip.1 - 24.0))) < GRIP
            });
            *gesture = Gesture { began: (x, y), on_pin, ..Gesture::default() };
        } else {
            gesture.moved = true;
        }
        gesture.fingers.push((event.pointer_id(), x, y));
    }

    fn drag(self, gesture: &mut Gesture, event: &ev::PointerEvent) {
        let Some((left, top, width, height)) = frame(event) else { return };
        let now = at(event);
        let Some(index) = gesture.fingers.iter().position(|finger| finger.0 == event.pointer_id()) else { return };
        let before = (gesture.fingers[index].1, gesture.fingers[index].2);
        gesture.fingers[index] = (event.pointer_id(), now.0, now.1);
        let shown = self.view.get_untracked();
        if let [(_, ax, ay), (_, bx, by)] = gesture.fingers[..] {
            let other = if index == 0 { (bx, by) } else { (ax, ay) };
            let (was, is) = (distance(before, other), distance(now, other));
            if was > 1.0 && is > 1.0 {
                let middle = (((ax + bx) / 2.0 - left) / width, ((ay + by) / 2.0 - top) / height);
                self.view.set(shown.zoomed(was / is, middle));
            }
            return;
        }
        if !gesture.moved && distance(now, gesture.began) < TAP {
            return;
        }
        // What was too little to be a drag is made up for.
        let from = if gesture.moved { before } else { gesture.began };
        gesture.moved = true;
        let (dx, dy) = ((now.0 - from.0) / width * shown.width, (now.1 - from.1) / height * shown.height());
        if gesture.on_pin {
            self.pin_moved(dx, dy);
        } else {
            self.view.set(shown.moved(-dx, -dy));
        }
    }

    fn release(self, gesture: &mut Gesture, event: &ev::PointerEvent, cancelled: bool) {
        gesture.fingers.retain(|finger| finger.0 != event.pointer_id());
        if !gesture.fingers.is_empty() || cancelled {
            return;
        }
        let pin = self.point.get_untracked();
        if gesture.moved {
            if let Some(pin) = pin.filter(|_| gesture.on_pin) {
                self.put(pin);
            }
        } else if let (Some((left, top, width, height)), false) = (frame(event), gesture.on_pin) {
            let (x, y) = at(event);
            let (x, y) = self.view.get_untracked().unit_at(((x - left) / width, (y - top) / height));
            self.put(view::point_at(x, y));
        }
    }

    /// Whether the key was one of the map's.
    fn key(self, event: &ev::KeyboardEvent) -> bool {
        let shown = self.view.get_untracked();
        let step = shown.width / if event.shift_key() { 10.0 } else { 100.0 };
        let by = match event.key().as_str() {
            "ArrowLeft" => (-step, 0.0),
            "ArrowRight" => (step, 0.0),
            "ArrowUp" => (0.0, -step),
            "ArrowDown" => (0.0, step),
            "+" | "=" => {
                self.zoom(0.5);
                return true;
            }
            "-" => {
                self.zoom(2.0);
                return true;
            }
            "Enter" | " " => {
                self.put(view::point_at(shown.x, shown.y));
                return true;
            }
            _ => return false,
        };
        match self.point.get_untracked() {
            Some(pin) => {
                let (x, y) = view::place(pin);
                self.put(view::point_at(x + by.0, y + by.1));
            }
            None => self.view.set(shown.moved(by.0 * 5.0, by.1 * 5.0)),
        }
        true
    }
}

#[component]
pub(super) fn Canvas(picker: Picker, places: Vec<Choice>) -> impl IntoView {
    let Picker { lang, point, view, .. } = picker;
    let gesture = StoredValue::new(Gesture::default());
    let with = move |act: &dyn Fn(&mut Gesture)| {
        gesture.try_update_value(|gesture| act(gesture));
    };
    // A page that is scrolled past the map goes on: the wheel is the map's once it has been chosen, or with Ctrl.
    let on_wheel = move |event: ev::WheelEvent| {
        let chosen = || document().active_element().is_some_and(|element| element.class_list().contains("map"));
        if !event.ctrl_key() && !chosen() {
            return;
        }
        event.prevent_default();
        if let Some((left, top, width, height)) = frame(&event) {
            let place = ((f64::from(event.client_x()) - left) / width, (f64::from(event.client_y()) - top) / height);
            let by = if event.delta_y() > 0.0 { 1.25 } else { 0.8 };
            view.update(|view| *view = view.zoomed(by, place));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if !event.ctrl_key() && !event.meta_key() && !event.alt_key() && picker.key(&event) {
            event.prevent_default();
        }
    };
    let places = StoredValue::new(places);
    view! {
        <svg
            class="map"
            viewBox=move || view.get().view_box()
            tabindex="0"
            role="application"
            aria-label=tr::map(lang)
            aria-describedby=HELP
            on:pointerdown=move |event| with(&|gesture| picker.press(gesture, &event))
            on:pointermove=move |event| with(&|gesture| picker.drag(gesture, &event))
            on:pointerup=move |event| with(&|gesture| picker.release(gesture, &event, false))
            on:pointercancel=move |event| with(&|gesture| picker.release(gesture, &event, true))
            on:wheel=on_wheel
            on:keydown=on_key
        >
            <rect class="map-water" x="0" y="0" width=WIDTH.to_string() height=HEIGHT.to_string()></rect>
            <use href="/art/map.svg#land" class="map-land"></use>
            <use href="/art/map.svg#home" class="map-home"></use>
            <use href="/art/map.svg#borders" class="map-borders"></use>
            {move || grid_lines(view.get())}
            {move || places.with_value(|places| names(view.get(), places))}
            {move || point.get().map(|pin| pin_mark(view.get(), pin))}
            {move || scale(lang, view.get())}
        </svg>
        <p id=HELP class="sr-only">{tr::map_help(lang)}</p>
    }
    .into_any()
}

fn size(view: View, share: f64) -> String {
    format!("{:.5}", view.width * share)
}

fn grid_lines(view: View) -> AnyView {
    let (meridians, parallels) = view::grid(view);
    let (left, top) = (view.x - view.width / 2.0, view.y - view.height() / 2.0);
    let (right, bottom) = (left + view.width, top + view.height());
    let lines: String = meridians.iter().map(|line| format!("M{:.4} {top:.4}V{bottom:.4}", line.at)).collect::<String>()
        + &parallels.iter().map(|line| format!("M{left:.4} {:.4}H{right:.4}", line.at)).collect::<String>();
    let label = |x: f64, y: f64, line: Line| {
        view! { <text class="map-degrees" x=format!("{x:.4}") y=format!("{y:.4}") font-size=size(view, 0.024)>{line.label}</text> }
    };
    let gap = view.width * 0.008;
    let along = meridians.into_iter().map(|line| label(line.at + gap, top + view.width * 0.028, line)).collect_view();
    let down = parallels.into_iter().map(|line| label(left + gap, line.at - gap, line)).collect_view();
    view! {
        <path class="map-grid" d=lines vector-effect="non-scaling-stroke"></path>
        {along}
        {down}
    }
    .into_any()
}

fn names(view: View, places: &[Choice]) -> AnyView {
    view::labels(view, places)
        .into_iter()
        .map(|label| {
            view! {
                <circle class="map-place" cx=format!("{:.4}", label.x) cy=format!("{:.4}", label.y) r=size(view, 0.006)></circle>
                <text
                    class="map-name"
                    x=format!("{:.4}", label.x + view.width * 0.014)
                    y=format!("{:.4}", label.y + view.width * 0.011)
                    font-size=size(view, 0.034)
                >
                    {label.name}
                </text>
            }
        })
        .collect_view()
        .into_any()
}

fn pin_mark(view: View, pin: MapPoint) -> AnyView {
    let (x, y) = view::place(pin);
    // Drawn on the icons' grid of 24, its point at 12, 21.
    let unit = view.width * 0.0042;
    view! {
        <g transform=format!("translate({x:.4} {y:.4}) scale({unit:.7}) translate(-12 -21)")>
            <path class="map-pin" d="M12 21s-7-6-7-11.500a7 7 0 0 1 14 0C19 15 12 21 12 21z"></path>
            <circle class="map-pin-eye" cx="12" cy="9.5" r="2.5"></circle>
        </g>
    }
    .into_any()
}

fn scale(lang: Lang, view: View) -> AnyView {
    let (length, metres) = view::scale_bar(view);
    let words = if metres < 1000 { tr::metres(lang, metres) } else { tr::kilometres(lang, metres / 1000) };
    let (x, y) = (view.x - view.width * 0.48, view.y + view.height() * 0.5 - view.width * 0.02);
    let tick = view.width * 0.012;
    let line = format!("M{x:.4} {:.4}v{tick:.4}h{length:.4}v-{tick:.4}", y - tick);
    view! {
        <path class="map-scale" d=line vector-effect="non-scaling-stroke"></path>
        <text class="map-degrees" x=format!("{:.4}", x + tick) y=format!("{:.4}", y - tick) font-size=size(view, 0.026)>{words}</text>
    }
    .into_any()
}
