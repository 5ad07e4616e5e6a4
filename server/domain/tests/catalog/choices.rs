//! What a new tour is chosen from.
use crate::world::demo;
use sapar_domain::{
    accounts::Actor,
    catalog::{ChoicesError, choices},
};
use sapar_shared::{Lang, ids::OrganisationId, roles::Role};
use sqlx::PgPool;
use std::collections::BTreeSet;
use uuid::Uuid;

fn actor(role: Option<Role>) -> Actor {
    let organisation = role.map(|role| (OrganisationId(Uuid::from_u128(1)), "Nomad".to_owned(), role));
    Actor { account: None, name: "Айгерім".into(), email: "a@example.kz".into(), organisation, ..Actor::default() }
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_edits_chooses_from_every_place_and_category(pool: PgPool) {
    let (mut conn, ctx) = demo(&pool).await;
    let found = choices(&mut conn, &ctx, &actor(Some(Role::Manager)), Lang::Ru).await.unwrap();
    let count = crate::world::number(&mut conn, "select count(*) from places").await;
    assert_eq!(i64::try_from(found.places.len()).unwrap(), count, "also where no tour leads yet");
    assert!(found.places.iter().all(|place| place.point.is_some()));
    let names: BTreeSet<_> = found.places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names.len(), found.places.len(), "the demo brings no city a second time");
    assert_eq!(found.places[0].depth, 0, "a country comes before what lies in it");
    assert!(!found.categories.is_empty());
    for nobody in [None, Some(Role::Seller), Some(Role::Gate), Some(Role::Accountant)] {
        let refused = choices(&mut conn, &ctx, &actor(nobody), Lang::Ru).await;
        assert!(matches!(refused, Err(ChoicesError::Forbidden(_))), "{nobody:?}");
    }
}
