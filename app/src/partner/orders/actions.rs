//! Sending the tickets again, and notes.
use super::{
    api::{AddNote, Resend as ResendCall},
    said::{Doings, Place, Said},
};
use crate::ui::{Button, Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{contact::Phone, tr::orders as words};

#[component]
pub fn Resend(id: String, email: String, phone: String, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let pretty = Phone::parse(&phone).map_or_else(|| phone.clone(), |phone| phone.pretty());
    let mail = (!email.is_empty()).then(|| {
        let text = words::resend_mail(lang, &email);
        view! { <Way id=id.clone() place=Place::Mail icon=Glyph::Mail text to=email doings/> }
    });
    let sms = (!phone.is_empty()).then(|| {
        let text = words::resend_sms(lang, &pretty);
        view! { <Way id place=Place::Sms icon=Glyph::Speech text to=pretty doings/> }
    });
    view! {
        <section class="card card-pad grid gap-3" aria-labelledby="resend">
            <h2 id="resend">{words::resend(lang)}</h2>
            {mail}
            {sms}
        </section>
    }
    .into_any()
}

/// One way out. For a while after a message it says that it is gone, for a second one costs, and tells nothing new.
#[component]
fn Way(id: String, place: Place, icon: Glyph, text: String, to: String, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let action = ServerAction::<ResendCall>::new();
    let pending = action.pending();
    let rests = doings.rests(&place);
    let channel = if place == Place::Mail { "mail" } else { "sms" };
    let gone = place.clone();
    doings.follow(place.clone(), pending, move || action.value().get(), words::resent(lang), move || doings.rest(&gone));
    let label = move || if rests.get() { words::sent(lang, &to) } else { text.clone() };
    view! {
        <ActionForm action>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="channel" value=channel/>
            <div class="grid gap-2">
                <button class="btn justify-start text-start" disabled=move || pending.get() || rests.get()>
                    <Icon name=icon class="icon icon-small"/>
                    <span class="min-w-0 break-words">{label}</span>
                </button>
                <Said doings place/>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
pub fn Note(id: String, doings: Doings) -> impl IntoView {
    let lang = doings.lang;
    let action = ServerAction::<AddNote>::new();
    let pending = action.pending();
    let text = doings.note;
    doings.follow(Place::Note, pending, move || action.value().get(), words::noted(lang), move || text.set(String::new()));
    let wrong = move || doings.is_wrong(&Place::Note);
    view! {
        <section class="card card-pad">
            <ActionForm action>
                <input type="hidden" name="id" value=id/>
                <div class="grid gap-3">
                    <div class="field">
                        <label class="field-label" for="note-text">{words::note(lang)}</label>
                        <textarea
                            class="control"
                            id="note-text"
                            name="text"
                            rows="2"
                            maxlength="500"
                            required
                            aria-describedby="note-help said-note"
                            aria-invalid=move || wrong().then_some("true")
                            prop:value=move || text.get()
                            on:input=move |event| text.set(event_target_value(&event))
                        ></textarea>
                        <p class="field-help" id="note-help">{words::note_help(lang)}</p>
                    </div>
                    <Button disabled=pending>
                        {move || if pending.get() { words::working(lang) } else { words::save_note(lang) }}
                    </Button>
                    <Said doings place=Place::Note/>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
