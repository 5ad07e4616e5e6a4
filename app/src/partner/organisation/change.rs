//! Name and BIN once they are locked: as they are, what was asked of a moderator about them, and the form that asks.
use super::{
    change_api::{WithdrawChange, load_change},
    forms::{Around, ChangeEntry},
};
use crate::{
    partner::form::{Answer, Outcome, on_done},
    ui::{Alert, AlertTone, Button, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::organisation::{AskedChange, CompanyState},
    tr::organisation as tr,
    when,
};

#[component]
pub(super) fn LockedCompany(lang: Lang, company: CompanyState) -> impl IntoView {
    // The page's other forms may hold what is not saved: only this part of it loads anew.
    let state = RwSignal::new(company);
    let facts = move || {
        let state = state.read();
        view! { <Facts facts=vec![(tr::name(lang), state.name.clone(), false), (tr::bin(lang), state.bin.clone(), true)]/> }
    };
    let asked = move || {
        let CompanyState { asked, may_ask, .. } = state.get();
        asked.map(|asked| view! { <Asked lang asked may_ask state/> })
    };
    // A new one each time, folded: an open form would be left with what it asked for last.
    let drawn = StoredValue::new(0_u32);
    let forms = move || {
        let company = state.get();
        let turn = drawn.get_value();
        drawn.set_value(turn + 1);
        [(turn, company)]
    };
    let form = move |company: CompanyState| {
        if company.may_ask {
            view! { <Ask lang company state/> }.into_any()
        } else {
            view! { <p class="text-muted text-sm">{tr::locked_owner(lang)}</p> }.into_any()
        }
    };
    view! {
        <div class="grid gap-4">
            {facts}
            <p class="text-muted text-sm">{tr::locked(lang)}</p>
            <div class="empty:hidden" aria-live="polite">{asked}</div>
            <For each=forms key=|(turn, _)| *turn let:one>{form(one.1)}</For>
        </div>
    }
    .into_any()
}

/// A name, what it is, and whether that is a number.
#[component]
fn Facts(facts: Vec<(&'static str, String, bool)>) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(name, value, number)| {
            let class = if number { "numbers" } else { "wrap-anywhere whitespace-pre-line" };
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd class=class>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="cab-facts p-0">{facts}</dl> }
}

/// What was asked, since when, and what is waited for; or that it was rejected, and why.
#[component]
fn Asked(lang: Lang, asked: AskedChange, may_ask: bool, state: RwSignal<CompanyState>) -> impl IntoView {
    let AskedChange { name, bin, reason, asked_at, remark } = asked;
    let day = when::day_month(lang, when::local(asked_at).date());
    let waits = remark.is_none();
    let wanted = [(tr::change_name(lang), name, false), (tr::change_bin(lang), bin, true)];
    let mut facts: Vec<_> = wanted.into_iter().filter_map(|(what, value, number)| Some((what, value?, number))).collect();
    if waits && !reason.is_empty() {
        facts.push((tr::change_why(lang), reason, false));
    }
    facts.extend(remark.map(|remark| (tr::change_answer(lang), remark, false)));
    let (tone, title, text) = if waits {
        (AlertTone::Info, tr::change_waiting_title(lang), tr::change_waiting_text(lang, day))
    } else {
        (AlertTone::Bad, tr::change_refused_title(lang), tr::change_refused_text(lang, day))
    };
    view! {
        <div class="grid gap-4">
            <Alert tone>
                <p class="font-semibold">{title}</p>
                <p>{text}</p>
            </Alert>
            <Facts facts/>
            {(waits && may_ask).then(|| view! { <Withdraw lang state/> })}
        </div>
    }
    .into_any()
}

#[component]
fn Withdraw(lang: Lang, state: RwSignal<CompanyState>) -> impl IntoView {
    let action = ServerAction::<WithdrawChange>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    on_done(answer, move || load_anew(state));
    view! {
        <ActionForm action>
            <div class="grid gap-2">
                <input type="hidden" name="lang" value=lang.code()/>
                <Outcome lang answer pending/>
                <div>
                    <Button tone=Tone::Quiet disabled=pending>{tr::change_withdraw(lang)}</Button>
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// The form, folded. What waits or was rejected stands in its fields, to be corrected.
#[component]
fn Ask(lang: Lang, company: CompanyState, state: RwSignal<CompanyState>) -> impl IntoView {
    let CompanyState { name, bin, asked, .. } = company;
    let opens = match &asked {
        None => tr::change_open(lang),
        Some(asked) if asked.remark.is_none() => tr::change_replace(lang),
        Some(_) => tr::change_again(lang),
    };
    let company = match asked {
        None => (name, bin, String::new()),
        Some(asked) => (asked.name.unwrap_or(name), asked.bin.unwrap_or(bin), asked.reason),
    };
    let around: Around = Box::new(move |fields: AnyView, answer: Answer, pending: Signal<bool>| {
        on_done(answer, move || load_anew(state));
        view! {
            <div class="grid gap-4 mt-4">
                <p class="text-muted">{tr::change_lead(lang)}</p>
                <input type="hidden" name="lang" value=lang.code()/>
                {fields}
                <Outcome lang answer pending/>
                <div>
                    <Button disabled=pending>
                        {move || if pending.get() { tr::sending(lang) } else { tr::change_send(lang) }}
                    </Button>
                </div>
            </div>
        }
        .into_any()
    });
    view! {
        <details>
            <summary class="btn">{opens}</summary>
            <ChangeEntry lang prefix="change" company around/>
        </details>
    }
    .into_any()
}

/// Without a network the page stays as it is and tells the truth when it is opened next.
fn load_anew(state: RwSignal<CompanyState>) {
    spawn_local(async move {
        if let Ok(Ok(fresh)) = load_change().await {
            state.try_set(fresh);
        }
    });
}
