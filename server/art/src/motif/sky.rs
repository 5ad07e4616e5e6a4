//! Sky, sun, clouds, stars.

use crate::canvas::Canvas;
use crate::color::{Lab, Ramp, blend, lch, smooth};
use crate::noise::{Rng, fbm1, fbm2, noise1, noise2};
use crate::palette::{Palette, Time};

/// Gradient down to the horizon with the sun's glow, its disc and clouds.
pub(crate) fn sky(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32) {
    backdrop(c, pal, rng, horizon);
    if pal.time != Time::Night {
        disc(c, pal, rng.range(0.035, 0.06));
    }
    clouds(c, pal, rng, horizon);
}

pub(crate) fn backdrop(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32) {
    let ramp = Ramp::new(&[
        (0.0, pal.top),
        (rng.range(0.4, 0.55), pal.mid),
        (rng.range(0.8, 0.92), pal.mid.mix(pal.low, 0.8)),
        (1.0, pal.low),
    ]);
    let (sx, sy) = (pal.sun_x * c.aspect, pal.sun_y);
    let sun = pal.sun.mix(pal.low, 0.25).px();
    let (reach, power) = match pal.time {
        Time::Noon => (0.16, 0.55),
        Time::Night => (0.2, 0.0),
        _ => (0.22, 0.8),
    };
    // Faint rings round the sun, as a printed poster has; not in every picture.
    let rings = if rng.chance(0.45) && pal.time != Time::Night { 0.06 } else { 0.0 };
    let seed = rng.seed();
    c.wash(0.0, 1.0, true, move |x, y| {
        let base = ramp.at(y / horizon + (noise2(x * 1.5, y * 5.0, seed) - 0.5) * 0.05);
        let (dx, dy) = (x - sx, (y - sy) * 1.15);
        let d2 = dx * dx + dy * dy;
        let mut g = power / (1.0 + d2 / (reach * reach));
        if rings > 0.0 && d2 < 0.3 {
            let ring = (d2.sqrt() / 0.11).fract();
            g += rings * (1.0 - ring) * (1.0 - d2 / 0.3);
        }
        blend(base, sun, g)
    });
}

pub(crate) fn disc(c: &mut Canvas, pal: &Palette, r: f32) {
    let (x, y) = (pal.sun_x * c.aspect, pal.sun_y);
    c.glow(x, y, r * 4.0, pal.sun.alpha(0.55));
    c.ellipse(x, y, r, r, pal.sun);
}

fn clouds(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32) {
    match rng.int(0, 3) {
        0 => {
            for _ in 0..rng.int(2, 4) {
                let y = horizon * rng.range(0.2, 0.75);
                cumulus(c, pal, rng, y);
            }
        }
        1 => streaks(c, pal, rng, horizon, 9),
        2 => {
            streaks(c, pal, rng, horizon, 5);
            let y = horizon * rng.range(0.45, 0.7);
            cumulus(c, pal, rng, y);
        }
        _ => streaks(c, pal, rng, horizon, 3),
    }
}

/// A heap with round tops that dissolves towards its flat base.
pub(crate) fn cumulus(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32) {
    let w = rng.range(0.28, 0.7);
    let x0 = rng.range(-0.2, c.aspect - w * 0.6);
    let tall = rng.range(0.05, 0.1) * (0.6 + w);
    let bumps: Vec<(f32, f32)> = (0..rng.int(7, 12))
        .map(|_| {
            let t = rng.f();
            let hump = (1.0 - (2.0 * t - 1.0).powi(2)).max(0.05);
            (x0 + w * t, tall * hump * rng.range(0.55, 1.0))
        })
        .collect();
    let top = c.columns(|x| {
        let lift = bumps
            .iter()
            .map(|&(bx, r)| {
                let d = (x - bx) / (r * 1.35);
                if d.abs() < 1.0 { r * (1.0 - d * d).sqrt() } else { 0.0 }
            })
            .fold(0.0, f32::max);
        base - lift
    });
    let bottom = vec![base; c.w];
    let (lit, shade) = (pal.cloud.px(), pal.cloud_shade.px());
    c.band(top, bottom, x0 - 0.2..x0 + w + 0.2, move |_, y, d| {
        let mut p = blend(lit, shade, smooth(0.0, tall * 0.9, d));
        p[3] = 0.92 * smooth(0.0, tall * 0.75, base - y);
        p
    });
}

