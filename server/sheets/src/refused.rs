use sapar_shared::{Lang, number::Grouped, sheets::MAX_ROWS, tr::imports as tr};

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("larger than a file may be")]
    TooHeavy,
    /// Or it claims to unpack to less than it does.
    #[error("unpacks to more than a file may")]
    TooBig,
    /// The sheet as it is called in the file: that may be in another language than the reader's.
    #[error("too many rows in {0:?}")]
    TooManyRows(String),
    /// The addresses of the first ones, and how many there are beside them.
    #[error("formulas in {named:?} and {more} more cells")]
    Formulas { named: Vec<String>, more: usize },
    #[error("macros")]
    Macros,
    #[error("encrypted")]
    Locked,
    #[error("a spreadsheet of before 2007")]
    OldFormat,
    #[error("no spreadsheet")]
    NotXlsx,
    #[error("a damaged spreadsheet")]
    Broken,
    #[error("none of the sheets")]
    NoSheets,
    #[error("no rows")]
    Empty,
}

impl Refused {
    /// For programs.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooHeavy => "too_heavy",
            Self::TooBig => "too_big",
            Self::TooManyRows(_) => "rows",
            Self::Formulas { .. } => "formulas",
            Self::Macros => "macros",
            Self::Locked => "locked",
            Self::OldFormat => "old_format",
            Self::NotXlsx => "kind",
            Self::Broken => "broken",
            Self::NoSheets => "sheets",
            Self::Empty => "empty",
        }
    }

    /// For people: what to do about it.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::TooHeavy => tr::refused_heavy(lang).to_owned(),
            Self::TooBig => tr::refused_unpacked(lang).to_owned(),
            Self::TooManyRows(sheet) => tr::refused_rows(lang, sheet, Grouped(MAX_ROWS.into())),
            Self::Formulas { named, more: 0 } => tr::refused_formulas(lang, count(named.len()), named.join(", ")),
            Self::Formulas { named, more } => tr::refused_formulas_more(lang, count(*more), named.join(", ")),
            Self::Macros => tr::refused_macros(lang).to_owned(),
            Self::Locked => tr::refused_locked(lang).to_owned(),
            Self::OldFormat => tr::refused_old(lang).to_owned(),
            Self::NotXlsx => tr::refused_kind(lang).to_owned(),
            Self::Broken => tr::refused_broken(lang).to_owned(),
            Self::NoSheets => tr::refused_sheets(lang).to_owned(),
            Self::Empty => tr::refused_empty(lang).to_owned(),
        }
    }
}

fn count(cells: usize) -> i64 {
    i64::try_from(cells).unwrap_or(i64::MAX)
}
