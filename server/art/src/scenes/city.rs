//! What people built: skyline, mausoleum, mosque city.

use crate::canvas::Canvas;
use crate::color::{blend, lch, smooth};
use crate::motif::building::{self, Stone};
use crate::motif::tree::{self, Tone};
use crate::motif::water::{self, Water};
use crate::motif::{figure, range, sky};
use crate::noise::{Rng, fbm1, noise2};
use crate::paint::Fill;
use crate::palette::{Palette, Time};
use crate::scenes::mountain;

/// Almaty: the tower on Kok-Tobe, the crowned hotel, the Alatau behind.
pub(crate) fn skyline(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let base = rng.range(0.56, 0.62);
    sky::sky(c, pal, rng, base);
    let tall = rng.range(0.3, 0.38);
    mountain::backdrop(c, pal, rng, base, tall, 0.6);
    range::ridges(c, pal, rng, (base - 0.03, base + 0.03), 2, 0.1);
    let side = rng.side();
    let hill_x = c.aspect * (0.5 + side * rng.range(0.22, 0.36));
    let seed = rng.seed();
    let hill = c.columns(|x| {
        let d = (x - hill_x) / 0.34;
        base + 0.08 - 0.19 * (-d * d).exp() - 0.02 * fbm1(x * 5.0, 2, seed)
    });
    let peak = base - 0.115;
    let hill = range::wooded(c, rng, hill, 0.022);
    let green = pal.layer(0.5).mix(pal.lit(lch(0.5, 0.09, 145.0), 0.2), 0.45);
    tv_tower(c, pal, (hill_x, peak));
    range::silhouette(c, hill, green, green.mix(pal.haze, 0.35), 0.16);
    let hotel = c.aspect * (0.5 - side * rng.range(0.08, 0.26));
    let glow = match pal.time {
        Time::Dusk => 0.5,
        Time::Golden => 0.12,
        _ => 0.03,
    };
    for row in 0..3 {
        blocks(c, pal, rng, base + 0.1 + 0.08 * row as f32, row, glow);
        if row == 1 {
            hotel_kazakhstan(c, pal, rng, (hotel, base + 0.24), glow);
        }
    }
    avenue(c, pal, rng, base + 0.27);
}

fn tv_tower(c: &mut Canvas, pal: &Palette, at: (f32, f32)) {
    let (x, y) = at;
    let h = 0.34;
    let steel = lch(0.86, 0.02, 60.0);
    let (lit, dark) = (pal.lit(steel, 0.08), pal.dark(steel.lift(-0.15), 0.1));
    let fill =
        |w: f32| if pal.side > 0.0 { Fill::across(x - w, dark, x + w, lit) } else { Fill::across(x - w, lit, x + w, dark) };
    c.poly(&[(x - 0.016, y + 0.04), (x - 0.006, y - h * 0.36), (x + 0.006, y - h * 0.36), (x + 0.016, y + 0.04)], fill(0.016));
    c.poly(
        &[(x - 0.006, y - h * 0.34), (x - 0.019, y - h * 0.4), (x + 0.019, y - h * 0.4), (x + 0.006, y - h * 0.34)],
        fill(0.02),
    );
    c.poly(&[(x - 0.019, y - h * 0.4), (x - 0.014, y - h * 0.5), (x + 0.014, y - h * 0.5), (x + 0.019, y - h * 0.4)], fill(0.02));
    c.rect(x - 0.017, y - h * 0.46, x + 0.017, y - h * 0.43, pal.dark(lch(0.5, 0.06, 240.0), 0.1));
    c.stroke((x, y - h * 0.5), (x, y - h * 0.72), 0.009, 0.006, lit);
    let red = pal.lit(lch(0.6, 0.19, 30.0), 0.0);
    for i in 0..5 {
        let t = 0.72 + 0.056 * i as f32;
        let w = 0.0055 - 0.0008 * i as f32;
        c.stroke((x, y - h * t), (x, y - h * (t + 0.056)), w, w * 0.85, if i % 2 == 0 { red } else { lit });
    }
}

