//! What the wasm client and the server both speak: identifiers, money, languages, addresses, forms and the shapes of
//! answers. Nothing here does input or output.
pub mod agent;
pub mod code;
pub mod contact;
pub mod dto;
pub mod fold;
pub mod forms;
pub mod ids;
pub mod locale;
pub mod maps;
pub mod money;
pub mod number;
pub mod packed;
mod parsed;
pub mod paths;
pub mod phone_mask;
#[cfg(feature = "qr")]
pub mod qr;
pub mod requisites;
pub mod roles;
pub mod sheets;
pub mod slug;
pub mod texts;
pub mod when;

/// Every message of the product, one typed function each, made from `locales/` at build time.
#[allow(clippy::all, clippy::pedantic)]
pub mod tr {
    include!(concat!(env!("OUT_DIR"), "/tr.rs"));
}

pub use locale::Lang;
pub use money::Money;
