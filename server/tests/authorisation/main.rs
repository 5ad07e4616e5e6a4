//! Nobody reads or changes another organisation's anything: every server function and every route is walked as nobody, as a
//! person without an organisation, as each role, and as the owner of another organisation. What has no case here fails.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;

mod functions;
mod pages;
mod routes;
mod world;

use sapar_shared::roles::{Permission, Role};
use sqlx::PgPool;
use std::collections::BTreeSet;
use world::{Person, Verdict, World};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    /// Anybody, for it tells nothing that is not public, or what it wants is a secret in itself.
    Anybody,
    /// Whoever has the secret that stands in the address or the body, whoever else they are.
    Key(Gain),
    /// Whoever can sign it, which nobody of these can; `bad_luck/signed.rs` has the one who can.
    Signed,
    /// Whoever is signed in, about themselves.
    Account,
    /// A member who may do this, about something of the first organisation.
    Member(Permission),
    /// A member who may do this, in whichever organisation is theirs.
    Within(Permission),
}

/// What a secret is good for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gain {
    /// An answer that nobody else gets.
    Sight,
    /// Something is another way then.
    Change,
}

/// One thing that can be asked over HTTP, about the first organisation and its people.
pub struct Case {
    /// As the router or the server function names it.
    pub path: &'static str,
    pub who: Who,
    pub ask: fn(&World) -> world::Ask,
}

impl Case {
    /// Who must be refused, and the words with which they are.
    fn refused(&self, person: Person) -> bool {
        match (self.who, person) {
            (Who::Anybody | Who::Key(_) | Who::Signed, _)
            | (Who::Account, Person::WithoutOrganisation | Person::Member(_) | Person::OtherOwner) => false,
            (_, Person::Nobody | Person::WithoutOrganisation) => true,
            (Who::Member(permission) | Who::Within(permission), Person::Member(role)) => !role.may(permission),
            (Who::Member(_), Person::OtherOwner) => true,
            (Who::Within(_), Person::OtherOwner) => false,
        }
    }
}

fn people() -> impl Iterator<Item = Person> {
    [Person::Nobody, Person::WithoutOrganisation, Person::OtherOwner].into_iter().chain(Role::ALL.map(Person::Member))
}

/// Those who may not ask are refused, learn nothing and change nothing.
async fn refuses_all_others(world: &World, cases: &[Case]) {
    for case in cases {
        for person in people().filter(|person| case.refused(*person)) {
            let before = world.fingerprint().await;
            let answer = world.ask(person, (case.ask)(world)).await;
            assert!(!world.tells_secrets(&answer), "{}: {person:?} reads what is not theirs", case.path);
            assert_eq!(world.fingerprint().await, before, "{}: {person:?} changed something", case.path);
            match (Verdict::of(&answer), person) {
                (Verdict::Refused, _) => {}
                // A list of their own, in which there is nothing.
                (Verdict::Answered, Person::OtherOwner) => {}
                (verdict, _) => panic!("{}: {person:?} got {verdict:?}: {}", case.path, answer.status),
            }
        }
    }
}

