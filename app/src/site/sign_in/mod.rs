//! Signing in and out. Buying needs none of it.
pub mod api;
mod code;
pub mod next;
pub mod page;
pub mod sign_out;
mod step;

pub use code::CodePage;
pub use page::SignInPage;
pub use sign_out::SignOut;
pub use step::StepPage;
