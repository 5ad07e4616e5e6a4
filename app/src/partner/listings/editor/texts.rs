//! Title, summary, description; and the two lists of what the price holds.
use super::{
    fields::{self, Section},
    section::{EditText, Tabs},
    state::Edit,
};
use crate::{
    browser,
    partner::listings::parts::IconButton,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{TourDraft, Tri},
    forms::draft,
    tr::listings as tr,
};

/// A length as an input wants it.
#[must_use]
pub fn limit(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}

#[component]
pub fn Texts(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    view! {
        <Tabs edit section=Section::Texts/>
        <EditText edit name="title" label=tr::field_title(lang) maxlength=limit(draft::TITLE_MAX) help=tr::help_title(lang)/>
        <EditText
            edit
            name="summary"
            label=tr::field_summary(lang)
            rows=3
            maxlength=limit(draft::SUMMARY_MAX)
            help=tr::help_summary(lang)
        />
        <EditText
            edit
            name="description"
            label=tr::field_description(lang)
            rows=10
            maxlength=limit(draft::DESCRIPTION_MAX)
            help=tr::help_description(lang)
        />
    }
    .into_any()
}

#[component]
pub fn Included(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    view! {
        <Tabs edit section=Section::Included/>
        <Lines edit list="included" title=tr::field_included(lang) help=tr::help_included(lang)/>
        <Lines edit list="excluded" title=tr::field_excluded(lang) help=tr::help_excluded(lang)/>
    }
    .into_any()
}

fn lines<'a>(draft: &'a mut TourDraft, list: &str) -> &'a mut Vec<Tri> {
    if list == "included" { &mut draft.included } else { &mut draft.excluded }
}

/// A list of short texts: add, take out, move.
#[component]
fn Lines(edit: Edit, list: &'static str, title: &'static str, help: &'static str) -> impl IntoView {
    let lang = edit.lang;
    let count =
        Memo::new(move |_| edit.draft.with(|draft| if list == "included" { draft.included.len() } else { draft.excluded.len() }));
    let rows = move || (0..count.get()).map(|at| view! { <Line edit list at count/> }).collect_view();
    let add = move |_| {
        edit.change(|draft| lines(draft, list).push(Tri::default()));
        let id = format!(
            "{}-{}",
            fields::control_id(&format!("{list}.{}", count.get_untracked().saturating_sub(1))),
            edit.tab.get_untracked()
        );
        request_animation_frame(move || browser::focus(&id));
    };
    view! {
        <div class="grid gap-3" id=fields::control_id(list) tabindex="-1">
            <h3 class="text-lg">{title}</h3>
            <p class="field-help">{help}</p>
            <ul class="grid gap-3">{rows}</ul>
            <div>
                <button type="button" class="btn" on:click=add>
                    <Icon name=Glyph::Plus class="icon icon-small"/>
                    {tr::add_line(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Line(edit: Edit, list: &'static str, at: usize, count: Memo<usize>) -> impl IntoView {
    let lang = edit.lang;
    let number = at + 1;
    let swap = move |a: usize, b: usize| {
        Callback::new(move |()| {
            edit.change(|draft| {
                let lines = lines(draft, list);
                if a < lines.len() && b < lines.len() {
                    lines.swap(a, b);
                }
            });
        })
    };
    let remove = Callback::new(move |()| {
        edit.remove(list, |draft| {
            let lines = lines(draft, list);
            if at < lines.len() {
                lines.remove(at);
            }
        });
    });
    view! {
        <li class="row-card">
            <EditText edit name=format!("{list}.{at}") label=tr::line(lang, number) maxlength=limit(draft::ITEM_MAX)/>
            <RowButtons lang number at count up=swap(at, at.saturating_sub(1)) down=swap(at, at + 1) remove/>
        </li>
    }
    .into_any()
}

/// Up, down and out, for row `number` of a list.
#[component]
pub fn RowButtons(
    lang: Lang,
    number: usize,
    at: usize,
    count: Memo<usize>,
    up: Callback<()>,
    down: Callback<()>,
    remove: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="row-buttons">
            <IconButton glyph=Glyph::ChevronRight class="icon -rotate-90" label=tr::row_up(lang, number) disabled=at == 0 on_press=up/>
            <IconButton
                glyph=Glyph::ChevronRight
                class="icon rotate-90"
                label=tr::row_down(lang, number)
                disabled=Signal::derive(move || at + 1 >= count.get())
                on_press=down
            />
            <IconButton glyph=Glyph::Trash label=tr::row_remove(lang, number) on_press=remove/>
        </div>
    }
    .into_any()
}
