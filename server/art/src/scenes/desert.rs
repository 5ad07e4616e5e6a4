//! Dry country and the sea: canyon, dunes, salt, sea.

use crate::canvas::Canvas;
use crate::color::{Lab, Px, blend, lch, smooth};
use crate::motif::tree::{self, Tone};
use crate::motif::water::{self, Water};
use crate::motif::{figure, range, sky};
use crate::noise::{Rng, facet, fbm1, hash, noise1, noise2, octave_sum};
use crate::palette::Palette;

/// Rock in level bands, with buttresses that catch or lose the light.
pub(crate) struct Strata {
    pub(crate) bands: Vec<Lab>,
    pub(crate) far: f32,
    pub(crate) pitch: f32,
    pub(crate) foot: f32,
}

/// A skyline of towers: steps between flat tops.
fn towers(c: &Canvas, rng: &mut Rng, base: f32, tall: f32, freq: f32, shape: impl Fn(f32) -> f32) -> Vec<f32> {
    let seed = rng.seed();
    c.columns(|x| {
        let n = octave_sum(3, seed, |k, s| noise1(x * freq * k, s));
        let steps = 5.0;
        let f = n * steps;
        let tread = f.floor() + smooth(0.62, 0.9, f.fract());
        let chip = (noise1(x * 60.0, seed ^ 3) - 0.5) * 0.012;
        base - tall * shape(x) * (0.25 + tread / steps) + chip
    })
}

pub(crate) fn strata(c: &mut Canvas, pal: &Palette, rng: &mut Rng, top: Vec<f32>, rock: &Strata) {
    let seed = rng.seed();
    let pair = |b: &Lab| (pal.lit(*b, rock.far).px(), pal.dark(*b, rock.far).px());
    let bands: Vec<(Px, Px)> = rock.bands.iter().map(pair).collect();
    let (pitch, side, foot) = (rock.pitch, pal.side, rock.foot);
    let haze = pal.haze.px();
    let reach = ((c.s * 0.012) as usize).max(1);
    let last = top.len() - 1;
    let lean: Vec<f32> =
        (0..top.len()).map(|x| side * (top[(x + reach).min(last)] - top[x.saturating_sub(reach)]) * 14.0).collect();
    let (s, span) = (c.s, last as f32);
    c.ground(top, move |x, y, d| {
        let warp = noise2(x * 3.0, y * 4.0, seed) - 0.5;
        // Hard beds stick out: the buttress edges shift from bed to bed.
        let bed = (y + warp * 0.02) / pitch + noise1(x * 9.0, seed) * 0.35;
        let row = bed.floor();
        let jut = hash(row as i32, 5, seed) - 0.5;
        let flute = -side * facet(x * 15.0 + warp * 1.6 + jut * 0.22, y * 2.6, seed ^ 1);
        let col = ((x + warp * 0.02) * s).clamp(0.0, span) as usize;
        let face = flute * 0.7 + lean[col] * smooth(0.1, 0.0, d) + jut * 0.12;
        let light = smooth(-0.14, 0.2, face);
        let pick = (hash(row as i32, 9, seed) * bands.len() as f32) as usize % bands.len();
        let (lit, dark) = bands[pick];
        let mut p = blend(dark, lit, light);
        let lip = smooth(0.22, 0.06, bed - row);
        p = blend(p, dark, lip * 0.35);
        p = blend(p, lit, smooth(0.008, 0.002, d) * 0.6);
        blend(p, haze, 0.5 * smooth(foot - 0.18, foot, y))
    });
}

fn warm_bands(rng: &mut Rng, pale: f32) -> Vec<Lab> {
    let hue = rng.range(38.0, 58.0);
    [(0.70, 0.13, 0.0), (0.63, 0.14, -8.0), (0.77, 0.1, 14.0), (0.57, 0.13, -14.0), (0.83, 0.075, 22.0)]
        .iter()
        .map(|&(l, ch, dh)| lch(l + (0.93 - l) * pale, ch * (1.0 - 0.75 * pale), hue + dh))
        .collect()
}

