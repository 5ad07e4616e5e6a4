//! Randomness: a seeded stream for choices and hashed value noise for texture.

pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Rng {
        Rng(seed ^ 0x5a9a_7a52_0d1e_6c3b)
    }

    pub(crate) fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn seed(&mut self) -> u32 {
        self.u64() as u32
    }

    /// Uniform in 0..1.
    pub(crate) fn f(&mut self) -> f32 {
        (self.u64() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(crate) fn range(&mut self, lo: f32, hi: f32) -> f32 {
        lo + (hi - lo) * self.f()
    }

    pub(crate) fn int(&mut self, lo: usize, hi: usize) -> usize {
        lo + (self.u64() % (hi - lo + 1) as u64) as usize
    }

    pub(crate) fn chance(&mut self, p: f32) -> bool {
        self.f() < p
    }

    /// -1 or 1.
    pub(crate) fn side(&mut self) -> f32 {
        if self.chance(0.5) { -1.0 } else { 1.0 }
    }
}

#[inline]
pub(crate) fn hash(x: i32, y: i32, seed: u32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77) ^ seed.wrapping_mul(0xc2b2_ae3d);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 13)).wrapping_mul(0x297a_2d39);
    (h >> 8) as f32 * (1.0 / (1u32 << 24) as f32)
}

#[inline]
fn split(v: f32) -> (i32, f32) {
    // Cheaper than floor() without SSE4.1, which the baseline target lacks.
    let i = v as i32 - i32::from(v < 0.0);
    (i, v - i as f32)
}

/// Smooth value noise, 0..1, one bump per unit.
#[inline]
pub(crate) fn noise2(x: f32, y: f32, seed: u32) -> f32 {
    let ((ix, fx), (iy, fy)) = (split(x), split(y));
    let (sx, sy) = (fx * fx * (3.0 - 2.0 * fx), fy * fy * (3.0 - 2.0 * fy));
    let a = hash(ix, iy, seed);
    let b = hash(ix + 1, iy, seed);
    let c = hash(ix, iy + 1, seed);
    let d = hash(ix + 1, iy + 1, seed);
    let top = a + (b - a) * sx;
    let low = c + (d - c) * sx;
    top + (low - top) * sy
}

#[inline]
pub(crate) fn noise1(x: f32, seed: u32) -> f32 {
    let (ix, fx) = split(x);
    let s = fx * fx * (3.0 - 2.0 * fx);
    let (a, b) = (hash(ix, 7, seed), hash(ix + 1, 7, seed));
    a + (b - a) * s
}

/// Like noise1 with straight edges: crags instead of hills.
#[inline]
pub(crate) fn crag1(x: f32, seed: u32) -> f32 {
    let (ix, fx) = split(x);
    let (a, b) = (hash(ix, 7, seed), hash(ix + 1, 7, seed));
    a + (b - a) * fx
}

/// Like noise2 with straight edges.
#[inline]
pub(crate) fn crag2(x: f32, y: f32, seed: u32) -> f32 {
    let ((ix, fx), (iy, fy)) = (split(x), split(y));
    let row = |iy: i32| {
        let (a, b) = (hash(ix, iy, seed), hash(ix + 1, iy, seed));
        a + (b - a) * fx
    };
    let top = row(iy);
    top + (row(iy + 1) - top) * fy
}

/// How crag2 rises along x: constant across a cell, so it shades rock in flat facets.
#[inline]
pub(crate) fn facet(x: f32, y: f32, seed: u32) -> f32 {
    let ((ix, _), (iy, fy)) = (split(x), split(y));
    let row = |iy: i32| hash(ix + 1, iy, seed) - hash(ix, iy, seed);
    let top = row(iy);
    top + (row(iy + 1) - top) * fy
}

pub(crate) fn fbm1(x: f32, octaves: u32, seed: u32) -> f32 {
    octave_sum(octaves, seed, |k, s| noise1(x * k, s))
}

pub(crate) fn fbm2(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    octave_sum(octaves, seed, |k, s| noise2(x * k, y * k, s))
}

#[inline]
pub(crate) fn octave_sum(octaves: u32, seed: u32, f: impl Fn(f32, u32) -> f32) -> f32 {
    let (mut sum, mut amp, mut total, mut k) = (0.0, 1.0, 0.0, 1.0);
    for o in 0..octaves {
        sum += amp * f(k, seed.wrapping_add(o * 131));
        total += amp;
        amp *= 0.5;
        // Not a whole number, so that the lattices of the octaves never line up.
        k *= 2.03;
    }
    sum / total
}
