//! What the scenes are made of.

pub mod range;
pub mod sky;
