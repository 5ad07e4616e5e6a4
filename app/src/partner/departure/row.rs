//! One passenger: a card on a phone, a row of the table on a desk.
use super::people::{People, Person, RowState};
use crate::{
    partner::ticket::api::Activate,
    partner::ticket::verdict::{Verdict, failure},
    ui::{Button, Glyph, Icon, StatusChip, Tint},
};
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{
    Lang, code,
    contact::Phone,
    dto::{order::TicketStatus, partner::Passenger},
    paths, tr, when,
};

#[component]
pub fn PassengerRow(
    lang: Lang,
    person: Person,
    people: People,
    /// Whoever looks may let people on.
    lets_on: bool,
    /// And see orders.
    orders: bool,
) -> impl IntoView {
    let Person { passenger, state, .. } = person;
    let Passenger { code, name, phone, ticket_type, order, order_number, .. } = (*passenger).clone();
    let (seen, waiting) = (state.clone(), state.clone());
    let name = if name.is_empty() { tr::partner::no_name(lang).to_owned() } else { name };
    // Whoever bought at the counter may have left none.
    let has_phone = !phone.is_empty();
    let pretty = Phone::parse(&phone).map_or_else(|| phone.clone(), |phone| phone.pretty());
    let words = tr::partner::order(lang, &order_number);
    let order = if orders {
        let href = paths::partner_order(lang, order);
        view! { <a class="link numbers whitespace-nowrap" href=href aria-label=words>{order_number}</a> }.into_any()
    } else {
        view! { <span class="text-muted numbers whitespace-nowrap">{words}</span> }.into_any()
    };
    view! {
        // On a phone the button that lets on says that somebody is waited for.
        <tr role="row" class:people-waits=move || lets_on && waiting.get().0 == TicketStatus::Issued>
            <td role="cell" class="cab-person">
                <span class="font-semibold">{name.clone()}</span>
            </td>
            <td role="cell" class="cab-phone">
                {has_phone.then(|| view! {
                    <a class="btn btn-quiet" href=format!("tel:{phone}") aria-label=format!("{}, {pretty}", tr::partner::call(lang, name.clone()))>
                        <Icon name=Glyph::Phone class="icon icon-small"/>
                        <span class="numbers whitespace-nowrap">{pretty.clone()}</span>
                    </a>
                })}
            </td>
            <td role="cell" class="cab-ticket">
                <span>{ticket_type}</span>
                <a
                    class="link numbers whitespace-nowrap"
                    href=paths::partner_ticket(lang, &code)
                    aria-label=tr::partner::open_ticket(lang, code::grouped(&code))
                >
                    {code::grouped(&code)}
                </a>
                {order}
            </td>
            <td role="cell" class="cab-state">{move || chip(lang, seen.get())}</td>
            <td role="cell" class="cab-act">
                {lets_on.then(|| view! { <LetOn lang code name state people/> })}
            </td>
        </tr>
    }
    .into_any()
}

fn chip(lang: Lang, (status, at): (TicketStatus, Option<Timestamp>)) -> AnyView {
    let (tint, icon, word) = match status {
        TicketStatus::Issued => (Tint::Sky, Glyph::Clock, tr::partner::waiting(lang).to_owned()),
        TicketStatus::Activated => {
            let time = at.map(|at| when::clock(when::local(at))).unwrap_or_default();
            (Tint::Leaf, Glyph::Check, tr::partner::on_board(lang, time))
        }
        TicketStatus::Void => (Tint::Poppy, Glyph::Cross, tr::partner::void(lang).to_owned()),
    };
    view! { <StatusChip tint icon word/> }.into_any()
}

/// The button, while the ticket waits; what came of it, when that is not what was wanted.
#[component]
fn LetOn(lang: Lang, code: String, name: String, state: RowState, people: People) -> impl IntoView {
    let action = ServerAction::<Activate>::new();
    let pending = action.pending();
    let trouble = RwSignal::new(None::<String>);
    let own = state.clone();
    Effect::new(move |_| match action.value().get() {
        Some(Ok(Ok(Some(activation)))) => {
            let verdict = Verdict::of_activation(activation);
            trouble.set((!verdict.is_on_board()).then(|| verdict.word(lang)));
            if let Some(ticket) = verdict.ticket {
                let before = own.get_untracked().0;
                if before != TicketStatus::Activated && ticket.status == TicketStatus::Activated {
                    people.arrived();
                }
                own.set((ticket.status, ticket.activated_at));
            }
        }
        Some(Ok(Err(error)) | Err(error)) => trouble.set(Some(failure(lang, &error).1.to_owned())),
        _ => {}
    });
    let waits = Memo::new(move |_| state.get().0 == TicketStatus::Issued);
    let form = move || {
        waits.get().then(|| {
            let (name, code) = (name.clone(), code.clone());
            view! {
                <ActionForm action>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="code" value=code/>
                    <input type="hidden" name="whole" value="false"/>
                    <Button class="w-full" disabled=pending>
                        <Icon name=Glyph::Check class="icon icon-small"/>
                        {move || if pending.get() { tr::gate::working(lang) } else { tr::gate::one(lang) }}
                        <span class="sr-only">{name}</span>
                    </Button>
                </ActionForm>
            }
        })
    };
    view! {
        {form}
        <p class="field-error" role="status" hidden=move || trouble.read().is_none()>{move || trouble.get()}</p>
    }
    .into_any()
}
