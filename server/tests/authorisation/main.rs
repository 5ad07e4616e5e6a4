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
    /// Whoever is signed in, about themselves.
    Account,
    /// A member who may do this, about something of the first organisation.
    Member(Permission),
    /// A member who may do this, in whichever organisation is theirs.
    Within(Permission),
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
            (Who::Anybody, _) | (Who::Account, Person::WithoutOrganisation | Person::Member(_) | Person::OtherOwner) => false,
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
    for case in cases.iter().filter(|case| case.who != Who::Anybody) {
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
            if case.who != Who::Anybody && ask.is_of_programs() && !world.has_program(person) {
                continue;
            }
            let answer = world.ask(person, ask).await;
            let shut =
                if case.who == Who::Anybody { answer.status.is_server_error() } else { Verdict::of(&answer) == Verdict::Refused };
            if shut {
                wrong.push(format!("{}: {person:?}: {}", case.path, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "refused: {wrong:#?}");
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
