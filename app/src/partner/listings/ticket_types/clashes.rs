//! What somebody else has made of the tickets meanwhile, and what is to be decided where both have changed the same one.
use super::{
    super::{sides::Sides, words},
    saving::CLASHES,
    state::Types,
};
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    dto::editor::TicketTypeForm,
    forms::ticket_types::{Change, Clash},
    tr::{listings, ticket_types as tr},
};

/// Everything of a ticket type that is shown: what it is called, and what it is.
fn facts(lang: Lang, form: &TicketTypeForm) -> Vec<(String, String)> {
    let number = |number: Option<i32>| number.map_or_else(|| listings::nothing(lang).to_owned(), |number| number.to_string());
    let names = Lang::ALL.map(|of| {
        let name = form.name.get(of).trim();
        let name = if name.is_empty() { listings::nothing(lang) } else { name };
        (format!("{}, {}", tr::name(lang), of.own_name()), name.to_owned())
    });
    let rest = [
        (tr::price(lang), price(lang, form.price)),
        (tr::quota(lang), number(form.quota)),
        (tr::min(lang), number(Some(form.min_per_order))),
        (tr::max(lang), number(Some(form.max_per_order))),
        (tr::closes(lang), words::closes(lang, form.closes_minutes_before)),
    ];
    names.into_iter().chain(rest.map(|(label, value)| (label.to_owned(), value))).collect()
}

fn price(lang: Lang, price: Option<Money>) -> String {
    price.map_or_else(|| tr::no_price(lang).to_owned(), |price| price.to_string())
}

/// What stands otherwise in the one and in the other: its name, and both.
fn differing(lang: Lang, one: &TicketTypeForm, other: &TicketTypeForm) -> Vec<(String, String, String)> {
    let both = facts(lang, one).into_iter().zip(facts(lang, other));
    both.filter(|(one, other)| one != other).map(|((label, one), (_, other))| (label, one, other)).collect()
}

/// One line of the news: `Детский: Цена, ₸: 5 000 ₸ → 6 000 ₸`.
fn line(lang: Lang, change: &Change) -> String {
    let name = |form: &TicketTypeForm| form.name.best(lang).to_owned();
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => {
            let what = differing(lang, from, to).into_iter().map(|(label, from, to)| format!("{label}: {from} → {to}"));
            format!("{}. {}", name(from), what.collect::<Vec<_>>().join("; "))
        }
        (None, Some(form)) => format!("{}: {}", name(form), tr::change_added(lang, price(lang, form.price))),
        (Some(form), None) => format!("{}: {}", name(form), tr::change_removed(lang)),
        (None, None) => String::new(),
    }
}

/// Both sides of a clash in lines.
fn sides(lang: Lang, clash: &Clash) -> [String; 2] {
    let lines = |lines: Vec<(String, String)>| {
        lines.into_iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n")
    };
    let whole =
        |form: Option<&TicketTypeForm>| form.map_or_else(|| tr::change_removed(lang).to_owned(), |form| lines(facts(lang, form)));
    if let (Some(mine), Some(theirs)) = (&clash.mine, &clash.theirs) {
        let (mine, theirs): (Vec<_>, Vec<_>) = differing(lang, mine, theirs)
            .into_iter()
            .map(|(label, mine, theirs)| ((label.clone(), mine), (label, theirs)))
            .unzip();
        return [lines(mine), lines(theirs)];
    }
    [whole(clash.mine.as_ref()), whole(clash.theirs.as_ref())]
}

#[component]
pub fn Clashes(types: Types) -> impl IntoView {
    let lang = types.edit.lang;
    let list = move || {
        let (news, clashes) = (types.news.get(), types.clashes.get());
        if news.is_empty() && clashes.is_empty() {
            return None;
        }
        let text = if clashes.is_empty() { tr::changed_text(lang) } else { tr::clash_text(lang) };
        let news = news.iter().map(|change| view! { <li>{line(lang, change)}</li> }).collect_view();
        let clashes = clashes.into_iter().map(|clash| view! { <One types clash/> }).collect_view();
        Some(view! {
            <section id=CLASHES tabindex="-1" class="card card-pad grid gap-3" aria-labelledby="ticket-clashes-name">
                <h3 id="ticket-clashes-name" class="text-lg">
                    <Icon name=Glyph::People class="icon icon-small"/>
                    {tr::changed_title(lang)}
                </h3>
                <ul class="grid gap-1 numbers">{news}</ul>
                <p class="text-muted">{text}</p>
                <ul class="grid gap-4">{clashes}</ul>
            </section>
        })
    };
    view! { <div aria-live="polite">{list}</div> }.into_any()
}

#[component]
fn One(types: Types, clash: Clash) -> impl IntoView {
    let lang = types.edit.lang;
    let [mine, theirs] = sides(lang, &clash);
    let name = clash.theirs.as_ref().or(clash.mine.as_ref()).map(|form| form.name.best(lang).to_owned()).unwrap_or_default();
    let id = clash.id;
    let decide = Callback::new(move |mine| types.decide(id, mine));
    view! {
        <li class="grid gap-2">
            <h4 class="font-semibold">{name.clone()}</h4>
            <Sides lang name mine theirs decide class="conflict-text numbers"/>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::dto::editor::Tri;

    #[test]
    fn what_another_did_is_told_in_a_line() {
        let form = |tenge| TicketTypeForm {
            name: Tri { ru: "Детский".into(), ..Tri::default() },
            price: Some(Money::from_tenge(tenge)),
            ..TicketTypeForm::default()
        };
        let change = |from: Option<i64>, to: Option<i64>| line(Lang::Ru, &Change { from: from.map(form), to: to.map(form) });
        assert_eq!(change(Some(500), Some(600)), "Детский. Цена, ₸: 500\u{202f}₸ → 600\u{202f}₸");
        assert_eq!(change(None, Some(600)), "Детский: добавлен, 600\u{202f}₸");
        assert_eq!(change(Some(500), None), "Детский: удалён");
    }
}
