//! The gate: camera, manual code, result.
mod api;
mod camera;
mod flash;
mod page;

pub use page::ScanPage;
