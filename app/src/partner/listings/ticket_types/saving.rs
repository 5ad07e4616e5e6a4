//! How the rows get to the server, and what becomes of them where somebody else was there first. What is not saved stays in the
//! browser's storage, as a draft does.
use super::state::{Row, Types, field_id, row_id};
use crate::{browser, error::AppError, partner::listings::api::save_ticket_types};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    dto::editor::{Problem, ProblemKind, TicketTypeForm, TypesSaved},
    forms::ticket_types::{Clash, changes, merge},
    ids::TicketTypeId,
};
use serde::{Deserialize, Serialize};

/// Sent again by itself so often where somebody else keeps saving in between.
const TRIES: usize = 3;

/// What the browser keeps until the server has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The list that was edited.
    base: Vec<TicketTypeForm>,
    forms: Vec<TicketTypeForm>,
    clashes: Vec<Clash>,
}

/// Row and field of `ticket_types.3.name.kk`, whatever stands before the number.
fn place_of(field: &str) -> Option<(usize, String)> {
    let parts: Vec<&str> = field.split('.').collect();
    let at = parts.iter().position(|part| part.parse::<usize>().is_ok())?;
    Some((parts[at].parse().ok()?, parts[at + 1..].join(".")))
}

impl Types {
    /// To be called once, in the browser: what was not saved comes back, and is kept while it is not.
    pub fn keep(self) {
        Effect::new(move |begun: Option<()>| {
            if begun.is_none()
                && let Some(kept) = browser::stored::<Kept>(&self.key())
                && kept.forms != self.known.get_untracked()
            {
                self.restore(kept);
            }
            let (base, forms) = (self.known.get(), self.forms());
            if forms == base {
                browser::forget(&self.key());
            } else {
                browser::store(&self.key(), &Kept { base, forms, clashes: self.clashes.get() });
            }
        });
    }

    fn restore(self, kept: Kept) {
        let now = self.known.get_untracked();
        self.show(kept.forms);
        self.clashes.set(kept.clashes);
        self.edit.restored.set(true);
        if kept.base != now {
            self.known.set(kept.base);
            self.meet(now);
        }
    }

    /// Somebody else has saved `theirs` upon what was edited here. What is typed here stays.
    fn meet(self, theirs: Vec<TicketTypeForm>) {
        let (base, mine) = (self.known.get_untracked(), untrack(|| self.forms()));
        let merged = merge(&base, &mine, &theirs);
        self.news.set(changes(&base, &theirs));
        self.clashes.update(|known| {
            known.retain(|old| merged.clashes.iter().all(|new| new.id != old.id));
            known.extend(merged.clashes);
        });
        // The rows before one was taken out know nothing of theirs.
        self.removed.set(None);
        self.known.set(theirs);
        self.place(merged.types);
    }

    /// Rows that are here already stay open and chosen as they are.
    fn place(self, forms: Vec<TicketTypeForm>) {
        let mut here = self.rows.get_untracked();
        let is_of = |row: &Row, form: &TicketTypeForm| {
            row.form.with_untracked(|known| if form.id.is_some() { known.id == form.id } else { known == form })
        };
        let rows = forms
            .into_iter()
            .map(|form| match here.iter().position(|row| is_of(row, &form)) {
                Some(at) => {
                    let row = here.remove(at);
                    row.form.set(form);
                    row
                }
                None => self.row(form, false),
            })
            .collect();
        self.rows.set(rows);
    }

    /// A clash is decided: without `mine` the ticket type is as the other one saved it.
    pub fn decide(self, id: TicketTypeId, mine: bool) {
        let clash = self.clashes.with_untracked(|clashes| clashes.iter().find(|clash| clash.id == id).cloned());
        let Some(clash) = clash else { return };
        self.clashes.update(|clashes| clashes.retain(|clash| clash.id != id));
        if mine {
            return;
        }
        let row =
            self.rows.with_untracked(|rows| rows.iter().find(|row| row.form.with_untracked(|form| form.id == Some(id))).copied());
        match (clash.theirs, row) {
            (Some(theirs), Some(row)) => row.form.set(theirs),
            (Some(theirs), None) => {
                let row = self.row(theirs, false);
                self.rows.update(|rows| rows.push(row));
            }
            (None, Some(row)) => self.rows.update(|rows| rows.retain(|known| known.key != row.key)),
            (None, None) => {}
        }
    }

