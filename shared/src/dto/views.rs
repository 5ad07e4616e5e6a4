//! Filters of the list of orders that a member keeps under names.
use super::desk::OrdersQuery;
use crate::{contact::turns, ids::SavedViewId};
use serde::{Deserialize, Serialize};

/// So many a member keeps at most; the column `saved_views.place` holds it, too.
pub const MOST: usize = 20;
/// Letters of a name.
pub const LONGEST_NAME: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    /// Only what `OrdersQuery::filters` leaves.
    pub query: OrdersQuery,
}

impl OrdersQuery {
    /// What a view keeps of it: not what is searched for, which is mostly one customer, nor how far the list was read.
    #[must_use]
    pub fn filters(&self) -> Self {
        // PostgreSQL's years begin after jiff's; a day that nobody can mean does not narrow.
        let day = self.day.filter(|day| day.year() > 0);
        Self { words: String::new(), day, after: None, ..self.clone() }
    }
}

/// A view's name as it is kept: on one line. `None`: there is none, or it is too long.
#[must_use]
pub fn name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let hidden = |c: char| c.is_control() || turns(c);
    ((1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(hidden)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_on_one_line() {
        assert_eq!(name("  Наличные \n за  неделю ").as_deref(), Some("Наличные за неделю"));
        assert_eq!(name(&"ә".repeat(LONGEST_NAME)).map(|name| name.chars().count()), Some(LONGEST_NAME));
        for wrong in [
            String::new(),
            " \t".to_owned(),
            "x".repeat(LONGEST_NAME + 1),
            "a\u{0}b".to_owned(),
            "\u{202e}abc".to_owned(),
            "\u{2066}abc".to_owned(),
        ] {
            assert_eq!(name(&wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_view_keeps_filters_only() {
        let query = OrdersQuery { words: "Айгүл".into(), after: Some("x".into()), ..OrdersQuery::default() };
        assert_eq!(query.filters(), OrdersQuery::default());
    }
}
