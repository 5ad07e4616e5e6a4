//! Trees and grass.

use crate::canvas::Canvas;
use crate::color::{Lab, lch};
use crate::noise::Rng;
use crate::paint::Fill;
use crate::palette::Palette;
use crate::shape::Pt;

/// A slim Tien-Shan spruce standing at (x, foot); `snow` lies on its branches.
pub(crate) fn spruce(c: &mut Canvas, rng: &mut Rng, at: Pt, h: f32, tone: &Tone, snow: Option<Lab>) {
    let (x, foot) = at;
    let tiers = (5.0 + (h * 26.0).min(7.0)) as usize;
    let wide = h * rng.range(0.13, 0.18);
    let mut left = Vec::new();
    let mut right = Vec::new();
    for i in 1..=tiers {
        let t = i as f32 / tiers as f32;
        let y = foot - h * (1.0 - t * 0.93);
        let step = h / tiers as f32;
        for (side, out) in [(-1.0, &mut left), (1.0, &mut right)] {
            let w = wide * t.powf(0.85) * rng.range(0.82, 1.12);
            let tip = y + step * rng.range(0.0, 0.22);
            out.push((x + side * w, tip));
            out.push((x + side * w * 0.52, y - step * 0.12));
        }
    }
    c.rect(x - h * 0.014, foot - h * 0.1, x + h * 0.014, foot + h * 0.01, tone.trunk);
    let tip = (x, foot - h);
    let both: Vec<Pt> = std::iter::once(tip).chain(right.iter().copied()).chain(left.iter().rev().copied()).collect();
    let shade = Fill::down(foot - h, tone.dark.mix(tone.lit, 0.25), foot, tone.dark);
    c.poly(&both, shade);
    let flank = if tone.side > 0.0 { right } else { left };
    let spine = (0..6).map(|i| {
        let t = 1.0 - i as f32 / 6.0;
        (x + tone.side * h * 0.02 * (i % 2) as f32, foot - h + h * 0.93 * t)
    });
    let sunny: Vec<Pt> = std::iter::once(tip).chain(flank.iter().copied()).chain(spine).collect();
    c.poly(&sunny, Fill::Flat(tone.lit.alpha(0.85)));
    if let Some(snow) = snow {
        for pair in flank.chunks_exact(2).skip(1) {
            let (a, b) = (pair[0], pair[1]);
            c.poly(&[a, b, (b.0, b.1 - h * 0.02), (a.0, a.1 - h * 0.012)], snow);
        }
        c.poly(&[tip, (x + h * 0.02, foot - h * 0.88), (x - h * 0.02, foot - h * 0.88)], snow);
    }
}

/// Colours of a tree in the light of a picture.
#[derive(Clone, Copy)]
pub(crate) struct Tone {
    pub(crate) lit: Lab,
    pub(crate) dark: Lab,
    pub(crate) trunk: Lab,
    pub(crate) side: f32,
}

impl Tone {
    pub(crate) fn new(pal: &Palette, leaf: Lab, far: f32) -> Tone {
        Tone {
            lit: pal.lit(leaf, far),
            dark: pal.dark(leaf.lift(-0.12), far),
            trunk: pal.dark(lch(0.35, 0.05, 50.0), far),
            side: pal.side,
        }
    }

    pub(crate) fn spruce(pal: &Palette, far: f32) -> Tone {
        Tone::new(pal, lch(0.46, 0.075, 160.0), far)
    }
}

/// A wood of spruces along a profile within a span, the back ones first.
pub(crate) fn spruces(c: &mut Canvas, rng: &mut Rng, n: usize, place: impl Fn(&mut Rng) -> (Pt, f32), tone: &Tone) {
    let mut all: Vec<(Pt, f32)> = (0..n).map(|_| place(rng)).collect();
    all.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    for (at, h) in all {
        spruce(c, rng, at, h, tone, None);
    }
}

/// A round crown of overlapping clumps, lit from one side.
pub(crate) fn crown(c: &mut Canvas, rng: &mut Rng, at: Pt, r: f32, tone: &Tone) {
    let clumps = if r > 0.02 { 9 } else { 5 };
    for layer in 0..3 {
        let k = layer as f32;
        let color = tone.dark.mix(tone.lit, 0.12 + 0.42 * k);
        for _ in 0..clumps {
            let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.f().sqrt() * r * (0.75 - 0.16 * k));
            let x = at.0 + a.cos() * d + tone.side * r * 0.2 * k;
            let y = at.1 + a.sin() * d * 0.8 - r * 0.2 * k;
            let size = r * (0.46 - 0.1 * k) * rng.range(0.75, 1.15);
            c.ellipse(x, y, size, size * 0.88, color);
        }
    }
}

/// Leaf dabs scattered in an ellipse.
pub(crate) fn dabs(c: &mut Canvas, rng: &mut Rng, at: Pt, r: Pt, n: usize, size: f32, tints: &[Lab]) {
    for _ in 0..n {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.f().powf(0.6));
        let (x, y) = (at.0 + a.cos() * d * r.0, at.1 + a.sin() * d * r.1);
        let tint = tints[rng.int(0, tints.len() - 1)];
        let s = size * rng.range(0.6, 1.3);
        let lean = rng.range(-0.6, 0.6) * s;
        c.poly(&[(x - s, y + lean), (x, y - s * 0.6), (x + s, y - lean), (x, y + s * 0.6)], tint);
    }
}

/// A tuft of blades that bend with the wind.
pub(crate) fn tuft(c: &mut Canvas, rng: &mut Rng, at: Pt, h: f32, wind: f32, color: Lab) {
    for _ in 0..rng.int(4, 7) {
        let lean = wind * h * rng.range(0.2, 0.8) + h * rng.range(-0.25, 0.25);
        let x = at.0 + h * rng.range(-0.2, 0.2);
        let tall = h * rng.range(0.6, 1.0);
        let w = h * 0.035;
        c.brush(&[((x, at.1), w), ((x + lean * 0.3, at.1 - tall * 0.6), w * 0.8), ((x + lean, at.1 - tall), w * 0.15)], color);
    }
}

/// Feather grass: an arching stem with a pale plume that catches the light.
pub(crate) fn feather(c: &mut Canvas, rng: &mut Rng, at: Pt, h: f32, wind: f32, stem: Lab, plume: Lab) {
    let lean = h * wind * rng.range(0.35, 0.9);
    let (x, y) = at;
    let w = h * 0.02;
    let bend = (x + lean * 0.3, y - h * rng.range(0.6, 0.7));
    c.brush(&[((x, y), w), (bend, w * 0.7)], stem);
    let (dx, drop) = (lean * rng.range(0.7, 1.1), h * rng.range(-0.25, 0.02));
    c.brush(
        &[
            (bend, w * 0.5),
            ((bend.0 + dx * 0.35, bend.1 - h * 0.18), h * 0.05),
            ((bend.0 + dx * 0.8, bend.1 - h * 0.22), h * 0.055),
            ((bend.0 + dx * 1.4, bend.1 - h * 0.16 + drop * 0.3), h * 0.004),
        ],
        Fill::Flat(plume.alpha(0.85)),
    );
}
