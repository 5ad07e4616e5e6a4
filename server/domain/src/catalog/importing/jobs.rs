//! What follows once a checked file got the word.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::ImportId;

jobs_about! {
    /// Writes down what the file brings.
    ImportTours { import: ImportId } = "import_tours";
}
