//! Who is on a departure's list, as it is now: a ticket that was known keeps its row, so that nobody's finger loses it.
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{
    dto::{order::TicketStatus, partner::Passenger},
    fold::folded,
};
use std::{collections::HashMap, sync::Arc};

/// How a ticket stands, and since when.
pub type State = (TicketStatus, Option<Timestamp>);
/// It outlives the row: a passenger who is searched away and found again is what a tap made of them meanwhile.
pub type RowState = ArcRwSignal<State>;

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub arrived: i32,
    /// Whose ticket is good, arrived or not.
    pub coming: i32,
    pub void: i32,
}

impl Counts {
    fn of(states: impl Iterator<Item = TicketStatus>) -> Self {
        let mut counts = Self::default();
        for status in states {
            match status {
                TicketStatus::Issued => counts.coming += 1,
                TicketStatus::Activated => {
                    counts.coming += 1;
                    counts.arrived += 1;
                }
                TicketStatus::Void => counts.void += 1,
            }
        }
        counts
    }

    pub fn expected(self) -> i32 {
        (self.coming - self.arrived).max(0)
    }
}

#[derive(Clone, Debug)]
pub struct Person {
    pub passenger: Arc<Passenger>,
    pub state: RowState,
    /// Everything by which a person at the bus can be asked for.
    words: Arc<str>,
}

impl Person {
    fn new(passenger: Passenger) -> Self {
        let state = ArcRwSignal::new((passenger.status, passenger.activated_at));
        Self::with(passenger, state)
    }

    fn with(passenger: Passenger, state: RowState) -> Self {
        let Passenger { code, name, phone, order_number, ticket_type, .. } = &passenger;
        let words = folded(&format!("{name} {phone} {code} {order_number} {ticket_type}")).into();
        Self { passenger: Arc::new(passenger), state, words }
    }

    /// The same ticket as the server knows it now.
    fn now(self, passenger: Passenger) -> Self {
        let was = self.state.get_untracked();
        let is = later(was, (passenger.status, passenger.activated_at));
        if is != was {
            self.state.set(is);
        }
        Self::with(passenger, self.state)
    }

    /// What a row is drawn anew for, but for its state.
    pub fn key(&self) -> (String, String, String) {
        let Passenger { code, name, phone, .. } = &*self.passenger;
        (code.clone(), name.clone(), phone.clone())
    }

    pub fn is_meant(&self, wanted: &str) -> bool {
        matches(&self.words, wanted)
    }

    /// Without hearing of changes: whoever is let on by a tap is not taken from under the finger.
    pub fn status(&self) -> TicketStatus {
        self.state.get_untracked().0
    }
}

/// By what the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Name,
    Ticket,
    State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: Column,
    pub down: bool,
}

impl Sort {
    /// A column that is pressed once more is turned round.
    #[must_use]
    pub fn pressed(self, by: Column) -> Self {
        Self { by, down: self.by == by && !self.down }
    }

    /// The list comes by name; whoever does not come stands last.
    pub fn order(self, people: &mut [Person]) {
        match self.by {
            Column::Name => {}
            Column::Ticket => people.sort_by(|one, other| one.passenger.ticket_type.cmp(&other.passenger.ticket_type)),
            Column::State => people.sort_by_key(|person| person.status() == TicketStatus::Activated),
        }
        if self.down {
            people.reverse();
        }
        people.sort_by_key(|person| person.status() == TicketStatus::Void);
    }
}

/// Of two states the one that comes later: the list may have been on its way while somebody was let on, and nobody gets off.
fn later(was: State, told: State) -> State {
    if was.0 == TicketStatus::Activated && told.0 == TicketStatus::Issued { was } else { told }
}

/// Every word must occur; spaces and dashes in numbers do not matter.
fn matches(words: &str, wanted: &str) -> bool {
    let wanted = folded(wanted);
    let number: String = wanted.chars().filter(|c| !" -+()".contains(*c)).collect();
    wanted.split_whitespace().all(|word| words.contains(word)) || (number.len() >= 3 && words.contains(&number))
}

/// The list that is shown.
#[derive(Clone, Copy)]
pub struct People {
    pub list: RwSignal<Vec<Person>>,
    pub counts: RwSignal<Counts>,
}

impl People {
    pub fn new(passengers: Vec<Passenger>) -> Self {
        let counts = Counts::of(passengers.iter().map(|passenger| passenger.status));
        let list = passengers.into_iter().map(Person::new).collect();
        Self { list: RwSignal::new(list), counts: RwSignal::new(counts) }
    }

