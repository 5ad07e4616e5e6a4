//! The light of a picture: sky, sun and haze of a time of day, varied by seed.

use crate::color::{Lab, Px, lch};
use crate::noise::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Morning,
    Noon,
    Golden,
    Dusk,
    Night,
}

#[derive(Clone, Copy)]
pub(crate) struct Palette {
    pub(crate) time: Time,
    pub(crate) top: Lab,
    pub(crate) mid: Lab,
    pub(crate) low: Lab,
    pub(crate) haze: Lab,
    pub(crate) sun: Lab,
    /// Silhouettes: the farthest and the nearest.
    pub(crate) far: Lab,
    pub(crate) near: Lab,
    pub(crate) cloud: Lab,
    pub(crate) cloud_shade: Lab,
    /// Where the light comes from: -1 left, 1 right.
    pub(crate) side: f32,
    pub(crate) sun_x: f32,
    pub(crate) sun_y: f32,
    key: f32,
    light: Lab,
    shadow: Lab,
}

type Tone = (f32, f32, f32);

/// By [`Time`]: top, mid, low, haze, sun, far, near, cloud, cloud shade, light, shadow
const TONES: [[Tone; 11]; 5] = [
    [
        (0.76, 0.085, 232.0),
        (0.88, 0.04, 215.0),
        (0.94, 0.055, 65.0),
        (0.91, 0.04, 60.0),
        (0.985, 0.06, 88.0),
        (0.76, 0.055, 250.0),
        (0.37, 0.06, 190.0),
        (0.985, 0.015, 70.0),
        (0.88, 0.045, 40.0),
        (0.96, 0.05, 75.0),
        (0.50, 0.08, 258.0),
    ],
    [
        (0.57, 0.135, 243.0),
        (0.74, 0.105, 233.0),
        (0.93, 0.04, 205.0),
        (0.87, 0.05, 225.0),
        (0.995, 0.03, 98.0),
        (0.71, 0.075, 240.0),
        (0.36, 0.065, 165.0),
        (0.99, 0.006, 85.0),
        (0.86, 0.035, 235.0),
        (0.99, 0.03, 92.0),
        (0.45, 0.09, 255.0),
    ],
    [
        (0.68, 0.075, 235.0),
        (0.86, 0.06, 80.0),
        (0.88, 0.125, 72.0),
        (0.86, 0.095, 66.0),
        (0.98, 0.09, 92.0),
        (0.70, 0.085, 35.0),
        (0.34, 0.06, 25.0),
        (0.96, 0.055, 78.0),
        (0.78, 0.10, 42.0),
        (0.90, 0.12, 70.0),
        (0.42, 0.085, 305.0),
    ],
    [
        (0.38, 0.115, 278.0),
        (0.58, 0.13, 335.0),
        (0.82, 0.135, 52.0),
        (0.68, 0.125, 15.0),
        (0.93, 0.115, 70.0),
        (0.55, 0.115, 315.0),
        (0.24, 0.06, 282.0),
        (0.80, 0.12, 30.0),
        (0.56, 0.13, 335.0),
        (0.82, 0.13, 45.0),
        (0.30, 0.10, 285.0),
    ],
    [
        (0.19, 0.07, 268.0),
        (0.29, 0.09, 258.0),
        (0.47, 0.09, 222.0),
        (0.38, 0.075, 235.0),
        (0.96, 0.03, 95.0),
        (0.33, 0.075, 250.0),
        (0.15, 0.045, 262.0),
        (0.45, 0.07, 245.0),
        (0.30, 0.08, 258.0),
        (0.60, 0.08, 240.0),
        (0.16, 0.06, 270.0),
    ],
];

impl Palette {
    pub(crate) fn new(time: Time, rng: &mut Rng) -> Palette {
        let (turn, rich, lift) = (rng.range(-9.0, 9.0), rng.range(0.92, 1.14), rng.range(-0.015, 0.015));
        let c = TONES[time as usize].map(|(l, c, h)| lch(l + lift, c * rich, h + turn));
        let side = rng.side();
        let (key, height) = match time {
            Time::Morning => (1.0, rng.range(0.18, 0.34)),
            Time::Noon => (1.04, rng.range(0.08, 0.2)),
            Time::Golden => (0.95, rng.range(0.24, 0.4)),
            Time::Dusk => (0.76, rng.range(0.34, 0.46)),
            Time::Night => (0.56, rng.range(0.1, 0.24)),
        };
        Palette {
            time,
            top: c[0],
            mid: c[1],
            low: c[2],
            haze: c[3],
            sun: c[4],
            far: c[5],
            near: c[6],
            cloud: c[7],
            cloud_shade: c[8],
            light: c[9],
            shadow: c[10],
            key,
            side,
            sun_x: 0.5 + side * rng.range(0.1, 0.36),
            sun_y: height,
        }
    }

    /// A thing's own colour in this light, `far` 0 at hand, 1 lost in haze.
    pub(crate) fn lit(&self, own: Lab, far: f32) -> Lab {
        let warm = own.mix(self.light, 0.16);
        Lab {
            l: warm.l * self.key,
            a: warm.a * (0.35 + 0.65 * self.key) + self.light.a * 0.12,
            b: warm.b * (0.35 + 0.65 * self.key) + self.light.b * 0.12,
        }
        // The red sky lights things too; without it dusk is merely brown.
        .mix(self.haze, if self.time == Time::Dusk { 0.2 } else { 0.0 })
        .mix(self.haze, far)
    }

    /// The same thing turned away from the light.
    pub(crate) fn dark(&self, own: Lab, far: f32) -> Lab {
        let cool = own.mix(self.shadow, 0.42);
        Lab { l: cool.l * self.key * 0.86, ..cool }.mix(self.haze, far)
    }

    /// Silhouette colour from the farthest (0) to the nearest (1).
    pub(crate) fn layer(&self, t: f32) -> Lab {
        self.far.mix(self.near, t)
    }

    pub(crate) fn shadow_px(&self, alpha: f32) -> Px {
        self.shadow.lift(-0.1).alpha(alpha)
    }

    pub(crate) fn is_dark(&self) -> bool {
        matches!(self.time, Time::Dusk | Time::Night)
    }
}
