//! What is edited, what is looked at, what travellers see.
use crate::world::{World, done, kind, tri};
use sapar_domain::{
    catalog::{
        self, ListingStatus,
        editing::{self, Approved, EditError, Move},
    },
    partners,
    uploads::{self, Crop, UploadError},
};
use sapar_shared::{
    Lang, Money,
    dto::editor::NewTour,
    ids::{ListingId, UploadId},
};
use sqlx::PgPool;

/// A new draft with all that review asks for.
async fn drafted(world: &World) -> (ListingId, String) {
    let new = NewTour {
        title: "Чарын за день".into(),
        place: "place-kolsai".into(),
        category: "category-kolsai".into(),
        duration_minutes: 600,
    };
    let id = done!(world, |conn, ctx| editing::create_listing(conn, ctx, &world.owner, Lang::Ru, &new)).unwrap();
    let draft = world.whole(id).await;
    world.save(&world.owner, id, 1, &draft).await;
    let types = [kind("Взрослый", 9_000)];
    done!(world, |conn, ctx| editing::save_ticket_types(conn, ctx, &world.owner, id, &[], &types)).unwrap();
    (id, world.editor(id).await.slug)
}

async fn step(world: &World, id: ListingId, step: Move) -> Result<ListingStatus, EditError> {
    done!(world, |conn, ctx| editing::move_listing(conn, ctx, &world.owner, id, step))
}

async fn approve(world: &World, slug: &str) -> Result<Approved, EditError> {
    done!(world, |conn, ctx| editing::approve(conn, ctx, slug))
}

/// The titles of what waits for a moderator.
async fn waiting(world: &World) -> Vec<String> {
    let waiting = partners::waiting(&mut *world.conn().await).await.unwrap();
    waiting.listings.into_iter().map(|listing| listing.title).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn from_a_draft_to_the_public(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, slug) = drafted(&world).await;
    assert!(world.editor(id).await.problems.iter().all(|problem| !problem.blocks));
    assert!(matches!(approve(&world, &slug).await, Err(EditError::Status(ListingStatus::Draft))), "nobody asked");
    assert_eq!(step(&world, id, Move::Submit).await.unwrap(), ListingStatus::InReview);
    assert!(world.shown(&slug).await.is_none());
    assert_eq!(waiting(&world).await, ["Чарын за день"]);
    let draft = world.editor(id).await.draft;
    let late = done!(world, |conn, ctx| editing::save_draft(conn, ctx, &world.owner, id, 2, &draft));
    assert!(matches!(late, Err(EditError::Status(ListingStatus::InReview))), "the moderator reads it");

    assert_eq!(approve(&world, &slug).await.unwrap(), Approved::Live);
    let page = world.shown(&slug).await.unwrap();
    assert_eq!((page.title.as_str(), page.duration_minutes, page.price_from), ("Чарын за день", 720, Money::from_tenge(9_000)));
    assert_eq!(page.description, ["Едем рано.", "Возвращаемся поздно."]);
    assert_eq!((page.pictures.len(), page.included), (1, vec!["Обед".to_owned()]));
    assert!(approve(&world, &slug).await.is_err(), "once");
    assert!(waiting(&world).await.is_empty());
    assert_eq!(
        world
            .number("select count(*) from listing_texts t join listings l on l.id = t.listing_id where l.slug like 'charyn%'")
            .await,
        1
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_whole_is_not_looked_at(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = drafted(&world).await;
    let mut draft = world.editor(id).await.draft;
    draft.meeting_point = None;
    draft.pictures[0].upload = world.ctx().id().into();
    draft.place = "atlantis".into();
    world.save(&world.owner, id, 2, &draft).await;
    let Err(EditError::Problems(problems)) = step(&world, id, Move::Submit).await else { panic!("it was taken") };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["meeting_point", "pictures.0", "place"]);
    assert_eq!(world.status(id).await, "draft");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_rejected_is_mended_and_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, slug) = drafted(&world).await;
    step(&world, id, Move::Submit).await.unwrap();
    let reject = async |remark: &str| done!(world, |conn, ctx| editing::reject(conn, ctx, &slug, remark));
    assert!(matches!(reject(" ").await, Err(EditError::Problems(_))), "without a word nobody knows why");
    reject("Добавьте фотографию автобуса").await.unwrap();
    let editor = world.editor(id).await;
    assert_eq!((editor.status.as_str(), editor.remark.as_deref()), ("rejected", Some("Добавьте фотографию автобуса")));
    let mut draft = editor.draft;
    draft.summary = tri("Каньон, обед и автобус");
    world.save(&world.owner, id, editor.version, &draft).await;
    assert_eq!(step(&world, id, Move::Submit).await.unwrap(), ListingStatus::InReview);
    assert_eq!(world.editor(id).await.remark, None);
    assert_eq!(step(&world, id, Move::Withdraw).await.unwrap(), ListingStatus::Draft);
    step(&world, id, Move::Submit).await.unwrap();
    reject("Нет").await.unwrap();
    assert_eq!(step(&world, id, Move::Reopen).await.unwrap(), ListingStatus::Draft);
}

