//! The organisation's logo: sent from camera or gallery, cropped to a square, taken away.
pub mod api;
mod field;
mod shown;

pub use field::LogoField;
pub use shown::LogoShown;
