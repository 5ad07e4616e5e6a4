//! Domes, portals, minarets, town blocks.

use crate::canvas::Canvas;
use crate::color::{Lab, lch};
use crate::noise::Rng;
use crate::paint::Fill;
use crate::palette::Palette;
use crate::shape::{Pt, curve};

/// Own colours of a monument.
#[derive(Clone, Copy)]
pub(crate) struct Stone {
    pub(crate) brick: Lab,
    pub(crate) tile: Lab,
    pub(crate) far: f32,
}

impl Stone {
    fn across(&self, pal: &Palette, own: Lab, x0: f32, x1: f32) -> Fill {
        let (a, b) = (pal.lit(own, self.far), pal.dark(own, self.far));
        if pal.side > 0.0 { Fill::across(x0, b, x1, a) } else { Fill::across(x0, a, x1, b) }
    }
}

/// A ribbed onion dome of radius `r` on a drum; `foot` is the drum's foot.
pub(crate) fn dome(c: &mut Canvas, pal: &Palette, stone: &Stone, at: Pt, r: f32, drum: f32) {
    let (x, foot) = at;
    let y = foot - drum;
    let neck = r * 0.9;
    c.rect(x - neck, y - r * 0.02, x + neck, foot, stone.across(pal, stone.brick, x - neck, x + neck));
    let band = stone.across(pal, stone.tile.lift(-0.12).turn(25.0), x - neck, x + neck);
    c.rect(x - neck, y + drum * 0.12, x + neck, y + drum * 0.4, band);
    let gold = pal.lit(lch(0.84, 0.13, 85.0), stone.far);
    let ticks = 13;
    for i in 0..ticks {
        let bx = x + neck * ((i as f32 + 0.5) / ticks as f32 * 2.0 - 1.0);
        c.rect(bx - r * 0.012, y + drum * 0.18, bx + r * 0.012, y + drum * 0.34, gold.alpha(0.8));
    }
    let profile: [(f32, f32); 7] = [(0.92, 0.0), (1.02, 0.22), (0.99, 0.5), (0.82, 0.8), (0.5, 1.06), (0.18, 1.24), (0.0, 1.38)];
    let shell = |k: f32| -> Vec<Pt> { curve(&profile.map(|(w, h)| (x + r * w * k, y - r * h))) };
    let mut outline = shell(1.0);
    outline.extend(shell(-1.0).into_iter().rev());
    c.poly(&outline, stone.across(pal, stone.tile, x - r * 0.6, x + r * 0.75));
    let (rib, shine) = (pal.dark(stone.tile.lift(-0.1), stone.far), pal.lit(stone.tile.lift(0.12), stone.far));
    for i in -5..=5 {
        let k = (i as f32 / 5.6 * std::f32::consts::FRAC_PI_2).sin();
        let lit = k * pal.side > 0.1;
        let color = if lit { shine.alpha(0.4) } else { rib.alpha(0.35) };
        let path: Vec<(Pt, f32)> = shell(k).into_iter().step_by(4).map(|p| (p, r * 0.035)).collect();
        c.brush(&path, color);
    }
    c.stroke((x, y - r * 1.34), (x, y - r * 1.66), r * 0.035, r * 0.02, gold);
    c.ellipse(x, y - r * 1.5, r * 0.045, r * 0.045, gold);
}

/// The outline of a pointed arch: half-width `w`, height `h` over `foot`.
pub(crate) fn arch(x: f32, foot: f32, w: f32, h: f32) -> Vec<Pt> {
    let side = |k: f32| {
        curve(&[
            (x + k * w, foot - h * 0.58),
            (x + k * w * 0.95, foot - h * 0.72),
            (x + k * w * 0.66, foot - h * 0.87),
            (x, foot - h),
        ])
    };
    let mut out = vec![(x - w, foot)];
    out.extend(side(-1.0));
    out.extend(side(1.0).into_iter().rev());
    out.push((x + w, foot));
    out
}

