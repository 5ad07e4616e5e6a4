//! Writing a tour, alone and in two.
use crate::world::{World, done, tri};
use sapar_domain::{
    catalog::editing::{self, EditError},
    uploads,
};
use sapar_shared::{
    Lang,
    dto::editor::{DraftPicture, Editor, NewTour, ProblemKind, Tri},
};
use sqlx::PgPool;

fn new_tour(title: &str) -> NewTour {
    NewTour { title: title.into(), place: "place-kolsai".into(), category: "category-kolsai".into(), duration_minutes: 720 }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_tour_begins_with_what_it_is_and_an_address(pool: PgPool) {
    let world = World::new(pool).await;
    let make = async |new: NewTour| done!(world, |conn, ctx| editing::create_listing(conn, ctx, &world.owner, Lang::Kk, &new));
    let first = make(new_tour(" Шарын шатқалы ")).await.unwrap();
    let second = make(new_tour("Шарын шатқалы")).await.unwrap();
    let editor = world.editor(first).await;
    assert_eq!((editor.slug.as_str(), editor.status.as_str(), editor.version), ("sharyn-shatkaly", "draft", 1));
    assert_eq!(world.editor(second).await.slug, "sharyn-shatkaly-2");
    assert_eq!((editor.draft.title.kk.as_str(), editor.draft.title.ru.as_str()), ("Шарын шатқалы", ""));
    assert!(editor.ticket_types.is_empty(), "nobody has named a price");
    assert!(world.shown("sharyn-shatkaly").await.is_none(), "nobody else sees it");

    let nonsense = NewTour { title: "Аб".into(), place: "nowhere".into(), category: String::new(), duration_minutes: 0 };
    let Err(EditError::Problems(problems)) = make(nonsense).await else { panic!("it was made") };
    let found: Vec<_> = problems.iter().map(|p| (p.field.as_str(), p.kind)).collect();
    let wanted = [
        ("title", ProblemKind::TooShort),
        ("place", ProblemKind::Malformed),
        ("category", ProblemKind::Missing),
        ("duration_minutes", ProblemKind::Malformed),
    ];
    assert_eq!(found, wanted);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_live_can_be_edited_without_a_draft(pool: PgPool) {
    let world = World::new(pool).await;
    world
        .run("insert into pictures (id, listing_id, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en)
              select gen_random_uuid(), id, 0, 'kolsai-1', '{480,960}', 960, 640, '#5b7f95', 'Озеро', 'Көл', 'A lake' from listings")
        .await;
    let listing = world.tour.listing;
    let editor = world.editor(listing).await;
    assert_eq!((editor.version, editor.differs_from_live), (0, false));
    assert_eq!(editor.draft.title.kk, "Көлсай көлдері");
    assert_eq!(editor.pictures[0].address.as_deref(), Some("/files/pictures/kolsai-1-480.webp"));
    assert_eq!(editor.ticket_types.len(), 2);
    assert_eq!(world.number("select count(*) from listing_drafts").await, 0, "looking writes nothing");

    let mut draft = editor.draft.clone();
    draft.title.en = "Kolsai lakes".into();
    let saved = world.save(&world.owner, listing, 0, &draft).await;
    assert_eq!((saved.version, saved.with), (1, None));
    let editor = world.editor(listing).await;
    assert!(editor.differs_from_live && editor.draft == draft);
    assert_eq!(world.number("select count(*) from uploads u join pictures p on p.id = u.id and p.key = u.key").await, 1);
    draft.title.en.clear();
    world.save(&world.owner, listing, 1, &draft).await;
    assert!(!world.editor(listing).await.differs_from_live, "taken back word by word");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_sent_and_came_into_no_draft_is_shown(pool: PgPool) {
    let world = World::new(pool).await;
    let listing = world.tour.listing;
    let (first, second, deleted, unreadable) =
        (world.upload(listing).await, world.upload(listing).await, world.upload(listing).await, world.upload(listing).await);
    done!(world, |conn, ctx| uploads::discard(conn, ctx, &world.owner, deleted, true)).unwrap();
    sqlx::query("update uploads set state = 'failed', error = 'broken' where id = $1")
        .bind(unreadable.0)
        .execute(&world.services.pool)
        .await
        .unwrap();
    let ids = |editor: &Editor| {
        let mut ids = editor.pictures.iter().map(|picture| picture.id).collect::<Vec<_>>();
        ids.sort_unstable_by_key(|id| id.0);
        ids
    };
    let mut wanted = vec![first, second];
    wanted.sort_unstable_by_key(|id| id.0);
    let editor = world.editor(listing).await;
    assert!(editor.draft.pictures.is_empty());
    assert_eq!(ids(&editor), wanted);
    assert_eq!(world.number("select count(*) from listing_drafts").await, 0, "looking writes nothing");

    let mut draft = editor.draft.clone();
    draft.pictures = vec![DraftPicture { upload: second, alt: Tri::default() }];
    world.save(&world.owner, listing, 0, &draft).await;
    assert_eq!(ids(&world.editor(listing).await), wanted, "each once");
    world.run("update listing_drafts set submitted_at = now()").await;
    assert_eq!(ids(&world.editor(listing).await), [second], "what a moderator reads gets nothing new");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_again_is_no_version_and_too_much_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let listing = world.tour.listing;
    let mut draft = world.editor(listing).await.draft;
    assert_eq!(world.save(&world.owner, listing, 0, &draft).await.version, 0);
    draft.summary.ru = "Один\u{0} день".into();
    let saved = world.save(&world.owner, listing, 0, &draft).await;
    assert_eq!(saved.version, 0, "without what is invisible it is the same");
    draft.summary.ru = "x".repeat(10_000);
    let refused = done!(world, |conn, ctx| editing::save_draft(conn, ctx, &world.owner, listing, 0, &draft));
    assert!(matches!(refused, Err(EditError::Problems(problems)) if problems[0].field == "summary.ru"));
    for number in 0..60 {
        draft.summary.ru = format!("Версия {number}");
        world.save(&world.owner, listing, number, &draft).await;
    }
    assert_eq!(world.number("select count(*) from listing_draft_versions").await, 50, "the last fifty are kept");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_who_edit_at_once_lose_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let listing = world.tour.listing;
    let (daulet, aigul) = (world.person("Дәулет").await, world.person("Айгүл").await);
    let base = world.editor(listing).await;
    let (mut his, mut hers) = (base.draft.clone(), base.draft.clone());
    his.title.ru = "Озёра за день".into();
    his.included = vec![tri("Обед")];
    hers.title.ru = "Кольсай и Каинды".into();
    hers.summary.kk = "Бір күндік сапар".into();
    assert_eq!(world.save(&daulet, listing, base.version, &his).await.with, None);
    let saved = world.save(&aigul, listing, base.version, &hers).await;
    assert_eq!(saved.with.as_deref(), Some("Дәулет"));
    assert_eq!((saved.draft.title.ru.as_str(), saved.draft.summary.kk.as_str()), ("Озёра за день", "Бір күндік сапар"));
    assert_eq!(saved.draft.included, [tri("Обед")]);
    let [conflict] = saved.conflicts.as_slice() else { panic!("{:?}", saved.conflicts) };
    assert_eq!((conflict.field.as_str(), conflict.mine.as_str()), ("title.ru", "Кольсай и Каинды"));
    let editor = world.editor(listing).await;
    assert_eq!((editor.version, editor.edited_by.as_str()), (2, "Айгүл"));
    assert_eq!(editor.draft, saved.draft);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_list_is_paged_filtered_and_searched(pool: PgPool) {
    let world = World::new(pool).await;
    for number in 0..40 {
        let new = new_tour(&format!("Тур №{number} к озёрам"));
        done!(world, |conn, ctx| editing::create_listing(conn, ctx, &world.owner, Lang::Ru, &new)).unwrap();
    }
    let list = async |status: &str, text: &str, cursor: &str| {
        editing::listings(&mut *world.conn().await, world.ctx(), &world.owner, Lang::Ru, status, text, cursor).await.unwrap()
    };
    let first = list("", "", "").await;
    let second = list("", "", first.next_cursor.as_deref().unwrap()).await;
    assert_eq!((first.rows.len(), second.rows.len(), second.next_cursor), (30, 11, None));
    let mut ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|row| row.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 41);
    assert_eq!(list("published", "", "").await.rows.len(), 1);
    assert_eq!(list("no such", "", "").await.rows.len(), 0);
    assert_eq!(list("", "№39 К ОЗЕР", "").await.rows.len(), 1);
    let tour = list("", "көлсай", "").await.rows.remove(0);
    assert_eq!((tour.title.as_str(), tour.departures, tour.edits_in_review), ("Озёра Кольсай", 1, false));
    assert_eq!(tour.price_from, Some(sapar_shared::Money::from_tenge(5_000)));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_copy_has_everything_but_departures(pool: PgPool) {
    let world = World::new(pool).await;
    let copy = done!(world, |conn, ctx| editing::copy_listing(conn, ctx, &world.owner, world.tour.listing)).unwrap();
    let (original, mut copied) = (world.editor(world.tour.listing).await, world.editor(copy).await);
    assert_eq!((copied.status.as_str(), copied.slug.as_str()), ("draft", "ozera-kolsay"));
    assert_eq!(copied.draft.title.ru, format!("{} (копия)", original.draft.title.ru));
    copied.draft.title = original.draft.title.clone();
    assert_eq!(copied.draft, original.draft);
    let named = |editor: &sapar_shared::dto::editor::Editor| {
        editor.ticket_types.iter().map(|kind| (kind.name.clone(), kind.price)).collect::<Vec<_>>()
    };
    assert_eq!(named(&copied), named(&original));
    assert!(copied.ticket_types.iter().all(|kind| original.ticket_types.iter().all(|other| kind.id != other.id)));
    assert_eq!(world.number("select count(*) from departures").await, 1);
}
