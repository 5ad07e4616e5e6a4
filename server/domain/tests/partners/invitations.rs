//! Invited by mail.
use crate::world::{ADDRESS, BIN, OTHER_BIN, Person, World, count, forbidden, refused};
use jiff::SignedDuration;
use sapar_domain::{
    accounts::{Actor, jobs::JoinOrders},
    kernel::jobs::{self, Job as _, Kinds},
    orders,
    partners::{self, PartnerError},
    testing::TourBuilder,
};
use sapar_shared::{
    Lang,
    dto::organisation::{InvitationEnd, InvitationState, Refusal},
    forms::{
        checkout::{CartLine, ContactForm},
        organisation::InviteForm,
    },
    ids::{InvitationId, OrganisationId},
    roles::Role,
};
use sqlx::PgPool;

impl World {
    async fn invite(&self, by: &Person, email: &str, role: Role) -> Result<InvitationId, PartnerError> {
        let actor = self.actor(by).await;
        let mut tx = self.pool.begin().await.unwrap();
        let form = InviteForm { email: email.into(), role: role.as_str().into() };
        let id = partners::invite(&mut tx, &self.ctx, &actor, Lang::Kk, &form).await?;
        tx.commit().await.unwrap();
        Ok(id)
    }

    async fn accept(&self, person: &Person, id: InvitationId) -> Result<OrganisationId, PartnerError> {
        let actor = self.actor(person).await;
        let token = self.ctx.keys.invitation_token(id);
        partners::accept(&mut *self.conn().await, &self.ctx, &actor, &person.cookie, &token, ADDRESS).await
    }

