//! The threads that typeset and make pictures: one a core, and behind whoever browses, buys or shows a ticket. Being few they need little
//! memory, however many orders were paid at once.
use crate::load;
use anyhow::Context as _;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// The kernel's last. It counts among this process's threads only: kernels that group processes by their session give the
/// database's group its share first.
const NICENESS: i32 = 19;
/// After each document, while people wait for a core, a thread rests so many times as long as the document took.
const REST: u32 = 4;
const LOOK: Duration = Duration::from_millis(5);

type Work = Box<dyn FnOnce() + Send>;

static QUEUE: LazyLock<mpsc::Sender<Work>> = LazyLock::new(|| {
    let (sender, receiver) = mpsc::channel::<Work>();
    let receiver = Arc::new(Mutex::new(receiver));
    for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
        let receiver = receiver.clone();
        let started = thread::Builder::new().name("press".into()).spawn(move || work(&receiver));
        if let Err(error) = started {
            tracing::error!(%error, "a thread for documents was not started");
        }
    }
    sender
});

fn work(queue: &Mutex<mpsc::Receiver<Work>>) {
    // Of this thread alone; without it documents are as fast as everything else.
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::warn!(%error, "documents are typeset at full priority");
    }
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        let began = Instant::now();
        // Its sender is dropped, by which the one who waits learns of it.
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            tracing::error!("typesetting ended early");
        }
        rest(began.elapsed() * REST);
    }
}

fn rest(longest: Duration) {
    let began = Instant::now();
    while load::is_high() && began.elapsed() < longest {
        thread::sleep(LOOK);
    }
}

/// Waits its turn, then for the work.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let (done, outcome) = oneshot::channel();
    let work = move || {
        // Whoever no longer waits need not hear of it.
        let _ = done.send(work());
    };
    QUEUE.send(Box::new(work)).ok().context("no thread typesets")?;
    outcome.await.context("typesetting ended early")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_and_ends_no_thread() {
        for _ in 0..8 {
            assert!(
                run(|| if true {
                    panic!("of the test")
                })
                .await
                .is_err()
            );
        }
        assert_eq!(run(|| 7).await.expect("work"), 7);
    }
}
