//! What a tour is in numbers and choices.
use super::{
    faults::Fault,
    fields::{Section, control_id},
    section::error_of,
    state::Edit,
};
use crate::{
    partner::listings::parts::{Choose, Length, options},
    site::parts::words::{cancel_rule, language_name},
    ui::field::FieldError,
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::editor::TourDraft, tr::listings as tr};

/// Hours before the start until which cancelling is free, as they are offered.
const CANCEL: [i32; 6] = [0, 12, 24, 48, 72, 168];

#[component]
pub fn Facts(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let places = edit.places.with_value(|places| options(places, tr::choose_place(lang)));
    let categories = edit.categories.with_value(|categories| options(categories, tr::choose_category(lang)));
    let pick = move |read: fn(&TourDraft) -> &String| Signal::derive(move || edit.draft.with(|draft| read(draft).clone()));
    let put = move |write: fn(&mut TourDraft) -> &mut String| {
        Callback::new(move |chosen: String| edit.change(|draft| *write(draft) = chosen))
    };
    let minutes = Signal::derive(move || edit.draft.with(|draft| draft.duration_minutes));
    let on_minutes = Callback::new(move |minutes: i32| edit.change(|draft| draft.duration_minutes = minutes));
    let no_length = RwSignal::new(false);
    let control = control_id("duration_minutes");
    edit.watch(Fault { section: Section::Facts, name: tr::field_duration(lang).to_owned(), control, row: None }, no_length);
    view! {
        <div class="grid gap-5 max-w-xl">
            <Choose
                id=control_id("category")
                label=tr::field_category(lang)
                options=categories
                value=pick(|draft| &draft.category)
                on_choice=put(|draft| &mut draft.category)
                error=error_of(edit, "category")
            />
            <Choose
                id=control_id("place")
                label=tr::field_place(lang)
                help=tr::help_place(lang)
                options=places.clone()
                value=pick(|draft| &draft.place)
                on_choice=put(|draft| &mut draft.place)
                error=error_of(edit, "place")
            />
            <Choose
                id=control_id("from_place")
                label=tr::field_from(lang)
                help=tr::help_from(lang)
                options=places
                value=pick(|draft| &draft.from_place)
                on_choice=put(|draft| &mut draft.from_place)
                error=error_of(edit, "from_place")
            />
            <Length
                lang
                id=control_id("duration_minutes")
                minutes
                on_minutes
                wrong=no_length
                error=error_of(edit, "duration_minutes")
            />
            <GuideLanguages edit/>
            <FreeCancel edit/>
        </div>
    }
    .into_any()
}

#[component]
fn GuideLanguages(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let pills = Lang::ALL
        .map(|of| {
            let on = move || edit.draft.with(|draft| draft.guide_languages.contains(&of));
            let turn = move |_| {
                edit.change(|draft| {
                    let known = draft.guide_languages.len();
                    draft.guide_languages.retain(|known| *known != of);
                    if draft.guide_languages.len() == known {
                        draft.guide_languages.push(of);
                        draft.guide_languages.sort_unstable();
                    }
                });
            };
            view! {
                <label class="pill">
                    <input class="sr-only" type="checkbox" checked=untrack(on) prop:checked=on on:change=turn/>
                    {language_name(lang, of.code())}
                </label>
            }
        })
        .collect_view();
    let error_id = format!("{}-error", control_id("guide_languages"));
    view! {
        <fieldset>
            <legend class="field-label mb-2">{tr::field_languages(lang)}</legend>
            <div class="flex flex-wrap gap-2" id=control_id("guide_languages") tabindex="-1">{pills}</div>
            <FieldError id=error_id error=error_of(edit, "guide_languages")/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn FreeCancel(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let now = edit.draft.with_untracked(|draft| draft.free_cancel_hours);
    let mut hours = CANCEL.to_vec();
    // What was set elsewhere stays to be chosen.
    if !hours.contains(&now) {
        hours.push(now);
        hours.sort_unstable();
    }
    let options = hours.into_iter().map(|hours| (hours.to_string(), cancel_rule(lang, hours))).collect();
    let value = Signal::derive(move || edit.draft.with(|draft| draft.free_cancel_hours.to_string()));
    let on_choice = Callback::new(move |hours: String| edit.change(|draft| draft.free_cancel_hours = hours.parse().unwrap_or(0)));
    view! {
        <Choose
            id=control_id("free_cancel_hours")
            label=tr::field_cancel(lang)
            help=tr::help_cancel(lang)
            options
            value
            on_choice
            error=error_of(edit, "free_cancel_hours")
        />
    }
    .into_any()
}