/// Charyn: red walls either side of a green river.
pub(crate) fn canyon(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.4, 0.5);
    sky::sky(c, pal, rng, horizon);
    range::ridges(c, pal, rng, (horizon - 0.03, horizon + 0.02), 2, 0.08);
    let mid = c.aspect * rng.range(0.36, 0.64);
    let bands = warm_bands(rng, 0.0);
    for i in 0..4 {
        let k = i as f32 / 3.0;
        let gap = 0.03 + 0.19 * k;
        let base = horizon + 0.14 + 0.3 * k;
        let tall = 0.16 + 0.28 * k;
        let top = towers(c, rng, base, tall, 3.4 - 1.4 * k, |x| smooth(gap, gap + 0.12 + 0.3 * k, (x - mid).abs()));
        let rock = Strata { bands: bands.clone(), far: 0.42 * (1.0 - k).powf(1.2), pitch: 0.014 + 0.02 * k, foot: base + 0.06 };
        strata(c, pal, rng, top, &rock);
    }
    river(c, pal, rng, mid, horizon + 0.3);
    figure::eagle(c, (c.aspect * rng.range(0.2, 0.8), rng.range(0.14, 0.3)), 0.03, pal.near);
}

/// A valley floor with a winding stream and bushes along it.
fn river(c: &mut Canvas, pal: &Palette, rng: &mut Rng, mid: f32, top: f32) {
    let seed = rng.seed();
    let swing = rng.range(0.12, 0.24) * rng.side();
    let course = move |y: f32| {
        let t = ((y - top) / (1.0 - top)).clamp(0.0, 1.0);
        (mid + swing * (t * 5.0).sin() * (0.15 + t), 0.006 + 0.13 * t * t)
    };
    let floor = c.columns(|x| 0.86 - 0.16 * smooth(0.5, 0.0, (x - mid).abs()) + 0.02 * fbm1(x * 6.0, 2, seed));
    let sand = lch(0.78, 0.085, 62.0);
    let (a, b) = (pal.lit(sand, 0.1).px(), pal.dark(sand, 0.0).px());
    let (blue, deep) = (pal.lit(lch(0.76, 0.1, 200.0), 0.0).px(), pal.lit(lch(0.58, 0.11, 215.0), 0.0).px());
    c.ground(floor, move |x, y, _| {
        let (rx, half) = course(y);
        let off = (x - rx).abs() + (noise1(y * 40.0, seed) - 0.5) * 0.012;
        let bank = blend(a, b, smooth(0.3, 0.75, noise2(x * 5.0, y * 16.0, seed)));
        let flow = blend(deep, blue, smooth(0.4, 0.6, noise2((x - rx) * 12.0, y * 60.0, seed ^ 2)));
        blend(bank, flow, smooth(half, half - 0.004, off))
    });
    let tone = Tone::new(pal, lch(0.58, 0.12, 128.0), 0.0);
    let mut bushes: Vec<(f32, f32)> = (0..46).map(|_| (rng.f(), rng.side())).collect();
    bushes.sort_by(|p, q| p.0.total_cmp(&q.0));
    for (t, side) in bushes {
        let y = 0.72 + 0.3 * t;
        let (rx, half) = course(y);
        let r = 0.012 + 0.03 * t;
        let x = rx + side * (half + r * 1.3 + rng.f() * 0.06);
        tree::crown(c, rng, (x, y - r * 0.6), r, &tone);
    }
}

/// Sand: every dune has a lit and a shaded flank that meet in a sharp crest.
pub(crate) fn dunes(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.4, 0.54);
    sky::sky(c, pal, rng, horizon);
    let tall = rng.range(0.08, 0.13);
    range::ridges(c, pal, rng, (horizon - 0.02, horizon + 0.03), 2, tall);
    let hue = rng.range(58.0, 76.0);
    let n = rng.int(4, 6);
    for i in 0..n {
        let k = (i as f32 + rng.range(-0.15, 0.15)) / (n - 1) as f32;
        dune(c, pal, rng, horizon, k.clamp(0.0, 1.0), hue);
    }
    caravan(c, pal, rng, horizon);
}