#[sqlx::test(migrations = "../migrations")]
async fn edits_of_what_is_public_wait_and_prices_do_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, slug) = drafted(&world).await;
    step(&world, id, Move::Submit).await.unwrap();
    approve(&world, &slug).await.unwrap();
    assert!(
        matches!(step(&world, id, Move::Submit).await, Err(EditError::Status(ListingStatus::Published))),
        "nothing was edited"
    );

    let editor = world.editor(id).await;
    let mut draft = editor.draft;
    draft.title.ru = "Чарын на закате".into();
    world.save(&world.owner, id, editor.version, &draft).await;
    let mut types = editor.ticket_types.clone();
    types[0].price = Some(Money::from_tenge(12_000));
    let base = &editor.ticket_types;
    done!(world, |conn, ctx| editing::save_ticket_types(conn, ctx, &world.owner, id, base, &types)).unwrap();
    let page = world.shown(&slug).await.unwrap();
    assert_eq!((page.title.as_str(), page.price_from), ("Чарын за день", Money::from_tenge(12_000)));
    let preview = editing::preview(&mut *world.conn().await, world.ctx(), &world.owner, Lang::Ru, id).await.unwrap();
    assert_eq!((preview.title.as_str(), preview.pictures.len()), ("Чарын на закате", 1));

    assert_eq!(step(&world, id, Move::Submit).await.unwrap(), ListingStatus::Published);
    let editor = world.editor(id).await;
    assert!(editor.edits_in_review && editor.differs_from_live);
    assert_eq!(waiting(&world).await, ["Чарын на закате"], "as it is to be, not as it is");
    let late = done!(world, |conn, ctx| editing::save_draft(conn, ctx, &world.owner, id, editor.version, &draft));
    assert!(matches!(late, Err(EditError::Status(ListingStatus::InReview))));
    assert_eq!(world.shown(&slug).await.unwrap().title, "Чарын за день");
    done!(world, |conn, ctx| editing::reject(conn, ctx, &slug, "Без заката")).unwrap();
    let editor = world.editor(id).await;
    assert_eq!(
        (editor.status.as_str(), editor.remark.as_deref(), editor.edits_in_review),
        ("published", Some("Без заката"), false)
    );
    step(&world, id, Move::Submit).await.unwrap();
    step(&world, id, Move::Withdraw).await.unwrap();
    step(&world, id, Move::Submit).await.unwrap();
    approve(&world, &slug).await.unwrap();
    let page = world.shown(&slug).await.unwrap();
    assert_eq!((page.title.as_str(), page.slug.as_str()), ("Чарын на закате", slug.as_str()), "its address stays");
    assert!(!world.editor(id).await.differs_from_live);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_picture_cropped_anew_is_an_edit(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, slug) = drafted(&world).await;
    step(&world, id, Move::Submit).await.unwrap();
    approve(&world, &slug).await.unwrap();
    assert!(!world.editor(id).await.differs_from_live);
    world.run("update uploads set key = key || '-1'").await;
    assert!(world.editor(id).await.differs_from_live);
    step(&world, id, Move::Submit).await.unwrap();
    approve(&world, &slug).await.unwrap();
    assert!(world.shown(&slug).await.unwrap().pictures[0].key.ends_with("-1"));
}

async fn crop(world: &World, id: UploadId) -> Result<(), UploadError> {
    let half = Crop { left: 0, top: 0, width: 500, height: 1000 };
    done!(world, |conn, ctx| uploads::crop(conn, ctx, &world.owner, id, Some(half)))
}

