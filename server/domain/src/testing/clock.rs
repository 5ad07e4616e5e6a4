use crate::kernel::{Clock, Ctx, Entropy, Keys};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

/// Stands still until `advance`.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}

/// Chance from a seed: the same in every run.
struct Seeded(Mutex<StdRng>);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// A context at the given moment (RFC 3339), and its clock.
///
/// # Panics
/// When the text is no timestamp.
#[must_use]
pub fn ctx_with(now: &str) -> (Ctx, TestClock) {
    let clock = TestClock::at(now.parse().expect("an RFC 3339 timestamp"));
    let entropy = Seeded(Mutex::new(StdRng::seed_from_u64(7)));
    (Ctx::with(clock.clone(), entropy, Keys::derive(b"a secret for tests"), "https://sapar.test", true), clock)
}

/// A context whose clock nobody moves.
#[must_use]
pub fn ctx_at(now: &str) -> Ctx {
    ctx_with(now).0
}
