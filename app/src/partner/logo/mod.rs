//! The organisation's logo: sent from camera or gallery, cropped to a square, taken away.
pub mod api;
mod field;

pub use field::LogoField;
