//! Passkeys: the list among one's own settings, and the button at the door.
pub mod api;
mod ceremony;
mod door;
mod list;

pub use door::PasskeyDoor;
pub use list::PasskeyList;

use crate::error::AppError;
use ceremony::Trouble;
use sapar_shared::{
    Lang,
    tr::{enter, passkeys as tr},
};

/// Why it came to nothing, in words.
fn trouble(lang: Lang, trouble: Trouble) -> String {
    let words = match trouble {
        Trouble::Cancelled => tr::cancelled(lang),
        Trouble::There => tr::there(lang),
        Trouble::Failed => tr::failed(lang),
    };
    words.to_owned()
}

fn refusal(lang: Lang, error: &AppError) -> String {
    let words = match error {
        AppError::TooMany { seconds } => return enter::wait(lang, i64::from(seconds.div_ceil(60))),
        AppError::WrongSignIn => tr::unknown(lang),
        AppError::Quantity => tr::too_many(lang),
        AppError::Fields(_) => tr::name_wrong(lang),
        AppError::Over => tr::failed(lang),
        _ => tr::unavailable(lang),
    };
    words.to_owned()
}
