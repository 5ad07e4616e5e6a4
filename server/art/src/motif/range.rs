//! Mountains: silhouettes in haze, and massifs with lit and shaded faces and snow.

use crate::canvas::Canvas;
use crate::color::{Lab, blend, smooth};
use crate::noise::{Rng, crag1, crag2, fbm1, hash, noise1, noise2, octave_sum};
use crate::palette::Palette;

/// A rocky skyline: `base` is the feet, `amp` the height of the highest peak.
pub(crate) fn crags(c: &Canvas, rng: &mut Rng, base: f32, amp: f32, freq: f32) -> Vec<f32> {
    let seed = rng.seed();
    let shift = rng.range(0.0, 50.0);
    c.columns(|x| {
        let x = x * freq + shift;
        // Folding the noise makes sharp summits and rounded passes.
        let peaks = octave_sum(5, seed, |k, s| {
            let n = crag1(x * k, s);
            if k < 1.5 { n } else { 1.0 - (2.0 * n - 1.0).abs() }
        });
        base - amp * smooth(0.05, 1.0, peaks)
    })
}

/// Peaks placed by hand at (x, height), with crags between.
pub(crate) fn peaks(c: &Canvas, rng: &mut Rng, base: f32, tops: &[(f32, f32, f32)]) -> Vec<f32> {
    let seed = rng.seed();
    c.columns(|x| {
        let rough = octave_sum(5, seed, |k, s| crag1(x * 7.0 * k, s)) - 0.5;
        let lift = tops
            .iter()
            .map(|&(px, h, w)| {
                let d = ((x - px) / w).abs();
                h * (1.0 - d.powf(0.82)).max(-0.2)
            })
            .fold(0.0, f32::max);
        base - (lift + rough * (0.025 + 0.22 * lift))
    })
}

pub(crate) fn hills(c: &Canvas, rng: &mut Rng, base: f32, amp: f32, freq: f32) -> Vec<f32> {
    let seed = rng.seed();
    let shift = rng.range(0.0, 50.0);
    c.columns(|x| base - amp * fbm1(x * freq + shift, 3, seed))
}

/// Plants a wood on a skyline by raising spikes from it.
pub(crate) fn wooded(c: &Canvas, rng: &mut Rng, mut top: Vec<f32>, tall: f32) -> Vec<f32> {
    let seed = rng.seed();
    let gap = tall * 0.33;
    let n = (c.aspect / gap) as i32 + 2;
    let base = top.clone();
    for i in 0..n {
        let x = (i as f32 + hash(i, 1, seed) - 0.5) * gap;
        // Glades: woods stand in groups.
        let dense = noise1(x * 4.0, seed);
        let h = tall * (0.35 + 0.65 * hash(i, 2, seed)) * smooth(0.22, 0.5, dense);
        let half = h * 0.24;
        let lo = ((x - half) * c.s).max(0.0) as usize;
        let hi = (((x + half) * c.s).max(0.0) as usize).min(c.w.saturating_sub(1));
        let foot = base[((x * c.s).max(0.0) as usize).min(c.w - 1)];
        for (col, v) in top.iter_mut().enumerate().take(hi + 1).skip(lo) {
            let t = 1.0 - ((col as f32 + 0.5) / c.s - x).abs() / half;
            // Steps like branches along the flanks.
            let notch = 0.06 * (t * 5.0).fract();
            *v = v.min(foot - h * (t - notch).max(0.0));
        }
    }
    top
}

/// A flat layer that melts into haze towards its foot. The fade starts at one height for the
/// whole layer: starting at the skyline it would draw a streak below every tree.
pub(crate) fn silhouette(c: &mut Canvas, top: Vec<f32>, color: Lab, foot: Lab, depth: f32) {
    let (a, b) = (color.px(), foot.px());
    let start = top.iter().sum::<f32>() / top.len() as f32;
    c.ground(top, move |_, y, _| blend(a, b, ((y - start) / depth).clamp(0.0, 1.0)));
}

