//! Colours are chosen in OKLab, where mixing stays luminous, and painted as sRGB.

/// A paintable colour: sRGB channels 0..255 and an alpha 0..1.
pub(crate) type Px = [f32; 4];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lab {
    pub(crate) l: f32,
    pub(crate) a: f32,
    pub(crate) b: f32,
}

/// The same numbers as CSS `oklch(l c h)`.
pub(crate) fn lch(l: f32, c: f32, h: f32) -> Lab {
    let (sin, cos) = h.to_radians().sin_cos();
    Lab { l, a: c * cos, b: c * sin }
}

impl Lab {
    pub(crate) fn mix(self, other: Lab, t: f32) -> Lab {
        let t = t.clamp(0.0, 1.0);
        Lab { l: self.l + (other.l - self.l) * t, a: self.a + (other.a - self.a) * t, b: self.b + (other.b - self.b) * t }
    }

    pub(crate) fn lift(self, dl: f32) -> Lab {
        Lab { l: (self.l + dl).clamp(0.0, 1.0), ..self }
    }

    pub(crate) fn sat(self, k: f32) -> Lab {
        Lab { a: self.a * k, b: self.b * k, ..self }
    }

    pub(crate) fn turn(self, degrees: f32) -> Lab {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Lab { l: self.l, a: self.a * cos - self.b * sin, b: self.a * sin + self.b * cos }
    }

    /// Out-of-gamut colours lose chroma instead of being clipped, which would shift their hue.
    pub(crate) fn px(self) -> Px {
        let mut lab = self;
        for _ in 0..12 {
            let rgb = lab.linear();
            if rgb.iter().all(|v| (-0.001..=1.001).contains(v)) {
                break;
            }
            lab = lab.sat(0.9);
        }
        let [r, g, b] = lab.linear().map(encode);
        [r, g, b, 1.0]
    }

    pub(crate) fn alpha(self, alpha: f32) -> Px {
        let [r, g, b, _] = self.px();
        [r, g, b, alpha]
    }

    fn linear(self) -> [f32; 3] {
        let l = (self.l + 0.396_337_78 * self.a + 0.215_803_76 * self.b).powi(3);
        let m = (self.l - 0.105_561_346 * self.a - 0.063_854_17 * self.b).powi(3);
        let s = (self.l - 0.089_484_18 * self.a - 1.291_485_5 * self.b).powi(3);
        [
            4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
            -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
            -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
        ]
    }
}

fn encode(v: f32) -> f32 {
    let v = v.clamp(0.0, 1.0);
    255.0 * if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

/// Mixes paint, not light: cheap enough for every pixel.
#[inline]
pub(crate) fn blend(a: Px, b: Px, t: f32) -> Px {
    let mut out = a;
    for i in 0..4 {
        out[i] += (b[i] - a[i]) * t;
    }
    out
}

#[inline]
pub(crate) fn smooth(lo: f32, hi: f32, v: f32) -> f32 {
    let t = ((v - lo) / (hi - lo)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Evenly spaced or placed stops, read in O(1) by a painter.
pub(crate) struct Ramp(Vec<Px>);

impl Ramp {
    pub(crate) fn new(stops: &[(f32, Lab)]) -> Ramp {
        const STEPS: usize = 256;
        let at = |t: f32| {
            let next = stops.iter().position(|s| s.0 >= t).unwrap_or(stops.len() - 1);
            let (t1, c1) = stops[next];
            let (t0, c0) = stops[next.saturating_sub(1)];
            let k = if t1 > t0 { (t - t0) / (t1 - t0) } else { 1.0 };
            c0.mix(c1, k)
        };
        Ramp((0..=STEPS).map(|i| at(i as f32 / STEPS as f32).px()).collect())
    }

    #[inline]
    pub(crate) fn at(&self, t: f32) -> Px {
        let last = self.0.len() - 1;
        let f = t.clamp(0.0, 1.0) * last as f32;
        let i = (f as usize).min(last - 1);
        blend(self.0[i], self.0[i + 1], f - i as f32)
    }
}