fn hotel_kazakhstan(c: &mut Canvas, pal: &Palette, rng: &mut Rng, at: (f32, f32), glow: f32) {
    let (x, y) = at;
    let (w, h) = (0.062, 0.34);
    let wall = lch(0.87, 0.035, 75.0);
    let (lit, dark) = (pal.lit(wall, 0.06), pal.dark(wall, 0.06));
    let fill = if pal.side > 0.0 { Fill::across(x - w, dark, x + w, lit) } else { Fill::across(x - w, lit, x + w, dark) };
    c.poly(
        &[(x - w, y), (x - w, y - h * 0.96), (x - w * 0.6, y - h), (x + w * 0.6, y - h), (x + w, y - h * 0.96), (x + w, y)],
        fill,
    );
    let pane = pal.dark(lch(0.5, 0.08, 240.0), 0.1);
    for i in 0..22 {
        let wy = y - h * 0.93 + i as f32 * h * 0.042;
        for j in 0..9 {
            let wx = x - w * 0.88 + j as f32 * w * 0.2;
            let color = if rng.chance(glow) { lch(0.88, 0.13, 82.0) } else { pane };
            c.rect(wx, wy, wx + w * 0.13, wy + h * 0.022, color);
        }
    }
    let gold = pal.lit(lch(0.84, 0.14, 84.0), 0.0);
    for i in 0..9 {
        let k = i as f32 / 4.0 - 1.0;
        let (fx, tip) = (x + w * 0.62 * k, x + w * 0.86 * k);
        let tall = 0.05 - 0.012 * k.abs();
        c.poly(
            &[(fx - w * 0.08, y - h), (tip - w * 0.015, y - h - tall), (tip + w * 0.015, y - h - tall), (fx + w * 0.08, y - h)],
            gold.lift(-0.05 * (i % 2) as f32),
        );
    }
    c.rect(x - w * 0.72, y - h - 0.006, x + w * 0.72, y - h + 0.006, gold.lift(-0.08));
}

fn blocks(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32, row: usize, glow: f32) {
    let k = row as f32 / 2.0;
    let far = 0.42 * (1.0 - k) + 0.04;
    let mut x = -rng.range(0.0, 0.05);
    while x < c.aspect {
        let w = rng.range(0.05, 0.12) * (0.7 + 0.4 * k);
        let h = rng.range(0.04, 0.13) * (1.0 - 0.25 * k) * if rng.chance(0.12) { 1.7 } else { 1.0 };
        let own = lch(rng.range(0.72, 0.93), rng.range(0.02, 0.06), [70.0, 50.0, 85.0, 235.0][rng.int(0, 3)]);
        let front = pal.lit(own, far);
        let window = pal.dark(lch(0.5, 0.07, 245.0), far);
        let cut = w * 0.24;
        // The flank away from the light gives each block a corner.
        let (a, b, s0) = if pal.side > 0.0 { (x + cut, x + w, x) } else { (x, x + w - cut, x + w - cut) };
        c.rect(s0, base - h, s0 + cut, base + 0.14, pal.dark(own, far));
        building::block(c, rng, (a, base - h), (b, base + 0.1), (front, window), glow);
        x += w + rng.range(-0.005, 0.03);
    }
}

/// Tree tops of the avenues in front.
fn avenue(c: &mut Canvas, pal: &Palette, rng: &mut Rng, y: f32) {
    let hue = rng.range(110.0, 150.0);
    for row in 0..4 {
        let k = row as f32 / 3.0;
        let tone = Tone::new(pal, lch(0.6 - 0.08 * k, 0.11, hue), 0.22 * (1.0 - k));
        let r = 0.03 + 0.035 * k;
        let base = y + 0.05 * row as f32;
        c.wash(base + r * 0.4, 1.0, true, {
            let p = tone.dark.px();
            move |_, _| p
        });
        let mut x = -r * rng.f();
        while x < c.aspect + r {
            let lift = rng.range(-0.3, 0.3) * r;
            let size = r * rng.range(0.8, 1.25);
            tree::crown(c, rng, (x, base + lift), size, &tone);
            x += r * rng.range(0.9, 1.5);
        }
    }
}

fn stone(rng: &mut Rng, far: f32) -> Stone {
    Stone {
        brick: lch(rng.range(0.78, 0.84), rng.range(0.06, 0.085), rng.range(66.0, 78.0)),
        tile: lch(rng.range(0.66, 0.74), 0.115, rng.range(192.0, 212.0)),
        far,
    }
}