/// A pishtaq: a high wall framing a deep pointed arch.
pub(crate) fn portal(c: &mut Canvas, pal: &Palette, stone: &Stone, at: Pt, w: f32, h: f32) {
    let (x, y) = at;
    let half = w * 0.5;
    let (lit, dark) = (pal.lit(stone.brick, stone.far), pal.dark(stone.brick, stone.far));
    c.rect(x - half, y - h, x + half, y, stone.across(pal, stone.brick.lift(0.01), x - half * 1.4, x + half * 1.6));
    let tile = pal.lit(stone.tile, stone.far);
    let deep = pal.lit(stone.tile.turn(40.0).lift(-0.2), stone.far);
    let edge = w * 0.055;
    for (x0, y0, x1, y1) in
        [(x - half, y - h, x + half, y - h + edge), (x - half, y - h, x - half + edge, y), (x + half - edge, y - h, x + half, y)]
    {
        c.rect(x0, y0, x1, y1, tile);
    }
    pattern(c, (x - half + edge * 1.6, y - h + edge * 1.5), (x + half - edge * 1.6, y - h + edge * 2.6), deep);
    let (aw, ah) = (w * 0.31, h * 0.76);
    c.poly(&arch(x, y, aw * 1.13, ah * 1.06), tile);
    c.poly(&arch(x, y, aw, ah), dark.mix(lit, 0.25));
    // The reveal on the side that the light reaches, then the dark of the vault.
    let shift = -pal.side * aw * 0.14;
    c.poly(&arch(x + shift, y, aw * 0.84, ah * 0.93), Fill::down(y - ah, dark.lift(-0.18), y, dark.lift(-0.05)));
    let door = pal.dark(lch(0.3, 0.06, 45.0), stone.far);
    c.poly(&arch(x + shift * 0.6, y, aw * 0.36, ah * 0.42), tile.mix(dark, 0.4));
    c.poly(&arch(x + shift * 0.6, y, aw * 0.27, ah * 0.36), door);
}

fn pattern(c: &mut Canvas, a: Pt, b: Pt, color: Lab) {
    let n = (((b.0 - a.0) / (b.1 - a.1)) as usize).clamp(3, 24);
    let step = (b.0 - a.0) / n as f32;
    let (my, d) = ((a.1 + b.1) * 0.5, step * 0.36);
    for i in 0..n {
        let x = a.0 + step * (i as f32 + 0.5);
        c.poly(&[(x - d, my), (x, my - d), (x + d, my), (x, my + d)], color);
    }
}

/// A tapering minaret with tiled bands and a small dome or lantern.
pub(crate) fn minaret(c: &mut Canvas, pal: &Palette, stone: &Stone, at: Pt, w: f32, h: f32) {
    let (x, y) = at;
    let (low, high) = (w * 0.5, w * 0.36);
    let fill = stone.across(pal, stone.brick, x - low, x + low);
    c.poly(&[(x - low, y), (x - high, y - h), (x + high, y - h), (x + low, y)], fill);
    for i in 1..6 {
        let t = i as f32 / 6.0 + 0.06;
        let half = low + (high - low) * t;
        let band = stone.across(pal, if i % 2 == 0 { stone.tile } else { stone.tile.turn(35.0).lift(-0.12) }, x - half, x + half);
        c.rect(x - half, y - h * t - h * 0.016, x + half, y - h * t + h * 0.016, band);
    }
    let top = stone.across(pal, stone.tile.lift(-0.05), x - low, x + low);
    c.poly(&[(x - high, y - h), (x - low * 1.1, y - h - w * 0.3), (x + low * 1.1, y - h - w * 0.3), (x + high, y - h)], top);
    let small = Stone { brick: stone.brick, ..*stone };
    dome(c, pal, &small, (x, y - h - w * 0.3), w * 0.36, w * 0.35);
}

/// A row of blank arches along a wall.
pub(crate) fn wall(c: &mut Canvas, pal: &Palette, stone: &Stone, a: Pt, b: Pt, arches: usize) {
    let fill = stone.across(pal, stone.brick.lift(-0.02), a.0 - 0.1, b.0 + 0.2);
    c.rect(a.0, a.1, b.0, b.1, fill);
    let tile = pal.lit(stone.tile, stone.far);
    let h = b.1 - a.1;
    c.rect(a.0, a.1, b.0, a.1 + h * 0.06, tile);
    let dark = pal.dark(stone.brick, stone.far);
    let step = (b.0 - a.0) / arches as f32;
    for i in 0..arches {
        let x = a.0 + step * (i as f32 + 0.5);
        c.poly(&arch(x, b.1, step * 0.36, h * 0.78), tile.mix(dark, 0.35));
        c.poly(&arch(x, b.1, step * 0.3, h * 0.7), dark.lift(-0.06));
    }
}

/// A town block with rows of windows; `glow` is the share that is lit.
pub(crate) fn block(c: &mut Canvas, rng: &mut Rng, a: Pt, b: Pt, colors: (Lab, Lab), glow: f32) {
    let (front, window) = colors;
    c.rect(a.0, a.1, b.0, b.1, Fill::down(a.1, front.lift(0.03), b.1, front.lift(-0.03)));
    let (cw, ch) = (0.011, 0.014);
    let (nx, ny) = (((b.0 - a.0) / cw) as usize, ((b.1 - a.1 - 0.008) / ch) as usize);
    let warm = lch(0.88, 0.13, 80.0);
    for i in 0..nx {
        for j in 0..ny.min(30) {
            let x = a.0 + (b.0 - a.0 - nx as f32 * cw) * 0.5 + i as f32 * cw + 0.003;
            let y = a.1 + 0.008 + j as f32 * ch;
            let color = if rng.chance(glow) { warm } else { window };
            c.rect(x, y, x + 0.0055, y + 0.0075, color);
        }
    }
}
