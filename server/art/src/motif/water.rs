//! Still and moving water.

use crate::canvas::Canvas;
use crate::color::{Lab, blend, smooth};
use crate::noise::{Rng, noise2};

pub(crate) struct Water {
    pub(crate) line: f32,
    pub(crate) far: Lab,
    pub(crate) near: Lab,
    /// How much of the picture above shows: far and near.
    pub(crate) mirror: (f32, f32),
    pub(crate) ripple: f32,
}

/// Mirrors what is painted so far, upright, broken by ripples that widen towards the viewer.
pub(crate) fn reflect(c: &mut Canvas, rng: &mut Rng, water: &Water, glint: Lab) {
    let picture = c.snapshot(water.line);
    let (w, h, s) = (c.w, c.h, c.s);
    let (line, ripple, mirror) = (water.line, water.ripple, water.mirror);
    let (far, near, glint) = (water.far.px(), water.near.px(), glint.px());
    let seed = rng.seed();
    let depth = 1.0 - line;
    c.wash(line, 1.0, true, move |x, y| {
        let d = y - line;
        let t = (d / depth).min(1.0);
        // Rows of ripples shrink with distance.
        let rows = 26.0 * (d * 9.0 + 0.06).ln();
        let long = noise2(x * (7.0 - 4.0 * t), rows, seed) - 0.5;
        let fine = noise2(x * (22.0 - 12.0 * t), rows * 2.3, seed ^ 3) - 0.5;
        let sway = (long + 0.5 * fine) * ripple * (0.25 + t);
        let sx = (((x + sway * 0.06) * s) as usize).min(w - 1);
        let sy = (line - d * 0.96 + sway * 0.1).clamp(0.0, (line - 1.5 / s).max(0.0)) * s;
        let sy = (sy.max(0.0) as usize).min(h - 1);
        let at = (sy * w + sx) * 3;
        let seen = [f32::from(picture[at]), f32::from(picture[at + 1]), f32::from(picture[at + 2]), 1.0];
        let own = blend(far, near, smooth(0.0, 1.0, t));
        let k = mirror.0 + (mirror.1 - mirror.0) * t + sway * 0.5;
        let p = blend(own, seen, k.clamp(0.0, 1.0));
        let spark = smooth(0.27, 0.36, long + fine * 0.4) * ripple.min(1.0);
        blend(p, glint, spark * 0.22 * (1.0 - 0.5 * t))
    });
}

/// A short horizontal lens, as wavelets and foam are drawn.
pub(crate) fn dash(c: &mut Canvas, x: f32, y: f32, w: f32, t: f32, color: crate::color::Px) {
    c.poly(
        &[
            (x - w, y),
            (x - w * 0.3, y - t * 0.5),
            (x + w * 0.4, y - t * 0.4),
            (x + w, y),
            (x + w * 0.3, y + t * 0.5),
            (x - w * 0.4, y + t * 0.4),
        ],
        color,
    );
}

/// The sun's path on the water.
pub(crate) fn glitter(c: &mut Canvas, rng: &mut Rng, x: f32, line: f32, color: Lab, n: usize) {
    for _ in 0..n {
        let t = rng.f().powf(1.4);
        let y = line + 0.004 + t * (0.98 - line);
        let spread = 0.02 + 0.16 * t;
        let dx = (rng.f() + rng.f() - 1.0) * spread;
        let fade = 1.0 - (dx / spread).abs();
        let w = (0.006 + 0.03 * t) * rng.range(0.5, 1.4);
        let p = color.alpha(0.75 * fade * (1.0 - 0.4 * t));
        dash(c, x + dx, y, w, 0.0016 + 0.006 * t, p);
    }
}
