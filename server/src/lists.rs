//! A departure's passengers as files. Rows are read in parts, each on a connection that is given back before the next.
use crate::press;
use anyhow::Context as _;
use bytes::Bytes;
use futures::{Stream, stream};
use rust_xlsxwriter::{Format, Workbook};
use sapar_documents::manifest::{Manifest, Person};
use sapar_domain::{
    Services,
    accounts::Actor,
    tickets::{self, After},
};
use sapar_shared::{
    Lang,
    code::grouped,
    contact::Phone,
    dto::{
        order::TicketStatus,
        partner::{DepartureRow, Passenger},
    },
    ids::DepartureId,
    tr::orders as words,
    when,
};

/// Passengers of one part.
const PART: i64 = 500;
/// What tells spreadsheets that a file is UTF-8.
const BOM: &str = "\u{feff}";
const COLUMNS: usize = 7;

/// Where the table is.
enum At {
    Head,
    Part(Option<After>),
    End,
}

/// With semicolons, as spreadsheets of this country expect them, part by part.
pub fn csv(
    services: Services,
    actor: Actor,
    departure: DepartureId,
    lang: Lang,
) -> impl Stream<Item = anyhow::Result<Bytes>> + Send + 'static {
    stream::try_unfold((At::Head, services, actor), move |(at, services, actor)| async move {
        let after = match at {
            At::Head => {
                let head = format!("{BOM}{}", csv_line(&columns(lang).map(str::to_owned)));
                return Ok(Some((Bytes::from(head), (At::Part(None), services, actor))));
            }
            At::Part(after) => after,
            At::End => return Ok(None),
        };
        let (rows, next) = part(&services, &actor, departure, after.as_ref(), lang).await?;
        let text: String = rows.iter().map(|passenger| csv_line(&cells(lang, passenger))).collect();
        let at = next.map_or(At::End, |after| At::Part(Some(after)));
        Ok(Some((Bytes::from(text), (at, services, actor))))
    })
}

/// A sheet with a head that stays, written row by row.
pub async fn xlsx(services: &Services, actor: &Actor, departure: &DepartureRow, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let rows = all(services, actor, departure.id, lang).await?;
    press::run(move || write_xlsx(&rows, lang)).await?
}

/// To be ticked off with a pencil.
pub async fn pdf(services: &Services, actor: &Actor, departure: &DepartureRow, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let people = all(services, actor, departure.id, lang).await?.into_iter().filter(|p| p.status != TicketStatus::Void);
    let people = people
        .map(|passenger| Person {
            name: name(lang, &passenger).to_owned(),
            phone: phone(&passenger.phone),
            ticket_type: passenger.ticket_type,
            order: passenger.order_number,
            code: grouped(&passenger.code),
            here: passenger.status == TicketStatus::Activated,
        })
        .collect();
    let manifest =
        Manifest { lang, title: departure.title.clone(), starts_at: departure.starts_at, made_at: services.ctx.now(), people };
    press::run(move || sapar_documents::manifest::pdf(&manifest)).await?.context("the list was not typeset")
}

async fn part(
    services: &Services,
    actor: &Actor,
    departure: DepartureId,
    after: Option<&After>,
    lang: Lang,
) -> anyhow::Result<(Vec<Passenger>, Option<After>)> {
    Ok(tickets::list_part(&mut *services.conn().await?, &services.ctx, actor, departure, after, PART, lang).await?)
}

async fn all(services: &Services, actor: &Actor, departure: DepartureId, lang: Lang) -> anyhow::Result<Vec<Passenger>> {
    let (mut all, mut after) = part(services, actor, departure, None, lang).await?;
    while let Some(last) = after {
        let (rows, next) = part(services, actor, departure, Some(&last), lang).await?;
        all.extend(rows);
        after = next;
    }
    Ok(all)
}

fn write_xlsx(rows: &[Passenger], lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (column, width) in (0_u16..).zip([28, 20, 18, 16, 18, 14, 16]) {
        sheet.set_column_width(column, width)?;
    }
    for (column, title) in (0_u16..).zip(columns(lang)) {
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    for (row, passenger) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells(lang, passenger)) {
            // A string is never taken for a formula.
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn columns(lang: Lang) -> [&'static str; COLUMNS] {
    [
        words::column_passenger(lang),
        words::column_phone(lang),
        words::column_type(lang),
        words::column_number(lang),
        words::column_code(lang),
        words::column_state(lang),
        words::column_arrived(lang),
    ]
}

fn cells(lang: Lang, passenger: &Passenger) -> [String; COLUMNS] {
    let state = match passenger.status {
        TicketStatus::Issued => words::state_waiting(lang),
        TicketStatus::Activated => words::state_arrived(lang),
        TicketStatus::Void => words::state_void(lang),
    };
    let arrived = passenger.activated_at.map(|at| {
        let at = when::local(at);
        format!("{} {}", when::iso(at.date()), when::clock(at))
    });
    [
        name(lang, passenger).to_owned(),
        phone(&passenger.phone),
        passenger.ticket_type.clone(),
        passenger.order_number.clone(),
        grouped(&passenger.code),
        state.to_owned(),
        arrived.unwrap_or_default(),
    ]
}

fn name(lang: Lang, passenger: &Passenger) -> &str {
    if passenger.name.is_empty() { words::no_name(lang) } else { &passenger.name }
}

/// In groups and without its plus: so it is a text to every spreadsheet, and no sum; and it can be copied into a dialler.
fn phone(number: &str) -> String {
    Phone::parse(number).map_or_else(|| number.to_owned(), |phone| phone.pretty()).trim_start_matches('+').replace('\u{a0}', " ")
}

fn csv_line(cells: &[String; COLUMNS]) -> String {
    let mut line = cells.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(";");
    line.push_str("\r\n");
    line
}

/// Quoted (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it.
fn csv_cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(csv_cell("Айгүл \"Ая\"; Ким"), "\"Айгүл \"\"Ая\"\"; Ким\"");
        for evil in ["=1+1", "+7", "-2", "@SUM(A1)", " =1", "\t=1"] {
            assert!(csv_cell(evil).starts_with("\"'"), "{evil}");
        }
        assert_eq!(phone("+77011234567"), "7 701 123 45 67");
    }

    #[test]
    fn a_sheet_is_written() {
        let passenger = Passenger {
            code: "7K2M9QXA03TB".into(),
            name: "=HYPERLINK(\"x\")".into(),
            phone: "+77011234567".into(),
            ticket_type: "Взрослый".into(),
            order: sapar_shared::ids::OrderId(uuid::Uuid::nil()),
            order_number: "ABCDEFGH".into(),
            status: TicketStatus::Issued,
            activated_at: None,
        };
        let sheet = write_xlsx(&[passenger], Lang::Ru).expect("a sheet");
        assert!(sheet.starts_with(b"PK"));
    }
}
