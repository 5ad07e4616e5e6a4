//! Prints time and file sizes of every scene at the widths that the site serves.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use sapar_art::{Scene, draw, render_widths};
use std::time::Instant;

fn main() {
    for &scene in Scene::ALL {
        let mut line = format!("{:12}", scene.name());
        for seed in 1..=4 {
            let start = Instant::now();
            draw(scene, seed, 1600, 1200);
            let drawn = start.elapsed().as_millis();
            let start = Instant::now();
            let (sizes, color) = render_widths(scene, seed, &[480, 960, 1600], 72.0);
            let all = start.elapsed().as_millis();
            let kb: Vec<usize> = sizes.iter().map(|r| r.webp.len() / 1000).collect();
            line += &format!(" {drawn:3}/{all:3}ms {kb:?} {color}");
        }
        println!("{line}");
    }
}