/// Receding ridges between two heights, hazier the farther.
pub(crate) fn ridges(c: &mut Canvas, pal: &Palette, rng: &mut Rng, y: (f32, f32), n: usize, amp: f32) {
    for i in 0..n {
        let t = (i as f32 + 0.5) / n as f32;
        let base = y.0 + (y.1 - y.0) * t;
        let a = amp * (1.1 - 0.45 * t);
        let freq = rng.range(1.6, 2.8) + 0.8 * t;
        // Two layers only: a far-off rim, where no single trees show.
        let top = if t < 0.55 || n < 3 {
            crags(c, rng, base + a * 0.4, a, freq)
        } else {
            let land = hills(c, rng, base + a * 0.3, a * 0.8, freq);
            wooded(c, rng, land, 0.012 + 0.02 * t)
        };
        let color = pal.layer(t * 0.8);
        silhouette(c, top, color, color.mix(pal.haze, 0.62), 0.22);
    }
}

pub(crate) struct Massif {
    pub(crate) rock: Lab,
    pub(crate) far: f32,
    /// Snow down to this y, if any.
    pub(crate) snow: Option<f32>,
    pub(crate) foot: f32,
}

/// Faces follow the slope of the skyline above them, wandering as they descend,
/// so light and shadow meet along spurs that start at the summits.
pub(crate) fn massif(c: &mut Canvas, pal: &Palette, rng: &mut Rng, top: Vec<f32>, m: &Massif) {
    let seed = rng.seed();
    let coarse = slopes(&top, (c.s * 0.02) as usize + 1, pal.side);
    let fine = slopes(&top, (c.s * 0.005) as usize + 1, pal.side);
    let (rock, rock_d) = (pal.lit(m.rock, m.far).px(), pal.dark(m.rock, m.far).px());
    let white = crate::color::lch(0.985, 0.008, 80.0);
    let (snow, snow_d) = (pal.lit(white, m.far * 0.5).px(), pal.dark(white.lift(-0.06), m.far * 0.7).px());
    let haze = pal.haze.px();
    let (s, last) = (c.s, c.w as f32 - 1.0);
    let (line, foot) = (m.snow.unwrap_or(-1.0), m.foot);
    c.ground(top, move |x, y, d| {
        let at = |v: &[f32], dx: f32| v[((x + dx) * s).clamp(0.0, last) as usize];
        let bend = noise2(x * 5.0, y * 9.0, seed) - 0.5;
        let zig = crag2(x * 9.0, y * 26.0, seed ^ 9) - 0.5;
        let nick = crag2(x * 30.0, y * 60.0, seed ^ 5) - 0.5;
        let wide = at(&coarse, bend * (d * 1.1).min(0.18) + zig * (0.012 + d * 0.5).min(0.08));
        let thin = at(&fine, zig * (0.01 + d * 0.7).min(0.12) + nick * 0.02);
        let light = smooth(-0.1, 0.14, wide + 0.9 * thin + nick * 0.25);
        let mut p = blend(rock_d, rock, light);
        if line > 0.0 {
            let edge = line + bend * 0.14 + zig * 0.12 + nick * 0.03 - (1.0 - light) * 0.035;
            let k = smooth(edge + 0.004, edge - 0.004, y);
            p = blend(p, blend(snow_d, snow, light), k);
        }
        blend(p, haze, 0.75 * smooth(foot - 0.22, foot, y))
    });
}

/// Slope over `reach` columns to each side, positive where it faces the light.
fn slopes(top: &[f32], reach: usize, side: f32) -> Vec<f32> {
    let last = top.len() - 1;
    let unit = top.len() as f32;
    (0..top.len())
        .map(|x| {
            let (a, b) = (x.saturating_sub(reach), (x + reach).min(last));
            // Facing right means the skyline falls to the right (y grows downwards).
            side * (top[b] - top[a]) / ((b - a).max(1) as f32 / unit)
        })
        .collect()
}
