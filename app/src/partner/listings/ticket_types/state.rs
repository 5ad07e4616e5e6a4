//! The rows while they are edited.
use crate::{
    browser,
    error::AppError,
    partner::{drafts::Draft, listings::editor::state::Edit},
};
use leptos::prelude::*;
use sapar_shared::{
    dto::editor::{MAX_TICKET_TYPES, Problem, TicketTypeForm, Tri},
    forms::ticket_types::{Change, Clash, usual_names},
};

/// Letters of a name.
pub(super) const NAME_MAX: u32 = 80;

/// One row; its key stays while it moves.
#[derive(Clone, Copy)]
pub struct Row {
    pub key: u32,
    pub form: RwSignal<TicketTypeForm>,
    pub chosen: RwSignal<bool>,
    pub open: RwSignal<bool>,
}

/// All of them, small enough to be handed around.
#[derive(Clone, Copy)]
pub struct Types {
    pub edit: Edit,
    pub rows: RwSignal<Vec<Row>>,
    /// By the key of a row and the name of its field: `price`, `name.kk`.
    pub(super) errors: RwSignal<Vec<(u32, String, Problem)>>,
    pub busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<AppError>>,
    /// When they were saved last, by the clock.
    pub saved: RwSignal<Option<String>>,
    /// The rows before one was taken out.
    pub removed: RwSignal<Option<Vec<TicketTypeForm>>>,
    /// What somebody else has made of them meanwhile.
    pub news: RwSignal<Vec<Change>>,
    /// What somebody else and this page have both changed; to be decided before anything is saved.
    pub clashes: RwSignal<Vec<Clash>>,
    pub(super) known: RwSignal<Vec<TicketTypeForm>>,
    next_key: StoredValue<u32>,
    /// The component's. Rows that an effect or a handler makes are its own, too, and live as long.
    owner: StoredValue<Option<WeakOwner>>,
}

impl Types {
    #[must_use]
    pub fn new(edit: Edit, forms: Vec<TicketTypeForm>) -> Self {
        let types = Self {
            edit,
            rows: RwSignal::new(Vec::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            saved: RwSignal::new(None),
            removed: RwSignal::new(None),
            news: RwSignal::new(Vec::new()),
            clashes: RwSignal::new(Vec::new()),
            known: RwSignal::new(forms.clone()),
            next_key: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
        };
        types.show(forms);
        types
    }

    pub(super) fn row(self, form: TicketTypeForm, open: bool) -> Row {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        let made = || Row { key, form: RwSignal::new(form), chosen: RwSignal::new(false), open: RwSignal::new(open) };
        match self.owner.get_value().and_then(|owner| owner.upgrade()) {
            Some(owner) => owner.with(made),
            None => made(),
        }
    }

    pub(super) fn show(self, forms: Vec<TicketTypeForm>) {
        let rows = forms.into_iter().map(|form| self.row(form, false)).collect();
        self.rows.set(rows);
    }

    /// As they stand now.
    pub(super) fn forms(self) -> Vec<TicketTypeForm> {
        self.rows.read().iter().map(|row| row.form.get()).collect()
    }

    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.forms() != *self.known.read()
    }

    pub(super) fn key(self) -> String {
        Draft::TicketTypes(self.edit.id).key(self.edit.account)
    }

    pub fn is_full(self) -> bool {
        self.rows.read().len() >= MAX_TICKET_TYPES
    }

    /// What nearly everybody sells, in all languages, and is not there yet: adults first, then children.
    fn usual_name(self) -> Option<Tri> {
        let there = |name: &Tri| self.rows.read().iter().any(|row| row.form.read().name.ru == name.ru);
        usual_names().into_iter().find(|name| !there(name))
    }

    pub fn add(self) {
        if self.is_full() {
            return;
        }
        let name = untrack(|| self.usual_name());
        // A name that is there already leaves the price to be typed.
        let id = |row: Row| match name {
            None => format!("{}-{}", field_id(row.key, "name"), self.edit.tab.get_untracked()),
            Some(_) => field_id(row.key, "price"),
        };
        let form = TicketTypeForm {
            name: name.clone().unwrap_or_default(),
            min_per_order: 1,
            max_per_order: 10,
            ..TicketTypeForm::default()
        };
        self.close_all();
        let row = self.row(form, true);
        self.rows.update(|rows| rows.push(row));
        let id = id(row);
        request_animation_frame(move || browser::focus(&id));
    }

