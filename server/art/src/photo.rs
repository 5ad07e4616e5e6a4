//! From a stranger's file to a picture of ours: what it is by its content, how large it says it is, and its pixels, turned the
//! way that they were taken, without anything else that the file may carry.
use crate::{
    RgbImage,
    encode::{Rendered, dominant, encode, resize, scale},
};
use fast_image_resize::PixelType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, metadata::Orientation};
use std::io::Cursor;

/// More is refused unread. A phone's largest pictures have 50 million.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Of either side: a picture a pixel high is none.
pub const MAX_SIDE: u32 = 20_000;
/// Of the decoded pixels.
const MAX_DECODED: u64 = 256 << 20;
/// So much of a file's beginning says what it is: before its size a JPEG may carry a preview and a colour profile.
pub const HEAD: usize = 1 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
}

impl Kind {
    const fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
        }
    }
}

/// What the beginning of a file tells, with nothing decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// A picture that we take, and its size in pixels.
    Known { kind: Kind, width: u32, height: u32 },
    /// One that we take, whose size comes later in the file.
    More,
    /// One that we take, but broken.
    Broken,
    /// An iPhone's own format.
    Heic,
    /// Anything else.
    Foreign,
}

/// Reads the beginning of a file; `bytes` may be all of it.
#[must_use]
pub fn head(bytes: &[u8]) -> Head {
    let known = |kind, size: Option<(u32, u32)>| match size {
        Some((0, _) | (_, 0)) => Head::Broken,
        Some((width, height)) => Head::Known { kind, width, height },
        None => Head::More,
    };
    match bytes {
        [0xff, 0xd8, 0xff, ..] => match jpeg_size(bytes) {
            Ok(size) => known(Kind::Jpeg, size),
            Err(()) => Head::Broken,
        },
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => known(Kind::Png, be32(bytes, 16).zip(be32(bytes, 20))),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => match webp_size(bytes) {
            Ok(size) => known(Kind::WebP, size),
            Err(()) => Head::Broken,
        },
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if brand.len() >= 4 => match &brand[..4] {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Head::Heic,
            _ => Head::Foreign,
        },
        _ => Head::Foreign,
    }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn le(bytes: &[u8], at: usize, len: usize) -> Option<u32> {
    Some(bytes.get(at..at + len)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

/// Walks the segments to the frame's header. `None`: it lies beyond these bytes.
fn jpeg_size(bytes: &[u8]) -> Result<Option<(u32, u32)>, ()> {
    let mut at = 2;
    loop {
        let Some(&[lead, marker]) = bytes.get(at..at + 2).and_then(|two| two.first_chunk::<2>()) else { return Ok(None) };
        match (lead, marker) {
            (0xff, 0xff) => at += 1,
            (0xff, 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, 0xc0..=0xcf) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Ok(be16(bytes, at + 7).zip(be16(bytes, at + 5)));
            }
            // The scan begins, or the picture ends, without a frame.
            (0xff, 0xd9 | 0xda) => return Err(()),
            (0xff, _) => match be16(bytes, at + 2) {
                Some(length) if length >= 2 => at += 2 + length as usize,
                Some(_) => return Err(()),
                None => return Ok(None),
            },
            _ => return Err(()),
        }
    }
}

/// Whether its end is there. What was cut off is decoded, too, to a photo that is grey below.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(|byte| *byte == 0xff) else { return false };
        at += found + 1;
        match bytes.get(at) {
            None => return false,
            Some(0xd9) => return true,
            // Filled up.
            Some(0xff) => {}
            // Inside of a scan: a stuffed byte, a restart.
            Some(0x00 | 0x01 | 0xd0..=0xd8) => at += 1,
            // A segment, whose preview may have an end of its own.
            Some(_) => match be16(bytes, at + 1) {
                Some(length) => at += 1 + length as usize,
                None => return false,
            },
        }
    }
}