#[sqlx::test(migrations = "../migrations")]
async fn what_waits_for_review_is_not_cropped(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, slug) = drafted(&world).await;
    let picture = world.editor(id).await.draft.pictures[0].upload;
    let copy = done!(world, |conn, ctx| editing::copy_listing(conn, ctx, &world.owner, id)).unwrap();
    let loose = world.upload(id).await;
    step(&world, id, Move::Submit).await.unwrap();
    assert!(matches!(crop(&world, picture).await, Err(UploadError::InReview)), "also in its copy, which shares it");
    crop(&world, loose).await.unwrap();
    assert_eq!(world.number("select count(*) from uploads where state = 'waiting'").await, 1);

    step(&world, id, Move::Withdraw).await.unwrap();
    crop(&world, picture).await.unwrap();
    assert!(matches!(step(&world, id, Move::Submit).await, Err(EditError::Problems(_))), "it is being made");
    world.run("update uploads set state = 'ready'").await;
    step(&world, id, Move::Submit).await.unwrap();
    approve(&world, &slug).await.unwrap();
    crop(&world, picture).await.unwrap();

    // Of what is public the edits wait.
    world.run("update uploads set state = 'ready', key = key || '-1'").await;
    step(&world, id, Move::Submit).await.unwrap();
    assert!(matches!(crop(&world, picture).await, Err(UploadError::InReview)));
    step(&world, id, Move::Withdraw).await.unwrap();
    step(&world, copy, Move::Submit).await.unwrap();
    assert!(matches!(crop(&world, picture).await, Err(UploadError::InReview)), "the copy waits, too");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_cropping_and_handing_in_one_wins(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = drafted(&world).await;
    let picture = world.editor(id).await.draft.pictures[0].upload;
    for _ in 0..8 {
        let (cropped, submitted) = futures::join!(crop(&world, picture), step(&world, id, Move::Submit));
        match (cropped, submitted) {
            (Err(UploadError::InReview), Ok(_)) => {
                step(&world, id, Move::Withdraw).await.unwrap();
            }
            (Ok(()), Err(EditError::Problems(_))) => world.run("update uploads set state = 'ready'").await,
            other => panic!("{other:?}"),
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_approved_too_early_becomes_public_with_its_organisation(pool: PgPool) {
    let world = World::new(pool).await;
    world.run("update organisations set status = 'draft'").await;
    let (id, slug) = drafted(&world).await;
    step(&world, id, Move::Submit).await.unwrap();
    assert_eq!(approve(&world, &slug).await.unwrap(), Approved::WaitsForActivation);
    assert!(world.shown(&slug).await.is_none());
    let organisation = world.tour.organisation;
    let publish = async || done!(world, |conn, ctx| catalog::publish_approved(conn, ctx, organisation)).unwrap();
    assert!(publish().await.is_empty(), "it is not active yet");
    world.run("update organisations set status = 'active'").await;
    assert_eq!(publish().await, [id]);
    assert!(world.shown(&slug).await.is_some() && publish().await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn off_sale_for_a_while_and_for_good(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.tour.listing;
    for wrong in [Move::Withdraw, Move::Resume, Move::Archive, Move::Reopen] {
        assert!(matches!(step(&world, id, wrong).await, Err(EditError::Status(ListingStatus::Published))), "{wrong:?}");
    }
    assert_eq!(step(&world, id, Move::Pause).await.unwrap(), ListingStatus::Paused);
    assert!(world.place(world.tour.adult, 1).await.is_err());
    assert_eq!(step(&world, id, Move::Resume).await.unwrap(), ListingStatus::Published);
    world.place(world.tour.adult, 1).await.unwrap();
    step(&world, id, Move::Pause).await.unwrap();
    world.run("update organisations set status = 'blocked'").await;
    assert!(step(&world, id, Move::Resume).await.is_err(), "a blocked partner shows nothing");
    assert_eq!(step(&world, id, Move::Archive).await.unwrap(), ListingStatus::Archived);
    let draft = world.editor(id).await.draft;
    let late = done!(world, |conn, ctx| editing::save_draft(conn, ctx, &world.owner, id, 0, &draft));
    assert!(matches!(late, Err(EditError::Status(ListingStatus::Archived))));
}
