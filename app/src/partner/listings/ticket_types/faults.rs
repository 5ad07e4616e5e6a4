//! Numbers of the rows that cannot be, whether a row is open or not.
use super::{
    card::name_of,
    state::{Row, Types, field_id},
};
use crate::partner::listings::editor::{faults::Fault, fields::Section};
use leptos::prelude::*;
use sapar_shared::{
    dto::editor::{MAX_CAPACITY, TicketTypeForm},
    forms::checkout::MAX_QUANTITY,
    tr::ticket_types as tr,
};

/// Tells the editor of them for as long as they stand there.
pub fn watch(types: Types) {
    Effect::new(move |_| {
        let now = types.rows.read().iter().flat_map(|row| of_row(types, *row)).collect();
        types.edit.tell_faults(|known| known.section == Section::Tickets, now);
    });
}

fn of_row(types: Types, row: Row) -> Vec<Fault> {
    let lang = types.edit.lang;
    let bad = row.form.with(bad_fields);
    [
        ("price", "price", tr::price(lang)),
        ("quota", "quota", tr::quota(lang)),
        ("min_per_order", "min", tr::min(lang)),
        ("max_per_order", "max", tr::max(lang)),
    ]
    .into_iter()
    .filter(|(field, ..)| bad.contains(field) || types.error(row, field).is_some())
    .map(|(_, control, label)| Fault {
        section: Section::Tickets,
        name: format!("{}: {label}", name_of(lang, row)),
        control: field_id(row.key, control),
        row: Some(row.open),
    })
    .collect()
}

/// What no ticket type may have. One that was never saved may wait for its price.
fn bad_fields(form: &TicketTypeForm) -> Vec<&'static str> {
    let of_order = 1..=MAX_QUANTITY;
    [
        ("price", form.price.is_none() && form.id.is_some()),
        ("quota", form.quota.is_some_and(|quota| !(0..=MAX_CAPACITY).contains(&quota))),
        ("min_per_order", !of_order.contains(&form.min_per_order)),
        ("max_per_order", !of_order.contains(&form.max_per_order)),
    ]
    .into_iter()
    .filter_map(|(field, bad)| bad.then_some(field))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::{Money, ids::TicketTypeId};

    #[test]
    fn numbers_that_cannot_be_are_known_without_their_fields() {
        let id = "01890000-0000-7000-8000-000000000001".parse::<TicketTypeId>().ok();
        let new = TicketTypeForm { min_per_order: 1, max_per_order: 10, ..TicketTypeForm::default() };
        assert_eq!(bad_fields(&new), [""; 0], "one that is only begun");
        assert_eq!(bad_fields(&TicketTypeForm { id, ..new.clone() }), ["price"]);
        let good = TicketTypeForm { id, price: Some(Money::from_tenge(1)), ..new };
        assert_eq!(bad_fields(&good), [""; 0]);
        let bad = TicketTypeForm { quota: Some(-3), min_per_order: 0, max_per_order: MAX_QUANTITY + 1, ..good };
        assert_eq!(bad_fields(&bad), ["quota", "min_per_order", "max_per_order"]);
    }
}
