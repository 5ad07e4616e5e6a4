//! One picture of the list: what it shows, its place, and what can be done with it.
use super::{crop::SHEET, list::Pictures};
use crate::ui::{Glyph, Icon};
use leptos::{ev, prelude::*};
use sapar_shared::{
    Lang,
    dto::editor::{UploadState, UploadView},
    ids::UploadId,
    tr::{pictures as tr, ui},
};
use wasm_bindgen::JsCast as _;

/// The button that moves a picture `by` places; the keyboard stays on it when the card has moved.
fn button_id(id: UploadId, by: isize) -> String {
    format!("picture-{id}-{}", if by < 0 { "earlier" } else { "later" })
}

fn focus(id: &str) -> bool {
    let found = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    found.filter(|button| !button.has_attribute("disabled")).is_some_and(|button| button.focus().is_ok())
}

#[component]
pub fn PictureCard(list: Pictures, id: UploadId) -> impl IntoView {
    let index = Memo::new(move |_| list.index(id).unwrap_or_default());
    let upload = Memo::new(move |_| list.uploads.read().iter().find(|upload| upload.id == id).cloned());
    view! {
        <li
            class="pic card"
            data-picture=id.to_string()
            class:pic-dragged=move || list.dragged.get() == Some(id)
            class:pic-target=move || list.over.get() == Some(id) && list.dragged.get() != Some(id)
        >
            <Shown list id index upload/>
            <Tools list id index upload/>
            <Alt list id/>
        </li>
    }
    .into_any()
}

/// The picture, or what it waits for.
#[component]
fn Shown(list: Pictures, id: UploadId, index: Memo<usize>, upload: Memo<Option<UploadView>>) -> impl IntoView {
    let lang = list.lang;
    let count = move || list.pictures.read().len();
    let alt = move || {
        let pictures = list.pictures.read();
        let alt = pictures.iter().find(|picture| picture.upload == id).map(|picture| picture.alt.best(lang).to_owned());
        alt.filter(|alt| !alt.is_empty()).unwrap_or_else(|| tr::place(lang, index.get() + 1, pictures.len()))
    };
    let shown = move || {
        let upload = upload.get();
        let state = upload.as_ref().map_or(UploadState::Waiting, |upload| upload.state);
        match (state, upload.and_then(|upload| upload.address)) {
            (UploadState::Failed, _) => view! {
                <p class="pic-state text-poppy-ink">
                    <Icon name=Glyph::Warning/>
                    {tr::not_made(lang)}
                </p>
            }
            .into_any(),
            (UploadState::Ready, Some(address)) => {
                view! { <img src=address alt=alt loading="lazy" decoding="async"/> }.into_any()
            }
            _ => view! {
                <p class="pic-state" role="status" title=tr::making_text(lang)>
                    <Icon name=Glyph::Clock/>
                    {tr::making(lang)}
                </p>
            }
            .into_any(),
        }
    };
    let label = move || {
        if index.get() == 0 { tr::cover(lang).to_owned() } else { tr::place(lang, index.get() + 1, count()) }
    };
    view! {
        <div class="photo pic-photo">
            {shown}
            <span class="chip chip-veil pic-label">{label}</span>
        </div>
    }
    .into_any()
}

#[component]
fn Tools(list: Pictures, id: UploadId, index: Memo<usize>, upload: Memo<Option<UploadView>>) -> impl IntoView {
    let lang = list.lang;
    let is_last = move || index.get() + 1 >= list.pictures.read().len();
    let is_first = move || index.get() == 0;
    let ready = move || upload.read().as_ref().is_some_and(|upload| upload.state == UploadState::Ready);
    let shift = move |by: isize| {
        list.move_to(id, index.get_untracked().saturating_add_signed(by));
        // A card that moves takes the keyboard's place with it, unless that has come to an end.
        request_animation_frame(move || {
            let _ = focus(&button_id(id, by)) || focus(&button_id(id, -by));
        });
    };
    let take = move |event: ev::PointerEvent| {
        event.prevent_default();
        list.dragged.set(Some(id));
    };
    let number = move || index.get() + 1;
    view! {
        <div class="pic-tools">
            <button type="button" class="btn btn-quiet btn-round pic-grip" tabindex="-1" aria-hidden="true" title=move || tr::drag(lang, number()) on:pointerdown=take>
                <Icon name=Glyph::Grip/>
            </button>
            <button
                type="button"
                class="btn btn-quiet btn-round"
                id=button_id(id, -1)
                aria-label=move || format!("{}, {}", tr::earlier(lang), number())
                disabled=is_first
                on:click=move |_| shift(-1)
            >
                <Icon name=Glyph::Back/>
            </button>
            <button
                type="button"
                class="btn btn-quiet btn-round pic-later"
                id=button_id(id, 1)
                aria-label=move || format!("{}, {}", tr::later(lang), number())
                disabled=is_last
                on:click=move |_| shift(1)
            >
                <Icon name=Glyph::Back/>
            </button>
            <button
                type="button"
                class="btn btn-quiet btn-round"
                popovertarget=SHEET
                aria-label=move || format!("{}, {}", tr::crop(lang), number())
                disabled=move || !ready()
                on:click=move |_| list.cropping.set(Some(id))
            >
                <Icon name=Glyph::Crop/>
            </button>
            <button
                type="button"
                class="btn btn-quiet btn-round"
                aria-label=move || tr::delete(lang, number())
                on:click=move |_| list.delete(id)
            >
                <Icon name=Glyph::Trash/>
            </button>
            {move || {
                (!is_first())
                    .then(|| view! { <button type="button" class="btn btn-quiet" on:click=move |_| list.move_to(id, 0)>{tr::make_cover(lang)}</button> })
            }}
        </div>
    }
    .into_any()
}

/// What it shows, in words, in three languages.
#[component]
fn Alt(list: Pictures, id: UploadId) -> impl IntoView {
    let lang = list.lang;
    let help = format!("picture-{id}-alt-help");
    let field = |of: Lang| {
        let name = match of {
            Lang::Ru => ui::language_ru(lang),
            Lang::Kk => ui::language_kk(lang),
            Lang::En => ui::language_en(lang),
        };
        let input = format!("picture-{id}-alt-{of}");
        let value = move || {
            let pictures = list.pictures.read();
            pictures.iter().find(|picture| picture.upload == id).map(|picture| picture.alt.get(of).to_owned()).unwrap_or_default()
        };
        let typed = move |event: ev::Event| {
            let text = event_target_value(&event);
            list.pictures.update(|pictures| {
                if let Some(picture) = pictures.iter_mut().find(|picture| picture.upload == id) {
                    *picture.alt.get_mut(of) = text;
                }
            });
            list.on_change.run(());
        };
        view! {
            <div class="field">
                <label class="field-label" for=input.clone()>{tr::alt_in(lang, name)}</label>
                <input
                    class="control"
                    id=input
                    type="text"
                    lang=of.code()
                    maxlength="200"
                    aria-describedby=help.clone()
                    prop:value=value
                    on:input=typed
                />
            </div>
        }
    };
    let fields = Lang::ALL.map(field);
    view! {
        <details class="pic-alt">
            <summary>{tr::alt(lang)}</summary>
            <div class="grid gap-3">
                <p class="field-help" id=help>{tr::alt_help(lang)}</p>
                {fields}
            </div>
        </details>
    }
    .into_any()
}
