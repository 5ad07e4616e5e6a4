//! Polygons with exact-area coverage, and the outlines built from them.

use crate::canvas::{Canvas, Painter, Strip, lay};
use crate::paint::Fill;
use std::f32::consts::TAU;
use std::ops::Range;

pub(crate) type Pt = (f32, f32);

struct Polygon {
    points: Vec<Pt>,
    x: Range<i32>,
    y: Range<i32>,
    fill: Fill,
}

impl Painter for Polygon {
    fn rows(&self) -> (i32, i32) {
        (self.y.start, self.y.end)
    }

    fn paint(&self, strip: &mut Strip, rows: Range<usize>) {
        let x0 = self.x.start.max(0) as usize;
        let x1 = (self.x.end.max(0) as usize).min(strip.w);
        if x0 >= x1 {
            return;
        }
        // Two spare columns take what spills over the right edge.
        let stride = x1 - x0 + 2;
        let mut cover = std::mem::take(&mut strip.cover);
        cover.clear();
        cover.resize(stride * rows.len(), 0.0);
        let mut prev = self.points[self.points.len() - 1];
        for &p in &self.points {
            let shift = |q: Pt| (q.0 - x0 as f32, q.1 - rows.start as f32);
            edge(&mut cover, stride, rows.len(), shift(prev), shift(p));
            prev = p;
        }
        for (acc, y) in cover.chunks_exact(stride).zip(rows) {
            let mut sum = 0.0;
            let line = &mut strip.row(y)[x0..x1];
            for (i, (dst, a)) in line.iter_mut().zip(acc).enumerate() {
                sum += a;
                let c = sum.abs().min(1.0);
                if c > 0.002 {
                    let at = ((x0 + i) as f32 + 0.5, y as f32 + 0.5);
                    lay(dst, self.fill.at(at.0, at.1), c);
                }
            }
        }
        strip.cover = cover;
    }
}

/// Adds one edge's signed area to the coverage differences (as font rasterisers do).
fn edge(cover: &mut [f32], stride: usize, rows: usize, a: Pt, b: Pt) {
    let (dir, p, q) = if a.1 < b.1 { (1.0, a, b) } else { (-1.0, b, a) };
    if q.1 <= 0.0 || p.1 >= rows as f32 || p.1 == q.1 {
        return;
    }
    let dxdy = (q.0 - p.0) / (q.1 - p.1);
    let max_x = (stride - 2) as f32;
    let mut x = p.0 - p.1.min(0.0) * dxdy;
    let first = p.1.max(0.0) as usize;
    for y in first..rows.min(q.1.ceil() as usize) {
        let line = &mut cover[y * stride..(y + 1) * stride];
        let dy = ((y + 1) as f32).min(q.1) - (y as f32).max(p.1);
        let next = x + dxdy * dy;
        let d = dir * dy;
        let (l, r) = if x < next { (x, next) } else { (next, x) };
        let (l, r) = (l.clamp(0.0, max_x), r.clamp(0.0, max_x));
        let (li, ri) = (l as usize, r.ceil() as usize);
        if ri <= li + 1 {
            let mid = (l + r) * 0.5 - li as f32;
            line[li] += d * (1.0 - mid);
            line[li + 1] += d * mid;
        } else {
            let k = 1.0 / (r - l);
            let head = 1.0 - (l - li as f32);
            let first = 0.5 * k * head * head;
            let tail = r - (ri - 1) as f32;
            let last = 0.5 * k * tail * tail;
            line[li] += d * first;
            if ri == li + 2 {
                line[li + 1] += d * (1.0 - first - last);
            } else {
                let second = k * (1.5 - (l - li as f32));
                line[li + 1] += d * (second - first);
                for v in &mut line[li + 2..ri - 1] {
                    *v += d * k;
                }
                let before = second + (ri - li - 3) as f32 * k;
                line[ri - 1] += d * (1.0 - before - last);
            }
            line[ri] += d * last;
        }
        x = next;
    }
}

impl Canvas {
    pub(crate) fn poly(&mut self, points: &[Pt], fill: impl Into<Fill>) {
        let s = self.s;
        let points: Vec<Pt> = points.iter().map(|p| (p.0 * s, p.1 * s)).collect();
        if points.len() < 3 {
            return;
        }
        let span = |v: &dyn Fn(&Pt) -> f32| {
            let lo = points.iter().map(v).fold(f32::MAX, f32::min);
            let hi = points.iter().map(v).fold(f32::MIN, f32::max);
            (lo.max(-1e6).floor() as i32)..(hi.min(1e6).ceil() as i32 + 1)
        };
        let (x, y) = (span(&|p| p.0), span(&|p| p.1));
        self.add(Polygon { points, x, y, fill: fill.into().scaled(s) });
    }

    pub(crate) fn ellipse(&mut self, x: f32, y: f32, rx: f32, ry: f32, fill: impl Into<Fill>) {
        // Small ones need few corners, and there are thousands of them.
        let n = (7.0 + 2.2 * (rx.max(ry) * self.s).sqrt()).min(64.0) as usize;
        let corner = |i: usize| {
            let (sin, cos) = (TAU * i as f32 / n as f32).sin_cos();
            (x + rx * cos, y + ry * sin)
        };
        let outline: Vec<Pt> = (0..n).map(corner).collect();
        self.poly(&outline, fill);
    }

    pub(crate) fn rect(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, fill: impl Into<Fill>) {
        self.poly(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill);
    }

    /// A straight stroke that may taper.
    pub(crate) fn stroke(&mut self, a: Pt, b: Pt, wa: f32, wb: f32, fill: impl Into<Fill>) {
        self.poly(&ribbon(&[(a, wa), (b, wb)]), fill);
    }

    /// A bent stroke: points with their widths.
    pub(crate) fn brush(&mut self, path: &[(Pt, f32)], fill: impl Into<Fill>) {
        self.poly(&ribbon(path), fill);
    }
}

/// The outline of a stroke along a path.
pub(crate) fn ribbon(path: &[(Pt, f32)]) -> Vec<Pt> {
    let normal = |i: usize| {
        let a = path[i.saturating_sub(1)].0;
        let b = path[(i + 1).min(path.len() - 1)].0;
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let len = (dx * dx + dy * dy).sqrt().max(1e-6);
        (-dy / len, dx / len)
    };
    let side = |i: usize, k: f32| {
        let ((x, y), w) = path[i];
        let n = normal(i);
        (x + n.0 * w * 0.5 * k, y + n.1 * w * 0.5 * k)
    };
    let there = (0..path.len()).map(|i| side(i, 1.0));
    let back = (0..path.len()).rev().map(|i| side(i, -1.0));
    there.chain(back).collect()
}

/// A smooth curve through a few points, for outlines drawn by hand.
pub(crate) fn curve(points: &[Pt]) -> Vec<Pt> {
    let n = points.len();
    let mut out = Vec::with_capacity(n * 6);
    for i in 0..n.saturating_sub(1) {
        let p0 = points[i.saturating_sub(1)];
        let (p1, p2) = (points[i], points[i + 1]);
        let p3 = points[(i + 2).min(n - 1)];
        for k in 0..6 {
            let t = k as f32 / 6.0;
            let at = |a: f32, b: f32, c: f32, d: f32| {
                0.5 * (2.0 * b
                    + (c - a) * t
                    + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
                    + (3.0 * b - a - 3.0 * c + d) * t * t * t)
            };
            out.push((at(p0.0, p1.0, p2.0, p3.0), at(p0.1, p1.1, p2.1, p3.1)));
        }
    }
    out.push(points[n - 1]);
    out
}
