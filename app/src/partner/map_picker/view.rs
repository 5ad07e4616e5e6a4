//! What of the map is shown. Everything in units of `public/art/map.svg`: hundredths of a degree of longitude from its west
//! side, and of Mercator's latitude from its north side.
use sapar_shared::dto::editor::{Choice, MapPoint};
use std::f64::consts::FRAC_PI_4;

/// Of the drawn ground.
pub const WIDTH: f64 = 4200.0;
pub const HEIGHT: f64 = 2676.0;
const WEST: f64 = 46.0;
const NORTH: f64 = 56.0;
/// The box's height by its width.
const SHAPE: f64 = 0.75;
/// Fifty metres from side to side.
const LEAST: f64 = 0.07;

/// The middle of what is shown, and how much from west to east.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub x: f64,
    pub y: f64,
    pub width: f64,
}

fn mercator(lat: f64) -> f64 {
    (FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln().to_degrees()
}

/// Where a point lies.
#[must_use]
pub fn place(point: MapPoint) -> (f64, f64) {
    let (lat, lng) = (f64::from(point.lat_e6) / 1e6, f64::from(point.lng_e6) / 1e6);
    ((lng - WEST) * 100.0, (mercator(NORTH) - mercator(lat.clamp(-85.0, 85.0))) * 100.0)
}

fn latitude(y: f64) -> f64 {
    (((mercator(NORTH) - y / 100.0).to_radians().exp().atan() - FRAC_PI_4) * 2.0).to_degrees()
}

/// The point that lies there.
#[must_use]
pub fn point_at(x: f64, y: f64) -> MapPoint {
    // Within 180 million, and rounded.
    #[allow(clippy::cast_possible_truncation)]
    let e6 = |degrees: f64, most: f64| (degrees.clamp(-most, most) * 1e6).round() as i32;
    MapPoint { lat_e6: e6(latitude(y), 85.0), lng_e6: e6(x / 100.0 + WEST, 180.0) }
}

/// Whether the ground is drawn there.
#[must_use]
pub fn is_drawn(point: MapPoint) -> bool {
    let (x, y) = place(point);
    (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y)
}

impl View {
    pub const ALL: Self = Self { x: WIDTH / 2.0, y: HEIGHT / 2.0, width: WIDTH };

    #[must_use]
    pub fn around(point: MapPoint, width: f64) -> Self {
        let (x, y) = place(point);
        Self { x, y, width }.sound()
    }

    #[must_use]
    pub fn height(self) -> f64 {
        self.width * SHAPE
    }

    /// No further out than the ground, no nearer than a yard, and never lost beside the ground.
    fn sound(self) -> Self {
        let width = self.width.clamp(LEAST, WIDTH);
        Self { x: self.x.clamp(0.0, WIDTH), y: self.y.clamp(0.0, HEIGHT), width }
    }

    #[must_use]
    pub fn view_box(self) -> String {
        let (w, h) = (self.width, self.height());
        format!("{:.4} {:.4} {w:.4} {h:.4}", self.x - w / 2.0, self.y - h / 2.0)
    }

    /// What lies at a place of the box, in fractions of its sides.
    #[must_use]
    pub fn unit_at(self, (across, down): (f64, f64)) -> (f64, f64) {
        (self.x + (across - 0.5) * self.width, self.y + (down - 0.5) * self.height())
    }

    /// Where in the box a unit lies, in fractions of its sides.
    #[must_use]
    pub fn fraction_of(self, (x, y): (f64, f64)) -> (f64, f64) {
        ((x - self.x) / self.width + 0.5, (y - self.y) / self.height() + 0.5)
    }

    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }.sound()
    }

    /// Shows `by` times as much; what lies at that place of the box stays there.
    #[must_use]
    pub fn zoomed(self, by: f64, at: (f64, f64)) -> Self {
        let (x, y) = self.unit_at(at);
        let width = (self.width * by).clamp(LEAST, WIDTH);
        let by = width / self.width;
        Self { x: x + (self.x - x) * by, y: y + (self.y - y) * by, width }.sound()
    }

    /// Where in the box the point is; `None` where it is out of sight.
    fn seen(self, point: MapPoint) -> Option<(f64, f64)> {
        let (across, down) = self.fraction_of(place(point));
        let inside = |fraction: f64| (0.0..=1.0).contains(&fraction);
        (inside(across) && inside(down)).then_some((across, down))
    }

    /// The place of the box that stays where it is when one zooms without a finger: the point's, or the middle.
    #[must_use]
    pub fn focus(self, point: Option<MapPoint>) -> (f64, f64) {
        point.and_then(|point| self.seen(point)).unwrap_or((0.5, 0.5))
    }

    /// In sight if it was not.
    #[must_use]
    pub fn showing(self, point: MapPoint) -> Self {
        let (x, y) = place(point);
        if self.seen(point).is_some() { self } else { Self { x, y, ..self }.sound() }
    }
}

