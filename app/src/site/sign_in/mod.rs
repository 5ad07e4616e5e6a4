//! Signing in and out. Only organisers do it: buying needs no account.
pub mod api;
pub mod next;
pub mod page;
pub mod sign_out;

pub use page::SignInPage;
pub use sign_out::SignOut;
