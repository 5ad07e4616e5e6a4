//! The workbook that a partner begins with.
use crate::look::{Look, heading, shape};
use rust_xlsxwriter::{DataValidation, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};
use sapar_shared::{
    Lang,
    sheets::{Column as C, MAX_ROWS, Sheet},
    tr::imports as tr,
};

/// What may be chosen, in the partner's language and as it is read back.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub places: Vec<String>,
    pub categories: Vec<String>,
    /// Those of the example; empty where there is nothing to choose.
    pub example_place: String,
    pub example_from: String,
    pub example_category: String,
    /// Slugs and titles of the tours that there are.
    pub tours: Vec<(String, String)>,
}

/// An example's cell.
enum Example {
    Text(String),
    Number(i32),
    Date(u16, u8, u8),
    Time(u16, u8),
}

/// The three sheets with an example each, help, and the lists to choose from. The example's date is in `year`.
///
/// # Errors
/// Those of the writer; none is known that could come of this.
pub fn template(lang: Lang, year: u16, choices: &Choices) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut book = Workbook::new();
    for sheet in Sheet::ALL {
        let page = book.add_worksheet();
        page.set_name(sheet.name(lang))?;
        fill_in(page, &look, sheet, lang, year, choices)?;
    }
    help(book.add_worksheet(), &look, lang)?;
    lists(book.add_worksheet(), &look, lang, choices)?;
    book.save_to_buffer()
}

fn fill_in(page: &mut Worksheet, look: &Look, sheet: Sheet, lang: Lang, year: u16, choices: &Choices) -> Result<(), XlsxError> {
    let columns: Vec<_> = (0_u16..).zip(sheet.columns().iter().copied()).collect();
    shape(page, look, &columns.iter().map(|(place, column)| (*place, Some(*column))).collect::<Vec<_>>())?;
    for (place, column) in columns {
        page.write_string_with_format(0, place, heading(column, lang), &look.heading)?;
        let format = look.of(Some(column));
        match example(column, lang, year, choices) {
            Some(Example::Text(text)) => page.write_string_with_format(1, place, text, format)?,
            Some(Example::Number(number)) => page.write_number_with_format(1, place, number, format)?,
            Some(Example::Date(year, month, day)) => {
                page.write_datetime_with_format(1, place, ExcelDateTime::from_ymd(year, month, day)?, format)?
            }
            Some(Example::Time(hour, minute)) => {
                page.write_datetime_with_format(1, place, ExcelDateTime::from_hms(hour, minute, 0)?, format)?
            }
            None => page,
        };
        let list = match column {
            C::Place | C::FromPlace => Some((0, choices.places.len())),
            C::Category => Some((1, choices.categories.len())),
            _ => None,
        };
        if let Some((at, count)) = list
            && count > 0
        {
            page.add_data_validation(1, place, MAX_ROWS, place, &of_list(lang, at, count)?)?;
        }
    }
    Ok(())
}

/// The choices stand on a sheet of their own: a list inside a cell's rule may have 255 letters.
fn of_list(lang: Lang, column: u16, count: usize) -> Result<DataValidation, XlsxError> {
    let letter = sapar_shared::sheets::letters(column);
    let range = format!("'{}'!${letter}$2:${letter}${}", tr::sheet_lists(lang), count + 1);
    DataValidation::new().allow_list_formula(Formula::new(range)).set_error_message(tr::help_place(lang))
}