    async fn state(&self, actor: Option<&Actor>, id: InvitationId) -> InvitationState {
        let token = self.ctx.keys.invitation_token(id);
        partners::invitation(&mut *self.conn().await, &self.ctx, actor, &token).await.unwrap().state
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_tap_makes_a_member_of_the_invited_address(pool: PgPool) {
    let world = World::new(pool);
    let (owner, organisation) = world.company("owner", "Көлсай Тур", BIN).await;
    let id = world.invite(&owner, "Gate@Example.KZ", Role::Gate).await.unwrap();
    let mut conn = world.conn().await;
    let letter = partners::invitation_letter(&mut conn, &world.ctx, id).await.unwrap().unwrap();
    assert_eq!(
        (letter.to.as_str(), letter.organisation.as_str(), letter.invited_by.as_str()),
        ("gate@example.kz", "Көлсай Тур", "owner")
    );
    let token = world.ctx.keys.invitation_token(id);
    assert_eq!(letter.url, format!("https://sapar.test/kk/invitation/{token}"));
    let kept: Vec<u8> = sqlx::query_scalar("select token_digest from invitations").fetch_one(&mut *conn).await.unwrap();
    assert_ne!(kept, token.as_bytes());
    assert_eq!(world.state(None, id).await, InvitationState::Open);
    // Whoever was forwarded the link is not whom it was sent to.
    let other = world.person("other").await;
    assert_eq!(refused(world.accept(&other, id).await), Refusal::OtherAddress);
    // The link proves the address.
    let gate = world.stranger("gate").await;
    assert_eq!(world.accept(&gate, id).await.unwrap(), organisation);
    assert_eq!(world.role(&gate).await, Some(Role::Gate));
    assert_eq!(
        count(&mut conn, "select count(*) from accounts where email = 'gate@example.kz' and email_confirmed_at is not null")
            .await,
        1
    );
    assert_eq!(world.accept(&gate, id).await.unwrap(), organisation, "a second tap changes nothing");
    assert_eq!(world.state(Some(&world.actor(&gate).await), id).await, InvitationState::Accepted);
    assert_eq!(world.state(None, id).await, InvitationState::Ended(InvitationEnd::Used));
    assert_eq!(refused(world.invite(&owner, "gate@example.kz", Role::Seller).await), Refusal::AlreadyMember);
    assert_eq!(partners::invitation_letter(&mut conn, &world.ctx, id).await.unwrap(), None, "a late mail is not sent");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_guest_bought_comes_with_the_invitation(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let gate = world.stranger("gate").await;
    let mut conn = world.conn().await;
    let tour = TourBuilder::new("one").create(&mut conn, &world.ctx).await.unwrap();
    let lines = [CartLine { departure_id: tour.departure, ticket_type_id: tour.adult, quantity: 1 }];
    let placed = orders::place(&mut conn, &world.ctx, Lang::Kk, None, None, &lines).await.unwrap();
    let contact = ContactForm { name: "Gate".into(), phone: "+77770000001".into(), email: gate.email.clone() };
    orders::set_contact(&mut conn, &world.ctx, &placed.token, &contact).await.unwrap();
    let id = world.invite(&owner, &gate.email, Role::Gate).await.unwrap();
    world.accept(&gate, id).await.unwrap();
    for job in jobs::lease(&mut conn, &world.ctx, Kinds::ALL, 50).await.unwrap() {
        if job.name == JoinOrders::NAME {
            let join: JoinOrders = serde_json::from_value(job.payload).unwrap();
            orders::join_account(&mut conn, join.account).await.unwrap();
        }
    }
    let actor = world.actor(&gate).await;
    let mine = orders::my_orders(&mut conn, &world.ctx, &actor, Lang::Kk, None).await.unwrap();
    assert_eq!(mine.orders.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_that_another_account_has_proven_stays_theirs(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let id = world.invite(&owner, "gate@example.kz", Role::Gate).await.unwrap();
    let thief = world.stranger("gate").await;
    // The owner of the address has an account, too; it was confirmed after the other had been made.
    let mut conn = world.conn().await;
    sqlx::query(
        "insert into accounts (id, email, name, password_hash, created_at, email_confirmed_at)
         values (uuidv7(), 'gate@example.kz', 'Gate', '', now(), now())",
    )
    .execute(&mut *conn)
    .await
    .unwrap();
    assert_eq!(refused(world.accept(&thief, id).await), Refusal::AddressTaken);
    assert_eq!(world.actor(&thief).await.organisation, None);
    assert_eq!(world.state(None, id).await, InvitationState::Open, "it waits for whom it was sent to");
}

#[sqlx::test(migrations = "../migrations")]
async fn it_ends_after_a_week_and_begins_anew_when_sent_again(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let gate = world.person("gate").await;
    let id = world.invite(&owner, &gate.email, Role::Gate).await.unwrap();
    assert_eq!(refused(world.invite(&owner, &gate.email, Role::Seller).await), Refusal::AlreadyInvited);
    let mut conn = world.conn().await;
    let actor = world.actor(&owner).await;
    let resent = partners::resend_invitation(&mut conn, &world.ctx, &actor, id).await;
    assert_eq!(refused(resent), Refusal::JustSent { seconds: 300 });
    world.clock.advance(SignedDuration::from_secs(170));
    let resent = partners::resend_invitation(&mut conn, &world.ctx, &actor, id).await;
    assert_eq!(refused(resent), Refusal::JustSent { seconds: 130 }, "it says how long is left");
    world.clock.advance(SignedDuration::from_hours(24 * partners::INVITATION_DAYS));
    assert_eq!(world.state(None, id).await, InvitationState::Ended(InvitationEnd::Expired));
    assert_eq!(refused(world.accept(&gate, id).await), Refusal::InvitationEnded(InvitationEnd::Expired));
    let page = partners::members(&mut conn, &world.ctx, &actor, None).await.unwrap();
    assert!(page.invitations.iter().all(|invitation| invitation.id == id && invitation.ended));
    partners::resend_invitation(&mut conn, &world.ctx, &actor, id).await.expect("an expired one waits for nothing");
    world.accept(&gate, id).await.unwrap();
    let seller = world.person("seller").await;
    let id = world.invite(&owner, &seller.email, Role::Seller).await.unwrap();
    partners::revoke_invitation(&mut conn, &world.ctx, &actor, id).await.unwrap();
    assert_eq!(refused(world.accept(&seller, id).await), Refusal::InvitationEnded(InvitationEnd::Revoked));
    assert_eq!(world.state(None, id).await, InvitationState::Ended(InvitationEnd::Revoked));
    assert!(matches!(partners::resend_invitation(&mut conn, &world.ctx, &actor, id).await, Err(PartnerError::NotFound)));
    world.invite(&owner, &seller.email, Role::Seller).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_invites_above_themselves_or_elsewhere(pool: PgPool) {
    let world = World::new(pool);
    let (owner, organisation) = world.company("owner", "Көлсай Тур", BIN).await;
    let manager = world.member("manager", organisation, Role::Manager).await;
    let gate = world.member("gate", organisation, Role::Gate).await;
    for role in [Role::Manager, Role::Accountant] {
        forbidden(world.invite(&manager, "x@example.kz", role).await);
    }
    forbidden(world.invite(&gate, "x@example.kz", Role::Gate).await);
    assert!(matches!(world.invite(&owner, "x@example.kz", Role::Owner).await, Err(PartnerError::Form(_))));
    let high = world.invite(&owner, "x@example.kz", Role::Manager).await.unwrap();
    let mut conn = world.conn().await;
    forbidden(partners::revoke_invitation(&mut conn, &world.ctx, &world.actor(&manager).await, high).await);
    let (other, _) = world.company("other", "Другая", OTHER_BIN).await;
    let theirs = world.actor(&other).await;
    let revoked = partners::revoke_invitation(&mut conn, &world.ctx, &theirs, high).await;
    assert!(matches!(revoked, Err(PartnerError::NotFound)));
    assert!(partners::members(&mut conn, &world.ctx, &theirs, None).await.unwrap().invitations.is_empty());
    let unknown = partners::invitation(&mut conn, &world.ctx, None, "NOTHING").await;
    assert!(matches!(unknown, Err(PartnerError::NotFound)));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_writes_to_the_whole_town(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    for n in 0..50 {
        world.invite(&owner, &format!("m{n}@example.kz"), Role::Gate).await.unwrap();
    }
    assert_eq!(refused(world.invite(&owner, "one.more@example.kz", Role::Gate).await), Refusal::TooManyInvitations);
    world.clock.advance(SignedDuration::from_hours(24));
    world.invite(&owner, "one.more@example.kz", Role::Gate).await.unwrap();
}
