//! Draws the demo pictures of the marketplace: sixteen kinds of Kazakh landscape,
//! each picture fixed by its scene and seed. And makes the sizes of the pictures that partners send.

mod canvas;
mod color;
mod encode;
mod motif;
mod noise;
mod paint;
mod palette;
pub mod photo;
mod scenes;
mod shape;

pub use encode::{Rendered, encode, render_widths};
pub use image::RgbImage;
use std::str::FromStr;

macro_rules! scenes {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// What a picture shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Scene { $($variant),* }

        impl Scene {
            pub const ALL: &'static [Scene] = &[$(Scene::$variant),*];

            pub fn name(self) -> &'static str {
                match self { $(Scene::$variant => $name),* }
            }
        }

        impl FromStr for Scene {
            type Err = UnknownScene;

            fn from_str(name: &str) -> Result<Scene, UnknownScene> {
                match name {
                    $($name => Ok(Scene::$variant),)*
                    _ => Err(UnknownScene(name.to_owned())),
                }
            }
        }
    };
}

scenes! {
    Ridge "ridge", Lake "lake", Canyon "canyon", Dunes "dunes", Birch "birch",
    YurtStars "yurt_stars", Skyline "skyline", Steppe "steppe", Salt "salt",
    Mausoleum "mausoleum", Sea "sea", Waterfall "waterfall", Orchard "orchard",
    Snow "snow", Launch "launch", MosqueCity "mosque_city",
}

/// The name given is none of [`Scene::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownScene(pub String);

impl std::fmt::Display for UnknownScene {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no scene is called {:?}", self.0)
    }
}

impl std::error::Error for UnknownScene {}

/// Draws a picture; the same arguments always give the same pixels.
pub fn draw(scene: Scene, seed: u64, width: u32, height: u32) -> RgbImage {
    let mut canvas = canvas::Canvas::new(width, height);
    scenes::compose(scene, seed, &mut canvas);
    let (w, h) = (canvas.w as u32, canvas.h as u32);
    RgbImage::from_raw(w, h, canvas.finish(seed)).expect("three bytes a pixel")
}
