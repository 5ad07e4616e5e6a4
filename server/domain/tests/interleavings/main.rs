//! Whatever order things happen in, one after another, at once or cut off half way: places, tickets and money agree.
mod case;
mod market;
mod rules;
use crate::{
    case::cases,
    market::{Market, Tours, broken},
    rules::RULES,
};
use futures::future::join_all;
use jiff::SignedDuration;
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};
use sapar_domain::{
    testing::{TourBuilder, ctx_with, services},
    tickets,
};
use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

const NOW: &str = "2026-11-21T04:00:00Z";
/// Cancelling is free until two days before, so a day later it is not, and on the third the bus leaves.
const DAYS_AHEAD: i64 = 3;
const LANES: usize = 4;
const CASES: u32 = 40;

/// Polls a future so often and drops it then, as a process that dies does.
async fn cut<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(cx).map(Some)
    })
    .await
}

/// Runs the property on a thread that may block, for proptest knows no futures.
async fn for_all<S, F>(
    pool: PgPool,
    strategy: impl FnOnce() -> S + Send + 'static,
    property: impl Fn(PgPool, Tours, S::Value) -> F + Send + 'static,
) where
    S: Strategy,
    F: Future<Output = TestCaseResult>,
{
    let ctx = ctx_with(NOW).0;
    let starts_at = ctx.now() + SignedDuration::from_hours(24 * DAYS_AHEAD);
    let mut tours = Vec::new();
    for name in ["kolsai", "charyn"] {
        let tour = TourBuilder::new(name).child_quota(1).starts_at(starts_at);
        tours.push(tour.create(&mut pool.acquire().await.expect("a connection"), &ctx).await.expect("a tour"));
    }
    let tours = Tours::try_from(tours).expect("two tours");
    let runtime = tokio::runtime::Handle::current();
    let checked = tokio::task::spawn_blocking(move || {
        let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
        let checked = TestRunner::new(config).run(&strategy(), |case| runtime.block_on(property(pool.clone(), tours, case)));
        checked.map_err(|error| error.to_string())
    });
    if let Err(error) = checked.await.expect("the runner ends") {
        panic!("{error}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_after_another(pool: PgPool) {
    for_all(
        pool,
        || cases(40),
        async |pool, tours, case| {
            let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
            for op in &case.ops {
                market.apply(op).await?;
                market.check(&RULES).await?;
            }
            market.come_to_rest(case.told).await
        },
    )
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn at_once(pool: PgPool) {
    for_all(
        pool,
        || cases(60),
        async |pool, tours, case| {
            let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
            let market = &market;
            let lanes = (0..LANES).map(|lane| case.ops.iter().skip(lane).step_by(LANES));
            let done = join_all(lanes.map(async |ops| {
                for op in ops {
                    market.apply(op).await?;
                }
                Ok(())
            }));
            done.await.into_iter().collect::<TestCaseResult>()?;
            market.come_to_rest(case.told).await
        },
    )
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn cut_off_half_way(pool: PgPool) {
    let strategy = || (cases(40), prop::collection::vec(1..40_usize, 40));
    for_all(pool, strategy, async |pool, tours, (case, cuts)| {
        let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
        for (op, polls) in case.ops.iter().zip(cuts) {
            cut(market.apply(op), polls).await.unwrap_or(Ok(()))?;
        }
        market.come_to_rest(case.told).await
    })
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transaction_dropped_while_it_begins_is_not_handed_on(_: PgPoolOptions, options: PgConnectOptions) {
    let mut watcher = PgConnection::connect_with(&options).await.expect("a connection");
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.expect("a pool");
    let services = services(pool, ctx_with(NOW).0, &Arc::default());
    for round in 0..60 {
        drop(cut(services.begin(), 1 + round % 6).await);
        let (mut next, key) = (services.conn().await.expect("a connection"), format!("round {round}"));
        tickets::delivered(&mut next, &services.ctx, &key, "mail", None).await.expect("it is written down");
        assert!(tickets::sent_before(&mut watcher, &key).await.expect("a look"), "{key}: nobody else sees what was written");
    }
}
