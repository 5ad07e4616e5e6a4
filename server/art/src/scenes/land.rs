//! Green country: birch wood, orchard, steppe, and yurts at night.

use crate::canvas::Canvas;
use crate::color::{Lab, blend, lch, smooth};
use crate::motif::range;
use crate::motif::tree::{self, Tone};
use crate::motif::{figure, sky};
use crate::noise::{Rng, fbm1, noise2};
use crate::paint::Fill;
use crate::palette::Palette;
use crate::scenes::mountain;

struct Leaves {
    tints: Vec<Lab>,
    grass: Lab,
}

fn season(rng: &mut Rng) -> Leaves {
    let autumn = rng.chance(0.55);
    let hue = if autumn { rng.range(70.0, 92.0) } else { rng.range(118.0, 138.0) };
    let tints = [(0.86, 0.0), (0.79, -8.0), (0.71, -16.0), (0.9, 8.0)]
        .map(|(l, dh)| if autumn { lch(l, 0.15, hue + dh) } else { lch(l - 0.1, 0.14, hue + dh) });
    Leaves { tints: tints.to_vec(), grass: if autumn { lch(0.66, 0.11, 98.0) } else { lch(0.62, 0.12, 130.0) } }
}

/// Among birches: pale trunks near and far, a floor of light and shade.
pub(crate) fn birch(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let floor = rng.range(0.66, 0.76);
    sky::backdrop(c, pal, rng, floor);
    sky::disc(c, pal, 0.06);
    let leaves = season(rng);
    let tints = |far: f32| -> Vec<Lab> { leaves.tints.iter().map(|t| pal.lit(*t, far)).collect() };
    let hill = range::hills(c, rng, floor, 0.16, 1.6);
    let wood = range::wooded(c, rng, hill, 0.08);
    range::silhouette(c, wood, pal.layer(0.3), pal.haze, 0.2);
    for layer in 0..3 {
        let k = layer as f32 / 2.0;
        let far = 0.62 - 0.3 * k;
        crowns(c, rng, &tints(far), 0.1 + 0.1 * k, 260, 0.012 + 0.004 * k);
        for _ in 0..16 - 4 * layer {
            let x = rng.range(-0.05, c.aspect + 0.05);
            birch_trunk(c, pal, rng, (x, floor + 0.02 + 0.05 * k), 0.009 + 0.008 * k, far);
        }
    }
    forest_floor(c, pal, rng, floor, leaves.grass);
    let n = rng.int(5, 7);
    let gap = rng.int(0, n - 1);
    for i in 0..n {
        let x = c.aspect * (i as f32 + rng.range(0.15, 0.85)) / n as f32;
        let w = rng.range(0.03, 0.055) * if i == gap { 0.6 } else { 1.0 };
        let y = floor + 0.08 + 0.2 * rng.f() + w;
        birch_trunk(c, pal, rng, (x, y), w, 0.0);
    }
    crowns(c, rng, &tints(0.0), 0.06, 330, 0.017);
    let size = (c.aspect * 0.5, (1.0 - floor) * 0.55);
    tree::dabs(c, rng, (c.aspect * 0.5, 0.5 + floor * 0.5), size, 110, 0.008, &tints(0.1));
}

/// Hanging foliage along the top edge.
fn crowns(c: &mut Canvas, rng: &mut Rng, tints: &[Lab], low: f32, n: usize, size: f32) {
    for i in 0..7 {
        let x = c.aspect * (i as f32 + rng.f()) / 7.0;
        let r = (rng.range(0.14, 0.26), low + rng.range(0.02, 0.13));
        let y = rng.range(-0.02, 0.05);
        tree::dabs(c, rng, (x, y), r, n / 4, size, tints);
    }
}

