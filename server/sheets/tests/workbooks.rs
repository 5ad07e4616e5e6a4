//! Files as partners send them, and as nobody should.
#![allow(clippy::unwrap_used)]
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use sapar_shared::{
    Lang,
    sheets::{CellError, CellErrorKind, Column, MAX_ROWS, Raw, Sheet, Value},
    tr::imports as tr,
};
use sapar_sheets::{Choices, Refused, corrected, read, template};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn choices() -> Choices {
    Choices {
        places: vec!["Кольсай".into(), "Чарын".into()],
        categories: vec!["Озёра".into()],
        example_place: "Кольсай".into(),
        example_from: "Алматы".into(),
        example_category: "Озёра".into(),
        tours: vec![("kolsai-lakes".into(), "Озёра Кольсай".into())],
    }
}

/// A workbook with one sheet of departures, in Russian, with these rows of texts.
fn departures(rows: &[[&str; 4]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(Sheet::Departures.name(Lang::Ru)).unwrap();
    for (place, column) in (0_u16..).zip(Sheet::Departures.columns()) {
        page.write_string(0, place, column.heading(Lang::Ru)).unwrap();
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (place, cell) in (0_u16..).zip(cells) {
            page.write_string(row, place, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn a_fresh_template_brings_nothing_in_any_language() {
    for lang in Lang::ALL {
        let file = template(lang, 2026, &choices()).unwrap();
        assert_eq!(read(&file), Err(Refused::Empty), "{lang}: its example is none of ours");
    }
}

#[test]
fn headings_of_every_language_mean_the_same_columns() {
    for lang in Lang::ALL {
        let mut book = Workbook::new();
        for sheet in Sheet::ALL {
            let page = book.add_worksheet();
            page.set_name(sheet.name(lang)).unwrap();
            for (place, column) in (0_u16..).zip(sheet.columns()) {
                page.write_string(0, place, format!("{} *", column.heading(lang))).unwrap();
                page.write_string(1, place, "x").unwrap();
            }
        }
        let raw = read(&book.save_to_buffer().unwrap()).unwrap();
        for sheet in Sheet::ALL {
            let table = raw.table(sheet).unwrap();
            let found: Vec<Column> = table.headings.iter().filter_map(|heading| heading.column).collect();
            assert_eq!(found, sheet.columns(), "{lang}");
            assert_eq!(table.rows.len(), 1);
        }
    }
}

#[test]
fn dates_times_and_numbers_are_read_as_the_spreadsheet_keeps_them() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Departures").unwrap();
    for (place, column) in (0_u16..).zip(Sheet::Departures.columns()) {
        page.write_string(0, place, column.heading(Lang::En)).unwrap();
    }
    let (day, clock) = (Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("hh:mm"));
    page.write_string(1, 0, "  kolsai ").unwrap();
    page.write_datetime_with_format(1, 1, ExcelDateTime::from_ymd(2026, 12, 5).unwrap(), &day).unwrap();
    page.write_datetime_with_format(1, 2, ExcelDateTime::from_hms(6, 30, 0).unwrap(), &clock).unwrap();
    page.write_number(1, 3, 18).unwrap();
    let raw = read(&book.save_to_buffer().unwrap()).unwrap();
    let row = &raw.table(Sheet::Departures).unwrap().rows[0];
    assert_eq!((row.number, row.at(0), row.at(3)), (2, Some(&text("kolsai")), Some(&text("18"))));
    assert!(matches!(row.at(1), Some(Value::Moment { date: at, .. }) if *at == date(2026, 12, 5)), "{row:?}");
    assert!(matches!(row.at(2), Some(Value::Moment { minutes: 390, .. })), "{row:?}");
}

#[test]
fn the_corrected_file_is_read_as_the_first_one_was() {
    let raw = read(&departures(&[["kolsai", "05.12.2026", "06:00", "18"], ["", "когда-нибудь", "06:00", "18"]])).unwrap();
    let error = |row, place, kind| {
        let table = raw.table(Sheet::Departures).unwrap();
        CellError { sheet: Sheet::Departures, row, place, address: table.address(place, row), kind, value: String::new() }
    };
    let errors = [error(3, 0, CellErrorKind::Missing), error(3, 1, CellErrorKind::NotADate)];
    assert_eq!(errors[1].address, "Выезды!B3");
    for lang in Lang::ALL {
        let file = corrected(&raw, &errors, lang).unwrap();
        assert_eq!(read(&file).unwrap(), raw, "{lang}: what was added is for people");
    }
}

#[test]
fn a_missing_column_is_added_to_the_corrected_file() {
    let mut raw = read(&departures(&[["kolsai", "05.12.2026", "06:00", "18"]])).unwrap();
    let table = &mut raw.tables[0];
    table.headings.truncate(3);
    table.rows[0].cells.truncate(3);
    let error = CellError {
        sheet: Sheet::Departures,
        row: 1,
        place: 3,
        address: table.address(3, 1),
        kind: CellErrorKind::MissingColumn(Column::Capacity),
        value: String::new(),
    };
    let again = read(&corrected(&raw, &[error], Lang::Ru).unwrap()).unwrap();
    assert_eq!(again.table(Sheet::Departures).unwrap().place(Column::Capacity), Some(3));
}

#[test]
fn a_hundred_thousand_rows_are_refused() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Выезды").unwrap();
    page.write_string(0, 0, "Тур").unwrap();
    for row in 1..=100_000 {
        page.write_number(row, 0, row).unwrap();
    }
    let refused = read(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(refused, Refused::TooManyRows("Выезды".into()));
    // As the sheet is called in the file, whatever language the reader has.
    for lang in Lang::ALL {
        assert!(refused.words(lang).contains("Выезды"), "{lang}");
    }
}

#[test]
fn as_many_rows_as_may_be_are_read() {
    let rows = vec![["kolsai", "05.12.2026", "06:00", "18"]; MAX_ROWS as usize];
    assert_eq!(read(&departures(&rows)).unwrap().rows(), MAX_ROWS as usize);
}

#[test]
fn formulas_are_named_by_their_cells() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Туры").unwrap();
    page.write_formula(6, 2, "=A1&B1").unwrap();
    page.write_formula(7, 27, "=1+1").unwrap();
    let refused = read(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(refused, Refused::Formulas { named: vec!["Туры!C7".into(), "Туры!AB8".into()], more: 0 });
    assert!(refused.words(Lang::Ru).contains("Туры!C7"));
}

#[test]
fn of_very_many_formulas_the_first_are_named_and_the_others_counted() {
    let file = |formulas: u32| {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name("Tours").unwrap();
        for row in 1..=formulas {
            page.write_formula(row, 0, "=1+1").unwrap();
        }
        read(&book.save_to_buffer().unwrap()).unwrap_err()
    };
    let words = |formulas| Lang::ALL.map(|lang| file(formulas).words(lang));
    let [ru, kk, en] = words(20);
    assert!(ru.starts_with("В ячейках Tours!A2, ") && ru.contains("Tours!A21 формулы"), "{ru}");
    assert!(kk.contains("Tours!A21 ұяшықтарында") && en.contains("Tours!A21 hold"), "{kk} {en}");
    let [ru, kk, en] = words(21);
    assert!(ru.contains("Tours!A21 и ещё в 1 ячейке") && kk.contains("тағы 1 ұяшықта") && en.contains("1 more cell hold"));
    let [ru, _, en] = words(25);
    assert!(ru.contains("ещё в 5 ячейках") && en.contains("5 more cells hold"), "{ru} {en}");
    let [ru, ..] = words(100_000);
    assert!(ru.contains("ещё в 99\u{202f}980 ячейках") && ru.len() < 1_000, "{ru}");
}

/// A spreadsheet's parts, as small as they may be.
fn parts(sheet: &str) -> Vec<(&'static str, Vec<u8>)> {
    let part = |text: &str| text.as_bytes().to_vec();
    vec![
        (
            "[Content_Types].xml",
            part(
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
            ),
        ),
        (
            "_rels/.rels",
            part(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
        ),
        (
            "xl/workbook.xml",
            part(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tours" sheetId="1" r:id="r1"/></sheets></workbook>"#,
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
        ),
        ("xl/worksheets/sheet1.xml", part(sheet)),
    ]
}

fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(cells: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>"#
    )
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let bomb = packed(&parts(&sheet(&" ".repeat(60 << 20))));
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(read(&bomb), Err(Refused::TooBig));
}

#[test]
fn a_directory_that_lies_is_found_out() {
    let mut bomb = packed(&parts(&sheet(&" ".repeat(60 << 20))));
    // In both headers of the sheet: it says that it unpacks to a hundred bytes.
    for (signature, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let headers: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..].starts_with(signature)).collect();
        let last = headers.last().unwrap() + offset;
        bomb[last..last + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(matches!(read(&bomb), Err(Refused::TooBig | Refused::Broken)));
}

/// calamine would make room for a hundred billion texts, and for every cell between the first and the last.
#[test]
fn what_a_file_claims_of_itself_costs_nothing() {
    let mut liar = parts(&sheet(""));
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999"></sst>"#;
    liar.push(("xl/sharedStrings.xml", strings.as_bytes().to_vec()));
    assert_eq!(read(&packed(&liar)), Err(Refused::Broken));

    let hidden: Vec<u8> = strings.encode_utf16().flat_map(u16::to_le_bytes).collect();
    *liar.last_mut().unwrap() = ("xl/sharedStrings.xml", [vec![0xff, 0xfe], hidden].concat());
    assert_eq!(read(&packed(&liar)), Err(Refused::Broken));

    let far = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>k</t></is></c><c r="XFD2"><v>1</v></c></row>"#;
    let raw = read(&packed(&parts(&sheet(far)))).unwrap();
    assert_eq!(raw.tables[0].rows[0].cells, [(0, text("k"))]);
    let low = r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#;
    assert_eq!(read(&packed(&parts(&sheet(low)))), Err(Refused::TooManyRows("Tours".into())));
    // A shared formula of that number has a list as long made for it, when formulas are read as texts.
    let shared = r#"<row r="2"><c r="A2"><f t="shared" si="999999999999" ref="A2:A3">1</f><v>1</v></c></row>"#;
    assert_eq!(read(&packed(&parts(&sheet(shared)))), Err(Refused::Formulas { named: vec!["Tours!A2".into()], more: 0 }));
}

#[test]
fn one_long_text_in_many_cells_is_not_multiplied_without_end() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "ы".repeat(15_000));
    let row = |n: usize| {
        let cells: String = (0..26_u8).map(|at| format!(r#"<c r="{}{n}" t="s"><v>0</v></c>"#, char::from(b'A' + at))).collect();
        format!(r#"<row r="{n}">{cells}</row>"#)
    };
    let mut file = parts(&sheet(&(2..=2_000).map(row).collect::<String>()));
    file.push(("xl/sharedStrings.xml", strings.into_bytes()));
    assert_eq!(read(&packed(&file)), Err(Refused::TooBig));
}

#[test]
fn other_files_are_told_apart() {
    assert_eq!(read(b"key;title\n1;Kolsai"), Err(Refused::NotXlsx));
    assert_eq!(read(b""), Err(Refused::NotXlsx));
    assert_eq!(read(&packed(&[("word/document.xml", b"<document/>".to_vec())])), Err(Refused::NotXlsx));
    assert_eq!(read(&vec![0; 6 << 20]), Err(Refused::TooHeavy));
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert_eq!(read(&compound), Err(Refused::OldFormat));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&[compound, vec![0; 64], name].concat()), Err(Refused::Locked));
    let mut macros = parts(&sheet(""));
    macros.push(("xl/vbaProject.bin", vec![1; 10]));
    assert_eq!(read(&packed(&macros)), Err(Refused::Macros));
    assert_eq!(read(&packed(&parts("<worksheet><sheetData><row"))), Err(Refused::Broken));
    assert_eq!(read(&packed(&parts(&sheet("")))[..200]), Err(Refused::Broken));
}

#[test]
fn a_file_of_other_sheets_is_none_of_ours() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Бюджет").unwrap().write_string(0, 0, "x").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()), Err(Refused::NoSheets));
    assert_eq!(read(&departures(&[])), Err(Refused::Empty));
    assert_eq!(read(&departures(&[[tr::example(Lang::Kk), "05.12.2026", "06:00", "18"]])), Err(Refused::Empty));
    assert!(Raw::default().table(Sheet::Tours).is_none());
}
