//! The painters: areas below a profile, polygons, glows and whole-picture washes.

use crate::canvas::{Canvas, Painter, Strip, lay};
use crate::color::{Lab, Px, blend};
use std::ops::Range;

/// Everything below `top` (and above `bottom`), coloured by (x, y, depth below top).
struct Field<F> {
    top: Vec<f32>,
    /// Coverage falls off across the edge, not straight down: steep edges need this.
    steep: Vec<f32>,
    bottom: Option<Vec<f32>>,
    rows: (i32, i32),
    cols: Range<usize>,
    opaque: bool,
    s: f32,
    shade: F,
}

impl<F: Fn(f32, f32, f32) -> Px + Send + Sync> Painter for Field<F> {
    fn rows(&self) -> (i32, i32) {
        self.rows
    }

    fn hides_from(&self) -> Option<i32> {
        let lowest = self.top.iter().copied().fold(f32::MIN, f32::max);
        (self.opaque && self.bottom.is_none()).then_some(lowest as i32 + 2)
    }

    fn paint(&self, strip: &mut Strip, rows: Range<usize>) {
        let unit = 1.0 / self.s;
        for y in rows {
            let yc = y as f32 + 0.5;
            let line = &mut strip.row(y)[self.cols.clone()];
            for (dst, x) in line.iter_mut().zip(self.cols.clone()) {
                let d = yc - self.top[x];
                let mut cover = (d * self.steep[x] + 0.5).min(1.0);
                if let Some(bottom) = &self.bottom {
                    cover = cover.min(bottom[x] - yc + 0.5);
                }
                if cover > 0.0 {
                    let p = (self.shade)((x as f32 + 0.5) * unit, yc * unit, d.max(0.0) * unit);
                    lay(dst, p, cover);
                }
            }
        }
    }
}

/// The whole width between two rows.
struct Wash<F> {
    rows: (i32, i32),
    opaque: bool,
    s: f32,
    shade: F,
}

impl<F: Fn(f32, f32) -> Px + Send + Sync> Painter for Wash<F> {
    fn rows(&self) -> (i32, i32) {
        self.rows
    }

    fn paint(&self, strip: &mut Strip, rows: Range<usize>) {
        let unit = 1.0 / self.s;
        for y in rows {
            let v = (y as f32 + 0.5) * unit;
            for (x, dst) in strip.row(y).iter_mut().enumerate() {
                let p = (self.shade)((x as f32 + 0.5) * unit, v);
                lay(dst, p, 1.0);
            }
        }
    }

    fn hides_from(&self) -> Option<i32> {
        self.opaque.then_some(self.rows.0)
    }
}

/// Light added around a point; falls to nothing at `r`.
struct Glow {
    x: f32,
    y: f32,
    r: f32,
    color: Px,
}

impl Painter for Glow {
    fn rows(&self) -> (i32, i32) {
        ((self.y - self.r) as i32 - 1, (self.y + self.r) as i32 + 2)
    }

    fn paint(&self, strip: &mut Strip, rows: Range<usize>) {
        let lo = (self.x - self.r).max(0.0) as usize;
        let hi = ((self.x + self.r).max(0.0) as usize + 1).min(strip.w);
        for y in rows {
            let dy = (y as f32 + 0.5 - self.y) / self.r;
            let line = strip.row(y);
            for (x, dst) in (lo..).zip(&mut line[lo.min(hi)..hi]) {
                let dx = (x as f32 + 0.5 - self.x) / self.r;
                let t = 1.0 - (dx * dx + dy * dy);
                if t > 0.0 {
                    lay(dst, self.color, t * t * t);
                }
            }
        }
    }
}

/// How a polygon is filled.
#[derive(Clone, Copy)]
pub(crate) enum Fill {
    Flat(Px),
    /// From one point and colour to another.
    Linear((f32, f32), Px, (f32, f32), Px),
}

impl From<Px> for Fill {
    fn from(p: Px) -> Fill {
        Fill::Flat(p)
    }
}

