//! How our sheets look: the same in the template and in a file with errors marked.
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use sapar_shared::{Lang, sheets::Column};

pub(crate) struct Look {
    pub(crate) heading: Format,
    pub(crate) text: Format,
    pub(crate) number: Format,
    pub(crate) date: Format,
    pub(crate) time: Format,
    pub(crate) title: Format,
    pub(crate) note: Format,
}

impl Look {
    pub(crate) fn new() -> Self {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00D9_ECF5))
                .set_border_bottom(FormatBorder::Thin),
            number: text.clone().set_num_format("#,##0.##"),
            date: text.clone().set_num_format("dd.mm.yyyy"),
            time: text.clone().set_num_format("hh:mm"),
            title: Format::new().set_bold().set_font_size(14),
            note: text.clone().set_font_color(Color::RGB(0x00A0_2020)),
            text,
        }
    }

    pub(crate) fn of(&self, column: Option<Column>) -> &Format {
        match column {
            Some(Column::Price) => &self.number,
            Some(Column::Date) => &self.date,
            Some(Column::Time) => &self.time,
            _ => &self.text,
        }
    }
}

/// What is wrong stands out without colour, too: the border stays when a sheet is printed.
pub(crate) fn marked(format: &Format) -> Format {
    format
        .clone()
        .set_background_color(Color::RGB(0x00FB_D9D3))
        .set_border(FormatBorder::Medium)
        .set_border_color(Color::RGB(0x00C0_3030))
}

/// `Место *`: with a star where it must be filled in.
pub(crate) fn heading(column: Column, lang: Lang) -> String {
    let name = column.heading(lang);
    if column.required() { format!("{name} *") } else { name }
}

const fn width(column: Column) -> f64 {
    match column {
        Column::Description(_) | Column::Summary(_) | Column::Included(_) | Column::Excluded(_) | Column::Meeting(_) => 36.0,
        Column::Title(_) | Column::Place | Column::FromPlace | Column::Name(_) | Column::Tour => 28.0,
        Column::Category | Column::MeetingPoint | Column::Key => 20.0,
        _ => 14.0,
    }
}

/// Widths and formats of whole columns, so that what is typed below looks right.
pub(crate) fn shape(sheet: &mut Worksheet, look: &Look, columns: &[(u16, Option<Column>)]) -> Result<(), XlsxError> {
    for (place, column) in columns {
        sheet.set_column_width(*place, column.map_or(20.0, width))?;
        sheet.set_column_format(*place, look.of(*column))?;
    }
    sheet.set_row_height(0, 42)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}