/// Those who may are let in: a table that refuses everybody would pass the walk above.
async fn lets_in(world: &World, cases: &[Case]) {
    let mut wrong = Vec::new();
    for case in cases {
        for person in people().filter(|person| !case.refused(*person)) {
            let ask = (case.ask)(world);
            let open = matches!(case.who, Who::Anybody | Who::Key(_) | Who::Signed);
            if !open && ask.is_of_programs() && !world.has_program(person) {
                continue;
            }
            let answer = world.ask(person, ask).await;
            let shut = if open { answer.status.is_server_error() } else { Verdict::of(&answer) == Verdict::Refused };
            if shut {
                wrong.push(format!("{}: {person:?}: {}", case.path, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "refused: {wrong:#?}");
}

/// Another secret of the same shape opens nothing to anybody; the right one does, so that the case is none of nothing.
async fn only_keys_open(world: &World, cases: &[Case]) {
    for case in cases {
        let Who::Key(gain) = case.who else { continue };
        let mut wrong = None;
        for person in people() {
            let before = world.fingerprint().await;
            let answer = world.ask(person, (case.ask)(world).with_wrong_keys(world)).await;
            assert!(!world.tells_secrets(&answer), "{}: {person:?} reads with a wrong key", case.path);
            assert_eq!(world.fingerprint().await, before, "{}: {person:?} changed something with a wrong key", case.path);
            wrong = Some((answer.status, answer.body));
        }
        let before = world.fingerprint().await;
        let answer = world.ask(Person::Nobody, (case.ask)(world)).await;
        match gain {
            Gain::Sight => assert_ne!(Some((answer.status, answer.body)), wrong, "{}: the key opens nothing", case.path),
            Gain::Change => assert_ne!(world.fingerprint().await, before, "{}: the key changes nothing", case.path),
        }
    }
}

/// What is not signed changes nothing.
async fn unsigned_is_unheard(world: &World, cases: &[Case]) {
    for case in cases.iter().filter(|case| case.who == Who::Signed) {
        let before = world.fingerprint().await;
        let answer = world.ask(Person::Nobody, (case.ask)(world)).await;
        assert_eq!(answer.status, 400, "{}", case.path);
        assert_eq!(world.fingerprint().await, before, "{}: changed something", case.path);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn secrets_open_server_functions_and_others_do_not(pool: PgPool) {
    only_keys_open(&World::new(pool).await, &functions::cases()).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn secrets_and_signatures_open_routes_and_others_do_not(pool: PgPool) {
    let world = World::new(pool).await;
    only_keys_open(&world, &routes::cases()).await;
    unsigned_is_unheard(&world, &routes::cases()).await;
}

/// The walk's case is one that does something.
#[sqlx::test(migrations = "./migrations")]
async fn whoever_leaves_is_gone(pool: PgPool) {
    let world = World::new(pool).await;
    let cases = functions::cases();
    let leave = cases.iter().find(|case| case.path == "/fn/cabinet-members-leave").unwrap();
    for (role, stays) in Role::ALL.map(|role| (role, role == Role::Owner)) {
        world.ask(Person::Member(role), (leave.ask)(&world)).await;
        assert_eq!(world.is_member(Person::Member(role)).await, stays, "{role:?}");
    }
}

/// Pictures' sizes are public; what they were made from lies beside them.
#[sqlx::test(migrations = "./migrations")]
async fn masters_are_shown_to_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let shown = world.ask(Person::Nobody, world::Ask::get("/files/pictures/walk-480.webp")).await;
    assert_eq!((shown.status.as_u16(), shown.text()), (200, "a picture"));
    for step in ["..", "%2E%2E"] {
        let address = format!("/files/pictures/{step}%2Fmasters%2F{}.webp", world.upload);
        for person in people() {
            let answer = world.ask(person, world::Ask::get(address.as_str())).await;
            assert!(!world.tells_secrets(&answer), "{address}: {person:?}");
        }
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn strangers_are_refused_by_every_server_function(pool: PgPool) {
    refuses_all_others(&World::new(pool).await, &functions::cases()).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn strangers_are_refused_by_every_route(pool: PgPool) {
    refuses_all_others(&World::new(pool).await, &routes::cases()).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_may_is_let_in_by_every_server_function(pool: PgPool) {
    lets_in(&World::new(pool).await, &functions::cases()).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_may_is_let_in_by_every_route(pool: PgPool) {
    lets_in(&World::new(pool).await, &routes::cases()).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn each_page_of_the_cabinet_opens_for_those_who_may_see_it_and_for_nobody_else(pool: PgPool) {
    pages::walk(&World::new(pool).await).await;
}

#[test]
fn no_page_of_the_cabinet_is_without_a_case() {
    let served: BTreeSet<&str> = sapar_app::routes::cabinet().collect();
    let walked: BTreeSet<&str> = pages::cases().iter().map(|case| case.path).collect();
    assert_eq!(served, walked);
}

/// The walk is whole: what the program serves and what has a case are the same.
#[sqlx::test(migrations = "./migrations")]
async fn nothing_is_served_without_a_case(pool: PgPool) {
    let app = common::TestApp::new(pool);
    let served: BTreeSet<String> = functions::served().into_iter().chain(routes::served(&app).await).collect();
    let walked: BTreeSet<String> = functions::cases().iter().chain(&routes::cases()).map(|case| case.path.to_owned()).collect();
    let missing: Vec<_> = served.difference(&walked).collect();
    let gone: Vec<_> = walked.difference(&served).collect();
    assert!(missing.is_empty(), "without a case in the walk: {missing:#?}");
    assert!(gone.is_empty(), "cases of what is served no more: {gone:#?}");
}
