//! Yurts, horses, birds.

use crate::canvas::Canvas;
use crate::color::{Lab, lch};
use crate::noise::Rng;
use crate::paint::Fill;
use crate::palette::Palette;
use crate::shape::{Pt, curve};

/// A yurt of width `w` standing at (x, foot) with a lit doorway.
pub(crate) fn yurt(c: &mut Canvas, pal: &Palette, at: Pt, w: f32, glow: bool) {
    let (x, y) = at;
    let felt = lch(0.93, 0.025, 80.0);
    let (lit, dark) = (pal.lit(felt, 0.05), pal.dark(felt.lift(-0.12), 0.05));
    let r = w * 0.5;
    let (wall, roof) = (w * 0.27, w * 0.5);
    let across = |k: f32| {
        let (a, b) = (lit.lift(-0.05 * k), dark.lift(-0.05 * k));
        if pal.side > 0.0 { Fill::across(x - r, b, x + r, a) } else { Fill::across(x - r, a, x + r, b) }
    };
    c.ellipse(x, y, r * 1.15, w * 0.035, pal.shadow_px(0.4));
    let mut dome = vec![(x - r * 1.02, y - wall)];
    dome.extend(curve(&[
        (x - r * 1.02, y - wall),
        (x - r * 0.8, y - wall - w * 0.1),
        (x - r * 0.2, y - roof),
        (x + r * 0.2, y - roof),
        (x + r * 0.8, y - wall - w * 0.1),
        (x + r * 1.02, y - wall),
    ]));
    c.poly(&[(x - r, y - wall), (x + r, y - wall), (x + r * 0.96, y), (x - r * 0.96, y)], across(1.0));
    c.poly(&dome, across(0.0));
    let cap = pal.dark(lch(0.5, 0.1, 40.0), 0.0);
    c.ellipse(x, y - roof, r * 0.2, w * 0.022, cap);
    let band = pal.lit(lch(0.55, 0.15, 35.0), 0.05);
    c.rect(x - r * 1.0, y - wall - w * 0.008, x + r * 1.0, y - wall + w * 0.03, band);
    let gold = pal.lit(lch(0.82, 0.12, 80.0), 0.0);
    for i in 0..11 {
        let bx = x + r * (i as f32 / 5.0 - 1.0) * 0.92;
        let d = w * 0.014;
        let by = y - wall + w * 0.011;
        c.poly(&[(bx - d, by), (bx, by - d), (bx + d, by), (bx, by + d)], gold);
    }
    // Ropes over the roof give it its roundness.
    for k in [-0.62, -0.25, 0.25, 0.62] {
        c.stroke((x + r * k, y - wall), (x + r * k * 0.3, y - roof), w * 0.008, w * 0.006, dark.alpha(0.55));
    }
    door(c, pal, at, w, glow);
}

fn door(c: &mut Canvas, pal: &Palette, at: Pt, w: f32, glow: bool) {
    let (x, y) = at;
    let (half, tall) = (w * 0.085, w * 0.235);
    let frame = pal.lit(lch(0.48, 0.14, 30.0), 0.0);
    c.rect(x - half * 1.25, y - tall - half * 0.3, x + half * 1.25, y, frame);
    if !glow {
        let leaf = pal.dark(lch(0.55, 0.13, 45.0), 0.0);
        c.rect(x - half, y - tall, x + half, y, leaf);
        return;
    }
    let (hot, warm) = (lch(0.96, 0.1, 92.0), lch(0.78, 0.17, 60.0));
    c.rect(x - half, y - tall, x + half, y, Fill::down(y - tall, hot, y, warm));
    c.glow(x, y - tall * 0.4, w * 0.75, lch(0.8, 0.16, 62.0).alpha(0.55));
    c.glow(x, y - w * 0.5, w * 0.22, lch(0.85, 0.13, 70.0).alpha(0.35));
    c.poly(
        &[(x - half, y), (x + half, y), (x + w * 0.42, y + w * 0.26), (x - w * 0.42, y + w * 0.26)],
        Fill::Linear((0.0, y), lch(0.82, 0.16, 68.0).alpha(0.6), (0.0, y + w * 0.26), lch(0.7, 0.16, 55.0).alpha(0.0)),
    );
}

