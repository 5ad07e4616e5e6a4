//! Nobody touches another organisation's listings, nor may everybody of one's own.
use crate::world::{World, actor, done, kind};
use jiff::civil::date;
use sapar_domain::{
    accounts::Actor,
    catalog::{
        departures,
        editing::{self, EditError, Move},
    },
    orders::{self, AffectedError},
};
use sapar_shared::{
    Lang,
    dto::editor::{NewDepartures, NewTour, TourDraft},
    roles::Role,
};
use sqlx::PgPool;

/// What every use case about one listing or departure answers to this actor.
async fn answers(world: &World, actor: &Actor) -> Vec<(&'static str, EditError)> {
    let (id, departure) = (world.tour.listing, world.tour.departure);
    let new = NewDepartures {
        weekdays: vec![1],
        times: vec!["06:00".into()],
        first: date(2026, 12, 1),
        last: date(2026, 12, 31),
        except: vec![],
        capacity: 1,
    };
    let (draft, types) = (TourDraft::default(), [kind("Взрослый", 1)]);
    let (day, later) = (date(2026, 12, 1), world.ctx().now() + jiff::SignedDuration::from_hours(100));
    let mut answers = vec![
        ("editor", editing::editor(&mut *world.conn().await, world.ctx(), actor, Lang::Ru, id).await.map(drop)),
        ("preview", editing::preview(&mut *world.conn().await, world.ctx(), actor, Lang::Ru, id).await.map(drop)),
        ("save_draft", done!(world, |conn, ctx| editing::save_draft(conn, ctx, actor, id, 0, &draft)).map(drop)),
        ("copy_listing", done!(world, |conn, ctx| editing::copy_listing(conn, ctx, actor, id)).map(drop)),
        ("ticket_types", done!(world, |conn, ctx| editing::save_ticket_types(conn, ctx, actor, id, &[], &types)).map(drop)),
        ("list", departures::list_departures(&mut *world.conn().await, world.ctx(), actor, id, None, "").await.map(drop)),
        ("add", done!(world, |conn, ctx| departures::add_departures(conn, ctx, actor, id, &new)).map(drop)),
        ("copy", done!(world, |conn, ctx| departures::copy_departures(conn, ctx, actor, id, day, 1, day)).map(drop)),
        ("move", done!(world, |conn, ctx| departures::move_departure(conn, ctx, actor, departure, later))),
        ("capacity", done!(world, |conn, ctx| departures::set_capacity(conn, ctx, actor, &[departure], 20))),
        ("cancel", done!(world, |conn, ctx| departures::cancel_departure(conn, ctx, actor, departure))),
    ];
    for word in ["submit", "withdraw", "pause", "resume", "archive", "reopen"] {
        let step = Move::parse(word).unwrap();
        answers.push((word, done!(world, |conn, ctx| editing::move_listing(conn, ctx, actor, id, step)).map(drop)));
    }
    let affected = match orders::affected(&mut *world.conn().await, world.ctx(), actor, departure).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(EditError::NotFound),
        Err(AffectedError::Forbidden(error)) => Err(error.into()),
        Err(AffectedError::Database(error)) => Err(error.into()),
    };
    answers.push(("affected", affected));
    answers.into_iter().map(|(name, answer)| (name, answer.expect_err(name))).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn another_organisation_finds_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let other = actor(world.ctx().id().into(), Role::Owner);
    for (name, answer) in answers(&world, &other).await {
        assert!(matches!(answer, EditError::NotFound), "{name}: {answer}");
    }
    let page = editing::listings(&mut *world.conn().await, world.ctx(), &other, Lang::Ru, "", "", "").await.unwrap();
    assert!(page.rows.is_empty());
    assert_eq!(world.status(world.tour.listing).await, "published");
    assert_eq!(world.number("select count(*) from departures where status = 'scheduled'").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_owners_and_managers_edit(pool: PgPool) {
    let world = World::new(pool).await;
    let organisation = world.tour.organisation;
    let mut strangers: Vec<Actor> = [Role::Accountant, Role::Seller, Role::Gate].map(|role| actor(organisation, role)).to_vec();
    strangers.push(Actor { organisation: None, ..world.owner.clone() });
    for stranger in strangers {
        for (name, answer) in answers(&world, &stranger).await {
            assert!(matches!(answer, EditError::Forbidden(_)), "{name}: {answer}");
        }
        let new = NewTour {
            title: "Тур".into(),
            place: "place-kolsai".into(),
            category: "category-kolsai".into(),
            duration_minutes: 60,
        };
        let created = done!(world, |conn, ctx| editing::create_listing(conn, ctx, &stranger, Lang::Ru, &new));
        assert!(matches!(created, Err(EditError::Forbidden(_))));
        let listed = editing::listings(&mut *world.conn().await, world.ctx(), &stranger, Lang::Ru, "", "", "").await;
        assert!(matches!(listed, Err(EditError::Forbidden(_))));
    }
    let manager = actor(organisation, Role::Manager);
    editing::editor(&mut *world.conn().await, world.ctx(), &manager, Lang::Ru, world.tour.listing).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn another_organisations_pictures_are_not_taken(pool: PgPool) {
    let world = World::new(pool).await;
    let listing = world.tour.listing;
    let mut draft = world.whole(listing).await;
    world
        .run(
            "insert into organisations (id, slug, kind, status, name, phone, email, created_at)
               values (gen_random_uuid(), 'other', 'partner', 'active', 'Other', '+77000000002', 'o@example.kz', now())",
        )
        .await;
    world.run("update uploads set organisation_id = (select id from organisations where slug = 'other')").await;
    draft.title.kk.clear();
    let saved = world.save(&world.owner, listing, 0, &draft).await;
    assert!(saved.problems.iter().any(|problem| problem.field == "pictures.0" && problem.blocks));
    assert!(world.editor(listing).await.pictures.is_empty());
}
