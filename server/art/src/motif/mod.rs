//! What the scenes are made of.

pub mod building;
pub mod figure;
pub mod range;
pub mod sky;
pub mod tree;
pub mod water;
