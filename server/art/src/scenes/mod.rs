//! The compositions, one function a scene.

mod city;
mod desert;
mod land;
mod launch;
mod mountain;

use crate::Scene;
use crate::canvas::Canvas;
use crate::noise::Rng;
use crate::palette::{Palette, Time};

pub(crate) fn compose(scene: Scene, seed: u64, c: &mut Canvas) {
    let salt = scene as u64 + 1;
    let mut rng = Rng::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ (salt << 56));
    let times: &[Time] = match scene {
        Scene::YurtStars => &[Time::Night],
        Scene::Launch => &[Time::Dusk, Time::Night],
        _ => &[Time::Golden, Time::Morning, Time::Dusk, Time::Noon],
    };
    // Neighbouring seeds get different hours, so that a page of pictures stays varied.
    let hour = seed.wrapping_add(salt.wrapping_mul(7) / 2) % times.len() as u64;
    let pal = Palette::new(times[hour as usize], &mut rng);
    let draw = match scene {
        Scene::Ridge => mountain::ridge,
        Scene::Lake => mountain::lake,
        Scene::Canyon => desert::canyon,
        Scene::Dunes => desert::dunes,
        Scene::Birch => land::birch,
        Scene::YurtStars => land::yurt_stars,
        Scene::Skyline => city::skyline,
        Scene::Steppe => land::steppe,
        Scene::Salt => desert::salt,
        Scene::Mausoleum => city::mausoleum,
        Scene::Sea => desert::sea,
        Scene::Waterfall => mountain::waterfall,
        Scene::Orchard => land::orchard,
        Scene::Snow => mountain::snow,
        Scene::Launch => launch::launch,
        Scene::MosqueCity => city::mosque_city,
    };
    draw(c, &pal, &mut rng);
}
