//! Mountains first: ridge, snow, lake, waterfall.

use crate::canvas::Canvas;
use crate::color::{blend, lch, smooth};
use crate::motif::range::{self, Massif};
use crate::motif::tree::{self, Tone};
use crate::motif::water::{self, Water};
use crate::motif::{figure, sky};
use crate::noise::{Rng, facet, fbm1, fbm2, noise1, noise2};
use crate::paint::Fill;
use crate::palette::Palette;

/// One chief summit among lesser ones.
pub(crate) fn summits(c: &Canvas, rng: &mut Rng, tall: f32) -> Vec<(f32, f32, f32)> {
    let main = c.aspect * rng.range(0.22, 0.78);
    let mut tops = vec![(main, tall, rng.range(0.42, 0.62))];
    for i in 0..6 {
        let x = c.aspect * (i as f32 + rng.f()) / 6.0;
        tops.push((x, tall * rng.range(0.3, 0.8), rng.range(0.2, 0.42)));
    }
    tops
}

/// A snowy massif at the back of a scene.
pub(crate) fn backdrop(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32, tall: f32, snow: f32) {
    let tops = summits(c, rng, tall);
    let top = range::peaks(c, rng, base, &tops);
    let look = Massif {
        rock: lch(0.58, 0.06, rng.range(230.0, 290.0)),
        far: 0.28,
        snow: Some(base - tall * (1.0 - snow)),
        foot: base + 0.05,
    };
    range::massif(c, pal, rng, top, &look);
}

/// A snowy massif over layer upon layer of hazy ridges.
pub(crate) fn ridge(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.5, 0.62);
    sky::sky(c, pal, rng, horizon);
    let (tall, snow) = (rng.range(0.26, 0.38), rng.range(0.35, 0.65));
    backdrop(c, pal, rng, horizon, tall, snow);
    let n = rng.int(4, 6);
    range::ridges(c, pal, rng, (horizon, 0.88), n, 0.13);
    let freq = rng.range(0.9, 1.5);
    let land = range::hills(c, rng, 0.99, 0.14, freq);
    let dark = pal.near.lift(-0.03);
    let foot = land.clone();
    range::silhouette(c, land, dark, dark.lift(-0.05), 0.2);
    let tone = Tone { lit: dark.mix(pal.layer(0.5), 0.35), dark: dark.lift(-0.03), trunk: dark, side: pal.side };
    let (aspect, s, last) = (c.aspect, c.s, c.w - 1);
    let bare = aspect * rng.range(0.25, 0.75);
    tree::spruces(
        c,
        rng,
        46,
        |rng| {
            let mut x = rng.range(0.0, aspect);
            // A gap lets the eye into the picture.
            if (x - bare).abs() < 0.22 {
                x += 0.3 * (x - bare).signum();
            }
            let edge = foot[((x.max(0.0) * s) as usize).min(last)];
            ((x, edge + rng.range(0.01, 0.1)), rng.range(0.08, 0.2))
        },
        &tone,
    );
    let at = (aspect * rng.range(0.2, 0.8), rng.range(0.12, 0.3));
    figure::eagle(c, at, rng.range(0.02, 0.035), pal.near);
}

