//! What is wrong is told by its cell.
use crate::world::{KNOWN, World, actor, departures, good, table, ticket_types, tours};
use sapar_domain::{
    catalog::importing::{self, ImportError},
    testing::TourBuilder,
};
use sapar_shared::{
    Lang,
    dto::import::ImportState,
    roles::Role,
    sheets::{CellErrorKind, Column, Raw, Sheet, Value},
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn three_wrong_rows_give_three_addresses(pool: PgPool) {
    let world = World::new(pool).await;
    let mut raw = good();
    raw.tables[0].rows[1].cells.retain(|(place, _)| *place != 3);
    raw.tables[1].rows[0].cells[2].1 = Value::Text("дорого".into());
    raw.tables[2].rows[2].cells[1].1 = Value::Text("31.02.2027".into());
    assert_eq!(world.wrong(&raw).await, ["Туры!D3", "Типы билетов!C2", "Выезды!B4"]);
}

/// A Russian reader sent a Kazakh template: a cell is found by what its sheet is called there.
#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_is_called_as_in_the_file(pool: PgPool) {
    let world = World::new(pool).await;
    let mut raw = good();
    for table in &mut raw.tables {
        table.name = table.sheet.name(Lang::Kk).to_owned();
    }
    raw.tables[2].rows[1] = raw.tables[2].rows[0].clone();
    raw.tables[2].rows[1].number = 3;
    let view = world.receive_as(&world.owner, &raw).await.unwrap().view;
    let found: Vec<_> = view.errors.into_iter().map(|error| (error.address, error.kind)).collect();
    assert_eq!(found, [("Сапарлар!B3".to_owned(), CellErrorKind::Twice { address: "Сапарлар!B2".into() })]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_right_file_says_what_it_brings(pool: PgPool) {
    let world = World::new(pool).await;
    let view = world.receive_as(&world.owner, &good()).await.unwrap().view;
    assert_eq!(view.row.state, ImportState::Ready, "{:?}", view.errors);
    assert_eq!((view.row.counts.tours, view.row.counts.ticket_types, view.row.counts.departures), (2, 2, 3));
    let tours: Vec<_> =
        view.tours.iter().map(|tour| (tour.title.as_str(), tour.is_new, tour.ticket_types, tour.departures)).collect();
    assert_eq!(tours, [("Озёра Кольсай", false, 1, 1), ("Чарын за день", true, 1, 2), ("Каинды", true, 0, 0)]);
    assert_eq!(world.number("select count(*) from listings").await, 1, "nothing is written before the word");
}

#[sqlx::test(migrations = "../migrations")]
async fn doubles_in_the_file_and_with_what_is_there_are_found(pool: PgPool) {
    let world = World::new(pool).await;
    let raw = Raw {
        tables: vec![
            tours(&[
                &["T1", "Чарын", "", "кольсай", "озёра", "12"],
                &["T1", "Каинды", "", "кольсай", "озёра", "12"],
                &["T3", "чарын", "", "кольсай", "озёра", "12"],
                // As the published tour in Kazakh.
                &["T4", "Ещё один", "Көлсай көлдері", "кольсай", "озёра", "12"],
                &[KNOWN, "Пятый", "", "кольсай", "озёра", "12"],
            ]),
            ticket_types(&[&["T3", "Взрослый", "1", ""], &["T3", "ВЗРОСЛЫЙ", "1", ""], &["T4", "Взрослый", "1", ""]]),
            departures(&[
                &["T3", "05.12.2026", "06:00", "1"],
                &["T3", "2026-12-05", "6:00", "2"],
                // A week from now, at nine, leaves the one that there is.
                &["https://sapar.kz/ru/tours/tour-kolsai", "28.11.2026", "09:00", "2"],
            ]),
        ],
    };
    let view = world.receive_as(&world.owner, &raw).await.unwrap().view;
    let found: Vec<_> = view.errors.into_iter().map(|error| (error.address, error.kind)).collect();
    let twice = |address: &str| CellErrorKind::Twice { address: address.into() };
    let wanted = [
        ("Туры!A3", twice("Туры!A2")),
        ("Туры!B4", twice("Туры!B2")),
        ("Туры!C5", CellErrorKind::ThereBefore),
        ("Туры!A6", CellErrorKind::ThereBefore),
        ("Типы билетов!B3", twice("Типы билетов!B2")),
        ("Выезды!B3", twice("Выезды!B2")),
        // The address of a page means the listing; the new tour of the same key does not hide it.
        ("Выезды!B4", CellErrorKind::ThereBefore),
    ];
    assert_eq!(found, wanted.map(|(address, kind)| (address.to_owned(), kind)));
}

#[sqlx::test(migrations = "../migrations")]
async fn values_are_looked_at_one_by_one(pool: PgPool) {
    let world = World::new(pool).await;
    let columns = [
        Column::Key,
        Column::Title(Lang::En),
        Column::Place,
        Column::Category,
        Column::Hours,
        Column::Languages,
        Column::FreeCancelHours,
        Column::MeetingPoint,
    ];
    let long = "x".repeat(121);
    let bad: &[&str] = &["T1", &long, "Нигде", "Ничто", "0", "de", "-1", "91, 0"];
    let types = [
        Column::Tour,
        Column::Name(Lang::En),
        Column::Price,
        Column::Quota,
        Column::MinPerOrder,
        Column::MaxPerOrder,
        Column::ClosesMinutes,
    ];
    let raw = Raw {
        tables: vec![
            table(Sheet::Tours, &columns, &[bad]),
            table(Sheet::TicketTypes, &types, &[&["T1", "", "1", "x", "5", "2", "1.5"]]),
            departures(&[&["T9", "20.11.2026", "06:00", "0"], &["T1", "05.12.2029", "25:00", "10"], &["", "", "", ""]]),
        ],
    };
    let found = world.wrong(&raw).await;
    let wanted = [
        "Туры!B2",
        "Туры!C2",
        "Туры!D2",
        "Туры!H2",
        "Туры!F2",
        "Туры!E2",
        "Туры!G2",
        "Типы билетов!B2",
        "Типы билетов!E2",
        "Типы билетов!D2",
        "Типы билетов!G2",
        "Выезды!A2",
        "Выезды!B2",
        "Выезды!D2",
        "Выезды!C3",
        "Выезды!A4",
        "Выезды!B4",
        "Выезды!C4",
        "Выезды!D4",
    ];
    let (mut found, mut wanted) = (found, wanted.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[sqlx::test(migrations = "../migrations")]
async fn columns_that_are_missing_or_unknown_are_named_once(pool: PgPool) {
    let world = World::new(pool).await;
    let mut raw = Raw {
        tables: vec![table(
            Sheet::Departures,
            &[Column::Tour, Column::Date, Column::Time],
            &[&[KNOWN, "05.12.2026", "06:00", "18"], &[KNOWN, "06.12.2026", "06:00", "18"]],
        )],
    };
    assert_eq!(world.wrong(&raw).await, ["Выезды!D1", "Выезды!E1"], "what stands in D is nobody's; places are missing");
    raw.tables[0].rows.iter_mut().for_each(|row| row.cells.truncate(3));
    assert_eq!(world.wrong(&raw).await, ["Выезды!D1"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_organisation_s_tour_is_unknown(pool: PgPool) {
    let world = World::new(pool).await;
    let other = TourBuilder::new("other").create(&mut world.services.conn().await.unwrap(), world.ctx()).await.unwrap();
    let raw = Raw { tables: vec![departures(&[&["tour-other", "05.12.2026", "06:00", "18"]])] };
    assert_eq!(world.wrong(&raw).await, ["Выезды!A2"]);

    let id = world.receive(&good()).await;
    let mut conn = world.services.conn().await.unwrap();
    let stranger = actor(other.organisation, Role::Owner);
    let ctx = world.ctx();
    assert!(matches!(importing::view(&mut conn, ctx, &stranger, id).await, Err(ImportError::NotFound)));
    assert!(matches!(importing::errors(&mut conn, ctx, &stranger, id).await, Err(ImportError::NotFound)));
    assert!(matches!(importing::start(&mut conn, ctx, &stranger, id).await, Err(ImportError::NotFound)));
    assert!(matches!(importing::undo(&mut conn, ctx, &stranger, Lang::Ru, id).await, Err(ImportError::NotFound)));
    assert!(importing::list(&mut conn, ctx, &stranger, "").await.unwrap().rows.is_empty());
    assert!(importing::choices(&mut conn, ctx, &stranger, Lang::Ru).await.unwrap().tours.iter().all(|(slug, _)| slug != KNOWN));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_who_edits_listings_imports(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.receive(&good()).await;
    let mut conn = world.services.conn().await.unwrap();
    for role in [Role::Accountant, Role::Seller, Role::Gate] {
        let (who, ctx) = (actor(world.tour.organisation, role), world.ctx());
        assert!(matches!(importing::may_receive(&who), Err(ImportError::Forbidden(_))));
        assert!(matches!(world.receive_as(&who, &good()).await, Err(ImportError::Forbidden(_))));
        assert!(matches!(importing::view(&mut conn, ctx, &who, id).await, Err(ImportError::Forbidden(_))));
        assert!(matches!(importing::list(&mut conn, ctx, &who, "").await, Err(ImportError::Forbidden(_))));
        assert!(matches!(importing::start(&mut conn, ctx, &who, id).await, Err(ImportError::Forbidden(_))));
        assert!(matches!(importing::undo(&mut conn, ctx, &who, Lang::Ru, id).await, Err(ImportError::Forbidden(_))));
        assert!(matches!(importing::choices(&mut conn, ctx, &who, Lang::Ru).await, Err(ImportError::Forbidden(_))));
    }
    assert_eq!(world.state(id).await, ImportState::Ready);
}
