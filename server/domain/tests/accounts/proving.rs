//! Signing up, proving the e-mail, a forgotten password: who owns what, and what nobody learns.
use super::people::{HERE, House, MAIL, PHONE, SECRET};
use jiff::SignedDuration;
use sapar_domain::{
    accounts::{self, AccountError, Confirmed, LetterKind},
    orders,
    testing::TourBuilder,
};
use sapar_shared::{
    Lang,
    dto::account::LinkAbout,
    forms::checkout::{CartLine, ContactForm},
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_known_e_mail_gets_the_same_answer_and_another_letter(pool: PgPool) {
    let house = House::new(pool);
    let (owner, _) = house.proven(MAIL).await;
    let (other, session) = house.sign_up(&MAIL.to_uppercase(), "another secret").await.unwrap();
    assert_ne!(owner, other);
    assert!(!house.actor(&session.cookie).await.unwrap().email_confirmed);
    let post = house.post().await;
    assert_eq!(post.letters.len(), 1);
    assert_eq!((post.letters[0].kind, post.letters[0].email.as_str()), (LetterKind::HasAccount, MAIL));
    assert!(post.letters[0].url.ends_with("/kk/sign-in"), "{}", post.letters[0].url);
    // Each password opens the account that it was chosen for: the next sign-in tells no more than the sign-up.
    let signed_in = async |password: &str| house.actor(&house.sign_in(MAIL, password).await.unwrap().cookie).await.unwrap();
    assert_eq!(signed_in(SECRET).await.account, Some(owner));
    let unproven = signed_in("another secret").await;
    assert_eq!((unproven.account, unproven.email_confirmed), (Some(other), false));
    assert!(matches!(house.sign_in(MAIL, "neither").await, Err(AccountError::Wrong)));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_link_opens_once_and_not_forever(pool: PgPool) {
    let house = House::new(pool);
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, Some(&session.cookie)).await.unwrap();
    assert!(look.own && !look.taken);
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, None).await.unwrap();
    assert!(!look.own, "looking changes nothing");
    let Confirmed::Email(renewed) = house.confirm(&token, Some(&session.cookie), "").await.unwrap() else { panic!() };
    assert!(house.actor(&session.cookie).await.is_none(), "the cookie is renewed");
    assert!(house.actor(&renewed.cookie).await.unwrap().email_confirmed);
    assert!(matches!(house.confirm(&token, Some(&renewed.cookie), "").await, Err(AccountError::Over)));
    for (cookie, own) in [(Some(renewed.cookie.as_str()), true), (None, false)] {
        let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, cookie).await.unwrap();
        assert_eq!((look.about, look.own, look.email.as_str()), (LinkAbout::Proven, own, MAIL), "it says that it is done");
    }

    house.sign_up("late@example.kz", SECRET).await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    house.later(SignedDuration::from_hours(48));
    assert!(matches!(house.confirm(&token, None, SECRET).await, Err(AccountError::Over)));
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, None).await;
    assert!(matches!(look, Err(AccountError::Over)), "{look:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_letters_the_second_offers_nothing_once_the_first_was_followed(pool: PgPool) {
    let house = House::new(pool);
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    let first = house.post().await.token(LetterKind::Confirm);
    let actor = house.actor(&session.cookie).await.unwrap();
    accounts::resend_confirmation(&mut *house.conn().await, &house.ctx, &actor, HERE.address).await.unwrap();
    let second = house.post().await.token(LetterKind::Confirm);
    house.confirm(&first, Some(&session.cookie), "").await.unwrap();
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &second, None).await.unwrap();
    assert_eq!(look.about, LinkAbout::Proven);

    // Nor does one to an e-mail that the account has no more.
    let (other, _) = house.sign_up("mistyped@example.kz", SECRET).await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    sqlx::query("update accounts set email = 'right@example.kz' where id = $1").bind(other.0).execute(&house.pool).await.unwrap();
    let look = accounts::look_at_link(&mut *house.conn().await, &house.ctx, &token, None).await;
    assert!(matches!(look, Err(AccountError::Over)), "{look:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_waits_in_anothers_name_is_put_out(pool: PgPool) {
    let house = House::new(pool);
    // Somebody signs up with Aigul's e-mail, proves a number of their own, turns the second step on, and waits.
    let (account, session) = house.sign_up(MAIL, "the waiter's secret").await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    let waiter = house.prove_phone(&session.cookie, PHONE).await.unwrap();
    let actor = house.actor(&waiter).await.unwrap();
    house.begin_totp(&actor, "the waiter's secret").await.unwrap();

    let short = house.confirm(&token, None, "short").await;
    assert!(matches!(short, Err(AccountError::Form(_))), "{short:?}");
    let Confirmed::Email(own) = house.confirm(&token, None, SECRET).await.unwrap() else { panic!() };
    assert_eq!(house.actor(&own.cookie).await.unwrap().account, Some(account));
    assert!(!own.half_open);
    assert!(house.actor(&waiter).await.is_none(), "every session ended");
    assert!(matches!(house.sign_in(MAIL, "the waiter's secret").await, Err(AccountError::Wrong)));
    let request = accounts::ask_code(&mut *house.conn().await, &house.ctx, Lang::Ru, PHONE, HERE.address).await.unwrap();
    assert!(house.post().await.texts.is_empty(), "the waiter's number opens nothing");
    let code = house.ctx.keys.sms_code(request);
    let way_in = accounts::sign_in_by_code(&mut *house.conn().await, &house.ctx, request, &code, &HERE).await;
    assert!(matches!(way_in, Err(AccountError::Wrong)), "{way_in:?}");
    let setup = accounts::totp_setup(&mut *house.conn().await, &house.ctx, &house.actor(&own.cookie).await.unwrap()).await;
    assert_eq!(setup.unwrap(), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_password_that_was_chosen_confirms_elsewhere(pool: PgPool) {
    let house = House::new(pool);
    let (_, phone) = house.sign_up(MAIL, SECRET).await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    let Confirmed::Email(desk) = house.confirm(&token, None, SECRET).await.unwrap() else { panic!() };
    assert!(house.actor(&phone.cookie).await.is_some() && house.actor(&desk.cookie).await.is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn the_second_who_typed_an_e_mail_cannot_have_it(pool: PgPool) {
    let house = House::new(pool);
    let (_, first) = house.sign_up(MAIL, SECRET).await.unwrap();
    let first_token = house.post().await.token(LetterKind::Confirm);
    let (_, second) = house.sign_up(MAIL, SECRET).await.unwrap();
    let second_token = house.post().await.token(LetterKind::Confirm);
    house.confirm(&second_token, Some(&second.cookie), "").await.unwrap();
    let taken = house.confirm(&first_token, Some(&first.cookie), "").await;
    assert!(matches!(taken, Err(AccountError::Taken)), "{taken:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_forgotten_password_is_replaced_by_mail_alone(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let ask = async |email: &str| {
        accounts::ask_reset(&mut *house.conn().await, &house.ctx, Lang::Ru, email, HERE.address).await.unwrap();
        house.post().await
    };
    assert!(ask("nobody@example.kz").await.letters.is_empty());
    let token = ask(MAIL).await.token(LetterKind::Reset);
    let second = ask(MAIL).await.token(LetterKind::Reset);
    let reset = async |token: &str, wanted: &str| {
        accounts::reset_password(&mut *house.conn().await, &house.ctx, token, wanted, &HERE).await
    };
    assert!(matches!(reset(&token, "12345678").await, Err(AccountError::Form(_))));
    let session = reset(&token, "шарын-2027").await.unwrap();
    assert!(house.actor(&session.cookie).await.is_some());
    assert!(house.actor(&cookie).await.is_none(), "the others ended");
    assert!(matches!(reset(&second, "another-2027").await, Err(AccountError::Over)), "one use ends all");
    assert!(house.sign_in(MAIL, "шарын-2027").await.is_ok());
    // A link to confirm is none to a new password.
    house.sign_up("second@example.kz", SECRET).await.unwrap();
    let confirm = house.post().await.token(LetterKind::Confirm);
    assert!(matches!(reset(&confirm, "шарын-2027").await, Err(AccountError::Over)));
}

#[sqlx::test(migrations = "../migrations")]
async fn one_mailbox_gets_few_mails(pool: PgPool) {
    let house = House::new(pool);
    for _ in 0..5 {
        house.sign_up(MAIL, SECRET).await.unwrap();
    }
    assert!(matches!(house.sign_up(MAIL, SECRET).await, Err(AccountError::TooMany { .. })));
    assert!(house.sign_up("other@example.kz", SECRET).await.is_ok());
    house.later(SignedDuration::from_hours(1));
    assert!(house.sign_up(MAIL, SECRET).await.is_ok(), "waiting ends");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_proves_nothing_is_forgotten(pool: PgPool) {
    let house = House::new(pool);
    let (_, kept) = house.proven("kept@example.kz").await;
    let (_, gone) = house.sign_up(MAIL, SECRET).await.unwrap();
    house.later(SignedDuration::from_hours(7 * 24 - 1));
    accounts::sweep(&mut *house.conn().await, &house.ctx).await.unwrap();
    assert!(house.actor(&gone.cookie).await.is_some());
    house.later(SignedDuration::from_hours(2));
    accounts::sweep(&mut *house.conn().await, &house.ctx).await.unwrap();
    assert!(house.actor(&gone.cookie).await.is_none());
    assert!(house.actor(&kept).await.is_some());
}

/// An order of a guest with these contacts.
async fn guest_order(house: &House, tour: &sapar_domain::testing::Tour, phone: &str, email: &str) {
    let mut conn = house.conn().await;
    let lines = [CartLine { departure_id: tour.departure, ticket_type_id: tour.adult, quantity: 1 }];
    let placed = orders::place(&mut conn, &house.ctx, Lang::Kk, None, None, &lines).await.unwrap();
    let form = ContactForm { name: "Айгүл".into(), phone: phone.into(), email: email.into() };
    orders::set_contact(&mut conn, &house.ctx, &placed.token, &form).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_guests_orders_come_with_the_proof(pool: PgPool) {
    let house = House::new(pool);
    let tour = TourBuilder::new("one").create(&mut *house.conn().await, &house.ctx).await.unwrap();
    guest_order(&house, &tour, "+77770000001", "Aigul@Example.kz").await;
    guest_order(&house, &tour, PHONE, "other@example.kz").await;
    guest_order(&house, &tour, "+77770000001", "stranger@example.kz").await;
    let mine = async |cookie: &str| {
        let actor = house.actor(cookie).await.unwrap();
        orders::my_orders(&mut *house.conn().await, &house.ctx, &actor, Lang::Kk, None).await.unwrap().orders
    };
    let (_, session) = house.sign_up(MAIL, SECRET).await.unwrap();
    let token = house.post().await.token(LetterKind::Confirm);
    assert!(mine(&session.cookie).await.is_empty(), "nothing is proven yet");
    let Confirmed::Email(session) = house.confirm(&token, Some(&session.cookie), "").await.unwrap() else { panic!() };
    house.post().await;
    assert_eq!(mine(&session.cookie).await.len(), 1);
    let cookie = house.prove_phone(&session.cookie, PHONE).await.unwrap();
    house.post().await;
    assert_eq!(mine(&cookie).await.len(), 2);
    house.later(SignedDuration::from_secs(1));
    guest_order(&house, &tour, "+77770000001", MAIL).await;
    let orders = mine(&cookie).await;
    assert_eq!(orders.len(), 3, "a later one comes by itself");
    assert!(orders.is_sorted_by(|a, b| a.id > b.id), "the newest first");
    assert_eq!(orders[0].token, house.ctx.keys.order_token(orders[0].id));
}
