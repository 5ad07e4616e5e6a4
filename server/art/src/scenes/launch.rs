//! Baikonur.

use crate::canvas::Canvas;
use crate::color::{Lab, blend, lch, smooth};
use crate::motif::{range, sky, tree};
use crate::noise::{Rng, fbm1};
use crate::paint::Fill;
use crate::palette::Palette;
use crate::shape::curve;

/// Baikonur at nightfall: the rocket on its fire, or already an arc across the sky.
pub(crate) fn launch(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let line = rng.range(0.78, 0.86);
    sky::backdrop(c, pal, rng, line);
    sky::stars(c, rng, line * 0.8, false);
    sky::streaks(c, pal, rng, line, 6);
    range::ridges(c, pal, rng, (line - 0.03, line), 2, 0.05);
    let x = c.aspect * rng.range(0.3, 0.7);
    let top = rng.range(0.14, 0.34);
    let lean = rng.side() * rng.range(0.0, 0.22);
    let nose = (x + lean, top);
    let fire = lch(0.9, 0.13, 80.0);
    c.glow(nose.0, top + 0.2, 0.62, lch(0.84, 0.15, 62.0).alpha(0.5));
    plume(c, pal, rng, (x, line), (nose.0, top + 0.2));
    let seed = rng.seed();
    let land = c.columns(|x| line + 0.012 * fbm1(x * 3.0, 2, seed));
    let (near, far) = (pal.near.lift(-0.03).px(), pal.near.mix(lch(0.72, 0.15, 50.0), 0.55).px());
    let (lx, reach) = (x, 0.5);
    c.ground(land, move |px, _, d| {
        let k = (1.0 - (px - lx).abs() / reach).max(0.0);
        blend(near, far, k * k * smooth(0.2, 0.0, d))
    });
    smoke(c, pal, rng, (x, line));
    gantry(c, pal, (x, line), rng.side());
    rocket(c, pal, nose, fire);
    for _ in 0..50 {
        let t = rng.f();
        let at = (rng.range(0.0, c.aspect), 0.95 + 0.08 * t);
        tree::tuft(c, rng, at, 0.03 + 0.05 * t, 0.4, pal.near.lift(-0.06));
    }
}

/// The trail: hot at the top, cooling into lilac smoke below.
fn plume(c: &mut Canvas, pal: &Palette, rng: &mut Rng, foot: (f32, f32), head: (f32, f32)) {
    let puff = |t: f32| (head.0 + (foot.0 - head.0) * t.powf(1.6), head.1 + (foot.1 - head.1) * t);
    let tones: [Lab; 3] = [lch(0.93, 0.1, 85.0), pal.cloud, pal.cloud_shade];
    for pass in 0..3 {
        for i in 0..46 {
            let t = i as f32 / 45.0;
            let (x, y) = puff(t);
            let r = (0.014 + 0.05 * t) * rng.range(0.7, 1.2);
            let dx = rng.range(-1.0, 1.0) * (0.008 + 0.035 * t) * (1.0 - 0.3 * pass as f32);
            let own = if t < 0.4 { tones[0].mix(tones[1], t / 0.4) } else { tones[1].mix(tones[2], (t - 0.4) / 0.6) };
            let size = r * (1.0 - 0.24 * pass as f32);
            let shift = pal.side * r * 0.22 * pass as f32;
            c.ellipse(x + dx + shift, y, size, size, own.lift(-0.09 + 0.07 * pass as f32));
        }
    }
}

