//! One's own keys: what each is called, when it was used, a way to add this device's and to remove any.
use super::{
    api::{Passkeys, add_passkey, begin_passkey, load_passkeys, remove_passkey},
    ceremony, refusal, trouble,
};
use crate::{
    browser,
    error::AppError,
    site::enter::{Refused, caret, own_password_error},
    ui::{Alert, AlertTone, Button, Card, Field, PasswordField},
    wire::page_data,
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::account::PasskeyRow,
    forms::account::check_device,
    tr::{enter, me, passkeys as tr},
    when,
};
use wasm_bindgen::JsCast as _;

const FORM: &str = "passkey";
const PREFIX: &str = "passkey";
const NAME: &str = "device";
const PASSWORD: &str = "password";

/// What the last press came to.
type Said = RwSignal<Option<(AlertTone, String)>>;

#[component]
pub fn PasskeyList(lang: Lang) -> impl IntoView {
    let changes = RwSignal::new(0_u32);
    let said: Said = RwSignal::new(None);
    let keys = page_data(move || changes.get(), |_| load_passkeys());
    view! {
        <Card class="grid gap-4">
            <h2 class="text-lg" id="passkeys">{tr::title(lang)}</h2>
            <p class="text-muted">{tr::why(lang)}</p>
            <div class="empty:hidden" aria-live="polite">
                {move || said.get().map(|(tone, words)| view! { <Alert tone>{words}</Alert> })}
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    keys.await.ok().and_then(Result::ok).map(|keys| view! { <Keys lang keys changes said/> })
                })}
            </Transition>
        </Card>
    }
    .into_any()
}

#[component]
fn Keys(lang: Lang, keys: Passkeys, changes: RwSignal<u32>, said: Said) -> impl IntoView {
    let none = keys.rows.is_empty();
    let rows = keys.rows.into_iter().map(|row| view! { <Key lang row changes said/> }).collect_view();
    view! {
        <ul class="grid gap-4" hidden=none>{rows}</ul>
        <p class="text-muted" hidden=!none>{tr::none(lang)}</p>
        {if keys.offered {
            view! { <Add lang changes said/> }.into_any()
        } else {
            view! { <p class="field-help">{tr::not_here(lang)}</p> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Key(lang: Lang, row: PasskeyRow, changes: RwSignal<u32>, said: Said) -> impl IntoView {
    let day = |at| when::day_month(lang, when::local(at).date());
    let used = row.last_used_at.map_or_else(|| tr::never_used(lang).to_owned(), |at| tr::used(lang, day(at)));
    let label = tr::remove_named(lang, &row.name);
    let id = StoredValue::new(row.id);
    let remove = move |_| {
        spawn_local(async move {
            match remove_passkey(id.get_value()).await.and_then(|answer| answer) {
                Ok(()) => {
                    said.set(Some((AlertTone::Good, tr::removed(lang).to_owned())));
                    changes.update(|n| *n += 1);
                }
                Err(error) => said.set(Some((AlertTone::Bad, refusal(lang, &error)))),
            }
        });
    };
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2">
            <div class="min-w-0">
                <p class="font-semibold wrap-anywhere">{row.name}</p>
                <p class="text-sm text-muted break-words">{format!("{} · {used}", tr::created(lang, day(row.created_at)))}</p>
            </div>
            <button type="button" class="btn" aria-label=label on:click=remove>{tr::remove(lang)}</button>
        </li>
    }
    .into_any()
}

#[component]
fn Add(lang: Lang, changes: RwSignal<u32>, said: Said) -> impl IntoView {
    let can = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let error: RwSignal<Option<AppError>> = RwSignal::new(None);
    caret(error.into(), "passkey-password");
    Effect::new(move |_| can.set(ceremony::can()));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        said.set(None);
        spawn_local(async move {
            match make(lang).await {
                Ok(()) => {
                    browser::reset_form(FORM);
                    said.set(Some((AlertTone::Good, tr::added(lang).to_owned())));
                    changes.update(|n| *n += 1);
                }
                Err(Failed::Password(wrong)) => error.set(Some(wrong)),
                Err(Failed::Otherwise(words)) => said.set(Some((AlertTone::Bad, words))),
            }
            busy.set(false);
        });
    };
    view! {
        <form id=FORM class="grid gap-3" novalidate=true on:submit=add hidden=move || !can.get()>
            <Refused lang error=error.into() wrong=me::password_wrong(lang)/>
            <Field
                name=NAME
                id_prefix=PREFIX
                label=tr::name_label(lang)
                value=tr::name_default(lang)
                help=tr::name_help(lang)
                maxlength=60
            />
            <PasswordField
                name=PASSWORD
                id_prefix=PREFIX
                label=me::current_password(lang)
                help=tr::password_help(lang)
                show=enter::show(lang)
                hide=enter::hide(lang)
                show_label=enter::show_password(lang)
                error=own_password_error(lang, error.into())
            />
            <Button class="justify-self-start" disabled=busy>
                {move || if busy.get() { tr::adding(lang) } else { tr::add(lang) }}
            </Button>
        </form>
        <p class="field-help" hidden=move || can.get()>{tr::old_browser(lang)}</p>
    }
    .into_any()
}

fn typed(name: &str) -> String {
    let input = document().get_element_by_id(&format!("{PREFIX}-{name}"));
    input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()).map(|input| input.value()).unwrap_or_default()
}

/// Why there is no key: the password, which the form says beside its field, or anything else, in words.
enum Failed {
    Password(AppError),
    Otherwise(String),
}

async fn make(lang: Lang) -> Result<(), Failed> {
    let name = typed(NAME);
    // Before the device makes a key that nobody would keep. One without a name is named by the server.
    if !name.trim().is_empty() && check_device(&name).is_err() {
        return Err(Failed::Otherwise(tr::name_wrong(lang).to_owned()));
    }
    let asked = begin_passkey(typed(PASSWORD)).await.and_then(|answer| answer).map_err(|error| match error {
        error @ (AppError::WrongSignIn | AppError::Fields(_)) => Failed::Password(error),
        error => Failed::Otherwise(refusal(lang, &error)),
    })?;
    let answer = ceremony::create(&asked.options).await.map_err(|why| Failed::Otherwise(trouble(lang, why)))?;
    let made = add_passkey(lang, asked.id, name, answer).await.and_then(|answer| answer);
    // What the browser made does not fit what was asked: that is no unknown key.
    made.map_err(|error| match error {
        AppError::WrongSignIn => Failed::Otherwise(tr::failed(lang).to_owned()),
        error => Failed::Otherwise(refusal(lang, &error)),
    })
}