/// The Yasawi mausoleum: a huge portal between turrets, turquoise domes behind.
pub(crate) fn mausoleum(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let base = rng.range(0.7, 0.84);
    sky::sky(c, pal, rng, base);
    range::ridges(c, pal, rng, (base - 0.14, base - 0.05), 2, 0.07);
    square(c, pal, rng, base);
    let s = stone(rng, 0.03);
    let x = c.aspect * rng.range(0.32, 0.68);
    let turn = rng.side();
    let k = rng.range(0.7, 1.08) * (base / 0.84);
    poplars(c, pal, rng, base, x, 0.46 * k);
    building::wall(c, pal, &s, (x - 0.4 * k, base - 0.24 * k), (x + 0.4 * k, base), 8);
    building::dome(c, pal, &s, (x + turn * 0.28 * k, base - 0.24 * k), 0.075 * k, 0.07 * k);
    building::dome(c, pal, &s, (x + turn * 0.03 * k, base - 0.3 * k), 0.155 * k, 0.2 * k);
    building::portal(c, pal, &s, (x, base), 0.4 * k, 0.5 * k);
    for side in [-1.0, 1.0] {
        let tx = x + side * 0.215 * k;
        let brick = s.brick.lift(-0.03);
        let (lit, dark) = (pal.lit(brick, 0.03), pal.dark(brick, 0.03));
        let w = 0.035 * k;
        let fill = if pal.side > 0.0 { Fill::across(tx - w, dark, tx + w, lit) } else { Fill::across(tx - w, lit, tx + w, dark) };
        c.poly(&[(tx - w, base), (tx - w * 0.8, base - 0.5 * k), (tx + w * 0.8, base - 0.5 * k), (tx + w, base)], fill);
        building::dome(c, pal, &s, (tx, base - 0.5 * k), w * 0.8, w * 0.6);
    }
    let at = (c.aspect * rng.f(), base * 0.3);
    figure::birds(c, rng, at, 7, pal.near.mix(pal.far, 0.3));
    if rng.chance(0.45) {
        pool(c, pal, rng, base);
    } else {
        garden(c, pal, rng, base, x);
    }
}

/// A still basin that doubles the monument.
fn pool(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32) {
    let rim = pal.lit(lch(0.9, 0.03, 75.0), 0.0);
    c.rect(0.0, base + 0.012, c.aspect, base + 0.03, Fill::down(base, rim, base + 0.03, rim.lift(-0.12)));
    let blue = pal.lit(lch(0.6, 0.1, 215.0), 0.0);
    let water = Water { line: base + 0.03, far: pal.low, near: blue, mirror: (0.8, 0.5), ripple: 0.6 };
    water::reflect(c, rng, &water, pal.sun);
}

/// Paved ground with a path that leads to the middle.
fn square(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32) {
    let seed = rng.seed();
    let sand = lch(0.83, 0.06, 74.0);
    let (lit, dark) = (pal.lit(sand, 0.05).px(), pal.dark(sand, 0.0).px());
    let top = c.columns(|_| base - 0.03);
    c.ground(top, move |x, y, d| {
        let patch = noise2(x * 4.0, y * 30.0, seed);
        blend(lit, dark, 0.25 * smooth(0.45, 0.7, patch) + 1.2 * d)
    });
}

fn poplars(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32, x: f32, clear: f32) {
    let tone = Tone::new(pal, lch(0.55, 0.1, 135.0), 0.16);
    for _ in 0..16 {
        let px = rng.range(0.0, c.aspect);
        if (px - x).abs() < clear {
            continue;
        }
        let h = rng.range(0.12, 0.26);
        let w = h * 0.13;
        c.ellipse(px, base - h * 0.5, w, h * 0.52, tone.dark);
        c.ellipse(px + pal.side * w * 0.3, base - h * 0.53, w * 0.62, h * 0.46, tone.lit);
    }
}

/// Path, lawns and roses before a monument.
fn garden(c: &mut Canvas, pal: &Palette, rng: &mut Rng, base: f32, x: f32) {
    let grass = lch(0.62, 0.12, 132.0);
    let (near, far) = (pal.dark(grass, 0.0), pal.lit(grass, 0.08));
    for side in [-1.0, 1.0] {
        let edge = x + side * 2.0;
        let lawn = [(x + side * 0.12, base + 0.03), (edge, base + 0.03), (edge, 1.02), (x + side * 0.3, 1.02)];
        c.poly(&lawn, Fill::down(base, far, 1.0, near));
    }
    let tone = Tone::new(pal, lch(0.55, 0.12, 138.0), 0.0);
    let bloom = lch(0.65, 0.19, [18.0, 5.0, 40.0][rng.int(0, 2)]);
    let mut beds: Vec<(f32, f32)> = (0..44).map(|i| (i as f32 / 44.0, if i % 2 == 0 { 1.0 } else { -1.0 })).collect();
    beds.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (t, side) in beds {
        let r = 0.012 + 0.026 * t;
        let at = (x + side * (0.14 + 0.19 * t + rng.f() * 0.02), base + 0.03 + (0.97 - base) * t);
        tree::crown(c, rng, at, r, &tone);
        tree::dabs(
            c,
            rng,
            (at.0, at.1 - r * 0.3),
            (r * 0.9, r * 0.6),
            9,
            r * 0.17,
            &[pal.lit(bloom, 0.0), pal.lit(bloom.lift(0.1), 0.0)],
        );
    }
}

