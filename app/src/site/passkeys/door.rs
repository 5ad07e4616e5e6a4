//! "Sign in without a password": shown where the browser can do it.
use super::{
    api::{begin_passkey_sign_in, passkey_sign_in},
    ceremony, refusal, trouble,
};
use crate::ui::{Alert, AlertTone, Button, Glyph, Icon};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{Lang, tr::passkeys as tr};

#[component]
pub fn PasskeyDoor(lang: Lang, target: Signal<String>) -> impl IntoView {
    let can = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let said = RwSignal::new(None::<String>);
    Effect::new(move |_| can.set(ceremony::can()));
    let sign_in = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            match walk(lang, target.get_untracked()).await {
                // A full load: the whole page is another person's now.
                Ok(address) => {
                    let _ = window().location().assign(&address);
                }
                Err(words) => {
                    said.set(Some(words));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <div class="grid gap-2" hidden=move || !can.get()>
            <Button kind="button" class="w-full" disabled=busy on:click=sign_in>
                <Icon name=Glyph::Shield/>
                {move || if busy.get() { tr::signing_in(lang) } else { tr::sign_in(lang) }}
            </Button>
            {move || said.get().map(|words| view! { <Alert tone=AlertTone::Bad>{words}</Alert> })}
        </div>
    }
    .into_any()
}

async fn walk(lang: Lang, next: String) -> Result<String, String> {
    let asked = begin_passkey_sign_in().await.and_then(|answer| answer).map_err(|error| refusal(lang, &error))?;
    let answer = ceremony::get(&asked.options).await.map_err(|why| trouble(lang, why))?;
    passkey_sign_in(lang, asked.id, answer, next).await.and_then(|answer| answer).map_err(|error| refusal(lang, &error))
}