fn webp_size(bytes: &[u8]) -> Result<Option<(u32, u32)>, ()> {
    let Some(first) = bytes.get(12..16) else { return Ok(None) };
    Ok(match first {
        b"VP8X" => le(bytes, 24, 3).zip(le(bytes, 27, 3)).map(|(w, h)| (w + 1, h + 1)),
        b"VP8L" => le(bytes, 21, 4).map(|bits| ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)),
        b"VP8 " => le(bytes, 26, 2).zip(le(bytes, 28, 2)).map(|(w, h)| (w & 0x3fff, h & 0x3fff)),
        _ => return Err(()),
    })
}

/// Nobody's memory is risked on it.
#[must_use]
pub fn is_too_large(width: u32, height: u32) -> bool {
    width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS
}

/// Why a file did not become a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not of a kind that we take, or broken.
    Broken,
    /// Larger than it may be.
    TooLarge,
}

impl Unreadable {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
        }
    }
}

/// The picture's pixels: turned upright, on white where it was transparent, no side longer than `longest`.
/// What the decoder finds is measured again, for a file may say two things.
pub fn open(file: &[u8], longest: u32) -> Result<RgbImage, Unreadable> {
    let Head::Known { kind, width, height } = head(file) else { return Err(Unreadable::Broken) };
    if is_too_large(width, height) {
        return Err(Unreadable::TooLarge);
    }
    if kind == Kind::Jpeg && !jpeg_ends(file) {
        return Err(Unreadable::Broken);
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(file), kind.format());
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unreadable::Broken)?;
    let (width, height) = decoder.dimensions();
    if is_too_large(width, height) || decoder.total_bytes() > MAX_DECODED {
        return Err(Unreadable::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Unreadable::Broken)?;
    // Made small first: turning is then cheap.
    let mut small = DynamicImage::ImageRgb8(shrink(picture, longest));
    small.apply_orientation(orientation);
    Ok(small.into_rgb8())
}