fn dune(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32, k: f32, hue: f32) {
    let base = horizon + 0.09 + (1.0 - horizon) * 0.72 * k;
    let tall = 0.07 + 0.2 * k;
    let wide = 0.35 + 0.6 * k;
    let n = (2.6 - 1.2 * k) as usize + 1;
    let tops: Vec<(f32, f32)> = (0..n)
        .map(|j| {
            let x = c.aspect * (j as f32 + rng.range(0.1, 0.9)) / n as f32;
            (x, tall * rng.range(0.65, 1.1))
        })
        .collect();
    let side = pal.side;
    let lift = |x: f32, (px, h): (f32, f32)| {
        let d = (x - px) / wide;
        // Gentle on the windward flank, hollow on the lee.
        let flank = if d * side > 0.0 { d.abs() } else { d.abs() * 1.35 };
        h * (1.0 - flank).max(0.0).powf(1.5)
    };
    let top = c.columns(|x| base - tops.iter().map(|&t| lift(x, t)).fold(0.0, f32::max));
    let sand = lch(0.79, 0.105, hue);
    let far = 0.45 * (1.0 - k).powf(1.3);
    let (lit, mid) = (pal.lit(sand.lift(0.05), far).px(), pal.lit(sand.turn(-10.0), far).px());
    let (dark, deep) = (pal.dark(sand.turn(-14.0), far).px(), pal.dark(sand.lift(-0.08).turn(-18.0), far).px());
    let (seed, sweep) = (rng.seed(), rng.range(0.5, 1.1));
    c.ground(top, move |x, y, d| {
        let mut light = 1.0;
        let mut hit = f32::MAX;
        for &(px, h) in &tops {
            let t = ((y - (base - h)) / (h + 0.12)).max(0.0);
            // The crest snakes down towards the viewer.
            let crest = px - side * (sweep * 0.5 * t * wide - 0.1 * wide * (t * 4.5).sin());
            let off = (x - crest) * side;
            if off.abs() < hit {
                hit = off.abs();
                light = smooth(-0.002, 0.002, off);
            }
        }
        let ripple = ((y * (150.0 - 80.0 * k) + 5.0 * noise2(x * 5.0, y * 8.0, seed)).sin() * 0.5 + 0.5) * k * 0.16;
        let sun = blend(lit, mid, smooth(0.0, 0.2 + 0.2 * k, d) + ripple);
        let lee = blend(dark, deep, smooth(0.25, 0.0, d) * 0.6);
        blend(lee, sun, light * smooth(-0.1, 0.12, 0.25 - d * 0.2))
    });
}

fn caravan(c: &mut Canvas, pal: &Palette, rng: &mut Rng, horizon: f32) {
    let y = horizon + rng.range(0.17, 0.3);
    let x = c.aspect * rng.range(0.2, 0.6);
    let color = pal.near.lift(-0.02);
    for i in 0..rng.int(3, 5) {
        let h = 0.042;
        let at = |p: (f32, f32)| (x + i as f32 * 0.065 + p.0 * h, y + p.1 * h + 0.004 * (i as f32 * 2.1).sin());
        let body = crate::shape::curve(&[
            (-0.55, -0.5),
            (-0.4, -0.78),
            (-0.28, -1.02),
            (-0.15, -0.78),
            (0.0, -0.76),
            (0.14, -1.05),
            (0.28, -0.76),
            (0.42, -0.62),
            (0.58, -0.66),
            (0.72, -1.0),
            (0.78, -1.08),
            (0.95, -1.0),
            (0.93, -0.92),
            (0.82, -0.9),
            (0.72, -0.6),
            (0.55, -0.44),
            (0.2, -0.42),
            (-0.3, -0.42),
            (-0.55, -0.5),
        ]);
        c.poly(&body.into_iter().map(at).collect::<Vec<_>>(), color);
        for (a, b) in [(-0.46, -0.5), (-0.34, -0.28), (0.28, 0.24), (0.4, 0.46)] {
            c.stroke(at((a, -0.5)), at((b, 0.0)), h * 0.11, h * 0.06, color);
        }
        c.stroke(at((-0.3, 0.03)), at((-0.3 - pal.side * 0.9, 0.25)), h * 0.5, h * 0.1, pal.shadow_px(0.25));
    }
}

