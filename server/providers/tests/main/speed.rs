//! How much the sandbox carries. Not a test of right and wrong: run it by name on an optimised build.
//! `cargo test --release -p sapar-providers -- --ignored --nocapture payments_per_second`
use crate::world::World;
use sapar_domain::payments::provider::PaymentProvider as _;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

const PAYMENTS: usize = 5000;
const WORKERS: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn payments_per_second() {
    let world = Arc::new(World::new().await);
    let next = Arc::new(AtomicUsize::new(0));
    for callback in ["none", "normal"] {
        next.store(0, Ordering::SeqCst);
        let begun = Instant::now();
        let workers = (0..WORKERS).map(|_| {
            let (world, next) = (Arc::clone(&world), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= PAYMENTS {
                        return;
                    }
                    let started = world.client.start(&world.order(&format!("{callback}-{n}"))).await.unwrap();
                    let (status, _) = world.decide(&started.provider_payment_id, "approve", callback).await;
                    assert_eq!(status, 200);
                }
            })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
        let rate = PAYMENTS as f64 / begun.elapsed().as_secs_f64();
        eprintln!("init_payment + approve, callback {callback}: {rate:.0}/s, client and shop in the same process");
    }
}
