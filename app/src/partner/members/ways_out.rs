//! Leaving, and handing the organisation over: behind a second tap.
use super::api::{HandOver, LeaveOrganisation};
use crate::{
    partner::{
        form::{Answer, Errors, Outcome, on_done},
        words,
    },
    ui::{Card, Field, Select, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{Lang, dto::organisation::MemberRow, forms::FieldError, paths, tr::organisation as tr};

#[component]
pub(super) fn Leave(lang: Lang) -> impl IntoView {
    let action = ServerAction::<LeaveOrganisation>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    // Nothing of the organisation stays in the page.
    on_done(answer, move || crate::browser::load(&paths::partner(lang)));
    view! {
        <Card>
            <details>
                <summary class="btn btn-quiet">{tr::leave_title(lang)}</summary>
                <div class="grid gap-3 mt-3">
                    <p class="text-muted">{tr::leave_text(lang)}</p>
                    <Outcome lang answer pending/>
                    <ActionForm action>
                        <input type="hidden" name="lang" value=lang.code()/>
                        <button class=Tone::Danger.class() disabled=move || pending.get()>{tr::leave(lang)}</button>
                    </ActionForm>
                </div>
            </details>
        </Card>
    }
    .into_any()
}

/// To one of `heirs`, with the password.
#[component]
pub(super) fn GiveAway(lang: Lang, heirs: Vec<MemberRow>, action: ServerAction<HandOver>) -> impl IntoView {
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "heir");
    errors.follow(answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| {
            let missing = typed("password").is_empty();
            if missing { Err(vec![("password".to_owned(), FieldError::Missing)]) } else { Ok(()) }
        });
    };
    let body = if heirs.is_empty() {
        view! { <p class="text-muted">{tr::hand_over_nobody(lang)}</p> }.into_any()
    } else {
        let heirs: Vec<_> = heirs
            .into_iter()
            .map(|heir| (heir.account.to_string(), format!("{}, {}", heir.name, words::role(lang, heir.role))))
            .collect();
        view! {
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-3">
                    <p class="text-muted">{tr::hand_over_text(lang)}</p>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Select name="account" id_prefix="heir" label=tr::hand_over_to(lang) options=heirs/>
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
                    <Outcome lang answer pending/>
                    <button class=Tone::Danger.class() disabled=move || pending.get()>{tr::hand_over(lang)}</button>
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