/// A white flat cracked into plates under chalk cliffs; after rain it mirrors them.
pub(crate) fn salt(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let line = rng.range(0.52, 0.6);
    sky::sky(c, pal, rng, line);
    let bands = warm_bands(rng, 0.72);
    let fang = c.aspect * rng.range(0.25, 0.75);
    for i in 0..3 {
        let k = i as f32 / 2.0;
        let (cut, tall) = (rng.range(0.25, 0.5), 0.14 + 0.12 * k);
        let side = if i == 1 { 1.0 } else { -1.0 } * pal.side;
        let aspect = c.aspect;
        let top = towers(c, rng, line + 0.012, tall, 2.6, |x| {
            let from = if side > 0.0 { x } else { aspect - x };
            let wall = smooth(cut * 1.5 + 0.2 * k, cut * 1.5 - 0.12 + 0.1 * k, from);
            if i < 2 { wall } else { wall.max(spire(x, fang)).max(0.8 * spire(x, fang + 0.17)) }
        });
        let rock = Strata { bands: bands.clone(), far: 0.4 - 0.32 * k, pitch: 0.012 + 0.008 * k, foot: line + 0.06 };
        strata(c, pal, rng, top, &rock);
    }
    let white = lch(0.97, 0.012, 75.0);
    let (far, near) = (pal.lit(white, 0.35), pal.lit(white.lift(-0.02), 0.0));
    if rng.chance(0.4) {
        let water = Water { line, far, near: near.mix(pal.top, 0.25), mirror: (0.75, 0.6), ripple: 0.25 };
        water::reflect(c, rng, &water, pal.sun);
        return;
    }
    let (a, b, seed) = (far.px(), near.px(), rng.seed());
    let tint = pal.dark(white, 0.1).px();
    c.wash(line, 1.0, true, move |x, y| {
        let t = (y - line) / (1.0 - line);
        let patch = noise2(x * 3.0 / (0.3 + t), 8.0 * (t + 0.08).ln(), seed);
        blend(blend(a, b, t), tint, 0.35 * smooth(0.45, 0.85, patch))
    });
    plates(c, pal, rng, line);
}

fn spire(x: f32, at: f32) -> f32 {
    1.25 * (1.0 - ((x - at) / 0.085).abs()).max(0.0).powf(0.7)
}

/// Cracks along a jittered honeycomb laid out in perspective.
fn plates(c: &mut Canvas, pal: &Palette, rng: &mut Rng, line: f32) {
    let seed = rng.seed();
    let (aspect, mid) = (c.aspect, c.aspect * 0.5);
    let project = |i: i32, j: i32| {
        let jx = hash(i, j, seed) - 0.5;
        let jz = hash(i, j, seed ^ 8) - 0.5;
        let odd = if (i + j) % 2 == 0 { 0.17 } else { -0.17 };
        let z = 1.02 + 0.19 * (j as f32 + odd + jz * 0.45);
        let x = (i as f32 + jx * 0.5) * 0.1;
        (mid + x / z * 1.6, line + (1.03 - line) / z, z)
    };
    let (edge, light) = (pal.dark(lch(0.78, 0.03, 60.0), 0.1), pal.lit(lch(1.0, 0.0, 0.0), 0.0));
    for j in 0..44 {
        for i in -46..46 {
            let a = project(i, j);
            if a.0 < -0.3 || a.0 > aspect + 0.3 {
                continue;
            }
            let mut crack = |b: (f32, f32, f32)| {
                let fade = (1.4 / a.2 - 0.12).clamp(0.0, 0.8);
                let w = 0.0075 / a.2;
                c.stroke((a.0, a.1 + w * 0.5), (b.0, b.1 + w * 0.5), w, w, light.alpha(fade * 0.7));
                c.stroke((a.0, a.1), (b.0, b.1), w * 0.6, w * 0.6, edge.alpha(fade));
            };
            crack(project(i + 1, j));
            if (i + j) % 2 == 0 {
                crack(project(i, j + 1));
            }
        }
    }
}

/// The Caspian at Mangystau: pale cliffs, turquoise shallows, surf.
pub(crate) fn sea(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let line = rng.range(0.42, 0.54);
    sky::sky(c, pal, rng, line);
    let hue = rng.range(196.0, 222.0);
    let tone = |l: f32, ch: f32, dh: f32| pal.lit(lch(l, ch, hue + dh), 0.0);
    let water = Water {
        line,
        far: tone(0.52, 0.115, 16.0).mix(pal.low, 0.2),
        // At dusk the sea takes the sky's colour: turquoise in red light turns to mud.
        near: tone(0.74, 0.1, -14.0).mix(pal.mid, if pal.is_dark() { 0.6 } else { 0.0 }),
        mirror: (0.3, 0.08),
        ripple: 1.4,
    };
    water::reflect(c, rng, &water, pal.cloud);
    water::glitter(c, rng, pal.sun_x * c.aspect, line, pal.sun, 130);
    let bands = warm_bands(rng, 0.5);
    let (side, aspect) = (rng.side(), c.aspect);
    for i in 0..3 {
        let k = i as f32 / 2.0;
        let reach = 0.95 - 0.33 * k + rng.range(-0.1, 0.1);
        let base = line + 0.02 + 0.16 * k;
        let mut top = towers(c, rng, base, 0.17 + 0.15 * k, 2.4, |x| {
            let from = if side > 0.0 { aspect - x } else { x };
            smooth(reach, reach - 0.3, from)
        });
        let seed = rng.seed();
        let foot = c.columns(|x| {
            let from = if side > 0.0 { aspect - x } else { x };
            base + 0.01 + 0.05 * smooth(reach, 0.0, from) + 0.012 * fbm1(x * 9.0, 2, seed)
        });
        for (t, f) in top.iter_mut().zip(&foot) {
            *t = t.min(f + 0.002);
        }
        headland(c, pal, rng, (top, foot), (&bands, k, reach, side));
    }
    beach(c, pal, rng, side);
    let at = (aspect * (0.5 - side * 0.2), line - 0.16);
    figure::birds(c, rng, at, 6, pal.near.mix(pal.cloud, 0.2));
}

