//! The database's types and how its own refusals become ours.
use jiff_sqlx::ToSqlx as _;

/// `timestamptz` in rows and parameters.
pub type Ts = jiff_sqlx::Timestamp;
/// `date` in rows and parameters.
pub type Day = jiff_sqlx::Date;

/// A moment as a parameter.
#[must_use]
pub fn ts(at: jiff::Timestamp) -> Ts {
    at.to_sqlx()
}

/// A date as a parameter.
#[must_use]
pub fn day(day: jiff::civil::Date) -> Day {
    day.to_sqlx()
}

/// Turns the refusal of a named constraint into the room's own error; any other error stays what it was.
pub trait OnConstraint<T> {
    fn on_constraint<E: From<sqlx::Error>>(self, name: &str, error: impl FnOnce() -> E) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint<E: From<sqlx::Error>>(self, name: &str, error: impl FnOnce() -> E) -> Result<T, E> {
        self.map_err(|refusal| match refusal.as_database_error() {
            Some(db) if db.constraint() == Some(name) => error(),
            _ => refusal.into(),
        })
    }
}

/// The transaction lost against another one (serialisation failure or deadlock) and may be tried again.
#[must_use]
pub fn is_retryable(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|db| db.code()).is_some_and(|code| code == "40001" || code == "40P01")
}

/// A word of the database that this program does not know: the schema is newer than the program.
#[must_use]
pub fn unknown_word(word: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown word {word:?} in the database").into())
}
