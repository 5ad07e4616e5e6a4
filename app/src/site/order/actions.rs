//! Paying from the order's page.
use super::{
    api::{CancelOrder, ResumePayment},
    phase::Phase,
};
use crate::{
    browser,
    error::AppError,
    ui::{Alert, AlertTone, Glyph, Icon, Tone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView, tr::order as words, when};

/// The id of what says how the order stands.
pub const STATE: &str = "order-state";

/// The page's two forms. They outlive the parts that are drawn anew when the order changes.
#[derive(Clone, Copy)]
pub struct Actions {
    pub resume: ServerAction<ResumePayment>,
    pub cancel: ServerAction<CancelOrder>,
}

impl Actions {
    /// `refresh` is called after each refusal and each success that stays on the page.
    #[must_use]
    pub fn new(refresh: Callback<()>) -> Self {
        let actions = Self { resume: ServerAction::new(), cancel: ServerAction::new() };
        Effect::new(move |_| {
            if actions.resume.version().get() + actions.cancel.version().get() > 0 {
                refresh.run(());
            }
        });
        // The button is at the page's end, and goes; what came of it is told at its beginning.
        Effect::new(move |_| {
            if matches!(actions.cancel.value().get(), Some(Ok(Ok(())))) {
                request_animation_frame(|| browser::reveal(STATE));
            }
        });
        // Back from the bank by the browser's own memory of the page: the button must work again.
        Effect::new(move |_| {
            let back = window_event_listener_untyped("pageshow", move |_| actions.resume.value().set(None));
            on_cleanup(move || back.remove());
        });
        actions
    }

    /// What the last press of a button met with.
    #[must_use]
    pub fn refusal(self, lang: Lang, order: &OrderView) -> Option<String> {
        let refused = |answer: Option<crate::error::Tried<()>>| answer.and_then(|tried| tried.and_then(|inner| inner).err());
        let until = || when::clock(when::local(order.expires_at));
        match (refused(self.cancel.value().get()), refused(self.resume.value().get())) {
            (Some(AppError::NotOpen(_)), _) => Some(words::cancel_late(lang).to_owned()),
            (Some(_), _) => Some(words::cancel_unavailable(lang).to_owned()),
            (None, Some(AppError::Unavailable)) => Some(words::pay_unavailable(lang, until())),
            _ => None,
        }
    }
}

/// The apricot button; `phase` must be one that can be paid.
#[component]
pub fn PayForm(lang: Lang, order: OrderView, phase: Phase, actions: Actions) -> impl IntoView {
    let resume = actions.resume;
    let busy = move || resume.pending().get() || matches!(resume.value().get(), Some(Ok(Ok(()))));
    let verb = if phase == Phase::Awaiting { words::pay(lang, order.total) } else { words::pay_again(lang, order.total) };
    view! {
        <ActionForm action=resume>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="token" value=order.token/>
            <button class=format!("{} w-full sm:w-auto", Tone::Action.class()) aria-disabled=move || busy().then_some("true")>
                <Icon name=Glyph::Card/>
                <span aria-live="polite">{move || if busy() { words::paying(lang).to_owned() } else { verb.clone() }}</span>
            </button>
        </ActionForm>
    }
    .into_any()
}

/// The sentence about the last press, or the one that a form without a script left in the address.
#[component]
pub fn Refusal(lang: Lang, order: RwSignal<OrderView>, actions: Actions, notice: Option<String>) -> impl IntoView {
    let left = match notice.as_deref() {
        Some("late") => Some(words::cancel_late(lang).to_owned()),
        Some("cancel") => Some(words::cancel_unavailable(lang).to_owned()),
        _ => None,
    };
    move || {
        let said = actions.refusal(lang, &order.read()).or_else(|| left.clone());
        said.map(|text| view! { <Alert tone=AlertTone::Bad>{text}</Alert> })
    }
}