fn birch_trunk(c: &mut Canvas, pal: &Palette, rng: &mut Rng, at: (f32, f32), w: f32, far: f32) {
    let (x, y) = at;
    let bark = lch(0.96, 0.015, 80.0);
    let (lit, dark) = (pal.lit(bark, far), pal.dark(bark.lift(-0.2), far));
    let lean = rng.range(-0.06, 0.06);
    let mid = rng.range(-0.012, 0.012);
    let spine = |t: f32| (x + lean * t + mid * (t * 5.0).sin(), y - (y + 0.05) * t);
    let wide = |t: f32| w * (1.0 - 0.38 * t + 0.5 * (1.0 - t * 12.0).max(0.0).powi(2));
    let path: Vec<_> = (0..=14).map(|i| i as f32 / 14.0).map(|t| (spine(t), wide(t))).collect();
    let (l, r) = (x - w * 0.55, x + w * 0.55);
    let fill = if pal.side > 0.0 { Fill::across(l, dark, r, lit) } else { Fill::across(l, lit, r, dark) };
    c.brush(&path, fill);
    let ink = pal.dark(lch(0.28, 0.02, 40.0), far);
    for _ in 0..(10.0 + 420.0 * w) as usize {
        let t = rng.f();
        let (cx, cy) = spine(t);
        let half = wide(t) * 0.5;
        let side = rng.side();
        let len = half * rng.range(0.3, 1.3);
        let h = w * rng.range(0.03, 0.1);
        let from = cx + side * half;
        c.poly(&[(from, cy - h), (from - side * len, cy), (from, cy + h)], ink.alpha(0.85));
    }
    for _ in 0..rng.int(1, 3) {
        let (cx, cy) = spine(rng.range(0.45, 0.9));
        let reach = w * rng.range(2.5, 5.0) * rng.side();
        c.stroke((cx, cy), (cx + reach, cy - reach.abs() * 0.9), w * 0.22, w * 0.05, ink.mix(dark, 0.4));
    }
    if far == 0.0 {
        for _ in 0..9 {
            let gx = x + w * rng.range(-1.0, 1.0);
            tree::tuft(c, rng, (gx, y + w * 0.3), w * 0.9, 0.2, pal.dark(lch(0.5, 0.1, 125.0), 0.0));
        }
    }
}

fn forest_floor(c: &mut Canvas, pal: &Palette, rng: &mut Rng, floor: f32, grass: Lab) {
    let seed = rng.seed();
    let top = c.columns(|x| floor + 0.02 * (fbm1(x * 3.0, 2, seed) - 0.5));
    let (lit, dark) = (pal.lit(grass.lift(0.05), 0.0).px(), pal.dark(grass, 0.0).px());
    let haze = pal.lit(grass, 0.5).px();
    let side = pal.side;
    c.ground(top, move |x, y, d| {
        // Long shadows of trunks out of the picture.
        let u = (x + side * d * 1.5) / (0.35 + d * 1.6);
        let stripe = noise2(u * 6.0, 3.0, seed) + 0.25 * noise2(x * 14.0, y * 40.0, seed);
        let p = blend(dark, lit, smooth(0.5, 0.62, stripe));
        blend(haze, p, smooth(0.0, 0.14, d))
    });
}

