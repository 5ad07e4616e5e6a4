//! The ticket: date on top, a torn edge, the QR code on white, its code in groups of four.
use super::{
    qr::{QrCode, QrCopy},
    until::Until,
};
use crate::ui::{Glyph, Icon, StatusChip, Tint};
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    code::grouped,
    dto::order::{TicketStatus, TicketView},
    paths,
    tr::order as words,
    when,
};

#[component]
pub fn Tickets(lang: Lang, token: String, tickets: Vec<TicketView>, now: Timestamp) -> impl IntoView {
    if tickets.is_empty() {
        return ().into_any();
    }
    let count = tickets.len();
    let title = words::tickets(lang, i64::try_from(count).unwrap_or(i64::MAX));
    let cards = tickets
        .into_iter()
        .map(|ticket| {
            view! {
                <li>
                    <Ticket lang token=token.clone() ticket count now/>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="flex flex-col gap-4" aria-labelledby="tickets-title">
            <h2 id="tickets-title">{title}</h2>
            <ul class="tickets">{cards}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Ticket(lang: Lang, token: String, ticket: TicketView, count: usize, now: Timestamp) -> impl IntoView {
    let at = when::local(ticket.starts_at);
    let status = ticket.status;
    let title_id = format!("ticket-{}", ticket.position);
    let labelled = title_id.clone();
    view! {
        <article class="ticket" class:ticket-void=status == TicketStatus::Void aria-labelledby=labelled>
            <div class="ticket-head">
                <div class="flex items-start justify-between gap-3">
                    <time class="ticket-date" datetime=when::machine(ticket.starts_at)>
                        <span class="ticket-day numbers">{at.day().to_string()}</span>
                        <span class="flex flex-col leading-tight">
                            <span class="font-bold">{month(lang, ticket.starts_at)}</span>
                            <span>{when::weekday_long(lang, at.weekday())}</span>
                        </span>
                    </time>
                    <span class="ticket-hour numbers">{when::clock(at)}</span>
                </div>
                <h3 id=title_id class="text-lg">{ticket.listing_title.clone()}</h3>
                <p class="ticket-facts">
                    <span class="font-semibold">{ticket.ticket_type.clone()}</span>
                    <span>{words::position(lang, ticket.position, count)}</span>
                    {(status != TicketStatus::Void).then(|| view! { <Until lang at=ticket.starts_at now/> })}
                </p>
                <Chip lang status activated_at=ticket.activated_at/>
            </div>
            <div class="ticket-tear" aria-hidden="true">
                <span class="ornament"></span>
            </div>
            <Stub lang token ticket count/>
        </article>
    }
    .into_any()
}

/// `декабря 2026` beside the big day: what is left of the date without it.
fn month(lang: Lang, at: Timestamp) -> String {
    when::month_year(lang, when::local(at).date())
}

#[component]
fn Chip(lang: Lang, status: TicketStatus, activated_at: Option<Timestamp>) -> impl IntoView {
    let (tint, icon, word) = match status {
        TicketStatus::Issued => (Tint::Leaf, Glyph::Check, words::ticket_issued(lang).to_owned()),
        TicketStatus::Activated => (
            Tint::Sky,
            Glyph::Ticket,
            activated_at.map_or_else(
                || words::ticket_used(lang).to_owned(),
                |at| words::ticket_activated(lang, when::moment_text(lang, at)),
            ),
        ),
        TicketStatus::Void => (Tint::Poppy, Glyph::Cross, words::ticket_void(lang).to_owned()),
    };
    view! {
        <p>
            <StatusChip tint icon word/>
        </p>
    }
}

/// What the organiser scans. A void ticket has no code to show.
#[component]
fn Stub(lang: Lang, token: String, ticket: TicketView, count: usize) -> impl IntoView {
    if ticket.status == TicketStatus::Void {
        return view! { <p class="ticket-stub text-muted">{words::void_note(lang)}</p> }.into_any();
    }
    let position = ticket.position;
    let code = grouped(&ticket.code);
    let label = words::qr(lang, &code);
    let (shape_id, full_id) = (format!("qr-{position}"), format!("qr-full-{position}"));
    let title = words::full_title(lang, position, count, &ticket.ticket_type);
    let picture = paths::ticket_png(&token, usize::try_from(position).unwrap_or(1));
    view! {
        <div class="ticket-stub">
            <QrCode path=ticket.qr_path size=ticket.qr_size shape_id=shape_id.clone() label=label.clone()/>
            <p class="ticket-code">
                <span class="sr-only">{words::code(lang)} " "</span>
                {code.clone()}
            </p>
            <div class="flex flex-wrap justify-center gap-2">
                <button type="button" class="btn" popovertarget=full_id.clone()>
                    <Icon name=Glyph::Qr/>
                    {words::full_screen(lang)}
                </button>
                <a class="btn" href=picture rel="external" download="" aria-label=words::picture_of(lang, position)>
                    <Icon name=Glyph::Picture/>
                    {words::picture(lang)}
                </a>
            </div>
            <FullScreen lang id=full_id title code label shape_id size=ticket.qr_size/>
        </div>
    }
    .into_any()
}

/// The code alone on a white screen. It is the browser's popover, so it opens and closes without a script.
#[component]
fn FullScreen(lang: Lang, id: String, title: String, code: String, label: String, shape_id: String, size: u32) -> impl IntoView {
    let title_id = format!("{id}-title");
    let (target, labelled) = (id.clone(), title_id.clone());
    view! {
        <div id=id class="qr-full" popover="auto" role="dialog" aria-labelledby=labelled>
            <div class="qr-full-page">
                <p id=title_id class="font-bold text-lg">{title}</p>
                <QrCopy size shape_id label class="qr qr-big"/>
                <p class="ticket-code">{code}</p>
                <p>{words::full_hint(lang)}</p>
                <button type="button" class="btn qr-close" popovertarget=target popovertargetaction="hide">
                    <Icon name=Glyph::Close/>
                    {words::close(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}