    /// A price was taken out and none written.
    pub fn ask_price(self, row: Row) {
        if untrack(|| self.error(row, "price")).is_none() {
            let problem = no_price(&self.rows.read_untracked(), row);
            self.errors.update(|errors| errors.push((row.key, "price".to_owned(), problem)));
        }
    }

    pub fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.trouble.set(None);
        let rows = self.rows.get_untracked();
        let unpriced = rows.iter().filter(|row| row.form.with_untracked(|form| form.price.is_none()));
        let unpriced: Vec<Problem> = unpriced.map(|row| no_price(&rows, *row)).collect();
        if !unpriced.is_empty() {
            return self.refuse(AppError::Problems(unpriced));
        }
        if self.ask_to_decide() {
            return;
        }
        self.busy.set(true);
        self.news.set(Vec::new());
        spawn_local(self.send());
    }

    /// Whether something is to be decided first; it comes into sight then.
    fn ask_to_decide(self) -> bool {
        let undecided = !self.clashes.read_untracked().is_empty();
        if undecided {
            request_animation_frame(|| {
                browser::reveal(CLASHES);
                browser::focus(CLASHES);
            });
        }
        undecided
    }

    async fn send(self) {
        for _ in 0..TRIES {
            let (base, sent) = (self.known.get_untracked(), untrack(|| self.forms()));
            let answer = save_ticket_types(self.edit.id, base, sent).await.flatten();
            if self.busy.is_disposed() {
                return;
            }
            match answer {
                // What was changed apart is saved together; what both changed is asked.
                Ok(TypesSaved::Changed(theirs)) => {
                    self.meet(theirs);
                    if self.ask_to_decide() {
                        break;
                    }
                }
                Ok(TypesSaved::Saved(saved)) => {
                    self.busy.set(false);
                    return self.take_in(saved).await;
                }
                Err(error) => {
                    self.refuse(error);
                    break;
                }
            }
        }
        self.busy.set(false);
    }

    async fn take_in(self, saved: Vec<TicketTypeForm>) {
        self.errors.set(Vec::new());
        self.known.set(saved.clone());
        let alike = self.rows.with_untracked(|rows| rows.len() == saved.len());
        if alike {
            // Rows stay open and chosen as they are.
            self.rows.with_untracked(|rows| rows.iter().zip(saved).for_each(|(row, form)| row.form.set(form)));
        } else {
            self.show(saved);
        }
        self.removed.set(None);
        self.saved.set(Some(browser::clock()));
        // Whether ticket types are missing for review is for the server to say.
        self.edit.reload().await;
    }

    fn refuse(self, error: AppError) {
        if let AppError::Problems(problems) = &error {
            let rows = self.rows.get_untracked();
            let errors: Vec<_> = problems
                .iter()
                .filter_map(|problem| {
                    let (at, field) = place_of(&problem.field)?;
                    Some((rows.get(at)?.key, field, problem.clone()))
                })
                .collect();
            for row in rows.iter().filter(|row| errors.iter().any(|(key, ..)| *key == row.key)) {
                row.open.set(true);
            }
            let first = errors.first().map(|(key, field, _)| (row_id(*key), field_id(*key, &control_of(field)), field.clone()));
            self.errors.set(errors);
            if let Some((row, control, field)) = first {
                // A phone shows one language at a time.
                if let Some(of) = field.strip_prefix("name.").and_then(|lang| lang.parse().ok()) {
                    self.edit.tab.set(of);
                }
                request_animation_frame(move || {
                    browser::reveal(&row);
                    browser::focus(&control);
                });
            }
        }
        self.trouble.set(Some(error));
    }
}

/// The id of what is to be decided.
pub const CLASHES: &str = "ticket-clashes";

fn no_price(rows: &[Row], row: Row) -> Problem {
    let at = rows.iter().position(|known| known.key == row.key).unwrap_or_default();
    Problem { field: format!("ticket_types.{at}.price"), kind: ProblemKind::Missing, blocks: true }
}

/// What a field's control is called.
fn control_of(field: &str) -> String {
    match field {
        "min_per_order" => "min".to_owned(),
        "max_per_order" => "max".to_owned(),
        "closes_minutes_before" => "closes".to_owned(),
        other => other.replace('.', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn an_error_finds_its_row_and_field() {
        assert_eq!(place_of("ticket_types.3.name.kk"), Some((3, "name.kk".to_owned())));
        assert_eq!(place_of("0.price"), Some((0, "price".to_owned())));
        assert_eq!(place_of("ticket_types.2"), Some((2, String::new())));
        assert_eq!(place_of("ticket_types"), None);
    }
}