const STANDING: &[Pt] = &[
    (0.06, 0.40),
    (0.09, 0.32),
    (0.18, 0.27),
    (0.36, 0.32),
    (0.53, 0.27),
    (0.63, 0.15),
    (0.74, 0.02),
    (0.79, 0.06),
    (0.86, 0.16),
    (0.95, 0.25),
    (0.92, 0.30),
    (0.81, 0.25),
    (0.77, 0.33),
    (0.74, 0.46),
    (0.66, 0.56),
    (0.45, 0.57),
    (0.27, 0.53),
    (0.16, 0.60),
    (0.08, 0.52),
    (0.06, 0.40),
];
const GRAZING: &[Pt] = &[
    (0.06, 0.40),
    (0.09, 0.32),
    (0.18, 0.27),
    (0.36, 0.32),
    (0.53, 0.28),
    (0.68, 0.38),
    (0.82, 0.60),
    (0.86, 0.66),
    (0.93, 0.88),
    (0.88, 0.92),
    (0.79, 0.76),
    (0.73, 0.62),
    (0.68, 0.56),
    (0.6, 0.58),
    (0.45, 0.57),
    (0.27, 0.53),
    (0.16, 0.60),
    (0.08, 0.52),
    (0.06, 0.40),
];

/// A horse `h` tall, facing right for `dir` 1.
pub(crate) fn horse(c: &mut Canvas, rng: &mut Rng, at: Pt, h: f32, dir: f32, color: Lab) {
    let grazing = rng.chance(0.5);
    let put = |p: Pt| (at.0 + dir * (p.0 - 0.5) * h * 1.12, at.1 + (p.1 - 1.0) * h);
    let outline = if grazing { GRAZING } else { STANDING };
    let body: Vec<Pt> = curve(outline).into_iter().map(put).collect();
    let walk = rng.range(-0.04, 0.04);
    for (hip, foot, w) in [
        ((0.13, 0.5), 0.09 - walk, 0.12),
        ((0.20, 0.5), 0.19 + walk, 0.11),
        ((0.63, 0.5), 0.62 - walk, 0.09),
        ((0.70, 0.48), 0.71 + walk, 0.09),
    ] {
        let knee = ((hip.0 + foot) * 0.5 + 0.012, 0.74);
        let path = [(hip, w), (knee, 0.05), ((foot, 1.0), 0.035)];
        c.brush(&path.map(|(p, w)| (put(p), w * h)), color);
    }
    c.poly(&body, color);
    let tail = [((0.08, 0.33), 0.03), ((0.01, 0.45), 0.06), ((-0.01, 0.7), 0.015)];
    c.brush(&tail.map(|(p, w)| (put(p), w * h)), color);
    if !grazing {
        let mane = [(0.54, 0.27), (0.62, 0.1), (0.73, 0.0), (0.72, 0.08), (0.64, 0.2)];
        c.poly(&mane.map(put), color.lift(-0.04));
    }
}

/// A few birds far off, on spread wings.
pub(crate) fn birds(c: &mut Canvas, rng: &mut Rng, at: Pt, n: usize, color: Lab) {
    for _ in 0..n {
        let s = rng.range(0.007, 0.013);
        let (x, y) = (at.0 + rng.range(-0.12, 0.12), at.1 + rng.range(-0.06, 0.06));
        let lift = s * rng.range(0.3, 0.7);
        for side in [-1.0, 1.0] {
            c.brush(
                &[
                    ((x, y), s * 0.22),
                    ((x + side * s * 0.5, y - lift), s * 0.18),
                    ((x + side * s * 1.2, y - lift * 0.5), s * 0.04),
                ],
                color,
            );
        }
    }
}

/// An eagle overhead.
pub(crate) fn eagle(c: &mut Canvas, at: Pt, s: f32, color: Lab) {
    let wing = |k: f32| {
        curve(&[
            (at.0, at.1),
            (at.0 + k * s * 0.4, at.1 - s * 0.16),
            (at.0 + k * s, at.1 - s * 0.04),
            (at.0 + k * s * 0.5, at.1 + s * 0.03),
            (at.0, at.1 + s * 0.1),
        ])
    };
    c.poly(&wing(1.0), color);
    c.poly(&wing(-1.0), color);
    c.ellipse(at.0, at.1 + s * 0.05, s * 0.07, s * 0.16, color);
}