/// Long thin lenses of cloud, thicker and longer high up.
pub(crate) fn streaks(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32, n: usize) {
    for _ in 0..n {
        let t = rng.range(0.08, 0.92);
        let y = horizon * t;
        let w = rng.range(0.25, 0.9) * (1.15 - 0.5 * t);
        let x0 = rng.range(-0.3, c.aspect - 0.2);
        let thick = rng.range(0.006, 0.02) * (1.2 - 0.6 * t);
        let seed = rng.seed();
        let body = move |x: f32| {
            let k = (x - x0) / w;
            if !(0.0..=1.0).contains(&k) {
                return 0.0;
            }
            (1.0 - (2.0 * k - 1.0).powi(2)).powf(0.8) * (0.35 + fbm1(x * 9.0, 2, seed))
        };
        let wave = move |x: f32| y + (noise1(x * 3.0, seed) - 0.5) * 0.02;
        let top = c.columns(|x| wave(x) - thick * body(x) * 0.5);
        let bottom = c.columns(|x| wave(x) + thick * body(x) * 0.5);
        let near_sun = 1.0 - smooth(0.1, 0.8, (x0 + w * 0.5 - pal.sun_x * c.aspect).abs());
        let color = pal.cloud_shade.mix(pal.cloud, 0.35 + 0.65 * near_sun).alpha(rng.range(0.4, 0.75));
        c.band(top, bottom, x0..x0 + w, move |_, _, _| color);
    }
}

/// Stars, and optionally the Milky Way across them.
pub(crate) fn stars(c: &mut Canvas, rng: &mut Rng, horizon: f32, milky: bool) {
    if milky {
        milky_way(c, rng, horizon);
    }
    for _ in 0..(420.0 * c.aspect) as usize {
        let (x, y) = (rng.range(0.0, c.aspect), horizon * rng.f() * 0.98);
        let size = rng.f().powi(5);
        let fade = (1.0 - y / horizon).powf(0.35);
        let tint = lch(0.97, 0.03, if rng.chance(0.3) { 70.0 } else { 250.0 });
        c.glow(x, y, 0.0012 + 0.0024 * size, tint.alpha((0.35 + 0.65 * size) * fade));
        if size > 0.75 {
            c.glow(x, y, 0.012, tint.alpha(0.28 * fade));
        }
    }
}

fn milky_way(c: &mut Canvas, rng: &mut Rng, horizon: f32) {
    let lean = rng.side() * rng.range(0.35, 0.95);
    let foot = c.aspect * rng.range(0.3, 0.7);
    let seed = rng.seed();
    let cool: Lab = lch(0.72, 0.09, rng.range(265.0, 320.0));
    let warm: Lab = lch(0.9, 0.06, 60.0);
    let (cool, warm) = (cool.px(), warm.px());
    let len = (1.0 + lean * lean).sqrt();
    c.wash(0.0, horizon, false, move |x, y| {
        let d = (x - foot - (horizon - y) * lean) / len;
        if d.abs() > 0.42 {
            return [0.0; 4];
        }
        let warp = fbm2(x * 4.0, y * 4.0, 3, seed) - 0.5;
        let d = d + warp * 0.12;
        let core = 1.0 / (1.0 + (d / 0.09).powi(2)) * smooth(0.42, 0.2, d.abs());
        // The dark rift down the middle makes it read as a galaxy and not as a cloud.
        let rift = smooth(0.055, 0.0, (d + 0.02 + warp * 0.07).abs()) * 0.6;
        let dust = 0.55 + 0.9 * warp;
        let mut p = blend(cool, warm, core * core);
        p[3] = (core * dust * (1.0 - rift) * 0.62).clamp(0.0, 0.8);
        p
    });
    for _ in 0..900 {
        let (t, off) = (rng.f(), (rng.f() + rng.f() + rng.f() - 1.5) * 0.16);
        let y = horizon * (1.0 - t);
        let x = foot + horizon * t * lean + off * len;
        c.glow(x, y, rng.range(0.001, 0.0019), warm_star(rng));
    }
}

fn warm_star(rng: &mut Rng) -> crate::color::Px {
    lch(0.96, 0.03, 80.0).alpha(rng.range(0.25, 0.75))
}
