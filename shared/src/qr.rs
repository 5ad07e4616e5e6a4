//! QR codes as one SVG path, so that a page, a PDF and a picture draw the same thing from one short text.
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// The dark modules as an SVG path on a grid of `size` × `size`, without the quiet zone. Error correction M.
/// Text too long for a QR code (over 2,331 bytes) gives an empty path.
#[must_use]
pub fn path(text: &str) -> (String, u32) {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return (String::new(), 0) };
    let mut path = String::new();
    for y in 0..code.size {
        let row: Vec<bool> = (0..code.size).map(|x| code[y][x].value()).collect();
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    (path, u32::try_from(code.size).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_address_fits_a_readable_code() {
        let (path, size) = path(&format!("https://sapar.kz/t/{}", "A".repeat(128)));
        assert!((41..=61).contains(&size), "{size}");
        assert!(path.starts_with("M0 0h7v1h-7z"));
        assert!(path.len() < 12_000, "{}", path.len());
    }

    #[test]
    fn an_impossible_text_draws_nothing() {
        assert_eq!(super::path(&"x".repeat(3000)), (String::new(), 0));
    }
}