/// Winter peaks, a groomed piste between snowy spruces, a chairlift.
pub(crate) fn snow(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.5, 0.6);
    sky::sky(c, pal, rng, horizon);
    let tall = rng.range(0.3, 0.4);
    backdrop(c, pal, rng, horizon + 0.04, tall, 1.0);
    let white = lch(0.98, 0.008, 80.0);
    let wood = range::hills(c, rng, horizon + 0.1, 0.12, 2.0);
    let wood = range::wooded(c, rng, wood, 0.045);
    let blue = pal.dark(lch(0.6, 0.06, 210.0), 0.3);
    range::silhouette(c, wood, blue, blue.mix(pal.haze, 0.7), 0.12);
    let seed = rng.seed();
    let (lean, top) = (rng.side(), horizon + 0.07);
    let slope = c.columns(|x| {
        let t = if lean > 0.0 { x / 1.333 } else { 1.0 - x / 1.333 };
        top + 0.26 * (1.0 - t) * t + 0.12 * (1.0 - t) + 0.03 * fbm1(x * 2.0, 2, seed)
    });
    let (lit, shade) = (pal.lit(white, 0.0).px(), pal.dark(white.lift(-0.05), 0.1).px());
    let (foot_x, bend) = (c.aspect * rng.range(0.3, 0.7), rng.range(0.1, 0.22) * rng.side());
    let head_x = if lean > 0.0 { c.aspect * 0.86 } else { c.aspect * 0.14 };
    let piste = move |y: f32| {
        let t = ((y - top) / (1.0 - top)).clamp(0.0, 1.0);
        let x = head_x + (foot_x - head_x) * t + bend * (t * 6.0).sin() * (0.3 + t * 0.5);
        (x, 0.025 + 0.2 * t)
    };
    c.ground(slope.clone(), move |x, y, _| {
        let swell = smooth(0.35, 0.65, fbm2(x * 2.2 + y, y * 5.0, 2, seed));
        let p = blend(shade, lit, 0.25 + 0.75 * swell);
        let (px, half) = piste(y);
        let k = smooth(half, half - 0.012, (x - px).abs());
        let groove = ((x - px) / half * 17.0).sin() * 0.5 + 0.5;
        blend(p, blend(lit, shade, 0.16 * groove + 0.06), k)
    });
    chairlift(c, pal, rng, &slope, lean);
    let tone = Tone::spruce(pal, 0.05);
    let cap = pal.lit(white, 0.0);
    let mut trees: Vec<(f32, f32)> = (0..60).map(|_| (rng.range(0.0, c.aspect), top + (1.1 - top) * rng.f().powf(0.8))).collect();
    trees.retain(|&(x, y)| {
        let (px, half) = piste(y);
        let ground = slope[((x * c.s) as usize).min(c.w - 1)];
        y > ground + 0.01 && (x - px).abs() > half + 0.04
    });
    trees.sort_by(|a, b| a.1.total_cmp(&b.1));
    for at in trees {
        let h = 0.05 + 0.2 * smooth(top, 1.0, at.1) * rng.range(0.7, 1.1);
        c.ellipse(at.0 - pal.side * h * 0.25, at.1, h * 0.3, h * 0.03, pal.shadow_px(0.18));
        tree::spruce(c, rng, at, h, &tone, Some(cap));
    }
}

fn chairlift(c: &mut Canvas, pal: &Palette, rng: &mut Rng, slope: &[f32], lean: f32) {
    let color = pal.near.lift(-0.04);
    let place = |t: f32| {
        let x = if lean > 0.0 { t } else { 1.0 - t } * 1.333 * 0.94;
        let ground = slope[((x * 0.75 * slope.len() as f32) as usize).min(slope.len() - 1)];
        (x, ground)
    };
    let mut last = None;
    for i in 0..5 {
        let t = 0.08 + 0.21 * i as f32;
        let (x, y) = place(t);
        let h = 0.17 - 0.024 * i as f32;
        c.stroke((x, y + 0.02), (x, y - h), 0.007, 0.004, color);
        c.stroke((x - h * 0.16, y - h), (x + h * 0.16, y - h), 0.004, 0.004, color);
        if let Some((lx, ly)) = last {
            c.stroke((lx, ly), (x, y - h), 0.0018, 0.0018, color);
            for k in [0.3, 0.72] {
                let (mx, my) = (lx + (x - lx) * k, ly + (y - h - ly) * k);
                let d = h * 0.2;
                c.stroke((mx, my), (mx, my + d), 0.0018, 0.0018, color);
                let chair = lch(0.62, 0.17, 40.0 + rng.range(-10.0, 10.0));
                c.rect(mx - d * 0.4, my + d * 0.8, mx + d * 0.4, my + d * 1.2, pal.lit(chair, 0.0));
            }
        }
        last = Some((x, y - h));
    }
}