    /// The list as the server has it now, in its order. Nothing happens to a page that was left.
    pub fn take(self, now: Vec<Passenger>) {
        let counts = self.list.try_update(|list| {
            *list = merged(std::mem::take(list), now);
            Counts::of(list.iter().map(|person| person.state.get_untracked().0))
        });
        if let Some(counts) = counts {
            self.counts.try_set(counts);
        }
    }

    /// One more has arrived.
    pub fn arrived(self) {
        self.counts.try_update(|counts| counts.arrived += 1);
    }
}

fn merged(list: Vec<Person>, now: Vec<Passenger>) -> Vec<Person> {
    let mut known: HashMap<String, Person> = list.into_iter().map(|person| (person.passenger.code.clone(), person)).collect();
    now.into_iter()
        .map(|passenger| match known.remove(&passenger.code) {
            Some(person) => person.now(passenger),
            None => Person::new(passenger),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passenger(code: &str, name: &str, status: TicketStatus) -> Passenger {
        Passenger {
            code: code.into(),
            name: name.into(),
            phone: String::new(),
            ticket_type: "Взрослый".into(),
            order: sapar_shared::ids::OrderId(uuid::Uuid::nil()),
            order_number: "SP-1042".into(),
            status,
            activated_at: (status == TicketStatus::Activated).then_some(Timestamp::UNIX_EPOCH),
        }
    }

    #[test]
    fn a_passenger_is_found_by_what_people_say() {
        let text = &folded("Әйгүл Сәтбаева +77011234567 7K2M9QXA03TB SP-1042 Взрослый");
        for wanted in ["", "Сәтб", "әйгүл взрослый", "айгул САТБ", "701 123-45", "7k2m-9qxa", "1042"] {
            assert!(matches(text, wanted), "{wanted}");
        }
        for wanted in ["Болат", "999", "--"] {
            assert!(!matches(text, wanted), "{wanted}");
        }
    }

    #[test]
    fn a_list_is_sorted_by_a_column_and_void_tickets_stay_last() {
        use TicketStatus::{Activated, Issued, Void};
        let people = [("A", "Айгүл", Void), ("B", "Болат", Activated), ("C", "Сәуле", Issued)];
        let people: Vec<_> = people.into_iter().map(|(code, name, status)| Person::new(passenger(code, name, status))).collect();
        let codes = |sort: Sort| {
            let mut people = people.clone();
            sort.order(&mut people);
            people.iter().map(|person| person.passenger.code.clone()).collect::<String>()
        };
        let first = Sort::default();
        assert_eq!(codes(first), "BCA");
        assert_eq!(codes(first.pressed(Column::Name)), "CBA");
        let by_state = first.pressed(Column::State);
        assert_eq!(codes(by_state), "CBA");
        assert_eq!(codes(by_state.pressed(Column::State)), "BCA");
        assert_eq!(by_state.pressed(Column::State).pressed(Column::State), by_state);
    }

    #[test]
    fn whoever_was_on_the_list_keeps_their_row() {
        use TicketStatus::{Activated, Issued, Void};
        let list = merged(Vec::new(), vec![passenger("A", "Асель", Issued), passenger("B", "Болат", Issued)]);
        let rows: Vec<RowState> = list.iter().map(|person| person.state.clone()).collect();
        // Here one is let on by a tap, while the list is still on its way and does not know of it.
        rows[0].set((Activated, Some(Timestamp::UNIX_EPOCH)));
        let now = vec![passenger("C", "Айгүл", Issued), passenger("A", "Асель", Issued), passenger("B", "Берік", Void)];
        let keys: Vec<_> = list.iter().map(Person::key).collect();
        let list = merged(list, now);
        assert_eq!(list.iter().map(|person| person.passenger.code.as_str()).collect::<Vec<_>>(), ["C", "A", "B"]);
        assert_eq!(rows[0].get_untracked().0, Activated, "nobody gets off again");
        assert_eq!(rows[1].get_untracked().0, Void, "and the row that is drawn hears of it");
        assert_eq!(list[1].key(), keys[0]);
        assert_ne!(list[2].key(), keys[1], "another name is another row");
        let counts = Counts::of(list.iter().map(|person| person.state.get_untracked().0));
        assert_eq!((counts, counts.expected()), (Counts { arrived: 1, coming: 2, void: 1 }, 1));
        assert!(merged(list, Vec::new()).is_empty(), "who was handed over to another departure is gone");
    }
}