type Head<'a> = (&'a [Lab], f32, f32, f32);

fn headland(c: &mut Canvas, pal: &Palette, rng: &mut Rng, (top, foot): (Vec<f32>, Vec<f32>), (bands, k, reach, side): Head<'_>) {
    let seed = rng.seed();
    let far = 0.36 * (1.0 - k);
    let pair = |b: &Lab| (pal.lit(*b, far).px(), pal.dark(*b, far).px());
    let bands: Vec<(Px, Px)> = bands.iter().map(pair).collect();
    let (pitch, sun) = (0.016 + 0.012 * k, pal.side);
    let span = if side > 0.0 { c.aspect - reach..c.aspect } else { 0.0..reach };
    let foam = pal.lit(lch(0.99, 0.008, 200.0), 0.1 * (1.0 - k)).px();
    let edge: Vec<f32> = foot.iter().map(|y| y + 0.006 + 0.008 * k).collect();
    let under: Vec<f32> = foot.iter().map(|y| y - 0.004).collect();
    c.band(top, foot, span.clone(), move |x, y, d| {
        let warp = noise2(x * 3.0, y * 4.0, seed) - 0.5;
        let bed = (y + warp * 0.02) / pitch;
        let row = bed.floor() as i32;
        let u = x * 11.0 + warp + hash(row, 5, seed) * 0.25;
        let face = -sun * 0.7 * facet(u, y * 2.0, seed);
        let (lit, dark) = bands[(hash(row, 9, seed) * bands.len() as f32) as usize % bands.len()];
        let p = blend(dark, lit, smooth(-0.08, 0.12, face));
        blend(p, lit, smooth(0.01, 0.003, d) * 0.7)
    });
    c.band(under, edge, span, move |x, _, _| {
        let mut p = foam;
        p[3] = 0.55 + 0.4 * noise1(x * 40.0, seed);
        p
    });
}

/// The near corner: sand with lines of surf running along it.
fn beach(c: &mut Canvas, pal: &Palette, rng: &mut Rng, side: f32) {
    let (seed, aspect) = (rng.seed(), c.aspect);
    let high = rng.range(0.1, 0.2);
    let shore = move |x: f32, off: f32| {
        let from = if side > 0.0 { aspect - x } else { x };
        1.02 - high * (1.0 - from / 1.25) - off + 0.018 * (fbm1(x * 4.0 + off * 9.0, 2, seed) - 0.5)
    };
    let white = pal.lit(lch(0.99, 0.008, 200.0), 0.0);
    for (off, w, alpha) in [(0.19, 0.004, 0.5), (0.12, 0.007, 0.65), (0.065, 0.01, 0.8), (0.02, 0.022, 0.92)] {
        let top = c.columns(|x| shore(x, off));
        let bottom = c.columns(|x| shore(x, off) + w * (0.25 + 1.3 * noise1(x * 11.0 + off * 70.0, seed ^ 1)));
        let p = white.alpha(alpha);
        c.band(top, bottom, 0.0..aspect, move |_, _, _| p);
    }
    let sand = lch(0.85, 0.06, 78.0);
    let (wet, dry) = (pal.dark(sand, 0.1).px(), pal.lit(sand, 0.0).px());
    let top = c.columns(|x| shore(x, 0.0));
    c.ground(top, move |_, _, d| blend(wet, dry, smooth(0.01, 0.06, d)));
}