fn example(column: C, lang: Lang, year: u16, choices: &Choices) -> Option<Example> {
    let text = |text: &str| Some(Example::Text(text.to_owned()));
    let chosen = |name: &String| Some(name).filter(|name| !name.is_empty()).cloned().map(Example::Text);
    match column {
        C::Key | C::Tour => text(tr::example(lang)),
        C::Title(of) => text(tr::example_title(of)),
        C::Place => chosen(&choices.example_place),
        C::FromPlace => chosen(&choices.example_from),
        C::Category => chosen(&choices.example_category),
        C::Hours => Some(Example::Number(16)),
        C::Languages => text("ru, kk"),
        C::FreeCancelHours => Some(Example::Number(24)),
        C::Summary(of) => text(tr::example_summary(of)),
        C::Description(of) => text(tr::example_description(of)),
        C::Meeting(of) => text(tr::example_meeting(of)),
        C::MeetingPoint => text("43.238100, 76.945200"),
        C::Included(of) => text(tr::example_included(of)),
        C::Excluded(of) => text(tr::example_excluded(of)),
        C::Name(of) => text(tr::example_adult(of)),
        C::Price => Some(Example::Number(12_500)),
        C::MinPerOrder => Some(Example::Number(1)),
        C::MaxPerOrder => Some(Example::Number(10)),
        C::Quota | C::ClosesMinutes => None,
        C::Date => Some(Example::Date(year, 12, 5)),
        C::Time => Some(Example::Time(6, 0)),
        C::Capacity => Some(Example::Number(18)),
    }
}

fn column_help(column: C, lang: Lang) -> &'static str {
    match column {
        C::Key => tr::help_key(lang),
        C::Tour => tr::help_tour(lang),
        C::Place | C::FromPlace | C::Category => tr::help_place(lang),
        C::Hours => tr::help_hours(lang),
        C::Languages => tr::help_languages(lang),
        C::FreeCancelHours => tr::help_free_cancel(lang),
        C::MeetingPoint => tr::help_meeting_point(lang),
        C::Included(_) | C::Excluded(_) => tr::help_items(lang),
        C::Price => tr::help_price(lang),
        C::Quota => tr::help_quota(lang),
        C::MinPerOrder | C::MaxPerOrder => tr::help_orders(lang),
        C::ClosesMinutes => tr::help_closes(lang),
        C::Date => tr::help_date(lang),
        C::Time => tr::help_time(lang),
        C::Title(_) | C::Summary(_) | C::Description(_) | C::Meeting(_) | C::Name(_) | C::Capacity => "",
    }
}

fn help(page: &mut Worksheet, look: &Look, lang: Lang) -> Result<(), XlsxError> {
    page.set_name(tr::sheet_help(lang))?;
    page.set_column_width(0, 22)?;
    page.set_column_width(1, 36)?;
    page.set_column_width(2, 80)?;
    page.write_string_with_format(0, 0, tr::help_title(lang), &look.title)?;
    let mut row = 1;
    for line in [tr::help_rows(lang), tr::help_example(lang), tr::help_formulas(lang), tr::help_limit(lang)] {
        page.write_string(row, 0, line)?;
        row += 1;
    }
    row += 1;
    page.write_string_with_format(row, 0, tr::help_columns(lang), &look.title)?;
    for sheet in Sheet::ALL {
        for column in sheet.columns() {
            row += 1;
            page.write_string_with_format(row, 0, sheet.name(lang), &look.text)?;
            page.write_string_with_format(row, 1, heading(*column, lang), &look.text)?;
            page.write_string_with_format(row, 2, column_help(*column, lang), &look.text)?;
        }
    }
    Ok(())
}

fn lists(page: &mut Worksheet, look: &Look, lang: Lang, choices: &Choices) -> Result<(), XlsxError> {
    page.set_name(tr::sheet_lists(lang))?;
    let (slugs, titles) = choices.tours.iter().cloned().unzip();
    let columns: [(&str, &Vec<String>); 4] = [
        (tr::list_places(lang), &choices.places),
        (tr::list_categories(lang), &choices.categories),
        (tr::list_tours(lang), &slugs),
        (tr::list_titles(lang), &titles),
    ];
    for (place, (name, entries)) in (0_u16..).zip(columns) {
        page.set_column_width(place, 36)?;
        page.write_string_with_format(0, place, name, &look.heading)?;
        for (row, entry) in (1_u32..).zip(entries) {
            page.write_string(row, place, entry)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}
