//! Sending the tickets again, and notes.
use super::api::{AddNote, Resend as ResendCall};
use crate::{
    partner::desk::trouble,
    ui::{Button, Glyph, Icon, field::FieldError},
};
use leptos::prelude::*;
use sapar_shared::{Lang, contact::Phone, tr::orders as words};

#[component]
pub fn Resend(
    lang: Lang,
    id: String,
    email: String,
    phone: String,
    done: RwSignal<Option<&'static str>>,
    refresh: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<ResendCall>::new();
    let pending = action.pending();
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(answer) = action.value().get() {
            error.set(trouble(lang, &answer));
            if error.read_untracked().is_none() {
                done.set(Some(words::resent(lang)));
                refresh.run(());
            }
        }
    });
    let pretty = Phone::parse(&phone).map_or_else(|| phone.clone(), |phone| phone.pretty());
    let way = move |value: &'static str, icon: Glyph, text: String| {
        view! {
            <button class="btn justify-start text-start" name="channel" value=value disabled=move || pending.get()>
                <Icon name=icon class="icon icon-small"/>
                <span class="min-w-0 break-words">{text}</span>
            </button>
        }
    };
    view! {
        <section class="card card-pad grid gap-3" aria-labelledby="resend">
            <h2 id="resend">{words::resend(lang)}</h2>
            <ActionForm action>
                <input type="hidden" name="id" value=id/>
                <div class="grid gap-2">
                    {(!email.is_empty()).then(|| way("mail", Glyph::Mail, words::resend_mail(lang, &email)))}
                    {(!phone.is_empty()).then(|| way("sms", Glyph::Speech, words::resend_sms(lang, &pretty)))}
                </div>
            </ActionForm>
            <FieldError id="resend-error".to_owned() error/>
        </section>
    }
    .into_any()
}

#[component]
pub fn Note(lang: Lang, id: String, refresh: Callback<()>) -> impl IntoView {
    let action = ServerAction::<AddNote>::new();
    let pending = action.pending();
    let error = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(answer) = action.value().get() {
            error.set(trouble(lang, &answer));
            if error.read_untracked().is_none() {
                text.set(String::new());
                refresh.run(());
            }
        }
    });
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
                            aria-describedby="note-help"
                            aria-invalid=move || error.read().is_some().then_some("true")
                            prop:value=move || text.get()
                            on:input=move |event| text.set(event_target_value(&event))
                        ></textarea>
                        <p class="field-help" id="note-help">{words::note_help(lang)}</p>
                        <FieldError id="note-error".to_owned() error/>
                    </div>
                    <Button disabled=pending>
                        {move || if pending.get() { words::working(lang) } else { words::save_note(lang) }}
                    </Button>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
