//! Roles, leaving, handing over, choosing.
use crate::world::{ADDRESS, BIN, OTHER_BIN, PASSWORD, World, count, forbidden, refused};
use sapar_domain::{
    accounts::{self, AccountError},
    partners::{self, PartnerError},
};
use sapar_shared::{
    dto::organisation::Refusal,
    roles::{Permission, Role},
};
use sqlx::PgPool;
use std::collections::BTreeSet;
use uuid::Uuid;

#[sqlx::test(migrations = "../migrations")]
async fn roles_do_not_escalate(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let manager = world.member("manager", id, Role::Manager).await;
    let accountant = world.member("accountant", id, Role::Accountant).await;
    let gate = world.member("gate", id, Role::Gate).await;
    let mut conn = world.conn().await;
    let ctx = &world.ctx;
    let by_manager = world.actor(&manager).await;
    partners::change_role(&mut conn, ctx, &by_manager, gate.account, Role::Seller).await.unwrap();
    assert_eq!(world.role(&gate).await, Some(Role::Seller));
    for role in [Role::Owner, Role::Manager, Role::Accountant] {
        forbidden(partners::change_role(&mut conn, ctx, &by_manager, gate.account, role).await);
    }
    for other in [&owner, &manager, &accountant] {
        forbidden(partners::change_role(&mut conn, ctx, &by_manager, other.account, Role::Gate).await);
        forbidden(partners::remove_member(&mut conn, ctx, &by_manager, other.account).await);
    }
    let by_owner = world.actor(&owner).await;
    forbidden(partners::change_role(&mut conn, ctx, &by_owner, manager.account, Role::Owner).await);
    forbidden(partners::remove_member(&mut conn, ctx, &by_owner, owner.account).await);
    for low in [&accountant, &gate] {
        let actor = world.actor(low).await;
        forbidden(partners::members(&mut conn, ctx, &actor, None).await);
        forbidden(partners::change_role(&mut conn, ctx, &actor, low.account, Role::Manager).await);
        forbidden(partners::remove_member(&mut conn, ctx, &actor, gate.account).await);
    }
    // Another organisation's people are nobody here.
    let (other, _) = world.company("other", "Другая", OTHER_BIN).await;
    let by_other = world.actor(&other).await;
    let moved = partners::change_role(&mut conn, ctx, &by_other, gate.account, Role::Gate).await;
    assert!(matches!(moved, Err(PartnerError::NotFound)));
    partners::remove_member(&mut conn, ctx, &by_other, gate.account).await.unwrap();
    assert_eq!(world.role(&gate).await, Some(Role::Seller));
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_is_removed_is_out_at_once(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let (gate, other) = world.company("gate", "Другая", OTHER_BIN).await;
    sqlx::query("insert into members (organisation_id, account_id, role, created_at) values ($1, $2, 'gate', now())")
        .bind(id.0)
        .bind(gate.account.0)
        .execute(&world.pool)
        .await
        .unwrap();
    let mut conn = world.conn().await;
    let actor = world.actor(&gate).await;
    partners::choose(&mut conn, &world.ctx, &actor, &gate.cookie, id).await.unwrap();
    assert_eq!(world.role(&gate).await, Some(Role::Gate));
    assert_eq!(partners::memberships(&mut conn, &world.ctx, &actor).await.unwrap().len(), 2);
    partners::remove_member(&mut conn, &world.ctx, &world.actor(&owner).await, gate.account).await.unwrap();
    assert_eq!(world.actor(&gate).await.organisation.map(|(id, ..)| id), Some(other), "back in one's own");
    forbidden(partners::choose(&mut conn, &world.ctx, &actor, &gate.cookie, id).await);
    // Neither a foreign session nor a foreign organisation is chosen for.
    forbidden(partners::choose(&mut conn, &world.ctx, &actor, &owner.cookie, other).await);
    forbidden(partners::choose(&mut conn, &world.ctx, &actor, &gate.cookie, Uuid::from_u128(5).into()).await);
    let alone = world.member("alone", id, Role::Seller).await;
    partners::leave(&mut conn, &world.ctx, &world.actor(&alone).await).await.unwrap();
    assert_eq!(world.actor(&alone).await.organisation, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn there_is_always_one_owner(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let heir = world.member("heir", id, Role::Gate).await;
    let mut conn = world.conn().await;
    let ctx = &world.ctx;
    let actor = world.actor(&owner).await;
    assert_eq!(refused(partners::leave(&mut conn, ctx, &actor).await), Refusal::OwnerStays);
    let by_heir = world.actor(&heir).await;
    let heirs_own = accounts::prove(&mut conn, ctx, &by_heir, Permission::SeeDepartures, PASSWORD, ADDRESS).await.unwrap();
    forbidden(partners::hand_over(&mut conn, ctx, &by_heir, &heirs_own, heir.account).await);
    forbidden(partners::hand_over(&mut conn, ctx, &actor, &heirs_own, heir.account).await);
    let own = accounts::prove(&mut conn, ctx, &actor, Permission::HandOver, PASSWORD, ADDRESS).await.unwrap();
    let stranger = world.person("stranger").await;
    let to_stranger = partners::hand_over(&mut conn, ctx, &actor, &own, stranger.account).await;
    assert!(matches!(to_stranger, Err(PartnerError::NotFound)));
    let mut tx = world.pool.begin().await.unwrap();
    partners::hand_over(&mut tx, ctx, &actor, &own, heir.account).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.role(&owner).await, world.role(&heir).await), (Some(Role::Manager), Some(Role::Owner)));
    // The old owner's open tab owns nothing any more.
    forbidden(partners::hand_over(&mut conn, ctx, &actor, &own, heir.account).await);
    let second = sqlx::query("update members set role = 'owner' where account_id = $1").bind(owner.account.0);
    assert!(second.execute(&world.pool).await.is_err());
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_may_not_is_not_even_asked_for_the_password(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let manager = world.member("manager", id, Role::Manager).await;
    let nobody = world.person("nobody").await;
    let mut conn = world.conn().await;
    let before = count(&mut conn, "select count(*) from sign_in_failures").await;
    for person in [&manager, &nobody] {
        let actor = world.actor(person).await;
        for permission in [Permission::HandOver, Permission::EditPayout] {
            // Neither a wrong password nor the right one is looked at: nothing is counted.
            for password in ["wrong", PASSWORD, ""] {
                let asked = accounts::prove(&mut conn, &world.ctx, &actor, permission, password, ADDRESS).await;
                assert!(matches!(asked, Err(AccountError::Forbidden(_))), "{permission:?}: {asked:?}");
            }
        }
    }
    assert_eq!(count(&mut conn, "select count(*) from sign_in_failures").await, before);
    let actor = world.actor(&owner).await;
    let empty = accounts::prove(&mut conn, &world.ctx, &actor, Permission::HandOver, "", ADDRESS).await;
    assert!(matches!(empty, Err(AccountError::Form(_))), "{empty:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn members_stand_by_role_then_by_name(pool: PgPool) {
    let world = World::new(pool).await;
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    for (name, role) in [("zhanna", Role::Gate), ("asel", Role::Gate), ("serik", Role::Seller), ("marat", Role::Manager)] {
        world.member(name, id, role).await;
    }
    let page = partners::members(&mut *world.conn().await, &world.ctx, &world.actor(&owner).await, None).await.unwrap();
    let names: Vec<_> = page.members.into_iter().map(|member| member.name).collect();
    assert_eq!(names, ["owner", "marat", "serik", "asel", "zhanna"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_long_list_comes_in_pages(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    sqlx::query(
        "with made as (insert into accounts (id, email, name, password_hash, created_at)
                       select uuidv7(), 'm' || n || '@example.kz', 'M' || n, '', now() from generate_series(1, 120) n returning id)
         insert into members (organisation_id, account_id, role, created_at) select $1, id, 'gate', now() from made",
    )
    .bind(id.0)
    .execute(&world.pool)
    .await
    .unwrap();
    let actor = world.actor(&owner).await;
    let mut conn = world.conn().await;
    let (mut seen, mut after, mut pages) = (BTreeSet::new(), None::<String>, 0);
    loop {
        let page = partners::members(&mut conn, &world.ctx, &actor, after.as_deref()).await.unwrap();
        pages += 1;
        for member in page.members {
            assert!(seen.insert(member.email), "nobody comes twice");
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (121, 3));
}