fn smoke(c: &mut Canvas, pal: &Palette, rng: &mut Rng, at: (f32, f32)) {
    let hot = lch(0.9, 0.12, 75.0);
    for pass in 0..3 {
        for _ in 0..46 {
            let d = (rng.f() + rng.f() - 1.0) * 0.44;
            let tall = 0.1 * (1.0 - (d / 0.44).abs());
            let r = rng.range(0.02, 0.05) * (1.0 - 0.22 * pass as f32);
            let y = at.1 + 0.012 - tall * rng.f() - 0.012 * pass as f32;
            let own = hot.mix(pal.cloud, smooth(0.0, 0.2, d.abs())).mix(pal.cloud_shade, smooth(0.12, 0.44, d.abs()));
            c.ellipse(at.0 + d, y, r * 1.2, r, own.lift(-0.08 + 0.06 * pass as f32));
        }
    }
}

fn gantry(c: &mut Canvas, pal: &Palette, at: (f32, f32), side: f32) {
    let color = pal.near.lift(-0.04);
    let (x, y) = (at.0 + side * 0.3, at.1 + 0.02);
    let (w, h) = (0.022, 0.26);
    c.stroke((x - w, y), (x - w, y - h), 0.005, 0.004, color);
    c.stroke((x + w, y), (x + w, y - h), 0.005, 0.004, color);
    for i in 0..9 {
        let (a, b) = (y - h * i as f32 / 9.0, y - h * (i + 1) as f32 / 9.0);
        c.stroke((x - w, a), (x + w, b), 0.003, 0.003, color);
        c.stroke((x + w, a), (x - w, b), 0.003, 0.003, color);
        c.stroke((x - w, b), (x + w, b), 0.003, 0.003, color);
    }
    c.stroke((x, y - h), (x, y - h - 0.07), 0.004, 0.002, color);
    c.glow(x, y - h - 0.07, 0.02, lch(0.7, 0.2, 28.0).alpha(0.9));
    for k in [-0.62, 0.42, 0.62] {
        let mx = at.0 + side * k;
        c.stroke((mx, y), (mx, y - 0.13), 0.005, 0.003, color);
        c.glow(mx, y - 0.13, 0.022, lch(0.93, 0.09, 85.0).alpha(0.9));
    }
}

fn rocket(c: &mut Canvas, pal: &Palette, nose: (f32, f32), fire: Lab) {
    let (x, y) = nose;
    let white = lch(0.95, 0.015, 80.0);
    let (lit, dark) = (white.mix(fire, 0.15), pal.dark(white, 0.0).mix(white, 0.35));
    let fill =
        |w: f32| if pal.side > 0.0 { Fill::across(x - w, dark, x + w, lit) } else { Fill::across(x - w, lit, x + w, dark) };
    let tail = y + 0.19;
    let hot = Fill::Linear((0.0, tail), lch(0.99, 0.06, 98.0).px(), (0.0, tail + 0.14), lch(0.78, 0.18, 55.0).alpha(0.0));
    c.poly(
        &curve(&[(x - 0.024, tail), (x - 0.03, tail + 0.05), (x, tail + 0.15), (x + 0.03, tail + 0.05), (x + 0.024, tail)]),
        hot,
    );
    c.glow(x, tail + 0.02, 0.13, fire.alpha(0.85));
    for side in [-1.0, 1.0] {
        let bx = x + side * 0.018;
        c.poly(&[(bx - 0.003, tail - 0.1), (bx + 0.003, tail - 0.1), (bx + 0.011, tail), (bx - 0.011, tail)], fill(0.028));
    }
    let body = curve(&[
        (x - 0.011, tail),
        (x - 0.0115, y + 0.06),
        (x - 0.008, y + 0.025),
        (x, y),
        (x + 0.008, y + 0.025),
        (x + 0.0115, y + 0.06),
        (x + 0.011, tail),
    ]);
    c.poly(&body, fill(0.012));
    let band = lch(0.64, 0.15, 45.0);
    c.rect(x - 0.0113, y + 0.066, x + 0.0113, y + 0.076, band);
    c.rect(x - 0.0113, y + 0.105, x + 0.0113, y + 0.11, lch(0.53, 0.13, 235.0));
    c.stroke((x, y), (x, y - 0.025), 0.002, 0.001, lit);
}
