//! From one drawing to the files that the site serves.

use crate::{RgbImage, Scene, draw};
use fast_image_resize as fir;
use fir::images::{Image, ImageRef};

/// One encoded size of a picture.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub width: u32,
    pub height: u32,
    pub webp: Vec<u8>,
}

/// Draws once at the largest width (4:3) and scales down; the results keep the order of `widths`.
/// The colour is the picture's commonest, as `#rrggbb`, to show until the picture has loaded.
pub fn render_widths(scene: Scene, seed: u64, widths: &[u32], quality: f32) -> (Vec<Rendered>, String) {
    let largest = widths.iter().copied().max().unwrap_or(64).max(4);
    let full = draw(scene, seed, largest, height_for(largest));
    let small = scale(&full, 48, height_for(48));
    let color = dominant(&small);
    // The largest takes about as long as all the others together: two threads suffice.
    let rest = || -> Vec<Option<Rendered>> {
        let one = |&w: &u32| (w != largest).then(|| encode(&scale(&full, w, height_for(w)), quality));
        widths.iter().map(one).collect()
    };
    let (big, rest) = std::thread::scope(|scope| {
        let big = scope.spawn(|| encode(&full, quality));
        let rest = rest();
        (big.join().expect("encoding does not panic"), rest)
    });
    let all = rest.into_iter().map(|r| r.unwrap_or_else(|| big.clone()));
    (all.collect(), color)
}

fn height_for(width: u32) -> u32 {
    (width * 3).div_ceil(4).max(1)
}

/// The same picture in another size.
pub(crate) fn scale(full: &RgbImage, width: u32, height: u32) -> RgbImage {
    let bytes = resize(full.as_raw(), full.dimensions(), (width, height), fir::PixelType::U8x3);
    RgbImage::from_raw(width, height, bytes).expect("sizes agree")
}

/// `bytes` are of as many channels as `pixels` has.
pub(crate) fn resize(bytes: &[u8], from: (u32, u32), to: (u32, u32), pixels: fir::PixelType) -> Vec<u8> {
    let src = ImageRef::new(from.0, from.1, bytes, pixels).expect("sizes agree");
    let mut dst = Image::new(to.0, to.1, pixels);
    let how = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::CatmullRom));
    fir::Resizer::new().resize(&src, &mut dst, &how).expect("both are of one kind");
    dst.into_vec()
}

/// As WebP, with nothing in it but the pixels.
#[must_use]
pub fn encode(picture: &RgbImage, quality: f32) -> Rendered {
    let (width, height) = picture.dimensions();
    let mut config = webp::WebPConfig::new().expect("libwebp has the version it was built for");
    config.quality = quality;
    config.method = 2;
    config.thread_level = 1;
    let webp = webp::Encoder::from_rgb(picture.as_raw(), width, height)
        .encode_advanced(&config)
        .expect("a picture within WebP's size limits");
    Rendered { width, height, webp: webp.to_vec() }
}

/// The mean of the fullest coarse bin: a plain mean of a whole picture tends to mud.
pub(crate) fn dominant(picture: &RgbImage) -> String {
    let mut bins = vec![[0u32; 4]; 512];
    for p in picture.pixels() {
        let [r, g, b] = p.0.map(usize::from);
        let bin = &mut bins[(r >> 5) << 6 | (g >> 5) << 3 | b >> 5];
        for (sum, v) in bin.iter_mut().zip([r, g, b, 1]) {
            *sum += v as u32;
        }
    }
    let [r, g, b, n] = bins.into_iter().max_by_key(|b| b[3]).unwrap_or([0, 0, 0, 1]);
    let n = n.max(1);
    format!("#{:02x}{:02x}{:02x}", r / n, g / n, b / n)
}
