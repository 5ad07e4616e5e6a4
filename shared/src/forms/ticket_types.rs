//! Ticket types that two people have changed at once: what only one of them changed is taken over, what both changed stays as
//! it is typed here until somebody decides.
use crate::{
    Lang,
    dto::editor::{TicketTypeForm as Form, Tri},
    ids::TicketTypeId,
};
use serde::{Deserialize, Serialize};

/// What nearly everybody sells, in all languages: a browser has the texts of its own language only.
const USUAL: [[&str; 3]; 2] = [["Взрослый", "Ересек", "Adult"], ["Детский", "Балалар", "Child"]];

/// The names that a new ticket type gets, adults first.
#[must_use]
pub fn usual_names() -> [Tri; 2] {
    USUAL.map(|[ru, kk, en]| Tri { ru: ru.into(), kk: kk.into(), en: en.into() })
}

/// A ticket type that both changed, each otherwise; `None` on the side that took it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    pub id: TicketTypeId,
    pub mine: Option<Form>,
    pub theirs: Option<Form>,
}

/// A list that two versions came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub types: Vec<Form>,
    pub clashes: Vec<Clash>,
}

/// What has become of one ticket type: without `from` it is new, without `to` it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: Option<Form>,
    pub to: Option<Form>,
}

fn of(list: &[Form], id: TicketTypeId) -> Option<&Form> {
    list.iter().find(|form| form.id == Some(id))
}

fn ids(list: &[Form]) -> Vec<TicketTypeId> {
    list.iter().filter_map(|form| form.id).collect()
}

/// From one saved list to the next; a changed order is none.
#[must_use]
pub fn changes(from: &[Form], to: &[Form]) -> Vec<Change> {
    let gone = ids(from).into_iter().filter(|id| of(to, *id).is_none());
    let mut all = ids(to);
    all.extend(gone);
    let changed = all.into_iter().map(|id| Change { from: of(from, id).cloned(), to: of(to, id).cloned() });
    changed.filter(|change| change.from != change.to).collect()
}

/// `mine` was made from `base`, and so was `theirs`, which is saved already. Each ticket type is merged field by field.
#[must_use]
pub fn merge(base: &[Form], mine: &[Form], theirs: &[Form]) -> Merged {
    let mut merged = Merged::default();
    let mut one = |id: TicketTypeId| {
        let (types, clashes) = both(of(base, id), of(mine, id), of(theirs, id));
        if clashes {
            merged.clashes.push(Clash { id, mine: types.clone(), theirs: of(theirs, id).cloned() });
        }
        types
    };
    // What was added on both sides in the same words was added once: also where an answer was lost on its way.
    let mut added: Vec<Form> = theirs.iter().filter(|form| form.id.is_some_and(|id| of(base, id).is_none())).cloned().collect();
    let twin = |form: &Form, other: &Form| Form { id: form.id, ..other.clone() } == *form;
    let mine: Vec<Form> = mine
        .iter()
        .map(|form| match added.iter().position(|other| form.id.is_none() && twin(form, other)) {
            Some(at) => added.remove(at),
            None => form.clone(),
        })
        .collect();
    let mut types = Vec::new();
    for form in in_order(base, &mine, theirs) {
        match form.id {
            None => types.push(form),
            Some(id) => types.extend(one(id)),
        }
    }
    merged.types = types;
    merged
}

/// One that has an id, and whether somebody is to decide about it.
fn both(base: Option<&Form>, mine: Option<&Form>, theirs: Option<&Form>) -> (Option<Form>, bool) {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => {
            let (form, clash) = fields(base, mine, theirs);
            (Some(form), clash)
        }
        (Some(mine), None) if base == Some(mine) => (None, false),
        (Some(mine), None) => (Some(mine.clone()), base.is_some()),
        (None, Some(theirs)) if base.is_none() => (Some(theirs.clone()), false),
        (None, theirs) => (None, theirs.is_some() && base != theirs),
    }
}

fn fields(base: Option<&Form>, mine: &Form, theirs: &Form) -> (Form, bool) {
    let mut clash = false;
    let mut name = Tri::default();
    for lang in Lang::ALL {
        let kept = pick(base.map(|form| form.name.get(lang)), mine.name.get(lang), theirs.name.get(lang), &mut clash);
        kept.clone_into(name.get_mut(lang));
    }
    macro_rules! kept {
        ($field:ident) => {
            *pick(base.map(|form| &form.$field), &mine.$field, &theirs.$field, &mut clash)
        };
    }
    let form = Form {
        id: theirs.id,
        name,
        price: kept!(price),
        quota: kept!(quota),
        min_per_order: kept!(min_per_order),
        max_per_order: kept!(max_per_order),
        closes_minutes_before: kept!(closes_minutes_before),
    };
    (form, clash)
}

fn pick<'a, T: PartialEq + ?Sized>(base: Option<&T>, mine: &'a T, theirs: &'a T, clash: &mut bool) -> &'a T {
    if base == Some(mine) {
        return theirs;
    }
    *clash |= mine != theirs && base != Some(theirs);
    mine
}

