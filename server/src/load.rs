//! How busy the process is with people, so that what can wait does.
use std::{
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
/// Two requests a core are more than are worked on at once.
static MANY: LazyLock<usize> = LazyLock::new(|| 2 * thread::available_parallelism().map_or(1, usize::from));

/// A request under way, for as long as it lives.
pub struct UnderWay(());

impl UnderWay {
    #[must_use]
    pub fn begin() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    }
}

/// People wait for a core.
#[must_use]
pub fn is_high() -> bool {
    UNDER_WAY.load(Ordering::Relaxed) >= *MANY
}
