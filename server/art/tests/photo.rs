//! Files as phones and strangers send them.
#![allow(clippy::unwrap_used)]
use flate2::{Compression, write::ZlibEncoder};
use image::{ImageFormat, Rgb, RgbImage, RgbaImage};
use sapar_art::photo::{Unreadable, open, sizes};
use std::io::{Cursor, Write as _};

/// Red at its left, blue at its right.
fn flag() -> RgbImage {
    RgbImage::from_fn(80, 40, |x, _| if x < 40 { Rgb([220, 10, 10]) } else { Rgb([10, 10, 220]) })
}

fn file(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG as a camera that was held upright writes it, with where it was taken.
fn upright() -> Vec<u8> {
    let jpeg = file(&flag(), ImageFormat::Jpeg);
    // TIFF of one entry: 0x0112 (orientation), short, one of them, 6.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS 43.2389 76.8897");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

#[test]
fn a_picture_taken_upright_stands_upright_and_tells_nothing_else() {
    let picture = open(&upright(), 2400).unwrap();
    assert_eq!(picture.dimensions(), (40, 80));
    assert!(is_red(picture.get_pixel(20, 10)) && !is_red(picture.get_pixel(20, 70)), "left became top");
    let (files, color) = sizes(&picture, None, &[480], 70.0);
    assert_eq!((files[0].width, files[0].height), (40, 80));
    for secret in [&b"GPS"[..], b"Exif", b"EXIF"] {
        assert!(!files[0].webp.windows(secret.len()).any(|window| window == secret));
    }
    assert!(color.starts_with('#') && color.len() == 7);
}

#[test]
fn all_three_kinds_are_read_and_large_ones_become_smaller() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let picture = open(&file(&flag(), format), 60).unwrap();
        assert_eq!(picture.dimensions(), (60, 30), "{format:?}");
        assert!(is_red(picture.get_pixel(5, 15)), "{format:?}");
    }
}

#[test]
fn what_is_transparent_is_white() {
    let mut bytes = Cursor::new(Vec::new());
    RgbaImage::new(10, 10).write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(open(&bytes.into_inner(), 2400).unwrap().get_pixel(5, 5).0, [255; 3]);
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A PNG that says it has this size, and holds so many bytes of zeros.
fn png(width: u32, height: u32, zeros: usize) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..zeros.div_ceil(1 << 20) {
        packed.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let data = packed.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &data), chunk(b"IEND", &[])].concat()
}

#[test]
fn a_bomb_is_refused_or_held_to_what_it_says() {
    assert_eq!(open(&png(60_000, 60_000, 1 << 20), 2400), Err(Unreadable::TooLarge));
    assert_eq!(open(&png(8000, 7500, 1 << 20), 2400), Err(Unreadable::TooLarge), "60 megapixels");
    // It says that it is small, and unpacks to 300 MB: no more is unpacked than it said.
    let file = png(100, 100, 300 << 20);
    assert!(file.len() < 400_000);
    if let Ok(picture) = open(&file, 2400) {
        assert_eq!(picture.dimensions(), (100, 100));
    }
}

#[test]
fn a_photo_of_forty_megapixels_becomes_small() {
    let row = 1 + 3 * 7300;
    assert_eq!(open(&png(7300, 5480, row * 5480), 2400).unwrap().dimensions(), (2400, 1802));
}

#[test]
fn what_is_broken_is_said_to_be() {
    let whole = file(&flag(), ImageFormat::Png);
    for broken in [&whole[..whole.len() / 2], b"<svg/>", b"\x89PNG\r\n\x1a\n", b""] {
        assert_eq!(open(broken, 2400), Err(Unreadable::Broken));
    }
}
