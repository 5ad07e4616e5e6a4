//! Another e-mail, number or password: both sides agree, and nothing changes before. What one tells of oneself goes again.
use super::people::{HERE, House, MAIL, PHONE, SECRET, THERE};
use jiff::SignedDuration;
use sapar_domain::accounts::{self, AccountError, Confirmed, LetterKind};
use sapar_shared::{
    Lang,
    dto::account::{Channel, LinkAbout},
    forms::FieldError,
};
use sqlx::PgPool;

const NEW_MAIL: &str = "new@example.kz";
const NEW_PHONE: &str = "+77770000003";

async fn change_email(house: &House, cookie: &str, password: &str) -> Result<(), AccountError> {
    let actor = house.actor(cookie).await.unwrap();
    accounts::begin_email_change(&mut *house.conn().await, &house.ctx, &actor, Lang::Ru, NEW_MAIL, password, HERE.address).await
}

async fn email(house: &House, cookie: &str) -> String {
    house.actor(cookie).await.unwrap().email
}

#[sqlx::test(migrations = "../migrations")]
async fn an_e_mail_changes_when_both_have_agreed(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    assert!(matches!(change_email(&house, &cookie, "wrong").await, Err(AccountError::Wrong)));
    change_email(&house, &cookie, SECRET).await.unwrap();
    let post = house.post().await;
    let (new, old) = (post.token(LetterKind::ChangeNew), post.token(LetterKind::ChangeOld));
    assert!(post.letters.iter().all(|l| l.email == if l.kind == LetterKind::ChangeNew { NEW_MAIL } else { MAIL }));
    assert_eq!(house.confirm(&new, None, "").await.unwrap(), Confirmed::OneSide);
    assert_eq!(email(&house, &cookie).await, MAIL);
    assert!(matches!(house.confirm(&new, None, "").await, Err(AccountError::Over)));
    assert_eq!(house.confirm(&old, None, "").await.unwrap(), Confirmed::Changed);
    assert_eq!(email(&house, &cookie).await, NEW_MAIL);
    assert!(house.sign_in(NEW_MAIL, SECRET).await.is_ok());
    assert!(matches!(house.sign_in(MAIL, SECRET).await, Err(AccountError::Wrong)));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_wish_taken_back_takes_its_links_with_it(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    change_email(&house, &cookie, SECRET).await.unwrap();
    let post = house.post().await;
    let actor = house.actor(&cookie).await.unwrap();
    accounts::cancel_change(&mut *house.conn().await, &actor, Channel::Email).await.unwrap();
    for kind in [LetterKind::ChangeNew, LetterKind::ChangeOld] {
        assert!(matches!(house.confirm(&post.token(kind), None, "").await, Err(AccountError::Over)));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn either_mailbox_may_end_the_change(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    for (kind, other) in [(LetterKind::ChangeNew, LetterKind::ChangeOld), (LetterKind::ChangeOld, LetterKind::ChangeNew)] {
        change_email(&house, &cookie, SECRET).await.unwrap();
        let post = house.post().await;
        let mut conn = house.conn().await;
        let wrong = accounts::refuse_change(&mut conn, &house.ctx, "WRONG", HERE.address).await;
        assert!(matches!(wrong, Err(AccountError::Over)), "{wrong:?}");
        accounts::refuse_change(&mut conn, &house.ctx, &post.token(kind), HERE.address).await.unwrap();
        assert!(matches!(house.confirm(&post.token(other), None, "").await, Err(AccountError::Over)));
        let again = accounts::refuse_change(&mut conn, &house.ctx, &post.token(kind), HERE.address).await;
        assert!(matches!(again, Err(AccountError::Over)), "{again:?}");
        assert_eq!(email(&house, &cookie).await, MAIL);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_new_mailbox_learns_nothing_of_the_account(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    change_email(&house, &cookie, SECRET).await.unwrap();
    let post = house.post().await;
    let mut conn = house.conn().await;
    let (new, old) = (post.token(LetterKind::ChangeNew), post.token(LetterKind::ChangeOld));
    let seen = accounts::look_at_link(&mut conn, &house.ctx, &new, None).await.unwrap();
    assert_eq!((seen.name.as_str(), seen.email.as_str()), ("", NEW_MAIL));
    assert_eq!(seen.about, LinkAbout::Change { from: String::new(), to: NEW_MAIL.into(), both: true });
    let (_, stranger) = house.proven("stranger@example.kz").await;
    let seen = accounts::look_at_link(&mut conn, &house.ctx, &new, Some(&stranger)).await.unwrap();
    assert_eq!(seen.name, "");
    for (token, cookie) in [(&new, Some(cookie.as_str())), (&old, None)] {
        let seen = accounts::look_at_link(&mut conn, &house.ctx, token, cookie).await.unwrap();
        assert_eq!(seen.about, LinkAbout::Change { from: MAIL.into(), to: NEW_MAIL.into(), both: true });
        assert_eq!(seen.name, "Айгүл Сәтбаева");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_e_mail_that_found_its_owner_meanwhile_is_not_given_twice(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    change_email(&house, &cookie, SECRET).await.unwrap();
    let post = house.post().await;
    house.confirm(&post.token(LetterKind::ChangeOld), None, "").await.unwrap();
    house.proven(NEW_MAIL).await;
    let taken = house.confirm(&post.token(LetterKind::ChangeNew), None, "").await;
    assert!(matches!(taken, Err(AccountError::Taken)), "{taken:?}");
    assert_eq!(email(&house, &cookie).await, MAIL);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_number_changes_by_the_codes_of_both(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let cookie = house.prove_phone(&cookie, PHONE).await.unwrap();
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let begin = accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, NEW_PHONE, "", HERE.address).await;
    assert!(matches!(begin, Err(AccountError::Wrong)), "another number wants the password");
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, NEW_PHONE, SECRET, HERE.address).await.unwrap();
    let post = house.post().await;
    let (new, old) = (post.code(NEW_PHONE), post.code(PHONE));
    let half = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &new, "", HERE.address).await;
    let Err(AccountError::Form(errors)) = half else { panic!("{half:?}") };
    assert_eq!(errors, [("old_code".to_owned(), FieldError::Code)]);
    let account = accounts::account(&mut conn, &house.ctx, &actor).await.unwrap();
    assert_eq!(account.phone.as_deref(), Some(PHONE));
    assert!(account.phone_change.is_some_and(|change| change.new_agreed && !change.old_agreed));
    accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, "", &old, HERE.address).await.unwrap();
    let account = accounts::account(&mut conn, &house.ctx, &actor).await.unwrap();
    assert_eq!((account.phone.as_deref(), account.phone_confirmed, account.phone_change), (Some(NEW_PHONE), true, None));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_number_has_one_owner(pool: PgPool) {
    let house = House::new(pool);
    let (_, first) = house.proven(MAIL).await;
    house.prove_phone(&first, PHONE).await.unwrap();
    let (_, second) = house.proven("second@example.kz").await;
    let taken = house.prove_phone(&second, PHONE).await;
    assert!(matches!(taken, Err(AccountError::Taken)), "{taken:?}");
    // Nothing waits for a code that could change nothing: the next number may be told.
    let actor = house.actor(&second).await.unwrap();
    let account = accounts::account(&mut *house.conn().await, &house.ctx, &actor).await.unwrap();
    assert_eq!((account.phone.as_deref(), account.phone_confirmed, account.phone_change), (Some(PHONE), false, None));
    house.prove_phone(&second, NEW_PHONE).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_codes_each_is_told_of_by_itself(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let cookie = house.prove_phone(&cookie, PHONE).await.unwrap();
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, NEW_PHONE, SECRET, HERE.address).await.unwrap();
    let post = house.post().await;
    let (new, old) = (post.code(NEW_PHONE), post.code(PHONE));
    let wrong = none_of(&[&new, &old]);
    let tries: [(&str, &[&str]); 3] = [(&wrong, &["new_code", "old_code"]), (&old, &["new_code"]), ("", &["new_code"])];
    for (old_code, fields) in tries {
        let outcome = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &wrong, old_code, HERE.address).await;
        let Err(AccountError::Form(errors)) = outcome else { panic!("{outcome:?}") };
        let expected: Vec<_> = fields.iter().map(|field| ((*field).to_owned(), FieldError::Code)).collect();
        assert_eq!(errors, expected, "{old_code}");
    }
    accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &new, "", HERE.address).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_has_already_is_no_change(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let cookie = house.prove_phone(&cookie, PHONE).await.unwrap();
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let shouted = MAIL.to_uppercase();
    let email = accounts::begin_email_change(&mut conn, &house.ctx, &actor, Lang::Ru, &shouted, SECRET, HERE.address).await;
    let phone = accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, PHONE, SECRET, HERE.address).await;
    for (field, outcome) in [("email", email), ("phone", phone)] {
        let Err(AccountError::Form(errors)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(errors, [(field.to_owned(), FieldError::Same)]);
    }
    let account = accounts::account(&mut conn, &house.ctx, &actor).await.unwrap();
    assert_eq!((account.email_change, account.phone_change), (None, None));
}

#[sqlx::test(migrations = "../migrations")]
async fn another_password_ends_the_other_sessions(pool: PgPool) {
    let house = House::new(pool);
    let (_, here) = house.proven(MAIL).await;
    let there = house.sign_in(MAIL, SECRET).await.unwrap().cookie;
    let actor = house.actor(&here).await.unwrap();
    let mut conn = house.conn().await;
    for (current, wanted) in [("wrong", "шарын-2027"), (SECRET, "qwerty123")] {
        assert!(accounts::change_password(&mut conn, &house.ctx, &actor, &here, current, wanted, THERE.address).await.is_err());
    }
    let same = accounts::change_password(&mut conn, &house.ctx, &actor, &here, SECRET, SECRET, HERE.address).await;
    let Err(AccountError::Form(errors)) = same else { panic!("{same:?}") };
    assert_eq!(errors, [("wanted".to_owned(), FieldError::Same)]);
    assert!(house.actor(&there).await.is_some(), "a password that stays ends nothing");
    let session =
        accounts::change_password(&mut conn, &house.ctx, &actor, &here, SECRET, "шарын-2027", HERE.address).await.unwrap();
    assert!(house.actor(&there).await.is_none() && house.actor(&here).await.is_none());
    assert!(house.actor(&session.cookie).await.is_some());
    assert!(house.sign_in(MAIL, "шарын-2027").await.is_ok());
}

#[sqlx::test(migrations = "../migrations")]
async fn where_no_e_mail_was_proven_the_new_one_alone_agrees(pool: PgPool) {
    let house = House::new(pool);
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    house.post().await;
    change_email(&house, &session.cookie, SECRET).await.unwrap();
    let post = house.post().await;
    assert_eq!(post.letters.len(), 1);
    let token = post.token(LetterKind::ChangeAlone);
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, None).await.unwrap();
    assert_eq!(look.about, LinkAbout::Change { from: String::new(), to: NEW_MAIL.into(), both: false });
    assert_eq!(house.confirm(&token, None, "").await.unwrap(), Confirmed::Changed);
    assert_eq!(email(&house, &session.cookie).await, NEW_MAIL);
}

#[sqlx::test(migrations = "../migrations")]
async fn letters_of_a_change_go_out_again_to_whoever_has_not_agreed(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let renew = async || {
        let mut conn = house.conn().await;
        accounts::renew_change(&mut conn, &house.ctx, &actor, Lang::Ru, Channel::Email, HERE.address).await
    };
    assert!(matches!(renew().await, Err(AccountError::Over)), "there is nothing to send again");
    change_email(&house, &cookie, SECRET).await.unwrap();
    let first = house.post().await;
    house.later(SignedDuration::from_hours(47));
    renew().await.unwrap();
    let second = house.post().await;
    let new = second.token(LetterKind::ChangeNew);
    house.later(SignedDuration::from_hours(2));
    assert!(matches!(house.confirm(&first.token(LetterKind::ChangeNew), None, "").await, Err(AccountError::Over)));
    assert_eq!(house.confirm(&new, None, "").await.unwrap(), Confirmed::OneSide);
    renew().await.unwrap();
    let third = house.post().await;
    assert_eq!(third.letters.len(), 1, "the new address has agreed: {:?}", third.letters);
    assert_eq!(house.confirm(&third.token(LetterKind::ChangeOld), None, "").await.unwrap(), Confirmed::Changed);
    assert_eq!(email(&house, &cookie).await, NEW_MAIL);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_side_that_has_agreed_is_not_asked_by_another_letter(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    change_email(&house, &cookie, SECRET).await.unwrap();
    let first = house.post().await.token(LetterKind::ChangeNew);
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    accounts::renew_change(&mut conn, &house.ctx, &actor, Lang::Ru, Channel::Email, HERE.address).await.unwrap();
    let second = house.post().await.token(LetterKind::ChangeNew);
    house.confirm(&second, None, "").await.unwrap();
    let look = accounts::look_at_link(&mut conn, &house.ctx, &first, None).await;
    assert!(matches!(look, Err(AccountError::Over)), "{look:?}");
}

/// A code that is none of these.
fn none_of(codes: &[&str]) -> String {
    (0..).map(|n| format!("{n:06}")).find(|code| !codes.contains(&code.as_str())).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn after_five_wrong_codes_a_new_one_opens(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, PHONE, "", HERE.address).await.unwrap();
    let first = house.post().await.code(PHONE);
    let wrong = none_of(&[&first]);
    for left in (0..5).rev() {
        let outcome = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &wrong, "", HERE.address).await;
        match outcome {
            Err(AccountError::Wrong) if left > 0 => {}
            Err(AccountError::Over) if left == 0 => {}
            other => panic!("{left}: {other:?}"),
        }
    }
    let dead = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &first, "", HERE.address).await;
    assert!(matches!(dead, Err(AccountError::TooMany { .. })), "{dead:?}");
    house.later(SignedDuration::from_secs(1));
    accounts::renew_change(&mut conn, &house.ctx, &actor, Lang::Ru, Channel::Phone, HERE.address).await.unwrap();
    let second = house.post().await.code(PHONE);
    accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &second, "", HERE.address).await.unwrap();
    let account = accounts::account(&mut conn, &house.ctx, &actor).await.unwrap();
    assert!(account.phone_confirmed && account.phone_change.is_none());
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_begins_a_change_again_may_type_its_code(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let mut codes = Vec::new();
    for round in 1..=3 {
        accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, PHONE, "", HERE.address).await.unwrap();
        codes.push(house.post().await.code(PHONE));
        if round < 3 {
            let wrong = none_of(&codes.iter().map(String::as_str).collect::<Vec<_>>());
            for _ in 0..5 {
                let outcome =
                    accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &wrong, "", HERE.address).await;
                assert!(matches!(outcome, Err(AccountError::Wrong | AccountError::Over)), "{outcome:?}");
            }
            accounts::cancel_change(&mut conn, &actor, Channel::Phone).await.unwrap();
            house.later(SignedDuration::from_secs(1));
        }
    }
    accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &codes[2], "", HERE.address).await.unwrap();
    // No number gets more codes for it, so no more can be guessed than before.
    let (_, other) = house.proven("other@example.kz").await;
    let other = house.actor(&other).await.unwrap();
    let more = accounts::begin_phone_change(&mut conn, &house.ctx, &other, Lang::Ru, PHONE, "", HERE.address).await;
    assert!(matches!(more, Err(AccountError::TooMany { .. })), "{more:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_code_that_is_late_is_followed_by_another_for_an_hour(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let mut conn = house.conn().await;
    let renew = async || {
        let mut conn = house.conn().await;
        accounts::renew_change(&mut conn, &house.ctx, &actor, Lang::Ru, Channel::Phone, HERE.address).await
    };
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, PHONE, "", HERE.address).await.unwrap();
    let late = house.post().await.code(PHONE);
    house.later(SignedDuration::from_mins(10));
    let outcome = accounts::prove_phone_change(&mut conn, &house.ctx, &actor, &cookie, &late, "", HERE.address).await;
    assert!(matches!(outcome, Err(AccountError::Over)), "{outcome:?}");
    renew().await.unwrap();
    house.later(SignedDuration::from_mins(60));
    assert!(matches!(renew().await, Err(AccountError::Over)), "the wish has ended");
    accounts::begin_phone_change(&mut conn, &house.ctx, &actor, Lang::Ru, PHONE, "", HERE.address).await.unwrap();
}
