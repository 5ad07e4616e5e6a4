//! What the scenes are made of.

pub(crate) mod building;
pub(crate) mod figure;
pub(crate) mod range;
pub(crate) mod sky;
pub(crate) mod tree;
pub(crate) mod water;
