//! Leaving, and handing the organisation over: behind a second tap.
use super::{
    api::LeaveOrganisation,
    page::Actions,
    said::{Place, Said},
};
use crate::{
    partner::{
        bound::move_on,
        form::{Answer, Errors, Outcome, on_done},
        words,
    },
    ui::{Card, Field, Select, Tone, field::FieldError as Wrong},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{Lang, dto::organisation::MemberRow, forms::FieldError, paths, tr::organisation as tr};

#[component]
pub(super) fn Leave(lang: Lang) -> impl IntoView {
    let action = ServerAction::<LeaveOrganisation>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let stopped = move || pending.get() || matches!(answer.get(), Some(Ok(Ok(()))));
    // Nothing of the organisation stays in the page.
    on_done(answer, move || {
        move_on();
        crate::browser::load(&paths::partner(lang));
    });
    view! {
        <Card>
            <details>
                <summary class="btn btn-quiet">{tr::leave_title(lang)}</summary>
                <div class="grid gap-3 mt-3">
                    <p class="text-muted">{tr::leave_text(lang)}</p>
                    <Outcome lang answer pending/>
                    <ActionForm action>
                        <input type="hidden" name="lang" value=lang.code()/>
                        <button class=Tone::Danger.class() disabled=stopped>{tr::leave(lang)}</button>
                    </ActionForm>
                </div>
            </details>
        </Card>
    }
    .into_any()
}

/// To one of `heirs`, with the password. Nobody is chosen beforehand.
#[component]
pub(super) fn GiveAway(lang: Lang, heirs: Vec<MemberRow>, actions: Actions) -> impl IntoView {
    let (action, doings) = (actions.hand_over, actions.doings);
    let errors = Errors::new(lang, "heir");
    errors.follow(Answer::derive(move || action.value().get()));
    let names: Vec<_> = heirs.iter().map(|heir| (heir.account.to_string(), heir.name.clone())).collect();
    let check = move |ev: SubmitEvent| {
        let mut chosen = String::new();
        errors.check(&ev, |typed| {
            chosen = typed("account");
            let missing: Vec<_> = ["account", "password"]
                .into_iter()
                .filter(|name| typed(name).is_empty())
                .map(|name| (name.to_owned(), FieldError::Missing))
                .collect();
            if missing.is_empty() { Ok(()) } else { Err(missing) }
        });
        if !ev.default_prevented() {
            let name = names.iter().find(|(account, _)| *account == chosen).map_or("", |(_, name)| name.as_str());
            doings.begin(Place::HandOver, Place::WayOut, tr::handed_over(lang, name));
        }
    };
    let body = if heirs.is_empty() {
        view! { <p class="text-muted">{tr::hand_over_nobody(lang)}</p> }.into_any()
    } else {
        let nobody = (String::new(), tr::hand_over_choose(lang).to_owned());
        let heirs: Vec<_> = std::iter::once(nobody)
            .chain(
                heirs
                    .into_iter()
                    .map(|heir| (heir.account.to_string(), format!("{}, {}", heir.name, words::role(lang, heir.role)))),
            )
            .collect();
        view! {
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-3">
                    <p class="text-muted">{tr::hand_over_text(lang)}</p>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Select name="account" id_prefix="heir" label=tr::hand_over_to(lang) options=heirs/>
                    <Wrong id="heir-account-error".to_owned() error=errors.of("account")/>
                    <Field
                        name="password"
                        id_prefix="heir"
                        kind="password"
                        label=tr::password(lang)
                        autocomplete="current-password"
                        maxlength=1000
                        required=true
                        error=errors.of("password")
                    />
                    <Said doings place=Place::HandOver/>
                    <button class=Tone::Danger.class() disabled=move || doings.busy.get()>{tr::hand_over(lang)}</button>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <Card>
            <details>
                <summary class="btn btn-quiet">{tr::hand_over_title(lang)}</summary>
                <div class="mt-3">{body}</div>
            </details>
        </Card>
    }
    .into_any()
}
