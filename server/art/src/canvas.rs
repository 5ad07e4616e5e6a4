//! The drawing surface: painters are queued, then run strip by strip on all cores,
//! each strip small enough to stay in cache while every painter passes over it.

use crate::color::Px;
use crate::noise::Rng;
use std::sync::{Arc, Mutex};

const STRIP_ROWS: usize = 48;

/// Rows of the picture being painted, in floating point so that layers do not band.
pub(crate) struct Strip {
    pub(crate) y0: usize,
    pub(crate) rows: usize,
    pub(crate) w: usize,
    pub(crate) px: Vec<Px>,
    /// Scratch for the coverage of polygons.
    pub(crate) cover: Vec<f32>,
}

impl Strip {
    /// The rows of this strip that lie within `lo..hi` of the picture.
    pub(crate) fn clip(&self, lo: i32, hi: i32) -> std::ops::Range<usize> {
        let lo = lo.max(self.y0 as i32) as usize;
        let hi = hi.clamp(0, (self.y0 + self.rows) as i32) as usize;
        lo..hi.max(lo)
    }

    pub(crate) fn row(&mut self, y: usize) -> &mut [Px] {
        let start = (y - self.y0) * self.w;
        &mut self.px[start..start + self.w]
    }
}

#[inline]
pub(crate) fn lay(dst: &mut Px, paint: Px, coverage: f32) {
    let k = paint[3] * coverage;
    for i in 0..3 {
        dst[i] += (paint[i] - dst[i]) * k;
    }
}

pub(crate) trait Painter: Send + Sync {
    /// First row touched and the row after the last.
    fn rows(&self) -> (i32, i32);
    /// The row from which everything painted before is hidden.
    fn hides_from(&self) -> Option<i32> {
        None
    }
    fn paint(&self, strip: &mut Strip, rows: std::ops::Range<usize>);
}

struct Queued {
    painter: Box<dyn Painter>,
    lo: i32,
    hi: i32,
}

/// Coordinates are in picture heights: x in 0..aspect, y in 0..1 downwards.
pub(crate) struct Canvas {
    pub(crate) w: usize,
    pub(crate) h: usize,
    pub(crate) aspect: f32,
    /// Pixels to a unit.
    pub(crate) s: f32,
    frame: Vec<u8>,
    queue: Vec<Queued>,
}

impl Canvas {
    pub(crate) fn new(w: u32, h: u32) -> Canvas {
        let (w, h) = (w.max(1) as usize, h.max(1) as usize);
        Canvas { w, h, aspect: w as f32 / h as f32, s: h as f32, frame: vec![0; w * h * 3], queue: Vec::new() }
    }

    pub(crate) fn add(&mut self, painter: impl Painter + 'static) {
        let (lo, hi) = painter.rows();
        if lo < self.h as i32 && hi > 0 {
            self.queue.push(Queued { painter: Box::new(painter), lo, hi });
        }
    }

    /// One value for every column, from its x.
    pub(crate) fn columns(&self, f: impl Fn(f32) -> f32) -> Vec<f32> {
        (0..self.w).map(|x| f((x as f32 + 0.5) / self.s)).collect()
    }

    /// What is painted so far, for painters that look at the picture (reflections).
    /// Only the part above `line`: the caller paints over all that lies below.
    pub(crate) fn snapshot(&mut self, line: f32) -> Arc<Vec<u8>> {
        let below = (line * self.s) as i32 + 2;
        for q in &mut self.queue {
            q.hi = q.hi.min(below);
        }
        self.run(None);
        Arc::new(self.frame.clone())
    }

    /// Paints what is queued and gives the finished picture.
    pub(crate) fn finish(mut self, seed: u64) -> Vec<u8> {
        self.run(Some(seed));
        self.frame
    }

    fn run(&mut self, finish: Option<u64>) {
        let queue = hide_covered(std::mem::take(&mut self.queue));
        let (w, h) = (self.w, self.h);
        let strips = Mutex::new(self.frame.chunks_mut(w * 3 * STRIP_ROWS).enumerate());
        let work = || {
            let mut strip = Strip { y0: 0, rows: 0, w, px: vec![[0.0; 4]; w * STRIP_ROWS], cover: Vec::new() };
            loop {
                let next = strips.lock().expect("a painter panicked").next();
                let Some((i, bytes)) = next else { break };
                strip.y0 = i * STRIP_ROWS;
                strip.rows = bytes.len() / (w * 3);
                load(&mut strip, bytes);
                for q in &queue {
                    let rows = strip.clip(q.lo, q.hi);
                    if !rows.is_empty() {
                        q.painter.paint(&mut strip, rows);
                    }
                }
                store(&strip, bytes, h, finish);
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
        std::thread::scope(|scope| {
            for _ in 1..cores {
                scope.spawn(work);
            }
            work();
        });
    }
}

fn hide_covered(mut queue: Vec<Queued>) -> Vec<Queued> {
    let mut hidden = i32::MAX;
    for q in queue.iter_mut().rev() {
        q.hi = q.hi.min(hidden);
        if let Some(row) = q.painter.hides_from() {
            hidden = hidden.min(row);
        }
    }
    queue.retain(|q| q.lo < q.hi);
    queue
}

fn load(strip: &mut Strip, bytes: &[u8]) {
    for (p, b) in strip.px.iter_mut().zip(bytes.chunks_exact(3)) {
        *p = [f32::from(b[0]), f32::from(b[1]), f32::from(b[2]), 0.0];
    }
}

/// Rounds with a little noise against banding; the last time also vignette and grain.
fn store(strip: &Strip, bytes: &mut [u8], h: usize, finish: Option<u64>) {
    let w = strip.w;
    for (r, row) in bytes.chunks_exact_mut(w * 3).enumerate() {
        let y = strip.y0 + r;
        let mut noise = Rng::new(finish.unwrap_or(1) ^ ((y as u64) << 32)).seed() | 1;
        let grain = if finish.is_some() { 2.6 } else { 1.0 };
        let ny = (y as f32 + 0.5) / h as f32 - 0.5;
        for (x, (b, p)) in row.chunks_exact_mut(3).zip(&strip.px[r * w..]).enumerate() {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            let dither = ((noise & 0xffff) as f32 / 65536.0 - 0.5) * grain + 0.5;
            let gain = if finish.is_some() {
                let nx = (x as f32 + 0.5) / w as f32 - 0.5;
                let d = nx * nx + ny * ny;
                1.0 - 0.42 * d * d
            } else {
                1.0
            };
            for i in 0..3 {
                b[i] = (p[i] * gain + dither) as u8;
            }
        }
    }
}