/// A mountain lake with true reflections; sometimes drowned trunks, as in Kaindy.
pub(crate) fn lake(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let line = rng.range(0.52, 0.62);
    sky::sky(c, pal, rng, line);
    let (tall, snow) = (rng.range(0.26, 0.36), rng.range(0.35, 0.6));
    backdrop(c, pal, rng, line, tall, snow);
    shores(c, pal, rng, line);
    let sunken = rng.chance(0.45);
    let hue = rng.range(182.0, 212.0);
    let own = |l: f32, ch: f32| pal.lit(lch(l, ch, hue), 0.0);
    let water = Water {
        line,
        far: own(0.74, 0.09).mix(pal.low, 0.25),
        near: own(if sunken { 0.52 } else { 0.45 }, 0.1),
        mirror: if sunken { (0.72, 0.3) } else { (0.85, 0.5) },
        ripple: rng.range(0.5, 1.1),
    };
    water::reflect(c, rng, &water, pal.sun);
    if sunken {
        trunks(c, pal, rng, line);
    } else if rng.chance(0.6) {
        bank(c, pal, rng);
    }
}

/// Wooded slopes coming down to the water from both sides.
fn shores(c: &mut Canvas, pal: &Palette, rng: &mut Rng, line: f32) {
    let pass = c.aspect * rng.range(0.35, 0.65);
    for (i, k) in [(0, 0.5), (1, 0.78)] {
        let (seed, tall) = (rng.seed(), rng.range(0.2, 0.3));
        let gap = rng.range(0.02, 0.12) + 0.1 * i as f32;
        let land = c.columns(|x| {
            let d = ((x - pass).abs() - gap).max(0.0);
            line + 0.004 - tall * d.powf(0.9) * (0.5 + fbm1(x * 3.0, 3, seed)) - 0.006
        });
        let top = range::wooded(c, rng, land, 0.05 + 0.02 * i as f32);
        let color = pal.layer(k).mix(pal.lit(lch(0.5, 0.08, 155.0), 0.2), 0.35);
        range::silhouette(c, top, color, color.mix(pal.haze, 0.3), 0.2);
    }
    let sand = pal.lit(lch(0.8, 0.05, 80.0), 0.15);
    c.rect(0.0, line - 0.004, c.aspect, line + 0.01, sand.alpha(0.7));
}

fn trunks(c: &mut Canvas, pal: &Palette, rng: &mut Rng, line: f32) {
    let mut all: Vec<(f32, f32)> = (0..rng.int(14, 26))
        .map(|_| (rng.range(0.04, c.aspect - 0.04), line + 0.04 + (0.9 - line) * rng.f().powf(1.3)))
        .collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, y) in all {
        let near = (y - line) / (1.0 - line);
        let h = (0.1 + 0.3 * near) * rng.range(0.7, 1.1);
        let w = h * 0.055;
        let bark = lch(0.66, 0.025, 70.0);
        let (a, b) = (pal.lit(bark, 0.3 * (1.0 - near)), pal.dark(bark.lift(-0.1), 0.3 * (1.0 - near)));
        let tip = x + rng.range(-0.008, 0.008);
        let fade = Fill::Linear((0.0, y), b.alpha(0.5), (0.0, y + h * 0.8), b.alpha(0.0));
        c.stroke((x, y), (tip, y + h * 0.8), w, w * 0.4, fade);
        c.stroke((x, y), (tip, y - h), w, w * 0.2, b);
        let off = pal.side * w * 0.2;
        c.stroke((x + off, y), (tip + off * 0.2, y - h), w * 0.5, w * 0.08, a);
        for _ in 0..rng.int(2, 5) {
            let t = rng.range(0.3, 0.9);
            let (bx, by) = (x + (tip - x) * t, y - h * t);
            let reach = w * rng.range(1.0, 2.6) * rng.side();
            c.stroke((bx, by), (bx + reach, by - reach.abs() * 0.35), w * 0.22, w * 0.06, b);
        }
        water::dash(c, x, y, w * 1.8, w * 0.4, pal.sun.alpha(0.35));
    }
}

