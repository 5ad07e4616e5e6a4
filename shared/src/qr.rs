//! QR codes as one path: the outlines of the dark areas. Shorter than a rectangle a row, and without the hairlines that
//! viewers draw between rectangles that touch.
use fast_qr::{ECL, QRBuilder, QRCode};
use std::fmt::Write as _;

/// The dark modules of `text`'s QR code as the data of an SVG path on a grid of `size` × `size`, without a quiet zone
/// (leave four modules of white around it); error correction M. Fills alike under both fill rules. `None` when the text is
/// too long for a code (2331 bytes).
#[must_use]
pub fn path(text: &str) -> Option<(String, u32)> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    Some((Edges::of(&code).path(), u32::try_from(code.size).ok()?))
}

/// Ways out of a grid point along the border of a dark area, which lies to the right; clockwise from east.
const STEPS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
const EAST: usize = 0;

/// For each grid point, a bit a direction in which a border leaves it.
struct Edges {
    width: usize,
    ways: Vec<u8>,
}

impl Edges {
    fn of(code: &QRCode) -> Self {
        let size = code.size;
        let dark = |x: usize, y: usize| x < size && y < size && code[y][x].value();
        let width = size + 1;
        let mut edges = Self { width, ways: vec![0; width * width] };
        for y in 0..size {
            for x in (0..size).filter(|x| dark(*x, y)) {
                let sides = [
                    (dark(x, y.wrapping_sub(1)), x, y),
                    (dark(x + 1, y), x + 1, y),
                    (dark(x, y + 1), x + 1, y + 1),
                    (dark(x.wrapping_sub(1), y), x, y + 1),
                ];
                for (direction, (covered, from_x, from_y)) in sides.into_iter().enumerate() {
                    if !covered {
                        edges.ways[from_y * width + from_x] |= 1 << direction;
                    }
                }
            }
        }
        edges
    }

    /// Every border has an edge that goes east, so looking for those finds all of them.
    fn path(mut self) -> String {
        let mut path = String::with_capacity(self.ways.len() * 2);
        let mut last = (0, 0);
        for start in 0..self.ways.len() {
            while self.ways[start] & 1 << EAST != 0 {
                let at = (start % self.width, start / self.width);
                if path.is_empty() {
                    path = format!("M{} {}", at.0, at.1);
                } else {
                    // After z the pen is back where the last outline began.
                    let (dx, dy) = (at.0 as isize - last.0 as isize, at.1 as isize - last.1 as isize);
                    // Writing into a String cannot fail; so below.
                    let _ = write!(path, "m{dx}{}{dy}", if dy < 0 { "" } else { " " });
                }
                self.trace(start, &mut path);
                last = at;
            }
        }
        path
    }

    fn trace(&mut self, start: usize, path: &mut String) {
        let (mut at, mut direction, mut run) = (start, EAST, 0_isize);
        loop {
            self.ways[at] &= !(1 << direction);
            let (dx, dy) = STEPS[direction];
            at = at.wrapping_add_signed(dx + dy * self.width as isize);
            run += 1;
            // Right first: areas that touch at a corner stay apart.
            let next = [1, 0, 3].map(|turn| (direction + turn) % 4).into_iter().find(|way| self.ways[at] & 1 << way != 0);
            if next == Some(direction) {
                continue;
            }
            let Some(next) = next else { break };
            let _ = write!(path, "{}{}", if dx == 0 { 'v' } else { 'h' }, run * (dx + dy));
            (direction, run) = (next, 0);
        }
        // The last stretch is what z draws.
        path.push('z');
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The modules that the outlines enclose, by counting borders to the left of each.
    fn fill(path: &str, size: usize) -> Vec<Vec<bool>> {
        let mut vertical = vec![vec![0_i32; size + 1]; size];
        let (mut x, mut y, mut start) = (0_i32, 0_i32, (0_i32, 0_i32));
        let mut edge = |x: i32, from: i32, to: i32| {
            for row in from.min(to)..from.max(to) {
                vertical[row as usize][x as usize] += (to - from).signum();
            }
        };
        let spaced =
            path.replace(['M', 'm'], " m ").replace('h', " h ").replace('v', " v ").replace('z', " z ").replace('-', " -");
        let mut words = spaced.split_whitespace();
        while let Some(command) = words.next() {
            let mut number = || words.next().unwrap().parse::<i32>().unwrap();
            match command {
                "m" => {
                    (x, y) = (x + number(), y + number());
                    start = (x, y);
                }
                "h" => x += number(),
                "v" => {
                    let to = y + number();
                    edge(x, y, to);
                    y = to;
                }
                _ => {
                    edge(x, y, start.1);
                    (x, y) = start;
                }
            }
        }
        vertical
            .iter()
            .map(|row| {
                row[..size]
                    .iter()
                    .scan(0, |sum, step| {
                        *sum += step;
                        Some(*sum != 0)
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn outlines_enclose_exactly_the_dark_modules() {
        for length in [1, 30, 160, 400] {
            let text: String = "https://sapar.kz/t/aZ09-_".chars().cycle().take(length).collect();
            let code = QRBuilder::new(text.as_str()).ecl(ECL::M).build().unwrap();
            let (path, size) = path(&text).unwrap();
            assert_eq!(size as usize, code.size);
            let filled = fill(&path, code.size);
            for (y, row) in filled.iter().enumerate() {
                for (x, dark) in row.iter().enumerate() {
                    assert_eq!(*dark, code[y][x].value(), "{x} {y} of {length}");
                }
            }
        }
    }

    #[test]
    fn paths_are_short() {
        let (path, size) = path(&format!("https://sapar.kz/t/{}", "aZ09-_kQ".repeat(17))).unwrap();
        assert_eq!(size, 53);
        assert!(path.len() < 6_500, "{}", path.len());
    }

    #[test]
    fn too_long_is_no_code_and_no_panic() {
        assert_eq!(path(&"x".repeat(3_000)), None);
    }
}
