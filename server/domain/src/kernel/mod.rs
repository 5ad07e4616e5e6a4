//! What every room stands on: the clock, chance, secrets, jobs, events, the database's manners.
pub mod alphabet;
pub mod clock;
pub mod ctx;
pub mod db;
pub mod events;
pub mod idempotency;
pub mod jobs;
pub mod keys;

pub use clock::{Clock, SystemClock};
pub use ctx::{Ctx, Entropy, SystemEntropy};
pub use keys::Keys;
