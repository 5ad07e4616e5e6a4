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
    let small = scale(&full, 48);
    let color = dominant(&small);
    // The largest takes about as long as all the others together: two threads suffice.
    let rest = || -> Vec<Option<Rendered>> {
        let one = |&w: &u32| (w != largest).then(|| encode(&scale(&full, w), quality));
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

fn scale(full: &RgbImage, width: u32) -> RgbImage {
    let width = width.max(1);
    let (w, h) = full.dimensions();
    let height = height_for(width);
    let src = ImageRef::new(w, h, full.as_raw(), fir::PixelType::U8x3).expect("sizes agree");
    let mut dst = Image::new(width, height, fir::PixelType::U8x3);
    let how = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::CatmullRom));
    fir::Resizer::new().resize(&src, &mut dst, &how).expect("both are RGB");
    RgbImage::from_raw(width, height, dst.into_vec()).expect("sizes agree")
}

fn encode(picture: &RgbImage, quality: f32) -> Rendered {
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
fn dominant(picture: &RgbImage) -> String {
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