fn shrink(picture: DynamicImage, longest: u32) -> RgbImage {
    let from = (picture.width(), picture.height());
    let to = fitted(from, longest);
    if picture.color().has_alpha() {
        let full = picture.into_rgba8();
        let small = if to == from { full.into_raw() } else { resize(full.as_raw(), from, to, PixelType::U8x4) };
        let on_white = small.chunks_exact(4).flat_map(|pixel| {
            let alpha = u32::from(pixel[3]);
            [pixel[0], pixel[1], pixel[2]].map(|c| ((u32::from(c) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
        });
        return RgbImage::from_raw(to.0, to.1, on_white.collect()).expect("sizes agree");
    }
    let full = picture.into_rgb8();
    if to == from { full } else { scale(&full, to.0, to.1) }
}

fn fitted((width, height): (u32, u32), longest: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let shorter = |n: u32| ((u64::from(n) * u64::from(longest) + u64::from(side) / 2) / u64::from(side)).max(1) as u32;
    (shorter(width), shorter(height))
}

/// A part of a picture, in thousandths of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// The picture, or a part of it, in each of `widths` (ascending) that it has pixels for, and in its own where that is less than
/// the largest; with its commonest colour as `#rrggbb`.
#[must_use]
pub fn sizes(picture: &RgbImage, part: Option<Part>, widths: &[u32], quality: f32) -> (Vec<Rendered>, String) {
    let cut = part.map(|part| {
        let along = |thousandths: u32, side: u32| (u64::from(thousandths) * u64::from(side) / 1000) as u32;
        let (width, height) = picture.dimensions();
        let (left, top) = (along(part.left, width).min(width - 1), along(part.top, height).min(height - 1));
        let (w, h) = (along(part.width, width).clamp(1, width - left), along(part.height, height).clamp(1, height - top));
        image::imageops::crop_imm(picture, left, top, w, h).to_image()
    });
    let picture = cut.as_ref().unwrap_or(picture);
    let (own, height) = picture.dimensions();
    let largest = widths.iter().copied().max().unwrap_or(own).min(own);
    let wanted = widths.iter().copied().filter(|width| *width < largest).chain([largest]);
    let files = wanted.map(|width| {
        let tall = ((u64::from(height) * u64::from(width) + u64::from(own) / 2) / u64::from(own)).max(1) as u32;
        if width == own { encode(picture, quality) } else { encode(&scale(picture, width, tall), quality) }
    });
    let color = dominant(&scale(picture, 48.min(own), 48.min(height)));
    (files.collect(), color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_is_in_them() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x1f\x40\0\0\x1d\x4c";
        assert_eq!(head(png), Head::Known { kind: Kind::Png, width: 8000, height: 7500 });
        assert!(is_too_large(8000, 7500) && is_too_large(1, 20_001) && !is_too_large(8160, 6120));
        assert_eq!(head(&png[..20]), Head::More);
        let jpeg = b"\xff\xd8\xff\xe1\0\x06Exif\xff\xff\xc2\0\x11\x08\x0b\xb8\x0f\xa0\x03";
        assert_eq!(head(jpeg), Head::Known { kind: Kind::Jpeg, width: 4000, height: 3000 });
        assert_eq!(head(b"\xff\xd8\xff\xe1\xff\xffmuch to come"), Head::More);
        assert_eq!(head(b"\xff\xd8\xff\xda\0\x02"), Head::Broken);
        assert_eq!(head(b"\xff\xd8\xff\xe1\0\0"), Head::Broken);
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x9f\x0f\0\xb7\x0b\0";
        assert_eq!(head(webp), Head::Known { kind: Kind::WebP, width: 4000, height: 3000 });
        assert_eq!(head(b"\0\0\0\x18ftypheic\0\0"), Head::Heic);
        for foreign in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            b"GIF89a\x01\0\x01\0",
            b"%PDF-1.7",
            b"PK\x03\x04",
            b"",
        ] {
            assert_eq!(head(foreign), Head::Foreign);
        }
    }

    #[test]
    fn a_jpeg_that_broke_off_has_no_end() {
        // A preview with an end of its own, a stuffed byte, a restart, filling, another table, another scan, and what phones add.
        let preview = b"\xff\xd8\xff\xe1\0\x06\xff\xd8\xff\xd9";
        let whole = [&preview[..], b"\xff\xda\0\x02ab\xff\0cd\xff\xd0ef\xff\xff\xc4\0\x03x\xff\xda\0\x02gh\xff\xd9more"].concat();
        assert!(jpeg_ends(&whole));
        let end = whole.len() - b"\xd9more".len();
        for cut in 2..=end {
            assert!(!jpeg_ends(&whole[..cut]), "{cut}");
        }
    }

    #[test]
    fn nothing_is_drawn_larger_than_it_is() {
        let sizes_of = |w, h| -> Vec<(u32, u32)> {
            sizes(&RgbImage::new(w, h), None, &[480, 960, 1600], 50.0).0.iter().map(|f| (f.width, f.height)).collect()
        };
        assert_eq!(sizes_of(2400, 1800), [(480, 360), (960, 720), (1600, 1200)]);
        assert_eq!(sizes_of(1200, 900), [(480, 360), (960, 720), (1200, 900)]);
        assert_eq!(sizes_of(960, 10), [(480, 5), (960, 10)]);
        assert_eq!(sizes_of(7, 1), [(7, 1)]);
    }

    #[test]
    fn a_part_is_cut_out() {
        let part = Part { left: 500, top: 250, width: 500, height: 500 };
        let (files, _) = sizes(&RgbImage::new(1000, 400), Some(part), &[480, 960], 50.0);
        assert_eq!(files.iter().map(|f| (f.width, f.height)).collect::<Vec<_>>(), [(480, 192), (500, 200)]);
    }
}