/// Spruces on the near bank, framing one side.
fn bank(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let side = rng.side();
    let (seed, aspect) = (rng.seed(), c.aspect);
    let from = move |x: f32| if side > 0.0 { aspect - x } else { x };
    let land = c.columns(|x| 1.02 - 0.16 * (1.0 - from(x) / 0.75).max(0.0) + 0.03 * (noise1(x * 6.0, seed) - 0.5));
    let meadow = pal.dark(lch(0.5, 0.09, 140.0), 0.0);
    range::silhouette(c, land, meadow, meadow.lift(-0.08), 0.2);
    let tone = Tone::spruce(pal, 0.0);
    tree::spruces(
        c,
        rng,
        9,
        |rng| {
            let d = rng.range(0.0, 0.4);
            ((from(d), 0.9 + 0.1 * rng.f() + d * 0.15), rng.range(0.28, 0.5) * (1.0 - d))
        },
        &tone,
    );
}

/// A fall between rock walls into a misty pool.
pub(crate) fn waterfall(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let lip = rng.range(0.24, 0.36);
    sky::sky(c, pal, rng, lip + 0.25);
    backdrop(c, pal, rng, lip + 0.1, 0.22, 0.6);
    let x0 = c.aspect * rng.range(0.36, 0.64);
    let wide = rng.range(0.035, 0.07);
    let pool = rng.range(0.76, 0.82);
    let wood = range::hills(c, rng, lip + 0.09, 0.1, 2.0);
    let wood = range::wooded(c, rng, wood, 0.07);
    let green = pal.layer(0.55).mix(pal.lit(lch(0.5, 0.08, 150.0), 0.2), 0.4);
    range::silhouette(c, wood, green, green.mix(pal.haze, 0.4), 0.2);
    for layer in 0..3 {
        rocks(c, pal, rng, (x0, wide, lip, pool), layer);
        if layer == 0 {
            cascade(c, pal, rng, (x0, wide, lip, pool));
        }
    }
    basin(c, pal, rng, (x0, wide, pool));
}

type Fall = (f32, f32, f32, f32);

fn rocks(c: &mut Canvas, pal: &Palette, rng: &mut Rng, (x0, wide, lip, pool): Fall, layer: usize) {
    let k = layer as f32;
    let (seed, hue) = (rng.seed(), if pal.is_dark() { 300.0 } else { 255.0 });
    let gap = if layer == 0 { 0.0 } else { wide * 0.9 + 0.1 * (k - 1.0) + 0.02 };
    let top = c.columns(|x| {
        let d = (x - x0).abs();
        let step = (fbm1(x * 5.0, 3, seed) * 6.0).floor() / 6.0;
        let rise = 0.06 * (d * 2.0).min(1.0);
        let open = if d < gap { 0.9 } else { 0.0 };
        lip + 0.02 + 0.1 * k - rise + 0.14 * (0.5 - step) * (d * 8.0).min(1.0) + open + 0.05 * k
    });
    let stone = lch(0.6, 0.04, hue);
    let far = 0.16 - 0.07 * k;
    let (lit, dark) = (pal.lit(stone.lift(0.1), far).px(), pal.dark(stone.lift(-0.1), far).px());
    let mid = pal.lit(stone, far).mix(pal.dark(stone, far), 0.5).px();
    let haze = pal.haze.px();
    let moss = pal.lit(lch(0.55, 0.1, 135.0), far).px();
    let side = pal.side;
    let edge = top.clone();
    c.ground(top, move |x, y, d| {
        let warp = noise2(x * 6.0, y * 7.0, seed) - 0.5;
        let tall = facet(x * 13.0 + warp * 1.5, y * 5.0, seed ^ 1);
        let small = facet(x * 31.0 - warp * 2.0, y * 17.0, seed ^ 2);
        // The fall stands in a cleft whose walls face each other.
        let cleft = side * (x0 - x).signum() * smooth(0.4, 0.1, (x - x0).abs());
        let face = -side * (0.7 * tall + 0.35 * small) + 0.16 * cleft;
        let p = blend(blend(dark, mid, smooth(-0.32, -0.2, face)), lit, smooth(0.1, 0.24, face));
        let p = blend(p, moss, smooth(0.03, 0.012, d + warp * 0.03) * 0.8);
        blend(p, haze, 0.35 * smooth(lip, pool, y) * (1.0 - 0.4 * k))
    });
    let tone = Tone::spruce(pal, far);
    let (aspect, s, last) = (c.aspect, c.s, c.w - 1);
    tree::spruces(
        c,
        rng,
        12 + 5 * layer,
        |rng| {
            let d = gap + 0.06 + rng.f() * 0.75;
            let x = (x0 + d * rng.side()).clamp(0.0, aspect);
            (((x), edge[((x * s) as usize).min(last)] + 0.012), rng.range(0.1, 0.17) * (1.0 + 0.25 * k))
        },
        &tone,
    );
}

