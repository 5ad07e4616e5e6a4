//! Where one is signed in, and how to end it there.
use super::security::Actions;
use crate::{
    site::enter::{Done, Refused},
    ui::{Badge, Button, Tint},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::SessionRow,
    tr::{enter, me as words},
    when,
};

#[component]
pub(super) fn Sessions(lang: Lang, sessions: Vec<SessionRow>, actions: Actions) -> impl IntoView {
    let action = actions.end;
    let others = sessions.iter().any(|session| !session.this);
    let rows = sessions.into_iter().map(|session| view! { <Row lang session actions/> }).collect_view();
    let all = others.then(|| {
        view! {
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <Button disabled=action.pending()>{words::sessions_end(lang)}</Button>
            </ActionForm>
        }
    });
    view! {
        <section class="card card-pad grid gap-4" id="sessions" aria-labelledby="sessions-title">
            <h2 id="sessions-title" class="text-lg">{words::sessions_title(lang)}</h2>
            <Done done=actions.ended text=words::done_sessions(lang)/>
            <Refused lang error=actions.end_error wrong=enter::err_unavailable(lang)/>
            <ul class="grid gap-4">{rows}</ul>
            {all}
        </section>
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, session: SessionRow, actions: Actions) -> impl IntoView {
    let action = actions.end;
    let device = if session.device.is_empty() { words::session_unknown(lang).to_owned() } else { session.device };
    let at = when::moment_text(lang, session.last_seen_at);
    let label = words::session_end_of(lang, &device, &at);
    let seen = words::session_seen(lang, session.address, at);
    let end = if session.this {
        view! { <Badge tint=Tint::Leaf>{words::session_this(lang)}</Badge> }.into_any()
    } else {
        view! {
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="session" value=session.id.to_string()/>
                <button class="btn" aria-label=label disabled=move || action.pending().get()>{words::session_end(lang)}</button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2">
            <div class="min-w-0">
                <p class="font-semibold">{device}</p>
                <p class="text-sm text-muted break-words">{seen}</p>
            </div>
            {end}
        </li>
    }
    .into_any()
}
