//! Signing in by a code: the same answer for every number, few codes, few tries.
use super::people::{HERE, House, MAIL, PHONE, THERE};
use jiff::SignedDuration;
use sapar_domain::accounts::{self, AccountError, NewSession};
use sapar_shared::Lang;
use sqlx::PgPool;
use uuid::Uuid;

async fn ask(house: &House, phone: &str) -> Result<Uuid, AccountError> {
    accounts::ask_code(&mut *house.conn().await, &house.ctx, Lang::Ru, phone, HERE.address).await
}

async fn enter(house: &House, request: Uuid, code: &str) -> Result<NewSession, AccountError> {
    accounts::sign_in_by_code(&mut *house.conn().await, &house.ctx, request, code, &THERE).await
}

/// Somebody whose number is proven.
async fn aigul(house: &House) {
    let (_, cookie) = house.proven(MAIL).await;
    house.prove_phone(&cookie, PHONE).await.unwrap();
    house.later(SignedDuration::from_mins(15));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_a_proven_number_gets_a_message_and_opens(pool: PgPool) {
    let house = House::new(pool);
    house.sign_up(MAIL, "көлсай-2026").await.unwrap();
    house.post().await;
    let request = ask(&house, "8 701 123 45 67").await.unwrap();
    assert!(house.post().await.texts.is_empty(), "typed at sign-up, but not proven");
    let code = house.ctx.keys.sms_code(request);
    assert!(matches!(enter(&house, request, &code).await, Err(AccountError::Wrong)));
    assert!(matches!(enter(&house, Uuid::from_u128(7), "000000").await, Err(AccountError::Wrong)));
    assert!(matches!(ask(&house, "12").await, Err(AccountError::Form(_))));

    let (_, cookie) = house.proven("second@example.kz").await;
    house.prove_phone(&cookie, "+77770000002").await.unwrap();
    let request = ask(&house, "+77770000002").await.unwrap();
    let code = house.post().await.code("+77770000002");
    let session = enter(&house, request, &format!(" {} {} ", &code[..3], &code[3..])).await.unwrap();
    assert!(house.actor(&session.cookie).await.is_some());
    assert!(matches!(enter(&house, request, &code).await, Err(AccountError::Wrong)), "once");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_code_has_five_tries_and_ten_minutes(pool: PgPool) {
    let house = House::new(pool);
    aigul(&house).await;
    let request = ask(&house, PHONE).await.unwrap();
    let code = house.post().await.code(PHONE);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert!(matches!(enter(&house, request, wrong).await, Err(AccountError::Wrong)));
    }
    assert!(matches!(enter(&house, request, &code).await, Err(AccountError::TooMany { .. })), "the guesser waits");
    let elsewhere = accounts::sign_in_by_code(&mut *house.conn().await, &house.ctx, request, &code, &HERE).await;
    assert!(matches!(elsewhere, Err(AccountError::Wrong)), "and this code is dead: {elsewhere:?}");

    house.later(SignedDuration::from_mins(15));
    let request = ask(&house, PHONE).await.unwrap();
    let code = house.post().await.code(PHONE);
    house.later(SignedDuration::from_mins(10));
    assert!(matches!(enter(&house, request, &code).await, Err(AccountError::Wrong)), "late");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_number_gets_three_codes_known_or_not(pool: PgPool) {
    let house = House::new(pool);
    aigul(&house).await;
    for phone in [PHONE, "+77770000009"] {
        for _ in 0..3 {
            ask(&house, phone).await.unwrap();
        }
        assert!(matches!(ask(&house, phone).await, Err(AccountError::TooMany { seconds: 900 })), "{phone}");
    }
    house.later(SignedDuration::from_mins(15));
    assert!(ask(&house, PHONE).await.is_ok());
}