fn cascade(c: &mut Canvas, pal: &Palette, rng: &mut Rng, (x0, wide, lip, pool): Fall) {
    let seed = rng.seed();
    let white = pal.lit(lch(0.99, 0.01, 210.0), 0.0).px();
    let blue = pal.lit(lch(0.8, 0.07, 225.0), 0.0).px();
    c.wash(lip, pool + 0.02, false, move |x, y| {
        let t = (y - lip) / (pool - lip);
        let half = wide * (0.62 + 0.4 * t) * (0.9 + 0.2 * noise1(y * 14.0, seed));
        let d = (x - x0 + 0.02 * (noise1(y * 3.0, seed ^ 4) - 0.5)).abs();
        if d > half {
            return [0.0; 4];
        }
        let strand = noise2((x - x0) / half * 7.0, y * 3.5, seed) + 0.4 * noise2(x * 160.0, y * 7.0, seed ^ 1);
        let mut p = blend(blue, white, smooth(0.35, 0.85, strand));
        p[3] = smooth(half, half - 0.008, d) * smooth(0.0, 0.03, t);
        p
    });
}

fn basin(c: &mut Canvas, pal: &Palette, rng: &mut Rng, (x0, wide, pool): (f32, f32, f32)) {
    let hue = rng.range(190.0, 215.0);
    let water = Water {
        line: pool,
        far: pal.lit(lch(0.8, 0.07, hue), 0.05),
        near: pal.lit(lch(0.5, 0.1, hue), 0.0),
        mirror: (0.4, 0.32),
        ripple: 1.3,
    };
    water::reflect(c, rng, &water, pal.cloud);
    let white = pal.lit(lch(0.99, 0.008, 200.0), 0.0);
    c.glow(x0, pool, 0.24, white.alpha(0.6));
    c.glow(x0, pool - 0.02, 0.12, white.alpha(0.75));
    for _ in 0..70 {
        let t = rng.f();
        let x = x0 + (rng.f() - 0.5) * (wide * 4.0 + t * 0.7);
        water::dash(c, x, pool + 0.01 + t * 0.19, 0.012 + 0.03 * t, 0.003 + 0.003 * t, white.alpha(0.6 - 0.4 * t));
    }
    let stone = lch(0.48, 0.03, 60.0);
    for _ in 0..rng.int(5, 9) {
        let (x, t) = (rng.range(0.0, c.aspect), rng.f());
        let r = 0.02 + 0.05 * t;
        let y = pool + 0.03 + t * 0.19;
        let pts = [(-1.0, 0.1), (-0.75, -0.5), (-0.1, -0.75), (0.6, -0.5), (1.0, 0.1)];
        c.poly(&pts.map(|(a, b)| (x + a * r, y + b * r)), pal.dark(stone, 0.0));
        let cap = [(0.0, -0.2), (-0.3, -0.62), (0.1, -0.7), (0.6, -0.45), (0.85, -0.05)];
        c.poly(&cap.map(|(a, b)| (x + a * r * pal.side, y + b * r)), pal.lit(stone.lift(0.12), 0.0));
        water::dash(c, x, y + r * 0.1, r * 1.2, r * 0.16, white.alpha(0.5));
    }
}
