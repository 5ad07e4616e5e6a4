//! Passkeys: made on a device, found without a name, and theirs only whose finger it was.
use super::{
    device::Device,
    people::{HERE, House, MAIL, SECRET, THERE},
};
use jiff::SignedDuration;
use sapar_domain::accounts::{
    self, AccountError, Actor, Confirmed, LetterKind, NewSession,
    passkeys::{self, PasskeyError},
};
use sapar_shared::{Lang, forms::FieldError, tr};
use sqlx::PgPool;

/// Where the tests' house stands.
const ORIGIN: &str = "https://sapar.test";

async fn add(house: &House, actor: &Actor, device: &mut Device) -> Result<(), PasskeyError> {
    add_by(house, actor, SECRET, device).await
}

/// By an account of that password.
async fn add_by(house: &House, actor: &Actor, password: &str, device: &mut Device) -> Result<(), PasskeyError> {
    let mut conn = house.conn().await;
    let proven = accounts::prove_person(&mut conn, &house.ctx, actor, password, HERE.address).await?;
    let asked = passkeys::start_registration(&mut conn, &house.ctx, actor, &proven).await?;
    let answer = device.create(&asked.options);
    passkeys::finish_registration(&mut conn, &house.ctx, actor, asked.id, (" Телефон  Айгүл ", Lang::Kk), &answer, HERE.agent)
        .await
}

async fn sign_in(house: &House, device: &mut Device) -> Result<NewSession, PasskeyError> {
    let mut conn = house.conn().await;
    let asked = passkeys::start_sign_in(&mut conn, &house.ctx).await?;
    let answer = device.get(&asked.options);
    passkeys::sign_in(&mut conn, &house.ctx, asked.id, &answer, &THERE).await
}

/// Somebody with a key on a device.
async fn aigul(house: &House) -> (Actor, Device) {
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut device = Device::new(ORIGIN);
    add(house, &actor, &mut device).await.unwrap();
    (actor, device)
}

