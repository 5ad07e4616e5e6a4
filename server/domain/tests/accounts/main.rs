//! Accounts: signing in and what slows down whoever guesses its password, here; what people prove and change, in the files
//! beside.
#![allow(clippy::unwrap_used)]
mod changing;
mod codes;
mod device;
mod guessing;
mod notices;
mod passkeys;
mod people;
mod proving;
mod stepping;
mod telling;

use jiff::SignedDuration;
use sapar_domain::{
    accounts::{self, AccountError, Device, NewAccount},
    kernel::Ctx,
    testing::{TestClock, ctx_with},
};
use sapar_shared::contact::Email;
use sqlx::PgPool;

const OWNER: &str = "owner@example.kz";
const RIGHT: &str = "көлсай-2026";
const HOME: &str = "10.0.0.1";

async fn owner(pool: &PgPool) -> (Ctx, TestClock) {
    let (ctx, clock) = ctx_with("2026-11-21T09:00:00Z");
    let email = Email::parse(OWNER).unwrap();
    let new = NewAccount { email: &email, name: "Дәурен", password: RIGHT, membership: None };
    accounts::create_account(&mut pool.acquire().await.unwrap(), &ctx, &new).await.unwrap();
    (ctx, clock)
}

/// `Ok` in, `Err(0)` wrong, `Err(seconds)` to wait.
async fn attempt(pool: &PgPool, ctx: &Ctx, password: &str, address: &str) -> Result<(), i64> {
    let mut conn = pool.acquire().await.unwrap();
    match accounts::sign_in(&mut conn, ctx, OWNER, password, &Device { address, agent: "" }).await {
        Ok(_) => Ok(()),
        Err(AccountError::Wrong) => Err(0),
        Err(AccountError::TooMany { seconds }) => Err(seconds),
        Err(error) => panic!("{error}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn many_at_once_get_no_more_tries_than_one_after_another(pool: PgPool) {
    let (ctx, _) = owner(&pool).await;
    let tries = (0..40).map(|_| {
        let (pool, ctx) = (pool.clone(), ctx.clone());
        tokio::spawn(async move { attempt(&pool, &ctx, "wrong", HOME).await })
    });
    let mut looked_at = 0;
    for answer in tries.collect::<Vec<_>>() {
        looked_at += i32::from(answer.await.unwrap() == Err(0));
    }
    assert_eq!(looked_at, 5);
}

#[sqlx::test(migrations = "../migrations")]
async fn somebody_elses_guesses_do_not_lock_the_owner_out(pool: PgPool) {
    let (ctx, clock) = owner(&pool).await;
    for _ in 0..5 {
        assert_eq!(attempt(&pool, &ctx, "wrong", "10.0.0.2").await, Err(0));
        clock.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(attempt(&pool, &ctx, RIGHT, "10.0.0.2").await, Err(15 * 60 - 5), "the guesser waits, even when he is right");
    assert_eq!(attempt(&pool, &ctx, RIGHT, HOME).await, Ok(()));
    clock.advance(SignedDuration::from_mins(15));
    assert_eq!(attempt(&pool, &ctx, RIGHT, "10.0.0.2").await, Ok(()), "waiting ends");
}

#[sqlx::test(migrations = "../migrations")]
async fn success_forgets_and_many_addresses_are_braked_together(pool: PgPool) {
    let (ctx, _) = owner(&pool).await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(attempt(&pool, &ctx, "wrong", HOME).await, Err(0));
        }
        assert_eq!(attempt(&pool, &ctx, RIGHT, HOME).await, Ok(()));
    }
    for guesser in 0..50 {
        assert_eq!(attempt(&pool, &ctx, "wrong", &format!("10.1.0.{}", guesser / 5)).await, Err(0));
    }
    assert_eq!(attempt(&pool, &ctx, "wrong", "10.2.0.1").await, Err(3600));
}
