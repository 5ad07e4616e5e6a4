//! What must follow in rooms above this one.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::DepartureId;

jobs_about! {
    /// Gives up the unpaid orders of a departure that was called off.
    EndHolds { departure: DepartureId } = "end_holds";
}
