//! Whoever owns an account hears of each change to how one signs in: at the proven e-mail, or else by SMS.
use super::{
    device::Device,
    people::{HERE, House, MAIL, PHONE, SECRET},
};
use data_encoding::BASE32_NOPAD;
use sapar_domain::accounts::{self, LetterKind, passkeys};
use sapar_shared::{
    Lang,
    dto::account::SafetyChange::{self, Email, PasskeyAdded, PasskeyRemoved, Password, RecoveryCodes, StepOff, StepOn},
};
use sqlx::PgPool;
use totp_rs::Builder;

const NEW_MAIL: &str = "new@example.kz";
const NEW_PHONE: &str = "+77770000003";

async fn told(house: &House) -> Vec<SafetyChange> {
    let post = house.post().await;
    assert!(post.told().iter().all(|(_, to)| *to == MAIL), "{:?}", post.notices);
    post.notices.iter().map(|notice| notice.change).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_password_says_so_with_time_and_device(pool: PgPool) {
    let house = House::new(pool);
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    let confirm = house.post().await.token(LetterKind::Confirm);
    house.confirm(&confirm, Some(&session.cookie), "").await.unwrap();
    let cookie = house.sign_in(MAIL, SECRET).await.unwrap().cookie;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    assert!(accounts::change_password(&mut conn, &house.ctx, &actor, &cookie, "wrong", "шарын-2027", "").await.is_err());
    assert!(told(&house).await.is_empty());
    accounts::change_password(&mut conn, &house.ctx, &actor, &cookie, SECRET, "шарын-2027", HERE.address).await.unwrap();
    let post = house.post().await;
    assert_eq!(post.told(), [(Password, MAIL)]);
    let notice = &post.notices[0];
    assert_eq!((notice.at, notice.lang, notice.device.as_str()), (house.ctx.now(), Lang::Kk, ""));
    assert!(notice.url.ends_with("/kk/reset") && !notice.former, "{notice:?}");

    accounts::ask_reset(&mut conn, &house.ctx, Lang::Ru, MAIL, HERE.address).await.unwrap();
    let token = house.post().await.token(LetterKind::Reset);
    accounts::reset_password(&mut conn, &house.ctx, &token, "алтынемел-28", &HERE).await.unwrap();
    let post = house.post().await;
    assert_eq!(post.told(), [(Password, MAIL)]);
    assert_eq!(post.notices[0].device, "Chrome, Android");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_step_and_keys_say_so(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    house.begin_totp(&actor, SECRET).await.unwrap();
    assert!(told(&house).await.is_empty(), "nothing is on yet");
    let mut conn = house.conn().await;
    let setup = accounts::totp_setup(&mut conn, &house.ctx, &actor).await.unwrap().unwrap();
    let secret: [u8; 20] = BASE32_NOPAD.decode(setup.secret.as_bytes()).unwrap().try_into().unwrap();
    let app = Builder::new().with_secret(secret).build_noncompliant();
    let code = app.generate(u64::try_from(house.ctx.now().as_second()).unwrap()).to_string();
    let (_, on) = accounts::enable_totp(&mut conn, &house.ctx, &actor, &cookie, &code, HERE.address).await.unwrap();
    assert_eq!(told(&house).await, [StepOn]);
    let (_, renewed) = accounts::renew_recovery(&mut conn, &house.ctx, &actor, &on.cookie, SECRET, HERE.address).await.unwrap();
    assert_eq!(told(&house).await, [RecoveryCodes]);
    accounts::disable_totp(&mut conn, &house.ctx, &actor, &renewed.cookie, SECRET, HERE.address).await.unwrap();
    assert_eq!(told(&house).await, [StepOff]);

    let proven = accounts::prove_person(&mut conn, &house.ctx, &actor, SECRET, HERE.address).await.unwrap();
    let asked = passkeys::start_registration(&mut conn, &house.ctx, &actor, &proven).await.unwrap();
    let answer = Device::new("https://sapar.test").create(&asked.options);
    passkeys::finish_registration(&mut conn, &house.ctx, &actor, asked.id, ("", Lang::Ru), &answer, HERE.agent).await.unwrap();
    assert_eq!(told(&house).await, [PasskeyAdded]);
    let id = passkeys::passkeys(&mut conn, &actor).await.unwrap()[0].id.clone();
    passkeys::remove_passkey(&mut conn, &house.ctx, &actor, &id, HERE.agent).await.unwrap();
    passkeys::remove_passkey(&mut conn, &house.ctx, &actor, &id, HERE.agent).await.unwrap();
    assert_eq!(told(&house).await, [PasskeyRemoved], "once");
}

#[sqlx::test(migrations = "../migrations")]
async fn both_mailboxes_hear_of_another_e_mail(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    accounts::begin_email_change(&mut conn, &house.ctx, &actor, Lang::Ru, NEW_MAIL, SECRET, HERE.address).await.unwrap();
    let post = house.post().await;
    house.confirm(&post.token(LetterKind::ChangeNew), None, "").await.unwrap();
    assert!(house.post().await.notices.is_empty());
    house.confirm(&post.token(LetterKind::ChangeOld), None, "").await.unwrap();
    let post = house.post().await;
    let mut to = post.told();
    to.sort_by_key(|(_, to)| *to);
    assert_eq!(to, [(Email, MAIL), (Email, NEW_MAIL)]);
    assert!(post.notices.iter().all(|notice| notice.former == (notice.to == accounts::NoticeTo::Mail(MAIL.into()))));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_number_says_so_by_mail_and_where_there_is_none_to_the_former_one(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    house.prove_phone(&cookie, PHONE).await.unwrap();
    assert_eq!(house.post().await.told(), [(SafetyChange::Phone, MAIL)]);

    // Nobody has proven this one's e-mail.
    let (_, session) = house.sign_up("unproven@example.kz", SECRET).await.unwrap();
    let cookie = house.prove_phone(&session.cookie, NEW_PHONE).await.unwrap();
    assert!(house.post().await.notices.is_empty(), "the first number concerns nobody else");
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let third = "+77770000004";
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Kk, third, SECRET, HERE.address).await.unwrap();
    let post = house.post().await;
    assert_eq!(post.leaving, [NEW_PHONE], "its message says what the code does");
    let (new, old) = (post.code(third), post.code(NEW_PHONE));
    let session = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &new, &old, HERE.address).await.unwrap();
    assert_eq!(house.post().await.told(), [(SafetyChange::Phone, NEW_PHONE)]);
    let actor = house.actor(&session.cookie).await.unwrap();
    accounts::change_password(&mut conn, &house.ctx, &actor, &session.cookie, SECRET, "шарын-2027", HERE.address).await.unwrap();
    assert_eq!(house.post().await.told(), [(Password, third)]);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_has_proven_nothing_is_told_nothing(pool: PgPool) {
    let house = House::new(pool);
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    let actor = house.actor(&session.cookie).await.unwrap();
    let mut conn = house.conn().await;
    accounts::change_password(&mut conn, &house.ctx, &actor, &session.cookie, SECRET, "шарын-2027", HERE.address).await.unwrap();
    assert!(house.post().await.notices.is_empty(), "the mailbox may be somebody else's");
}