/// Apple trees in rows that run to the mountains, in blossom or in fruit.
pub(crate) fn orchard(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.44, 0.52);
    sky::sky(c, pal, rng, horizon);
    let tall = rng.range(0.24, 0.34);
    mountain::backdrop(c, pal, rng, horizon, tall, 0.5);
    range::ridges(c, pal, rng, (horizon - 0.01, horizon + 0.03), 2, 0.08);
    let spring = rng.chance(0.4);
    let grass = lch(0.68, 0.13, rng.range(118.0, 138.0));
    let van = c.aspect * rng.range(0.3, 0.7);
    let (lit, dark) = (pal.lit(grass.lift(0.04), 0.0).px(), pal.dark(grass, 0.0).px());
    let far = pal.lit(grass, 0.4).px();
    let top = range::hills(c, rng, horizon + 0.06, 0.03, 1.5);
    c.ground(top, move |x, y, _| {
        let t = (y - horizon).max(0.01);
        let lane = ((x - van) / t * 1.25 + 0.5).rem_euclid(1.0);
        let p = blend(lit, dark, smooth(0.3, 0.1, (lane - 0.5).abs()) * 0.6);
        blend(far, p, smooth(0.03, 0.25, t))
    });
    let leaf = if spring { lch(0.9, 0.06, 5.0) } else { lch(0.6, 0.13, 138.0) };
    let mut trees = Vec::new();
    for row in -9..=9 {
        for step in 0..11 {
            let z = 1.0 + 0.5 * step as f32;
            let t = 0.5 / z;
            trees.push((van + (row as f32) * t / 1.25, horizon + t, t));
        }
    }
    trees.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, y, t) in trees {
        if (-0.2..c.aspect + 0.2).contains(&x) && t < 0.52 {
            apple_tree(c, pal, rng, (x, y), t * 0.29, leaf, spring);
        }
    }
}

fn apple_tree(c: &mut Canvas, pal: &Palette, rng: &mut Rng, at: (f32, f32), r: f32, leaf: Lab, spring: bool) {
    let (x, y) = at;
    let far = (0.4 - r * 4.0).clamp(0.0, 0.4);
    let tone = Tone::new(pal, leaf, far);
    c.ellipse(x - pal.side * r * 0.5, y, r * 1.1, r * 0.2, pal.shadow_px(0.28));
    c.stroke((x, y), (x, y - r * 1.2), r * 0.2, r * 0.12, tone.trunk);
    tree::crown(c, rng, (x, y - r * 1.75), r, &tone);
    let fruit = if spring { lch(0.98, 0.02, 350.0) } else { lch(0.6, 0.2, 28.0) };
    let n = if r > 0.03 { if spring { 40 } else { 17 } } else { 7 };
    for _ in 0..n {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.f().sqrt() * r * 0.75);
        let (fx, fy) = (x + a.cos() * d, y - r * 1.75 + a.sin() * d * 0.85);
        let size = r * if spring { 0.05 } else { 0.075 };
        c.ellipse(fx, fy, size, size, pal.lit(fruit, far));
    }
}

/// Feather grass in the wind, burial mounds, horses.
pub(crate) fn steppe(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.54, 0.66);
    sky::sky(c, pal, rng, horizon);
    for _ in 0..rng.int(1, 3) {
        let y = horizon * rng.range(0.4, 0.9);
        sky::cumulus(c, pal, rng, y);
    }
    range::ridges(c, pal, rng, (horizon - 0.02, horizon + 0.01), 2, 0.06);
    let gold = lch(0.77, 0.1, rng.range(88.0, 115.0));
    let mounds: Vec<(f32, f32, f32)> =
        (0..rng.int(1, 4)).map(|_| (c.aspect * rng.f(), rng.range(0.03, 0.075), rng.range(0.07, 0.15))).collect();
    for i in 0..3 {
        let k = i as f32 / 2.0;
        let (seed, base) = (rng.seed(), horizon + 0.02 + 0.12 * k);
        let top = c.columns(|x| {
            let lift: f32 = mounds.iter().map(|&(m, h, w)| h * (-((x - m) / w).powi(2)).exp()).sum();
            base - 0.05 * k * fbm1(x * 1.6, 2, seed) - if i == 1 { lift } else { 0.0 }
        });
        let far = 0.42 * (1.0 - k);
        let (lit, dark) = (pal.lit(gold, far).px(), pal.dark(gold.turn(12.0), far).px());
        c.ground(top, move |x, y, d| {
            let wind = noise2(x * 2.5 + y * 4.0, y * 16.0 - x * 1.5, seed);
            blend(lit, dark, smooth(0.45, 0.75, wind) * 0.55 + smooth(0.0, 0.5, d) * 0.4)
        });
        if i == 1 {
            herd(c, pal, rng, horizon + 0.08);
        }
    }
    grass(c, pal, rng, gold);
}

