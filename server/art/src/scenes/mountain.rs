//! Mountains first: ridge, snow.

use crate::canvas::Canvas;
use crate::color::lch;
use crate::motif::range::{self, Massif};
use crate::motif::sky;
use crate::noise::Rng;
use crate::palette::Palette;

/// A snowy massif over layer upon layer of hazy ridges.
pub fn ridge(c: &mut Canvas, pal: &Palette, rng: &mut Rng) {
    let horizon = rng.range(0.52, 0.64);
    sky::sky(c, pal, rng, horizon);
    let main = c.aspect * rng.range(0.25, 0.75);
    let tall = rng.range(0.26, 0.38);
    let mut tops = vec![(main, tall, rng.range(0.5, 0.7))];
    for _ in 0..4 {
        tops.push((
            c.aspect * rng.f(),
            tall * rng.range(0.35, 0.75),
            rng.range(0.25, 0.45),
        ));
    }
    let top = range::peaks(c, rng, horizon, &tops);
    let look = Massif {
        rock: lch(0.58, 0.06, rng.range(230.0, 290.0)),
        far: 0.3,
        snow: Some(horizon - tall * rng.range(0.3, 0.55)),
        foot: horizon + 0.05,
    };
    range::massif(c, pal, rng, top, &look);
    range::ridges(c, pal, rng, (horizon, 0.9), 5, 0.12);
}
