//! Giving the order up, asked twice.
use super::actions::Actions;
use crate::ui::{Glyph, Icon, Tone};
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView, tr::order as words, when};

/// The last moment at which all of the order can be given back for free.
#[must_use]
pub fn free_until(order: &OrderView) -> Option<Timestamp> {
    let limit = order.lines.iter().map(|line| line.starts_at.as_second() - i64::from(line.free_cancel_hours) * 3600).min()?;
    Timestamp::from_second(limit).ok()
}

#[component]
pub fn Cancel(lang: Lang, order: OrderView, actions: Actions) -> impl IntoView {
    if !order.can_cancel {
        return ().into_any();
    }
    let cancel = actions.cancel;
    let busy = move || cancel.pending().get();
    let means = match free_until(&order) {
        Some(until) if !order.status.holds_places() => words::cancel_paid_text(lang, order.total, when::moment_text(lang, until)),
        _ => words::cancel_open_text(lang).to_owned(),
    };
    view! {
        <details class="card cancel">
            <summary>
                <Icon name=Glyph::Cross/>
                {words::cancel(lang)}
            </summary>
            <div class="flex flex-col items-start gap-3 px-5 pb-5">
                <p>{means}</p>
                <ActionForm action=cancel>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="token" value=order.token/>
                    <button class=Tone::Danger.class() aria-disabled=move || busy().then_some("true")>
                        {move || if busy() { words::cancelling(lang) } else { words::cancel_yes(lang) }}
                    </button>
                </ActionForm>
            </div>
        </details>
    }
    .into_any()
}
