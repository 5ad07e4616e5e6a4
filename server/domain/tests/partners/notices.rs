//! What somebody must know of their organisation is told by mail: once, and to whom it matters.
use crate::world::{ADDRESS, BIN, PASSWORD, World, count};
use sapar_domain::{
    accounts, partners,
    partners::jobs::{MailNotice, Notice},
};
use sapar_shared::{
    Lang,
    forms::organisation::PayoutForm,
    roles::{Permission, Role},
};
use sqlx::PgPool;

impl World {
    /// What waits to be told, in the order in which it was written, and is taken away.
    async fn notices(&self) -> Vec<MailNotice> {
        let jobs: Vec<(serde_json::Value,)> = sqlx::query_as(
            "with gone as (delete from jobs where name = 'mail_notice' returning payload, created_at, id)
                            select payload from gone order by created_at, id",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap();
        jobs.into_iter().map(|(payload,)| serde_json::from_value(payload).unwrap()).collect()
    }

    /// The only one that waits.
    async fn only_notice(&self) -> MailNotice {
        let mut notices = self.notices().await;
        assert_eq!(notices.len(), 1, "{notices:?}");
        notices.remove(0)
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn both_owners_hear_of_a_handing_over(pool: PgPool) {
    let world = World::new(pool).await;
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let heir = world.member("heir", id, Role::Manager).await;
    sqlx::query("update accounts set lang = 'kk' where id = $1").bind(heir.account.0).execute(&world.pool).await.unwrap();
    let mut conn = world.conn().await;
    let actor = world.actor(&owner).await;
    let proven = accounts::prove(&mut conn, &world.ctx, &actor, Permission::HandOver, PASSWORD, ADDRESS).await.unwrap();
    let mut tx = world.pool.begin().await.unwrap();
    partners::hand_over(&mut tx, &world.ctx, &actor, &proven, heir.account).await.unwrap();
    tx.rollback().await.unwrap();
    assert!(world.notices().await.is_empty(), "what did not happen is not told");
    let mut tx = world.pool.begin().await.unwrap();
    partners::hand_over(&mut tx, &world.ctx, &actor, &proven, heir.account).await.unwrap();
    tx.commit().await.unwrap();
    let notices = world.notices().await;
    assert_eq!(notices.len(), 2);
    let to = |account| notices.iter().find(|job| job.to == account).unwrap();
    let (old, new) = (to(owner.account), to(heir.account));
    assert_eq!(old.notice, Notice::HandedOver { to: heir.account });
    assert_eq!(new.notice, Notice::TakenOver { from: owner.account });
    let letter = partners::notice_letter(&mut conn, &world.ctx, old).await.unwrap().unwrap();
    assert_eq!((letter.to, letter.other.as_str(), letter.organisation.as_str()), (owner.email, "heir", "Көлсай Тур"));
    let letter = partners::notice_letter(&mut conn, &world.ctx, new).await.unwrap().unwrap();
    assert_eq!((letter.lang, letter.other.as_str()), (Lang::Kk, "owner"), "in the reader's language");
    assert_eq!(letter.url, "https://sapar.test/kk/partner/members");
}

#[sqlx::test(migrations = "../migrations")]
async fn another_account_for_the_money_is_told_by_its_end(pool: PgPool) {
    let world = World::new(pool).await;
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    assert!(world.notices().await.is_empty(), "a draft's account is nobody's news");
    let actor = world.actor(&owner).await;
    let mut conn = world.conn().await;
    let proven = accounts::prove(&mut conn, &world.ctx, &actor, Permission::EditPayout, PASSWORD, ADDRESS).await.unwrap();
    let same = PayoutForm { iban: "KZ86 125K ZT50 0410 0100".into() };
    partners::save_payout(&mut conn, &world.ctx, &actor, Some(&proven), &same).await.unwrap();
    assert!(world.notices().await.is_empty(), "nothing changed");
    let other = PayoutForm { iban: "KZ75125KZT2069100100".into() };
    partners::save_payout(&mut conn, &world.ctx, &actor, Some(&proven), &other).await.unwrap();
    let told = world.only_notice().await;
    assert_eq!((told.to, told.notice), (owner.account, Notice::PayoutAccount { last_four: "0100".into() }));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_block_and_its_end_are_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let mut conn = world.conn().await;
    for remark in ["Пришлите лицензию", "Пришлите лицензию"] {
        partners::block(&mut conn, &world.ctx, "kolsay-tur", remark).await.unwrap();
    }
    let told = world.only_notice().await;
    assert_eq!((told.to, &told.notice), (owner.account, &Notice::Blocked { remark: "Пришлите лицензию".into() }));
    partners::block(&mut conn, &world.ctx, "kolsay-tur", "И договор").await.unwrap();
    assert_eq!(world.only_notice().await.notice, Notice::Blocked { remark: "И договор".into() }, "another remark is news");
    world.activate("kolsay-tur").await;
    assert_eq!(world.only_notice().await.notice, Notice::ActiveAgain);
    assert!(!partners::activate(&mut conn, &world.ctx, "kolsay-tur").await.unwrap());
    assert!(world.notices().await.is_empty());
    assert_eq!(count(&mut conn, "select count(*) from jobs where name = 'mail_activation'").await, 1, "the first time only");
    sqlx::query("update accounts set email_confirmed_at = null where id = $1")
        .bind(owner.account.0)
        .execute(&mut *conn)
        .await
        .unwrap();
    let letter = partners::notice_letter(&mut conn, &world.ctx, &told).await.unwrap();
    assert_eq!(letter, None, "nobody has proven that address");
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_is_removed_hears_of_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let gate = world.member("gate", id, Role::Gate).await;
    let mut conn = world.conn().await;
    let actor = world.actor(&owner).await;
    for _ in 0..2 {
        partners::remove_member(&mut conn, &world.ctx, &actor, gate.account).await.unwrap();
    }
    let told = world.only_notice().await;
    assert_eq!((told.to, &told.notice), (gate.account, &Notice::Removed));
    let letter = partners::notice_letter(&mut conn, &world.ctx, &told).await.unwrap().unwrap();
    assert_eq!((letter.to, letter.url.as_str()), (gate.email, "https://sapar.test/ru"));
}
