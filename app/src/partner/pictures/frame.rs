//! The crop's frame: 4 by 3 in pixels, or a square, kept as thousandths of the picture's sides.
use super::api::Part;

/// Frames that are as wide as may be have this size, in percent; the least is what is left to see.
pub const SIZES: std::ops::RangeInclusive<i32> = 25..=100;

/// The picture's size in pixels, and the frame over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    picture: (i64, i64),
    /// The frame's own sides, one to the other.
    shape: (i64, i64),
    pub part: Part,
    /// In percent of the largest that fits.
    pub size: i32,
}

fn whole(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Frame {
    /// The largest of 4 by 3, in the middle. Sides are pixels.
    #[must_use]
    pub fn new(width: i32, height: i32) -> Self {
        Self::of(width, height, (4, 3))
    }

    /// The largest square, in the middle.
    #[must_use]
    pub fn square(width: i32, height: i32) -> Self {
        Self::of(width, height, (1, 1))
    }

    fn of(width: i32, height: i32, shape: (i64, i64)) -> Self {
        let picture = (i64::from(width.max(1)), i64::from(height.max(1)));
        let part = Part { left: 0, top: 0, width: 1000, height: 1000 };
        Self { picture, shape, part, size: 100 }.sized(100)
    }

    /// About the same middle, in percent of the largest.
    #[must_use]
    pub fn sized(self, size: i32) -> Self {
        let (w, h) = self.picture;
        let size = size.clamp(*SIZES.start(), *SIZES.end());
        // The largest is as wide as the picture, or as high.
        let (wide, high) = (self.shape.0 * h, self.shape.1 * w);
        let (width, height) = if high <= wide { (1000, 1000 * high / wide) } else { (1000 * wide / high, 1000) };
        let of = |side: i64| whole((side * i64::from(size) / 100).max(50));
        let (width, height) = (of(width), of(height));
        let part = self.part;
        let part = Part { left: part.left + (part.width - width) / 2, top: part.top + (part.height - height) / 2, width, height };
        Self { part, size, ..self }.moved(0, 0)
    }

    /// By thousandths, and no further than the picture goes.
    #[must_use]
    pub fn moved(self, dx: i32, dy: i32) -> Self {
        let Part { left, top, width, height } = self.part;
        let part = Part { left: (left + dx).clamp(0, 1000 - width), top: (top + dy).clamp(0, 1000 - height), width, height };
        Self { part, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_inside(part: Part) -> bool {
        part.left >= 0 && part.top >= 0 && part.left + part.width <= 1000 && part.top + part.height <= 1000
    }

    #[test]
    fn the_frame_is_four_by_three_of_any_picture() {
        for (w, h) in [(1600, 1200), (1200, 1600), (1600, 900), (2400, 300), (300, 2400)] {
            let frame = Frame::new(w, h);
            assert!(is_inside(frame.part) && (frame.part.width == 1000 || frame.part.height == 1000), "{frame:?}");
            let (width, height) = (f64::from(frame.part.width * w), f64::from(frame.part.height * h));
            assert!((width / height - 4.0 / 3.0).abs() < 0.03, "{w}×{h}: {frame:?}");
        }
        assert_eq!(Frame::new(1600, 1200).part, Part { left: 0, top: 0, width: 1000, height: 1000 });
    }

    #[test]
    fn a_square_is_one_of_any_picture() {
        for (w, h) in [(1600, 1200), (1200, 1600), (500, 500), (2400, 300)] {
            let part = Frame::square(w, h).part;
            assert!(is_inside(part) && (part.width == 1000 || part.height == 1000), "{part:?}");
            let (width, height) = (f64::from(part.width * w), f64::from(part.height * h));
            assert!((width / height - 1.0).abs() < 0.03, "{w}×{h}: {part:?}");
        }
    }

    #[test]
    fn it_never_leaves_the_picture() {
        let mut frame = Frame::new(1200, 1600).sized(40);
        assert_eq!((frame.part.width, frame.part.height), (400, 224));
        for (dx, dy) in [(-5000, 0), (0, 5000), (300, -10), (5000, -5000)] {
            frame = frame.moved(dx, dy);
            assert!(is_inside(frame.part), "{frame:?}");
        }
        frame = frame.sized(100);
        assert!(is_inside(frame.part) && frame.part.width == 1000, "{frame:?}");
        assert_eq!(frame.sized(1).size, 25);
    }
}
