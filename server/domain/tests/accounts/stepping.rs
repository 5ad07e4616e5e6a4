//! The second step: codes of an app and recovery codes, each once; and where one is signed in.
use super::people::{HERE, House, MAIL, SECRET, THERE};
use data_encoding::BASE32_NOPAD;
use jiff::SignedDuration;
use sapar_domain::accounts::{self, AccountError, NewSession};
use sapar_shared::dto::account::SafetyChange;
use sqlx::PgPool;
use totp_rs::{Builder, Totp};

/// The app on a phone.
fn app(secret: &str) -> Totp {
    let bytes: [u8; 20] = BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap();
    Builder::new().with_secret(bytes).build_noncompliant()
}

fn code(house: &House, app: &Totp) -> String {
    app.generate(u64::try_from(house.ctx.now().as_second()).unwrap()).to_string()
}

async fn step(house: &House, cookie: &str, typed: &str) -> Result<NewSession, AccountError> {
    accounts::pass_second_step(&mut *house.conn().await, &house.ctx, cookie, typed, &THERE).await
}

/// Somebody with the second step on: the app, the recovery codes, the session.
async fn careful(house: &House) -> (Totp, Vec<String>, String) {
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    house.begin_totp(&actor, SECRET).await.unwrap();
    let setup = accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap().unwrap();
    assert!(setup.qr_size > 20 && !setup.qr_path.is_empty());
    let app = app(&setup.secret);
    let wrong = accounts::enable_totp(&mut conn, &house.ctx, &actor, &cookie, "12345", HERE.address).await;
    assert!(matches!(wrong, Err(AccountError::Wrong)));
    assert!(!house.sign_in(MAIL, SECRET).await.unwrap().half_open, "not on before its first code");
    let first = code(house, &app);
    let (codes, session) = accounts::enable_totp(&mut conn, &house.ctx, &actor, &cookie, &first, HERE.address).await.unwrap();
    assert_eq!(accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap(), None, "the secret is shown no more");
    house.later(SignedDuration::from_secs(60));
    (app, codes, session.cookie)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_half_open_session_opens_nothing_and_a_code_works_once(pool: PgPool) {
    let house = House::new(pool);
    let (app, ..) = careful(&house).await;
    let half = house.sign_in(MAIL, SECRET).await.unwrap();
    assert!(half.half_open && house.actor(&half.cookie).await.is_none());
    let now = code(&house, &app);
    let whole = step(&house, &half.cookie, &now).await.unwrap();
    assert_ne!(whole.cookie, half.cookie);
    assert!(house.actor(&whole.cookie).await.is_some());
    assert!(matches!(step(&house, &half.cookie, &now).await, Err(AccountError::Over)), "the half one has ended");

    let again = house.sign_in(MAIL, SECRET).await.unwrap();
    assert!(matches!(step(&house, &again.cookie, &now).await, Err(AccountError::Wrong)), "the code was used");
    house.later(SignedDuration::from_secs(30));
    let next = code(&house, &app);
    assert!(step(&house, &again.cookie, &next).await.is_ok());

    let slow = house.sign_in(MAIL, SECRET).await.unwrap();
    house.later(SignedDuration::from_mins(10));
    let late = code(&house, &app);
    assert!(matches!(step(&house, &slow.cookie, &late).await, Err(AccountError::Over)));
}

#[sqlx::test(migrations = "../migrations")]
async fn recovery_codes_open_once_each(pool: PgPool) {
    let house = House::new(pool);
    let (_, codes, _) = careful(&house).await;
    assert_eq!(codes.len(), 10);
    house.post().await;
    let half = house.sign_in(MAIL, SECRET).await.unwrap();
    let typed = format!("{}-{}", codes[3][..5].to_lowercase(), &codes[3][5..]);
    let whole = step(&house, &half.cookie, &typed).await.unwrap();
    let actor = house.actor(&whole.cookie).await.unwrap();
    let account = accounts::account(&mut *house.conn().await, &house.ctx, &actor).await.unwrap();
    assert_eq!((account.second_step, account.recovery_left), (true, 9));
    assert_eq!(house.post().await.told(), [(SafetyChange::RecoveryCodeUsed, MAIL)], "its owner may have lost the phone");
    let half = house.sign_in(MAIL, SECRET).await.unwrap();
    assert!(matches!(step(&house, &half.cookie, &codes[3]).await, Err(AccountError::Wrong)));
    assert!(house.post().await.told().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn guessing_the_second_step_gets_slow(pool: PgPool) {
    let house = House::new(pool);
    let (app, ..) = careful(&house).await;
    let half = house.sign_in(MAIL, SECRET).await.unwrap();
    for _ in 0..5 {
        assert!(matches!(step(&house, &half.cookie, "AAAAAAAAAA").await, Err(AccountError::Wrong)));
    }
    let right = code(&house, &app);
    assert!(matches!(step(&house, &half.cookie, &right).await, Err(AccountError::TooMany { .. })));
}

#[sqlx::test(migrations = "../migrations")]
async fn turning_it_off_asks_for_the_password(pool: PgPool) {
    let house = House::new(pool);
    let (.., cookie) = careful(&house).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let wrong = accounts::disable_totp(&mut conn, &house.ctx, &actor, &cookie, "wrong", HERE.address).await;
    assert!(matches!(wrong, Err(AccountError::Wrong)), "{wrong:?}");
    accounts::disable_totp(&mut conn, &house.ctx, &actor, &cookie, SECRET, HERE.address).await.unwrap();
    assert!(house.actor(&cookie).await.is_none(), "the cookie is renewed");
    assert!(!house.sign_in(MAIL, SECRET).await.unwrap().half_open);
}

#[sqlx::test(migrations = "../migrations")]
async fn setting_it_up_asks_for_the_password_and_can_be_left(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    assert!(matches!(house.begin_totp(&actor, "wrong").await, Err(AccountError::Wrong)));
    assert!(matches!(house.begin_totp(&actor, "").await, Err(AccountError::Form(_))));
    let (_, stranger) = house.proven("stranger@example.kz").await;
    let stranger = house.actor(&stranger).await.unwrap();
    let mut conn = house.conn().await;
    let theirs = accounts::prove_person(&mut conn, &house.ctx, &stranger, SECRET, HERE.address).await.unwrap();
    let foreign = accounts::begin_totp(&mut conn, &house.ctx, &actor, &theirs).await;
    assert!(matches!(foreign, Err(AccountError::Wrong)), "another's password proves nothing: {foreign:?}");
    assert_eq!(accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap(), None);

    house.begin_totp(&actor, SECRET).await.unwrap();
    accounts::cancel_totp(&mut conn, &stranger).await.unwrap();
    assert!(accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap().is_some());
    accounts::cancel_totp(&mut conn, &actor).await.unwrap();
    assert_eq!(accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap(), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_step_that_is_on_is_not_left_by_the_way(pool: PgPool) {
    let house = House::new(pool);
    let (.., cookie) = careful(&house).await;
    let actor = house.actor(&cookie).await.unwrap();
    accounts::cancel_totp(&mut *house.conn().await, &actor).await.unwrap();
    assert!(house.sign_in(MAIL, SECRET).await.unwrap().half_open);
}

#[sqlx::test(migrations = "../migrations")]
async fn new_recovery_codes_end_the_old_ones(pool: PgPool) {
    let house = House::new(pool);
    let (_, old, cookie) = careful(&house).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let wrong = accounts::renew_recovery(&mut conn, &house.ctx, &actor, &cookie, "wrong", HERE.address).await;
    assert!(matches!(wrong, Err(AccountError::Wrong)), "{wrong:?}");
    let (codes, session) = accounts::renew_recovery(&mut conn, &house.ctx, &actor, &cookie, SECRET, HERE.address).await.unwrap();
    assert!(codes.len() == 10 && codes.iter().all(|code| !old.contains(code)));
    assert!(house.actor(&cookie).await.is_none() && house.actor(&session.cookie).await.is_some(), "the cookie is renewed");
    let half = house.sign_in(MAIL, SECRET).await.unwrap();
    assert!(matches!(step(&house, &half.cookie, &old[0]).await, Err(AccountError::Wrong)));
    assert!(step(&house, &half.cookie, &codes[0]).await.is_ok());

    let (_, other) = house.proven("other@example.kz").await;
    let actor = house.actor(&other).await.unwrap();
    let off = accounts::renew_recovery(&mut conn, &house.ctx, &actor, &other, SECRET, HERE.address).await;
    assert!(matches!(off, Err(AccountError::Over)), "{off:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn sessions_are_seen_and_ended_by_their_owner_only(pool: PgPool) {
    let house = House::new(pool);
    let (_, here) = house.proven(MAIL).await;
    let there = house.sign_in(MAIL, SECRET).await.unwrap().cookie;
    let (_, stranger) = house.proven("stranger@example.kz").await;
    house.later(SignedDuration::from_mins(61));
    let actor = house.actor(&here).await.unwrap();
    let mut conn = house.conn().await;
    let sessions = accounts::sessions(&mut conn, &house.ctx, &actor, &here).await.unwrap();
    assert_eq!(sessions.len(), 2);
    assert!(sessions[0].this && sessions[0].device == "Chrome, Android", "seen last, for the hour has passed: {sessions:?}");
    let other = sessions[1].id;
    let foreign = house.actor(&stranger).await.unwrap();
    accounts::end_session(&mut conn, &foreign, other).await.unwrap();
    assert!(house.actor(&there).await.is_some(), "another's session is none of theirs");
    accounts::end_session(&mut conn, &actor, other).await.unwrap();
    assert!(house.actor(&there).await.is_none());
    let third = house.sign_in(MAIL, SECRET).await.unwrap().cookie;
    accounts::end_other_sessions(&mut conn, &actor, &here).await.unwrap();
    assert!(house.actor(&third).await.is_none() && house.actor(&here).await.is_some());
    assert!(house.actor(&stranger).await.is_some());
}