    /// A new one like this, behind it.
    pub fn copy(self, row: Row) {
        if self.is_full() {
            return;
        }
        self.close_all();
        let form = row.form.get_untracked();
        let copy = self.row(TicketTypeForm { id: None, name: form.name.copied(NAME_MAX as usize), ..form }, true);
        self.rows.update(|rows| {
            let at = rows.iter().position(|known| known.key == row.key).map_or(rows.len(), |at| at + 1);
            rows.insert(at, copy);
        });
        let id = row_id(copy.key);
        request_animation_frame(move || browser::reveal(&id));
    }

    /// A new one opens alone: a dozen open ones are a page of many screens.
    fn close_all(self) {
        self.rows.with_untracked(|rows| rows.iter().for_each(|row| row.open.set(false)));
    }

    pub fn remove(self, row: Row) {
        self.removed.set(Some(untrack(|| self.forms())));
        self.rows.update(|rows| rows.retain(|known| known.key != row.key));
    }

    pub fn bring_back(self) {
        if let Some(forms) = self.removed.get_untracked() {
            self.removed.set(None);
            self.show(forms);
        }
    }

    /// Puts the row with key `from` where the one with key `to` stands.
    pub fn put(self, from: u32, to: u32) {
        self.rows.update(|rows| {
            let at = |key: u32| rows.iter().position(|row| row.key == key);
            if let (Some(source), Some(target)) = (at(from), at(to)) {
                let row = rows.remove(source);
                rows.insert(target.min(rows.len()), row);
            }
        });
    }

    /// One place up (-1) or down (1).
    pub fn step(self, row: Row, by: isize) {
        let beside = self.rows.with_untracked(|rows| {
            let at = rows.iter().position(|known| known.key == row.key)?;
            rows.get(at.checked_add_signed(by)?).map(|row| row.key)
        });
        if let Some(beside) = beside {
            self.put(row.key, beside);
        }
    }

    /// Changes a row; what was wrong with `field` is not known any more.
    pub fn change(self, row: Row, field: &str, change: impl FnOnce(&mut TicketTypeForm)) {
        row.form.update(change);
        if self.errors.with_untracked(|errors| errors.iter().any(|(key, name, _)| *key == row.key && name == field)) {
            self.errors.update(|errors| errors.retain(|(key, name, _)| *key != row.key || name != field));
        }
    }

    #[must_use]
    pub fn error(self, row: Row, field: &str) -> Option<Problem> {
        let errors = self.errors.read();
        errors.iter().find(|(key, name, _)| *key == row.key && name == field).map(|(_, _, problem)| problem.clone())
    }

    #[must_use]
    pub fn is_wrong(self, row: Row) -> bool {
        self.errors.read().iter().any(|(key, ..)| *key == row.key)
    }

    #[must_use]
    pub fn chosen_count(self) -> usize {
        self.rows.read().iter().filter(|row| row.chosen.get()).count()
    }

    pub fn choose_all(self, chosen: bool) {
        self.rows.with_untracked(|rows| rows.iter().for_each(|row| row.chosen.set(chosen)));
    }

    pub fn change_chosen(self, change: impl Fn(&mut TicketTypeForm)) {
        self.rows.with_untracked(|rows| {
            rows.iter().filter(|row| row.chosen.get_untracked()).for_each(|row| row.form.update(&change));
            let chosen: Vec<u32> = rows.iter().filter(|row| row.chosen.get_untracked()).map(|row| row.key).collect();
            self.errors.update(|errors| errors.retain(|(key, ..)| !chosen.contains(key)));
        });
    }
}

/// The id of a row in the document.
#[must_use]
pub fn row_id(key: u32) -> String {
    format!("type-{key}")
}

/// The id of a row's control.
#[must_use]
pub fn field_id(key: u32, field: &str) -> String {
    format!("type-{key}-{field}")
}