/// A line of the grid: where it lies, and its degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub at: f64,
    pub label: String,
}

/// Of the grid, in degrees, with the places that their numbers have.
const STEPS: [(f64, usize); 15] = [
    (10.0, 0),
    (5.0, 0),
    (2.0, 0),
    (1.0, 0),
    (0.5, 1),
    (0.2, 1),
    (0.1, 1),
    (0.05, 2),
    (0.02, 2),
    (0.01, 2),
    (0.005, 3),
    (0.002, 3),
    (0.001, 3),
    (0.0005, 4),
    (0.0002, 4),
];

/// Meridians and parallels, two to six of each.
#[must_use]
pub fn grid(view: View) -> (Vec<Line>, Vec<Line>) {
    let degrees = view.width / 100.0;
    let (step, places) = STEPS.into_iter().rev().find(|(step, _)| degrees / step <= 5.0).unwrap_or(STEPS[0]);
    let lines = |from: f64, to: f64, at: &dyn Fn(f64) -> f64| {
        // A handful of whole numbers.
        #[allow(clippy::cast_possible_truncation)]
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last)
            .map(|n| {
                #[allow(clippy::cast_precision_loss)]
                let degrees = n as f64 * step;
                Line { at: at(degrees), label: format!("{degrees:.places$}°") }
            })
            .collect()
    };
    let (west, east) = (view.x - view.width / 2.0, view.x + view.width / 2.0);
    let (top, bottom) = (view.y - view.height() / 2.0, view.y + view.height() / 2.0);
    let meridians = lines(west / 100.0 + WEST, east / 100.0 + WEST, &|lng| (lng - WEST) * 100.0);
    let parallels = lines(latitude(bottom), latitude(top), &|lat| (mercator(NORTH) - mercator(lat)) * 100.0);
    (meridians, parallels)
}

/// A round distance that is at most a third of the box: its length in units, and in metres.
#[must_use]
pub fn scale_bar(view: View) -> (f64, u32) {
    const ROUND: [u32; 16] =
        [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
    // A hundredth of a degree on the equator is 1113.2 m.
    let metres = 1113.2 * latitude(view.y).to_radians().cos();
    let most = view.width / 3.0 * metres;
    let length = ROUND.into_iter().rev().find(|length| f64::from(*length) <= most).unwrap_or(ROUND[0]);
    (f64::from(length) / metres, length)
}

/// The name of a place, where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub slug: String,
    pub name: String,
    pub x: f64,
    pub y: f64,
}

