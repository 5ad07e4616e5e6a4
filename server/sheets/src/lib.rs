//! Workbooks by which tours come in. A file is a stranger's: it is looked at from outside before anything of it is unpacked,
//! and read cell by cell within bounds that hold whatever it claims about itself.
mod corrected;
mod guard;
mod look;
mod read;
mod refused;
mod template;

pub use corrected::corrected;
pub use read::read;
pub use refused::Refused;
pub use template::{Choices, template};

pub use rust_xlsxwriter::XlsxError as WriteError;