/// A silk-road city: portals, domes and minarets over flat roofs.
pub(crate) fn mosque_city(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let base = rng.range(0.74, 0.8);
    sky::sky(c, pal, rng, base);
    range::ridges(c, pal, rng, (base - 0.2, base - 0.08), 3, 0.1);
    roofs(c, pal, rng, base - 0.06, 0.34, 0.06);
    let back = stone(rng, 0.3);
    for i in 0..4 {
        let x = c.aspect * (i as f32 + rng.range(0.2, 0.8)) / 4.0;
        let r = rng.range(0.04, 0.07);
        building::dome(c, pal, &back, (x, base - 0.04), r, r * rng.range(0.8, 1.7));
    }
    let s = stone(rng, 0.05);
    let x = c.aspect * rng.range(0.32, 0.68);
    let big = rng.range(0.12, 0.15);
    let turn = rng.side();
    let other = x + turn * rng.range(0.4, 0.5);
    building::minaret(c, pal, &back, (other + turn * 0.17, base), 0.05, rng.range(0.36, 0.46));
    building::dome(c, pal, &s, (other, base - 0.14), big * 0.72, 0.12);
    building::wall(c, pal, &s, (other - 0.18, base - 0.16), (other + 0.18, base + 0.04), 4);
    building::dome(c, pal, &s, (x - turn * 0.2, base - 0.18), big * 0.62, 0.1);
    building::dome(c, pal, &s, (x, base - 0.26), big, 0.17);
    building::wall(c, pal, &s, (x - 0.32, base - 0.19), (x + 0.32, base + 0.04), 7);
    building::portal(c, pal, &s, (x, base + 0.04), 0.3, rng.range(0.36, 0.42));
    for side in [-1.0, 1.0] {
        building::minaret(c, pal, &s, (x + side * 0.34, base + 0.05), 0.062, rng.range(0.46, 0.54));
    }
    square(c, pal, rng, base + 0.07);
    roofs(c, pal, rng, base + 0.13, 0.0, 0.09);
    let tone = Tone::new(pal, lch(0.55, 0.12, 135.0), 0.0);
    for _ in 0..26 {
        let r = rng.range(0.025, 0.05);
        let at = (rng.range(0.0, c.aspect), base + 0.12 + rng.f() * 0.14);
        tree::crown(c, rng, at, r, &tone);
    }
    figure::birds(c, rng, (c.aspect * (1.0 - x / c.aspect), 0.2), 8, pal.near.mix(pal.far, 0.3));
}

/// Flat-roofed houses in tiers.
fn roofs(c: &mut Canvas, pal: &Palette, rng: &mut Rng, y: f32, far: f32, size: f32) {
    for row in 0..2 {
        let mut x = -0.05;
        while x < c.aspect {
            let w = size * rng.range(0.9, 1.9);
            let top = y + size * (0.7 * row as f32 + rng.range(-0.3, 0.2));
            let own = lch(rng.range(0.76, 0.88), 0.055, rng.range(60.0, 82.0));
            c.rect(x, top, x + w, 1.0, Fill::down(top, pal.lit(own, far), top + size * 2.5, pal.dark(own, far)));
            c.rect(x, top, x + w, top + size * 0.07, pal.lit(own.lift(0.07), far));
            let hole = pal.dark(lch(0.4, 0.05, 40.0), far);
            let glow = lch(0.87, 0.13, 80.0);
            for k in [0.22, 0.6] {
                let (wx, ww) = (x + w * k, size * 0.13);
                let color = if pal.is_dark() && rng.chance(0.6) { glow } else { hole };
                c.poly(&building::arch(wx, top + size * 0.55, ww, size * 0.34), color);
            }
            x += w;
        }
    }
}