impl From<Lab> for Fill {
    fn from(c: Lab) -> Fill {
        Fill::Flat(c.px())
    }
}

impl Fill {
    pub(crate) fn down(y0: f32, c0: Lab, y1: f32, c1: Lab) -> Fill {
        Fill::Linear((0.0, y0), c0.px(), (0.0, y1), c1.px())
    }

    pub(crate) fn across(x0: f32, c0: Lab, x1: f32, c1: Lab) -> Fill {
        Fill::Linear((x0, 0.0), c0.px(), (x1, 0.0), c1.px())
    }

    #[inline]
    pub(crate) fn at(&self, x: f32, y: f32) -> Px {
        match *self {
            Fill::Flat(p) => p,
            Fill::Linear(a, ca, b, cb) => {
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let t = ((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy).max(1e-9);
                blend(ca, cb, t.clamp(0.0, 1.0))
            }
        }
    }

    pub(crate) fn scaled(self, s: f32) -> Fill {
        match self {
            Fill::Flat(p) => Fill::Flat(p),
            Fill::Linear(a, ca, b, cb) => Fill::Linear((a.0 * s, a.1 * s), ca, (b.0 * s, b.1 * s), cb),
        }
    }
}

impl Canvas {
    /// Opaque ground: everything below a profile given for each column.
    pub(crate) fn ground<F>(&mut self, top: Vec<f32>, shade: F)
    where
        F: Fn(f32, f32, f32) -> Px + Send + Sync + 'static,
    {
        self.field(top, None, 0.0..self.aspect, true, shade);
    }

    /// A band between two profiles, within a span of x; may be see-through.
    pub(crate) fn band<F>(&mut self, top: Vec<f32>, bottom: Vec<f32>, span: Range<f32>, shade: F)
    where
        F: Fn(f32, f32, f32) -> Px + Send + Sync + 'static,
    {
        self.field(top, Some(bottom), span, false, shade);
    }

    fn field<F>(&mut self, top: Vec<f32>, bottom: Option<Vec<f32>>, span: Range<f32>, opaque: bool, shade: F)
    where
        F: Fn(f32, f32, f32) -> Px + Send + Sync + 'static,
    {
        let s = self.s;
        let px = |v: Vec<f32>| v.into_iter().map(|y| y * s).collect::<Vec<f32>>();
        let (top, bottom) = (px(top), bottom.map(px));
        let clamp = |x: f32| ((x * s).max(0.0) as usize).min(self.w);
        let cols = clamp(span.start)..clamp(span.end).max(clamp(span.start));
        let cols = if opaque { 0..self.w } else { cols };
        let steep = (0..top.len())
            .map(|x| {
                let rise = top[(x + 1).min(top.len() - 1)] - top[x.saturating_sub(1)];
                1.0 / (1.0 + rise * rise * 0.25).sqrt()
            })
            .collect();
        let highest = top[cols.clone()].iter().copied().fold(f32::MAX, f32::min);
        let lowest = match &bottom {
            Some(b) => b[cols.clone()].iter().copied().fold(0.0, f32::max) as i32 + 2,
            None => self.h as i32,
        };
        self.add(Field {
            rows: ((highest.min(1e6) as i32).saturating_sub(3).max(0), lowest),
            top,
            steep,
            bottom,
            cols,
            opaque,
            s,
            shade,
        });
    }

    pub(crate) fn wash<F>(&mut self, y0: f32, y1: f32, opaque: bool, shade: F)
    where
        F: Fn(f32, f32) -> Px + Send + Sync + 'static,
    {
        let s = self.s;
        let rows = ((y0 * s).round() as i32, (y1 * s).round() as i32);
        // Only a wash down to the bottom edge hides what lies below its first row.
        let opaque = opaque && rows.1 >= self.h as i32;
        self.add(Wash { rows, opaque, s, shade });
    }

    pub(crate) fn glow(&mut self, x: f32, y: f32, r: f32, color: Px) {
        let s = self.s;
        self.add(Glow { x: x * s, y: y * s, r: (r * s).max(0.7), color });
    }
}
