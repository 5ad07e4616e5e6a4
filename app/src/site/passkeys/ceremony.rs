//! The browser's half: it shows its own dialogue and answers with JSON, which is not ours to read.
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The person closed the dialogue, or the device has no key for us.
    Cancelled,
    /// This device has a key of the account already.
    There,
    Failed,
}

#[derive(Clone, Copy)]
enum Verb {
    Create,
    Get,
}

impl Verb {
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Create => ("create", "parseCreationOptionsFromJSON"),
            Self::Get => ("get", "parseRequestOptionsFromJSON"),
        }
    }
}

/// The browser knows passkeys in the form that we speak, and this address has a name (numbers have no passkeys).
#[must_use]
pub fn can() -> bool {
    let named =
        window().location().hostname().is_ok_and(|host| host.parse::<std::net::IpAddr>().is_err() && !host.starts_with('['));
    named && method(&class(), Verb::Get.names().1).is_some()
}

/// Makes a key; `options` and the answer are JSON.
pub async fn create(options: &str) -> Result<String, Trouble> {
    hold(Verb::Create, options).await
}

/// Signs with a key that the person chooses.
pub async fn get(options: &str) -> Result<String, Trouble> {
    hold(Verb::Get, options).await
}

fn class() -> JsValue {
    Reflect::get(&window(), &"PublicKeyCredential".into()).unwrap_or(JsValue::UNDEFINED)
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    if !of.is_object() && !of.is_function() {
        return None;
    }
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

async fn hold(verb: Verb, options: &str) -> Result<String, Trouble> {
    let promised = begin(verb, options).ok_or(Trouble::Failed)?;
    let credential = JsFuture::from(promised).await.map_err(|error| trouble(&error))?;
    JSON::stringify(&credential).ok().and_then(|text| text.as_string()).ok_or(Trouble::Failed)
}

fn begin(verb: Verb, options: &str) -> Option<Promise> {
    let (name, parse) = verb.names();
    let class = class();
    let parsed = method(&class, parse)?.call1(&class, &JSON::parse(options).ok()?).ok()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"publicKey".into(), &parsed).ok()?;
    let container = Reflect::get(&window().navigator(), &"credentials".into()).ok()?;
    method(&container, name)?.call1(&container, &wanted).ok()?.dyn_into().ok()
}

fn trouble(error: &JsValue) -> Trouble {
    match Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).as_deref() {
        Some("NotAllowedError" | "AbortError") => Trouble::Cancelled,
        Some("InvalidStateError") => Trouble::There,
        _ => Trouble::Failed,
    }
}
