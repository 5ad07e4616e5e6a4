//! Where people meet: in words and on the map. And the pictures, which are somebody else's component as the map is.
use super::{
    fields::{Section, control_id},
    section::{EditText, Tabs, error_of},
    state::Edit,
    texts::limit,
};
use crate::{
    partner::{map_picker::MapPicker, pictures::PictureList},
    ui::field::FieldError,
};
use leptos::prelude::*;
use sapar_shared::{forms::draft::MEETING_MAX, tr::listings as tr};

#[component]
pub fn Meeting(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    // The map opens where the tour leaves from, else where it leads.
    let around = Signal::derive(move || {
        let (from, place) = edit.draft.with(|draft| (draft.from_place.clone(), draft.place.clone()));
        edit.places.with_value(|places| {
            let point = |slug: &str| places.iter().find(|place| place.slug == slug).and_then(|place| place.point);
            point(&from).or_else(|| point(&place))
        })
    });
    let on_change = Callback::new(move |()| {
        let point = edit.point.get_untracked();
        edit.change(|draft| draft.meeting_point = point);
    });
    view! {
        <Tabs edit section=Section::Meeting/>
        <EditText edit name="meeting" label=tr::field_meeting(lang) rows=3 maxlength=limit(MEETING_MAX) help=tr::help_meeting(lang)/>
        <div id=control_id("meeting_point") tabindex="-1">
            <p class="field-label mb-2">{tr::field_point(lang)}</p>
            <MapPicker lang point=edit.point around places=edit.places.get_value() on_change/>
            <FieldError id=format!("{}-error", control_id("meeting_point")) error=error_of(edit, "meeting_point")/>
        </div>
    }
    .into_any()
}

#[component]
pub fn Pictures(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let on_change = Callback::new(move |()| {
        let pictures = edit.pictures.get_untracked();
        edit.change(|draft| draft.pictures = pictures);
    });
    view! {
        <div id=control_id("pictures") tabindex="-1">
            <PictureList lang listing=edit.id pictures=edit.pictures uploads=edit.uploads on_change/>
            <FieldError id=format!("{}-error", control_id("pictures")) error=error_of(edit, "pictures")/>
        </div>
    }
    .into_any()
}