/// All of both lists: in their order unless mine was put into another one, what only the other list has behind what it stood
/// behind there.
fn in_order(base: &[Form], mine: &[Form], theirs: &[Form]) -> Vec<Form> {
    let known = |list: &[Form], other: &[Form]| -> Vec<TicketTypeId> {
        ids(list).into_iter().filter(|id| of(other, *id).is_some()).collect()
    };
    let moved = known(mine, base) != known(base, mine);
    let (first, second) = if moved { (mine, theirs) } else { (theirs, mine) };
    let mut all = first.to_vec();
    let mut behind = 0;
    for form in second {
        match all.iter().position(|there| there.id.is_some() && there.id == form.id) {
            Some(at) => behind = at + 1,
            None => {
                all.insert(behind, form.clone());
                behind += 1;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Money;
    use uuid::Uuid;

    fn kind(id: u128, name: &str, tenge: i64) -> Form {
        Form {
            id: (id > 0).then(|| Uuid::from_u128(id).into()),
            name: Tri { ru: name.into(), ..Tri::default() },
            price: Some(Money::from_tenge(tenge)),
            min_per_order: 1,
            max_per_order: 10,
            ..Form::default()
        }
    }

    fn base() -> Vec<Form> {
        vec![kind(1, "Взрослый", 9_000), kind(2, "Детский", 5_000)]
    }

    #[test]
    fn what_only_one_has_changed_is_taken_over() {
        let mut mine = base();
        mine[0].price = Some(Money::from_tenge(9_500));
        mine[1].quota = Some(4);
        mine.push(kind(0, "Студент", 7_000));
        let mut theirs = base();
        theirs[1].price = Some(Money::from_tenge(5_500));
        theirs.push(kind(3, "Пенсионный", 6_000));
        let merged = merge(&base(), &mine, &theirs);
        let mut wanted = vec![mine[0].clone(), Form { quota: Some(4), ..theirs[1].clone() }];
        wanted.extend([kind(0, "Студент", 7_000), kind(3, "Пенсионный", 6_000)]);
        assert_eq!(merged, Merged { types: wanted, clashes: vec![] });
    }

    #[test]
    fn what_both_changed_is_asked_and_nothing_typed_is_lost() {
        let (mut mine, mut theirs) = (base(), base());
        mine[0].price = Some(Money::from_tenge(9_500));
        theirs[0].price = Some(Money::from_tenge(8_000));
        theirs[0].quota = Some(3);
        let typed = Form { quota: Some(3), ..mine[0].clone() };
        let merged = merge(&base(), &mine, &theirs);
        assert_eq!(merged.types, [typed.clone(), base()[1].clone()]);
        let clash = Clash { id: Uuid::from_u128(1).into(), mine: Some(typed), theirs: Some(theirs[0].clone()) };
        assert_eq!(merged.clashes, [clash]);
        assert_eq!(merge(&base(), &mine, &mine).clashes, [], "the same change made twice");
    }

    #[test]
    fn what_one_took_out_goes_unless_the_other_changed_it() {
        let mut changed = base();
        changed[1].price = Some(Money::from_tenge(1));
        let without = vec![base()[0].clone()];
        assert_eq!(merge(&base(), &base(), &without), Merged { types: without.clone(), clashes: vec![] });
        assert_eq!(merge(&base(), &without, &base()), Merged { types: without.clone(), clashes: vec![] });
        let id = Uuid::from_u128(2).into();
        let theirs_gone = merge(&base(), &changed, &without);
        assert_eq!(theirs_gone.types, changed);
        assert_eq!(theirs_gone.clashes, [Clash { id, mine: Some(changed[1].clone()), theirs: None }]);
        let mine_gone = merge(&base(), &without, &changed);
        assert_eq!(mine_gone.types, without);
        assert_eq!(mine_gone.clashes, [Clash { id, mine: None, theirs: Some(changed[1].clone()) }]);
    }

    #[test]
    fn what_is_added_twice_in_the_same_words_is_added_once() {
        let mine = [base(), vec![kind(0, "Студент", 7_000)]].concat();
        let theirs = [base(), vec![kind(3, "Студент", 7_000)]].concat();
        assert_eq!(merge(&base(), &mine, &theirs), Merged { types: theirs, clashes: vec![] });
    }

    #[test]
    fn an_order_of_mine_stays() {
        let mine = vec![base()[1].clone(), base()[0].clone()];
        let theirs = [base(), vec![kind(3, "Студент", 7_000)]].concat();
        let merged = merge(&base(), &mine, &theirs);
        let names: Vec<_> = merged.types.iter().map(|form| form.name.ru.as_str()).collect();
        assert_eq!(names, ["Детский", "Студент", "Взрослый"]);
        assert_eq!(merged.clashes, []);
    }

    #[test]
    fn changes_are_told_one_by_one() {
        let mut to = vec![kind(1, "Взрослый", 10_000), kind(3, "Студент", 7_000)];
        assert_eq!(
            changes(&base(), &to),
            [
                Change { from: Some(base()[0].clone()), to: Some(to[0].clone()) },
                Change { from: None, to: Some(to[1].clone()) },
                Change { from: Some(base()[1].clone()), to: None },
            ]
        );
        to = base();
        to.reverse();
        assert_eq!(changes(&base(), &to), []);
    }
}
