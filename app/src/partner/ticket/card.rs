//! The verdict in large, who it is about, and the buttons under the thumb: used by the scanner and by the ticket's own page.
use super::{
    api::Activate,
    verdict::{Kind, Verdict, failure},
};
use crate::{
    error::AppError,
    partner::trouble::here,
    site::sign_in::next,
    ui::{Alert, AlertTone, Icon, Tone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, code, dto::partner::GateTicket, paths, tr, when};

/// `on_change` hears of what became of the ticket; `failed` is what a form sent without a script was answered.
#[component]
pub fn TicketCard(
    lang: Lang,
    first: Verdict,
    #[prop(optional)] failed: Option<AppError>,
    #[prop(optional, into)] on_change: Option<Callback<Verdict>>,
    /// Before an answer is there, in the way of a second press.
    #[prop(optional)]
    busy: RwSignal<bool>,
    /// Whoever looks may let people on.
    #[prop(default = true)]
    lets_on: bool,
) -> impl IntoView {
    let action = ServerAction::<Activate>::new();
    let verdict = RwSignal::new(first);
    let error = RwSignal::new(failed);
    Effect::new(move |_| busy.set(action.pending().get()));
    Effect::new(move |_| match action.value().get() {
        Some(Ok(Ok(Some(activation)))) => {
            let now = Verdict::of_activation(activation);
            error.set(None);
            verdict.set(now.clone());
            if let Some(on_change) = on_change {
                on_change.run(now);
            }
        }
        Some(Ok(Err(trouble)) | Err(trouble)) => error.set(Some(trouble)),
        _ => {}
    });
    view! {
        <section class="card overflow-clip" aria-label=tr::gate::result(lang)>
            <div role="status">{move || view! { <Word lang verdict=verdict.get()/> }}</div>
            {move || verdict.get().ticket.map(|ticket| view! { <Facts lang ticket/> })}
            <div class="cab-stick cab-foot empty:hidden">
                {move || error.get().map(|error| view! { <Failure lang error/> })}
                {lets_on.then(|| view! { <Buttons lang action verdict/> })}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Word(lang: Lang, verdict: Verdict) -> impl IntoView {
    view! {
        <div class=verdict.class()>
            <Icon name=verdict.glyph() class="icon verdict-icon"/>
            <div class="min-w-0">
                <p class="verdict-word">{verdict.word(lang)}</p>
                {verdict.why(lang).map(|why| view! { <p>{why}</p> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Facts(lang: Lang, ticket: GateTicket) -> impl IntoView {
    let done = ticket.order_tickets - ticket.order_open;
    // Of a cancelled order nobody is expected.
    let order = match ticket.order_tickets {
        0 => ticket.order_number,
        all => tr::gate::order_state(lang, ticket.order_number, done, all),
    };
    let facts = [
        (tr::gate::holder(lang), if ticket.name.is_empty() { tr::partner::no_name(lang).to_owned() } else { ticket.name }),
        (tr::gate::kind(lang), ticket.ticket_type),
        (tr::gate::trip(lang), format!("{}, {}", ticket.title, when::moment_text(lang, ticket.starts_at))),
        (tr::gate::order(lang), order),
        (tr::gate::code(lang), code::grouped(&ticket.code)),
    ];
    let rows = facts
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dl class="cab-facts">{rows}</dl>
        <p class="px-5 pb-2">
            <a class="link inline-flex items-center min-h-11" href=paths::partner_departure(lang, ticket.departure_id)>{tr::gate::to_passengers(lang)}</a>
        </p>
    }
    .into_any()
}

#[component]
fn Failure(lang: Lang, error: AppError) -> impl IntoView {
    let (title, text) = failure(lang, &error);
    let way_in = (error == AppError::SignInFirst)
        .then(|| view! { <a class="link" href=next::sign_in(lang, &here())>{tr::partner::sign_in(lang)}</a> });
    view! {
        <Alert tone=AlertTone::Bad>
            <p class="font-bold">{title}</p>
            <p>{text}</p>
            {way_in}
        </Alert>
    }
    .into_any()
}

/// One form, two buttons: the pressed one says how many.
#[component]
fn Buttons(lang: Lang, action: ServerAction<Activate>, verdict: RwSignal<Verdict>) -> impl IntoView {
    let pending = action.pending();
    move || {
        let now = verdict.get();
        let code = now.ticket.as_ref()?.code.clone();
        let (one, others) = (now.kind == Kind::Allowed, now.others());
        let whole = if one { tr::gate::whole(lang, others) } else { tr::gate::rest(lang, others) };
        let words = move || if pending.get() { tr::gate::working(lang) } else { tr::gate::one(lang) };
        (one || others > 0).then(|| {
            view! {
                <ActionForm action>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="code" value=code/>
                    <div class="grid gap-3">
                        {one
                            .then(|| {
                                view! {
                                    <button name="whole" value="false" class=Tone::Action.class() disabled=move || pending.get()>
                                        {words}
                                    </button>
                                }
                            })}
                        {(others > 0)
                            .then(|| {
                                view! {
                                    <button name="whole" value="true" class="btn min-h-13" disabled=move || pending.get()>
                                        {whole.clone()}
                                    </button>
                                }
                            })}
                    </div>
                </ActionForm>
            }
        })
    }
}