fn herd(c: &mut Canvas, pal: &Palette, rng: &mut Rng, y: f32) {
    let x = c.aspect * rng.range(0.2, 0.7);
    let dir = rng.side();
    for _ in 0..rng.int(3, 6) {
        let at = (x + rng.range(-0.2, 0.25), y + rng.range(-0.02, 0.03));
        let own = lch(rng.range(0.25, 0.42), 0.06, rng.range(30.0, 60.0));
        let h = 0.075 + (at.1 - y) * 0.6;
        c.ellipse(at.0, at.1, h * 0.5, h * 0.05, pal.shadow_px(0.3));
        let facing = if rng.chance(0.75) { dir } else { -dir };
        figure::horse(c, rng, at, h, facing, pal.dark(own, 0.08));
    }
}

fn grass(c: &mut Canvas, pal: &Palette, rng: &mut Rng, gold: Lab) {
    let wind = rng.side();
    let plume = pal.lit(lch(0.96, 0.03, 90.0), 0.0);
    let mut all: Vec<(f32, f32)> = (0..190).map(|_| (rng.range(-0.1, c.aspect + 0.1), rng.f())).collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, t) in all {
        let y = 0.86 + 0.22 * t;
        let h = 0.08 + 0.16 * t;
        let own = gold.lift(-0.2 * rng.f());
        let color = if rng.chance(0.5) { pal.lit(own, 0.0) } else { pal.dark(own, 0.0) };
        if rng.chance(0.45) {
            tree::feather(c, rng, (x, y), h * 1.25, wind, color, plume);
        } else {
            tree::tuft(c, rng, (x, y), h * 0.6, wind, color);
        }
    }
}

/// A camp on a summer pasture under the Milky Way.
pub(crate) fn yurt_stars(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.6, 0.7);
    sky::backdrop(c, pal, rng, horizon);
    sky::stars(c, rng, horizon, true);
    let tall = rng.range(0.17, 0.24);
    mountain::backdrop(c, pal, rng, horizon, tall, 0.5);
    range::ridges(c, pal, rng, (horizon - 0.01, horizon + 0.05), 3, 0.09);
    let seed = rng.seed();
    let meadow = lch(0.56, 0.09, 165.0);
    let (lit, dark) = (pal.lit(meadow, 0.1).px(), pal.dark(meadow, 0.0).px());
    let base = horizon + 0.1;
    let top = c.columns(|x| base - 0.05 * fbm1(x * 1.3, 2, seed));
    c.ground(top, move |x, y, d| {
        let patch = noise2(x * 4.0, y * 18.0, seed);
        blend(lit, dark, smooth(0.0, 0.25, d) * 0.8 + (patch - 0.5) * 0.3)
    });
    let n = rng.int(1, 3);
    let (first, dir) = (c.aspect * rng.range(0.25, 0.5), rng.side());
    let mut camp: Vec<(f32, f32, f32)> = (0..n)
        .map(|i| {
            let w = if i == 0 { rng.range(0.3, 0.42) } else { rng.range(0.14, 0.24) };
            let x = first + dir * (0.42 * i as f32) + if dir < 0.0 { 0.45 } else { 0.0 };
            (x, base + 0.05 + (w - 0.14) * 0.42, w)
        })
        .collect();
    camp.sort_by(|a, b| a.1.total_cmp(&b.1));
    for &(x, y, w) in &camp {
        figure::yurt(c, pal, (x, y), w, true);
    }
    for _ in 0..60 {
        let x = rng.range(0.0, c.aspect);
        let t = rng.f();
        tree::tuft(c, rng, (x, 0.95 + 0.08 * t), 0.03 + 0.04 * t, 0.3, pal.near.lift(-0.02));
    }
}
