//! What one tells of oneself: each by its own consent, and taken back whenever one likes. Without a name one is called by the e-mail.
use super::people::{HERE, House, MAIL, SECRET};
use jiff::SignedDuration;
use sapar_domain::accounts::{self, AccountError, Actor, LetterKind};
use sapar_shared::{
    Lang,
    dto::account::{Fact, Profile, Told},
    forms::{FieldError, account::ProfileForm},
};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";

/// All of it agreed to.
fn form(name: &str, city: &str) -> ProfileForm {
    let agreed = ["name", "birth_date", "city", "network", "languages"].map(str::to_owned).to_vec();
    ProfileForm { name: name.into(), city: city.into(), agreed, ..ProfileForm::default() }
}

async fn save(house: &House, actor: &Actor, form: &ProfileForm) -> Result<(), AccountError> {
    accounts::save_profile(&mut *house.conn().await, &house.ctx, actor, form).await
}

async fn told(house: &House, actor: &Actor) -> Profile {
    accounts::profile(&mut *house.conn().await, actor).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_told_keeps_its_consent_and_can_be_taken_back(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    let first = house.ctx.now();
    let name = Some(Told { text: NAME.into(), agreed_at: first });
    assert_eq!(told(&house, &actor).await, Profile { name: name.clone(), ..Profile::default() }, "given with the account");
    let mut typed = ProfileForm { birth_date: "1990-02-28".into(), ..form(NAME, "Алматы") };
    save(&house, &actor, &typed).await.unwrap();
    house.later(SignedDuration::from_hours(1));
    typed.languages = vec!["kk".into(), "en".into()];
    typed.birth_date = String::new();
    save(&house, &actor, &typed).await.unwrap();
    let now = told(&house, &actor).await;
    assert_eq!((now.birth_date, now.birth_date_agreed_at), (None, None), "emptied is withdrawn");
    assert_eq!(now.city.map(|city| city.agreed_at), Some(first), "what stays keeps its moment");
    assert_eq!(now.name, name);
    assert_eq!(now.languages_agreed_at, Some(house.ctx.now()));
    accounts::withdraw_profile(&mut *house.conn().await, &actor, Fact::City).await.unwrap();
    let now = told(&house, &actor).await;
    assert_eq!(now.city, None);
    assert_eq!(now.languages, ["kk", "en"]);
    assert_eq!(now.name, name, "the others stay");
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_kept_that_was_not_agreed_to(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    save(&house, &actor, &form(NAME, "Алматы")).await.unwrap();
    accounts::withdraw_profile(&mut *house.conn().await, &actor, Fact::City).await.unwrap();
    // As a page sends it that still shows the city.
    let mut stale = form("Айгүл Ким", "Алматы");
    stale.agreed.retain(|fact| fact != "city");
    let refused = save(&house, &actor, &stale).await;
    let Err(AccountError::Form(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors, [("city".to_owned(), FieldError::Consent)]);
    let now = told(&house, &actor).await;
    assert_eq!((now.city, now.name.map(|name| name.text).as_deref()), (None, Some(NAME)), "all of it or nothing");
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_name_the_e_mail_stands_in_its_place(pool: PgPool) {
    let house = House::new(pool);
    let (_, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    house.later(SignedDuration::from_hours(1));
    save(&house, &actor, &form("  Айгүл   Ким ", "")).await.unwrap();
    assert_eq!(house.actor(&cookie).await.unwrap().name, "Айгүл Ким");
    let name = Some(Told { text: "Айгүл Ким".into(), agreed_at: house.ctx.now() });
    assert_eq!(told(&house, &actor).await.name, name, "another name is another consent");

    accounts::withdraw_profile(&mut *house.conn().await, &actor, Fact::Name).await.unwrap();
    assert_eq!(told(&house, &actor).await.name, None);
    let nameless = house.actor(&cookie).await.unwrap();
    assert_eq!(nameless.name, MAIL);
    accounts::ask_reset(&mut *house.conn().await, &house.ctx, Lang::Ru, MAIL, HERE.address).await.unwrap();
    let letters = house.post().await.letters;
    assert_eq!((letters[0].kind, letters[0].name.as_str()), (LetterKind::Reset, MAIL));

    // It goes along with the e-mail, and an empty field gives no name back.
    let mut conn = house.conn().await;
    let (ctx, new) = (&house.ctx, "new@example.kz");
    accounts::begin_email_change(&mut conn, ctx, &nameless, Lang::Ru, new, SECRET, HERE.address).await.unwrap();
    let post = house.post().await;
    for kind in [LetterKind::ChangeNew, LetterKind::ChangeOld] {
        house.confirm(&post.token(kind), None, "").await.unwrap();
    }
    save(&house, &nameless, &form("", "Алматы")).await.unwrap();
    assert_eq!(house.actor(&cookie).await.unwrap().name, "new@example.kz");
    save(&house, &nameless, &form("Айгүл", "Алматы")).await.unwrap();
    assert_eq!(house.actor(&cookie).await.unwrap().name, "Айгүл");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_database_bounds_what_is_told_as_the_form_does(pool: PgPool) {
    let house = House::new(pool);
    let (account, cookie) = house.proven(MAIL).await;
    let actor = house.actor(&cookie).await.unwrap();
    save(&house, &actor, &form(NAME, "Алматы")).await.unwrap();
    sqlx::query(
        "insert into passkeys (id, account_id, name, credential, created_at) values ('\\x01', $1, 'Телефон', '{}', now())",
    )
    .bind(account.0)
    .execute(&house.pool)
    .await
    .unwrap();
    let long = "Ә".repeat(10_000);
    for wrong in [long.as_str(), "", " Алматы", "Ал\nматы", "Ал\u{1b}маты"] {
        assert!(save(&house, &actor, &form(&format!("{wrong}\u{1}"), "")).await.is_err());
        for sql in [
            "update accounts set name = $2 where id = $1",
            "update profiles set city = $2 where account_id = $1",
            "update passkeys set name = $2 where account_id = $1",
        ] {
            let written = sqlx::query(sql).bind(account.0).bind(wrong).execute(&house.pool).await;
            let error = written.expect_err(sql);
            assert!(error.as_database_error().is_some_and(|error| error.is_check_violation()), "{sql} {wrong:.20}: {error}");
        }
    }
    let called = sqlx::query("update accounts set name = 'Бөтен', name_agreed_at = null where id = $1").bind(account.0);
    called.execute(&house.pool).await.unwrap();
    assert_eq!(house.actor(&cookie).await.unwrap().name, MAIL);
}
