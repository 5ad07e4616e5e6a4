//! The order's tickets, each with its holder's name, which may change until it is used.
use super::{
    api::Rename,
    said::{Doings, Place, Said},
    words::name,
};
use crate::ui::{Button, Glyph, StatusChip, Tint};
use leptos::prelude::*;
use sapar_shared::{
    code::grouped,
    dto::{
        desk::{DetailTicket, OrderDetail},
        order::TicketStatus,
    },
    paths,
    tr::{self, orders as words},
    when,
};

#[component]
pub fn Tickets(order: OrderDetail, renames: bool, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let none = order.tickets.is_empty();
    let id = order.id.to_string();
    let rows = order.tickets.into_iter().map(|ticket| view! { <Ticket id=id.clone() ticket renames doings/> }).collect_view();
    view! {
        <section class="card card-pad grid gap-4" aria-labelledby="tickets">
            <h2 id="tickets">{words::tickets(lang)}</h2>
            {none.then(|| view! { <p class="text-muted">{words::no_tickets(lang)}</p> })}
            <ul class="grid gap-4 empty:hidden">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Ticket(id: String, ticket: DetailTicket, renames: bool, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let (tint, icon, word) = match ticket.status {
        TicketStatus::Issued => (Tint::Sky, Glyph::Clock, tr::partner::waiting(lang).to_owned()),
        TicketStatus::Activated => {
            let time = ticket.activated_at.map(|at| when::clock(when::local(at))).unwrap_or_default();
            (Tint::Leaf, Glyph::Check, tr::partner::on_board(lang, time))
        }
        TicketStatus::Void => (Tint::Poppy, Glyph::Cross, tr::partner::void(lang).to_owned()),
    };
    let code = grouped(&ticket.code);
    let may_rename = renames && ticket.status == TicketStatus::Issued;
    let form = may_rename.then(|| view! { <NewName id code=ticket.code.clone() holder=ticket.holder.clone() doings/> });
    view! {
        <li class="grid gap-1">
            <div class="flex flex-wrap items-center justify-between gap-2">
                <span class="font-semibold">{name(lang, &ticket.holder)}</span>
                <StatusChip tint icon word/>
            </div>
            <p class="text-sm flex flex-wrap gap-x-3 items-center">
                <span class="text-muted">{ticket.ticket_type}</span>
                <a
                    class="link numbers inline-flex items-center min-h-11"
                    href=paths::partner_ticket(lang, &ticket.code)
                    aria-label=tr::partner::open_ticket(lang, &code)
                >
                    {code.clone()}
                </a>
            </p>
            {form}
        </li>
    }
    .into_any()
}

#[component]
fn NewName(id: String, code: String, holder: String, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let action = ServerAction::<Rename>::new();
    let pending = action.pending();
    let place = Place::Ticket(code.clone());
    let asked = place.clone();
    let wrong = move || doings.is_wrong(&asked);
    doings.follow(place.clone(), pending, move || action.value().get(), words::renamed(lang), || ());
    let label = words::rename_of(lang, grouped(&code));
    let field_id = format!("name-{code}");
    view! {
        <details class="cab-fold">
            <summary class="link" aria-label=label>{words::rename(lang)}</summary>
            <ActionForm action>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="code" value=code/>
                <div class="grid gap-3 pt-2">
                    <div class="field">
                        <label class="field-label" for=field_id.clone()>{words::new_name(lang)}</label>
                        <input
                            class="control"
                            id=field_id
                            name="name"
                            value=holder
                            maxlength="100"
                            autocomplete="off"
                            required
                            aria-invalid=move || wrong().then_some("true")
                            aria-describedby=place.id()
                        />
                    </div>
                    <Button disabled=pending>
                        {move || if pending.get() { words::working(lang) } else { words::save_name(lang) }}
                    </Button>
                    <Said doings place/>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