/// Names of towns and points that have room, those that come first before others.
#[must_use]
pub fn labels(view: View, places: &[Choice]) -> Vec<Label> {
    let mut shown: Vec<(f64, f64, f64)> = Vec::new();
    let seen = |choice: &Choice| {
        let (x, y) = place(choice.point?);
        let (across, down) = view.fraction_of((x, y));
        if !(0.02..=0.9).contains(&across) || !(0.05..=0.95).contains(&down) {
            return None;
        }
        // A letter is about a fiftieth of the box.
        #[allow(clippy::cast_precision_loss)]
        let long = 0.04 + choice.name.chars().count() as f64 * 0.019;
        let crowded = shown.iter().any(|(a, d, l)| across < a + l && a < &(across + long) && (down - d).abs() < 0.055);
        if crowded {
            return None;
        }
        shown.push((across, down, long));
        Some(Label { slug: choice.slug.clone(), name: choice.name.clone(), x, y })
    };
    places.iter().filter(|place| place.depth >= 2).filter_map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALMATY: MapPoint = MapPoint { lat_e6: 43_238_949, lng_e6: 76_889_709 };

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6
    }

    #[test]
    fn a_point_comes_back_to_the_millionth() {
        for point in
            [ALMATY, MapPoint { lat_e6: 55_999_999, lng_e6: 46_000_001 }, MapPoint { lat_e6: 38_000_001, lng_e6: 87_999_999 }]
        {
            let (x, y) = place(point);
            assert_eq!(point_at(x, y), point);
        }
        assert!(is_drawn(ALMATY));
        assert!(!is_drawn(MapPoint { lat_e6: 41_000_000, lng_e6: 29_000_000 }));
    }

    #[test]
    fn zooming_keeps_what_is_under_the_finger() {
        let view = View::around(ALMATY, 100.0);
        let at = (0.25, 0.7);
        let nearer = view.zoomed(0.5, at);
        assert!((nearer.width - 50.0).abs() < 1e-9);
        assert!(near(nearer.unit_at(at), view.unit_at(at)));
        assert!(near(view.unit_at(view.fraction_of(place(ALMATY))), place(ALMATY)));
        let mut view = View::ALL;
        for _ in 0..100 {
            view = view.zoomed(0.5, (0.5, 0.5)).moved(1e6, -1e6);
        }
        assert!((view.width - LEAST).abs() < 1e-9 && (view.x - WIDTH).abs() < 1e-9 && view.y.abs() < 1e-9);
    }

    #[test]
    fn zooming_without_a_finger_never_loses_the_point() {
        let mut view = View::around(ALMATY, WIDTH).moved(600.0, -300.0);
        for _ in 0..20 {
            let at = view.focus(Some(ALMATY));
            assert!(near(view.unit_at(at), place(ALMATY)), "{view:?}");
            view = view.zoomed(0.5, at);
        }
        // A point that is out of sight, and none, leave the middle.
        let elsewhere = View::around(MapPoint { lat_e6: 51_128_000, lng_e6: 71_430_000 }, 10.0);
        assert_eq!(elsewhere.focus(Some(ALMATY)), (0.5, 0.5));
        assert_eq!(elsewhere.focus(None), (0.5, 0.5));
    }

    #[test]
    fn there_are_a_few_lines_at_every_distance() {
        let mut view = View::around(ALMATY, WIDTH);
        for _ in 0..40 {
            let (meridians, parallels) = grid(view);
            assert!(
                (1..=6).contains(&meridians.len()) && (1..=9).contains(&parallels.len()),
                "{view:?} {meridians:?} {parallels:?}"
            );
            let (length, metres) = scale_bar(view);
            assert!(length < view.width * 0.7 && metres >= 10, "{view:?}");
            view = view.zoomed(0.76, (0.5, 0.5));
        }
        let (meridians, _) = grid(View::around(ALMATY, 30.0));
        assert_eq!(meridians.iter().map(|line| line.label.as_str()).collect::<Vec<_>>(), ["76.8°", "76.9°", "77.0°"]);
    }

    #[test]
    fn names_do_not_lie_on_one_another() {
        let choice = |name: &str, lat_e6, lng_e6, depth| Choice {
            slug: name.into(),
            name: name.into(),
            point: Some(MapPoint { lat_e6, lng_e6 }),
            depth,
        };
        let places = [
            choice("Казахстан", 48_000_000, 67_000_000, 0),
            choice("Алматы", 43_238_949, 76_889_709, 2),
            choice("Медеу", 43_157_000, 77_058_000, 2),
            choice("Астана", 51_128_000, 71_430_000, 2),
        ];
        let names = |view| labels(view, &places).into_iter().map(|label| label.name).collect::<Vec<_>>();
        assert_eq!(names(View::ALL), ["Алматы", "Астана"]);
        assert_eq!(names(View::around(ALMATY, 50.0)), ["Алматы", "Медеу"]);
    }
}
