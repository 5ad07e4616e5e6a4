//! The gate: camera, manual code, result.
mod camera;
mod page;

pub use page::ScanPage;
