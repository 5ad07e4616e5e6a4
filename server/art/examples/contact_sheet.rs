//! Writes a PNG of all scenes × 4 seeds, to be looked at.
//! `contact_sheet OUT.png [SCENE,SCENE… [FIRST_SEED [WIDTH]]]`

use sapar_art::{RgbImage, Scene, draw};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = args.first().map_or("contact_sheet.png", String::as_str);
    let scenes: Vec<Scene> = match args.get(1).filter(|s| *s != "all") {
        Some(names) => names.split(',').map(|n| n.parse().expect("a scene name")).collect(),
        None => Scene::ALL.to_vec(),
    };
    let first: u64 = args.get(2).map_or(1, |s| s.parse().expect("a seed"));
    let w: u32 = args.get(3).map_or(320, |s| s.parse().expect("a width"));
    let h = w * 3 / 4;
    let mut sheet = RgbImage::new(w * 4, h * scenes.len() as u32);
    for (row, &scene) in scenes.iter().enumerate() {
        for col in 0..4u32 {
            let picture = draw(scene, first + u64::from(col), w, h);
            let at = (i64::from(col * w), i64::from(row as u32 * h));
            image::imageops::replace(&mut sheet, &picture, at.0, at.1);
        }
    }
    sheet.save(out).expect("the sheet can be written");
}
