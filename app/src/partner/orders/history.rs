//! What happened to the order, the newest first.
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    code::grouped,
    dto::desk::{Happening, HistoryRow, OrderDetail, UndoReason},
    tr::orders as words,
    when,
};

#[component]
pub fn History(lang: Lang, order: OrderDetail) -> impl IntoView {
    let rows = order.history.into_iter().map(|row| view! { <Line lang row/> }).collect_view();
    view! {
        <section class="card card-pad grid gap-3" aria-labelledby="history">
            <h2 id="history">{words::history(lang)}</h2>
            <ol class="grid gap-3">
                {rows}
                <li>
                    <p>{words::happened_placed(lang)}</p>
                    <p class="text-sm text-muted numbers">{when::moment_text(lang, order.placed_at)}</p>
                </li>
            </ol>
        </section>
    }
    .into_any()
}

#[component]
fn Line(lang: Lang, row: HistoryRow) -> impl IntoView {
    let moment = when::moment_text(lang, row.at);
    let by = row.by.map_or_else(|| moment.clone(), |name| words::by(lang, &moment, name));
    view! {
        <li>
            <p class="break-words whitespace-pre-line">{text(lang, row.what)}</p>
            <p class="text-sm text-muted numbers">{by}</p>
        </li>
    }
    .into_any()
}

fn text(lang: Lang, what: Happening) -> String {
    match what {
        Happening::Paid => words::happened_paid(lang).to_owned(),
        Happening::SoldForCash => words::happened_cash(lang).to_owned(),
        Happening::Undone { why, words: said } => {
            let why = match why {
                UndoReason::Mistake => words::undo_mistake(lang),
                UndoReason::ChangedMind => words::undo_changed_mind(lang),
                UndoReason::Other => words::undo_other(lang),
            };
            if said.is_empty() { words::happened_undone(lang, why) } else { words::happened_undone_words(lang, why, said) }
        }
        Happening::Failed => words::happened_failed(lang).to_owned(),
        Happening::Expired => words::happened_expired(lang).to_owned(),
        Happening::Cancelled => words::happened_cancelled(lang).to_owned(),
        Happening::Refunded => words::happened_refunded(lang).to_owned(),
        Happening::TicketsIssued => words::happened_issued(lang).to_owned(),
        Happening::Activated { count } => words::happened_activated(lang, i64::from(count)),
        Happening::Resent { mail: true, .. } => words::happened_mail(lang).to_owned(),
        Happening::Resent { .. } => words::happened_sms(lang).to_owned(),
        Happening::Noted { text } => text,
        Happening::Renamed { code, from, to } => {
            let from = if from.is_empty() { words::no_name(lang).to_owned() } else { from };
            words::happened_renamed(lang, grouped(&code), from, to)
        }
        Happening::Moved { from, to, difference } => {
            let (from, to) = (when::moment_text(lang, from), when::moment_text(lang, to));
            match difference.tiyn() {
                0 => words::happened_moved(lang, from, to),
                more if more > 0 => words::happened_moved_more(lang, from, to, difference),
                less => words::happened_moved_less(lang, from, to, Money::from_tiyn(-less)),
            }
        }
    }
}
