//! What search engines and messengers read.
pub mod json_ld;
pub mod meta;
pub mod schema;

pub use json_ld::JsonLd;
pub use meta::PageMeta;

/// The site's own address, without a slash at its end.
#[must_use]
pub fn origin() -> String {
    #[cfg(feature = "ssr")]
    return crate::request::services().map(|s| s.ctx.public_url.trim_end_matches('/').to_owned()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    return crate::browser::origin();
}
