//! What the pages about accounts share: who is at the door, what is refused in which words.
pub mod banner;
#[cfg(feature = "ssr")]
pub mod door;
pub mod refusal;

pub use banner::{ConfirmBanner, SendAgain};
pub use refusal::{
    Done, Refused, arrive, caret, done, field_error, focus_first, own_password_error, refusal, reset_after, successes,
};