#[track_caller]
fn not_proven<T: std::fmt::Debug>(outcome: Result<T, PasskeyError>) {
    assert!(matches!(outcome, Err(PasskeyError::NotProven)), "{outcome:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_key_opens_the_account_it_was_made_for_until_it_is_removed(pool: PgPool) {
    let house = House::new(pool);
    let (actor, mut device) = aigul(&house).await;
    let session = sign_in(&house, &mut device).await.unwrap();
    assert!(!session.half_open, "the device has asked its owner");
    assert_eq!(house.actor(&session.cookie).await.unwrap().account, actor.account);
    let mut conn = house.conn().await;
    let rows = passkeys::passkeys(&mut conn, &actor).await.unwrap();
    assert_eq!((rows.len(), rows[0].name.as_str(), rows[0].last_used_at), (1, "Телефон Айгүл", Some(house.ctx.now())));

    let (_, cookie) = house.proven("other@example.kz").await;
    let other = house.actor(&cookie).await.unwrap();
    assert!(passkeys::passkeys(&mut conn, &other).await.unwrap().is_empty());
    assert!(
        !passkeys::remove_passkey(&mut conn, &house.ctx, &other, &rows[0].id, "").await.unwrap(),
        "another's key is none of theirs"
    );
    not_proven(add(&house, &other, &mut device).await);
    let theirs = accounts::prove_person(&mut conn, &house.ctx, &other, SECRET, HERE.address).await.unwrap();
    not_proven(passkeys::start_registration(&mut conn, &house.ctx, &actor, &theirs).await);
    assert!(passkeys::remove_passkey(&mut conn, &house.ctx, &actor, &rows[0].id, "").await.unwrap());
    not_proven(sign_in(&house, &mut device).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_answer_is_good_once_and_soon(pool: PgPool) {
    let house = House::new(pool);
    let (actor, mut device) = aigul(&house).await;
    let mut conn = house.conn().await;
    let asked = passkeys::start_sign_in(&mut conn, &house.ctx).await.unwrap();
    let answer = device.get(&asked.options);
    // To another question it is no answer, and that question is gone.
    let other = passkeys::start_sign_in(&mut conn, &house.ctx).await.unwrap();
    not_proven(passkeys::sign_in(&mut conn, &house.ctx, other.id, &answer, &THERE).await);
    let late = device.get(&other.options);
    not_proven(passkeys::sign_in(&mut conn, &house.ctx, other.id, &late, &THERE).await);
    passkeys::sign_in(&mut conn, &house.ctx, asked.id, &answer, &THERE).await.unwrap();
    not_proven(passkeys::sign_in(&mut conn, &house.ctx, asked.id, &answer, &THERE).await);

    let proven = accounts::prove_person(&mut conn, &house.ctx, &actor, SECRET, HERE.address).await.unwrap();
    let asked = passkeys::start_registration(&mut conn, &house.ctx, &actor, &proven).await.unwrap();
    let made = Device::new(ORIGIN).create(&asked.options);
    house.later(SignedDuration::from_mins(5));
    not_proven(passkeys::finish_registration(&mut conn, &house.ctx, &actor, asked.id, ("", Lang::Ru), &made, "").await);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_key_of_spaces_gets_a_name_in_the_pages_language(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    for lang in Lang::ALL {
        let proven = accounts::prove_person(&mut conn, &house.ctx, &actor, SECRET, HERE.address).await.unwrap();
        let asked = passkeys::start_registration(&mut conn, &house.ctx, &actor, &proven).await.unwrap();
        let answer = Device::new(ORIGIN).create(&asked.options);
        let made = passkeys::finish_registration(&mut conn, &house.ctx, &actor, asked.id, ("  ", lang), &answer, "").await;
        made.unwrap();
    }
    let rows = passkeys::passkeys(&mut conn, &actor).await.unwrap();
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    for lang in Lang::ALL {
        assert!(names.contains(&tr::passkeys::name_default(lang)), "{names:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_device_without_a_fitting_name_is_told_so_and_may_be_named_again(pool: PgPool) {
    let house = House::new(pool);
    let (actor, _) = aigul(&house).await;
    let mut conn = house.conn().await;
    let proven = accounts::prove_person(&mut conn, &house.ctx, &actor, SECRET, HERE.address).await.unwrap();
    let asked = passkeys::start_registration(&mut conn, &house.ctx, &actor, &proven).await.unwrap();
    let made = Device::new(ORIGIN).create(&asked.options);
    for (name, why) in [(&*"ә".repeat(61), FieldError::TooLong), ("a\u{0}b", FieldError::Name)] {
        let refused = passkeys::finish_registration(&mut conn, &house.ctx, &actor, asked.id, (name, Lang::Kk), &made, "").await;
        assert!(matches!(&refused, Err(PasskeyError::Name(error)) if *error == why), "{refused:?}");
    }
    passkeys::finish_registration(&mut conn, &house.ctx, &actor, asked.id, ("ә".repeat(60).as_str(), Lang::Kk), &made, "")
        .await
        .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_page_elsewhere_a_stranger_and_a_copy_are_refused(pool: PgPool) {
    let house = House::new(pool);
    let (actor, mut device) = aigul(&house).await;
    device.counter = 7;
    sign_in(&house, &mut device).await.unwrap();
    device.origin = "https://sapar.test.evil.example";
    not_proven(sign_in(&house, &mut device).await);
    device.origin = ORIGIN;
    device.asks = false;
    not_proven(sign_in(&house, &mut device).await);
    device.asks = true;
    device.counter = 2;
    not_proven(sign_in(&house, &mut device).await);
    device.counter = 20;
    sign_in(&house, &mut device).await.unwrap();
    not_proven(add(&house, &actor, &mut Device::new("https://evil.example")).await);
    assert_eq!(passkeys::passkeys(&mut *house.conn().await, &actor).await.unwrap().len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_forges_waits_whatever_comes_next(pool: PgPool) {
    let house = House::new(pool);
    let (_, mut device) = aigul(&house).await;
    device.origin = "https://evil.example";
    for _ in 0..5 {
        not_proven(sign_in(&house, &mut device).await);
    }
    device.origin = ORIGIN;
    let braked = sign_in(&house, &mut device).await;
    assert!(matches!(braked, Err(PasskeyError::Account(AccountError::TooMany { .. }))), "{braked:?}");
    house.later(SignedDuration::from_mins(15));
    sign_in(&house, &mut device).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_key_made_before_the_mailbox_was_proven_opens_nothing(pool: PgPool) {
    let house = House::new(pool);
    // Somebody signs up with Aigul's e-mail, leaves a key, and waits.
    let (_, waiter) = house.sign_up(MAIL, "the waiter's secret").await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    let mut device = Device::new(ORIGIN);
    let actor = house.actor(&waiter.cookie).await.unwrap();
    add_by(&house, &actor, "the waiter's secret", &mut device).await.unwrap();
    let confirmed = accounts::confirm(&mut *house.conn().await, &house.ctx, &token, None, SECRET, &HERE).await.unwrap();
    assert!(matches!(confirmed, Confirmed::Email(_)));
    not_proven(sign_in(&house, &mut device).await);
}
