//! The sheet in which a picture is cropped.
use super::{
    api::crop_upload,
    frame::{Frame, SIZES},
    list::Pictures,
};
use crate::{
    browser,
    error::AppError,
    ui::{Sheet, Tone},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{UploadState, UploadView},
    ids::UploadId,
    tr::{pictures as tr, ui},
};
use wasm_bindgen::JsCast as _;

/// The sheet's id, for the buttons that open it.
pub const SHEET: &str = "picture-crop";
const HELP: &str = "picture-crop-help";
const SIZE: &str = "picture-crop-size";

#[component]
pub fn CropSheet(list: Pictures) -> impl IntoView {
    let chosen = move || {
        let id = list.cropping.get()?;
        list.uploads.read().iter().find(|upload| upload.id == id && upload.state == UploadState::Ready).cloned()
    };
    // Only another picture draws it anew: the frame is not lost while others are being made.
    let chosen = Memo::new(move |_| chosen());
    let done = Callback::new(move |id| list.is_made_anew(id));
    view! {
        <Sheet id=SHEET title=tr::crop_title(list.lang) close=ui::close(list.lang)>
            {move || chosen.get().map(|upload| view! { <CropForm lang=list.lang upload sheet=SHEET square=false done/> })}
        </Sheet>
    }
    .into_any()
}

/// Within the sheet of that id. `done` hears that the picture is made anew.
#[component]
pub fn CropForm(
    lang: Lang,
    upload: UploadView,
    sheet: &'static str,
    square: bool,
    #[prop(into)] done: Callback<UploadId>,
) -> impl IntoView {
    let UploadView { id, address, width, height, .. } = upload;
    let frame = RwSignal::new(if square { Frame::square(width, height) } else { Frame::new(width, height) });
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<&'static str>);
    let ask = move |whole: bool| {
        busy.set(true);
        failed.set(None);
        let part = (!whole).then(|| frame.get_untracked().part);
        spawn_local(async move {
            let cropped = crop_upload(id, part).await.flatten();
            // The sheet may show another picture by now.
            if busy.try_set(false).is_some() {
                return;
            }
            match cropped {
                Ok(()) => {
                    done.run(id);
                    browser::hide_popover(sheet);
                }
                Err(AppError::WrongStatus(_)) => failed.set(Some(tr::crop_in_review(lang))),
                Err(_) => failed.set(Some(tr::crop_failed(lang))),
            }
        });
    };
    view! {
        <div class="grid gap-3">
            <Stage lang frame address=address.unwrap_or_default() width height/>
            <p class="field-help" id=HELP>{tr::crop_help(lang)}</p>
            <div class="field">
                <label class="field-label" for=SIZE>{tr::crop_size(lang)}</label>
                <input
                    id=SIZE
                    class="crop-size"
                    type="range"
                    min=SIZES.start().to_string()
                    max=SIZES.end().to_string()
                    step="1"
                    prop:value=move || frame.get().size.to_string()
                    on:input=move |event| {
                        if let Ok(size) = event_target_value(&event).parse() {
                            frame.update(|frame| *frame = frame.sized(size));
                        }
                    }
                />
            </div>
            <p class="field-error" role="status" hidden=move || failed.read().is_none()>{move || failed.get()}</p>
            <div class="flex flex-wrap gap-2">
                <button type="button" class="btn" disabled=move || busy.get() on:click=move |_| ask(false)>{tr::crop_apply(lang)}</button>
                <button type="button" class=Tone::Quiet.class() disabled=move || busy.get() on:click=move |_| ask(true)>
                    {tr::crop_whole(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The picture under its frame. Where the frame lies is told to the style sheet by properties that only a script sets.
#[component]
fn Stage(lang: Lang, frame: RwSignal<Frame>, address: String, width: i32, height: i32) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(stage) = stage.get() else { return };
        let part = frame.get().part;
        let style = web_sys::HtmlElement::style(&stage);
        for (name, value) in [("left", part.left), ("top", part.top), ("width", part.width), ("height", part.height)] {
            let _ = style.set_property(&format!("--crop-{name}"), &format!("{}.{}%", value / 10, value % 10));
        }
    });
    // Where the finger was, in pixels of the page.
    let held = StoredValue::new(None::<(i32, i32)>);
    let press = move |event: ev::PointerEvent| {
        if let Some(target) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        held.set_value(Some((event.client_x(), event.client_y())));
    };
    let drag = move |event: ev::PointerEvent| {
        let (Some((x, y)), Some(stage)) = (held.get_value(), stage.get_untracked()) else { return };
        let (wide, high) = (stage.client_width().max(1), stage.client_height().max(1));
        let (dx, dy) = ((event.client_x() - x) * 1000 / wide, (event.client_y() - y) * 1000 / high);
        if dx != 0 || dy != 0 {
            // What is less than a thousandth is kept for the next move.
            held.set_value(Some((x + dx * wide / 1000, y + dy * high / 1000)));
            frame.update(|frame| *frame = frame.moved(dx, dy));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let step = if event.shift_key() { 100 } else { 20 };
        let (dx, dy) = match event.key().as_str() {
            "ArrowLeft" => (-step, 0),
            "ArrowRight" => (step, 0),
            "ArrowUp" => (0, -step),
            "ArrowDown" => (0, step),
            _ => return,
        };
        event.prevent_default();
        frame.update(|frame| *frame = frame.moved(dx, dy));
    };
    view! {
        <div class="crop-stage" node_ref=stage>
            <img src=address alt="" width=width.to_string() height=height.to_string() draggable="false"/>
            <div
                class="crop-frame"
                tabindex="0"
                role="application"
                aria-label=tr::crop_frame(lang)
                aria-describedby=HELP
                on:pointerdown=press
                on:pointermove=drag
                on:pointerup=move |_| held.set_value(None)
                on:pointercancel=move |_| held.set_value(None)
                on:keydown=on_key
            ></div>
        </div>
    }
    .into_any()
}
