//! Passkeys: the list among one's own settings, and the button at the door.
pub mod api;
mod ceremony;
mod door;
mod list;

pub use door::PasskeyDoor;
pub use list::PasskeyList;

use crate::error::AppError;
use ceremony::Trouble;
use sapar_shared::{Lang, tr::passkeys as tr};

/// Why it came to nothing, in words.
fn trouble(lang: Lang, trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Cancelled => tr::cancelled(lang),
        Trouble::There => tr::there(lang),
        Trouble::Failed => tr::failed(lang),
    }
}

fn refusal(lang: Lang, error: &AppError) -> &'static str {
    match error {
        AppError::WrongSignIn => tr::unknown(lang),
        AppError::Quantity => tr::too_many(lang),
        AppError::Over => tr::failed(lang),
        _ => tr::unavailable(lang),
    }
}
