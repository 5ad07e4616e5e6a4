//! The programme by the hour.
use super::{
    faults::Fault,
    fields::{Section, control_id},
    section::{EditText, Tabs},
    state::Edit,
    texts::{RowButtons, limit},
};
use crate::{
    browser,
    partner::listings::{parts::Number, words},
    ui::{Glyph, Icon, field::FieldError},
};
use leptos::prelude::*;
use sapar_shared::{
    dto::editor::{DraftStep, Tri},
    forms::draft::{MAX_DAYS, STEP_MAX},
    tr::listings as tr,
};

#[component]
pub fn Programme(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let count = Memo::new(move |_| edit.draft.with(|draft| draft.programme.len()));
    let rows = move || (0..count.get()).map(|at| view! { <Step edit at count/> }).collect_view();
    let add = move |_| {
        edit.change(|draft| {
            let day = draft.programme.last().map_or(1, |step| step.day);
            draft.programme.push(DraftStep { day, time: String::new(), text: Tri::default() });
        });
        let id = control_id(&format!("programme.{}.time", count.get_untracked().saturating_sub(1)));
        request_animation_frame(move || browser::focus(&id));
    };
    view! {
        <Tabs edit section=Section::Programme/>
        <p class="field-help">{tr::help_programme(lang)}</p>
        <ol class="grid gap-3" id=control_id("programme") tabindex="-1">{rows}</ol>
        <div>
            <button type="button" class="btn" on:click=add>
                <Icon name=Glyph::Plus class="icon icon-small"/>
                {tr::add_step(lang)}
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn Step(edit: Edit, at: usize, count: Memo<usize>) -> impl IntoView {
    let lang = edit.lang;
    let number = at + 1;
    let swap = move |a: usize, b: usize| {
        Callback::new(move |()| {
            edit.change(|draft| {
                if a < draft.programme.len() && b < draft.programme.len() {
                    draft.programme.swap(a, b);
                }
            });
        })
    };
    let remove = Callback::new(move |()| {
        edit.remove("programme", |draft| {
            if at < draft.programme.len() {
                draft.programme.remove(at);
            }
        });
    });
    view! {
        <li class="row-card">
            <div class="grid gap-3 min-w-0">
                <At edit at/>
                <EditText edit name=format!("programme.{at}.text") label=tr::step(lang, number) rows=2 maxlength=limit(STEP_MAX)/>
            </div>
            <RowButtons lang number at count up=swap(at, at.saturating_sub(1)) down=swap(at, at + 1) remove/>
        </li>
    }
    .into_any()
}

/// The day and the time of a step.
#[component]
fn At(edit: Edit, at: usize) -> impl IntoView {
    let lang = edit.lang;
    let step =
        move |read: fn(&DraftStep) -> String| edit.draft.with(|draft| draft.programme.get(at).map(read).unwrap_or_default());
    let write =
        move |change: &dyn Fn(&mut DraftStep)| edit.change(|draft| draft.programme.get_mut(at).into_iter().for_each(change));
    let day = Signal::derive(move || edit.draft.with(|draft| draft.programme.get(at).map(|step| step.day)));
    let on_day = Callback::new(move |day: Option<i32>| write(&|step| step.day = day.unwrap_or(1)));
    let day_error = Signal::derive(move || {
        edit.problem(&format!("programme.{at}.day")).map(|problem| words::problem(lang, &problem).to_owned())
    });
    let (no_day, day_field) = (RwSignal::new(false), format!("programme.{at}.day"));
    let name = format!("{}: {}", words::field(lang, &day_field), tr::day(lang));
    edit.watch(Fault { section: Section::Programme, name, control: control_id(&day_field), row: None }, no_day);
    let time_id = control_id(&format!("programme.{at}.time"));
    let error_id = format!("{time_id}-error");
    let error = Signal::derive(move || {
        edit.problem(&format!("programme.{at}.time")).map(|problem| words::problem(lang, &problem).to_owned())
    });
    view! {
        <div class="grid grid-cols-2 gap-2 max-w-xs">
            <Number
                id=control_id(&day_field)
                label=tr::day(lang)
                value=day
                on_number=on_day
                min=1
                max=MAX_DAYS
                keeps=true
                wrong=no_day
                error=day_error
            />
            <div class="field">
                <label class="field-label" for=time_id.clone()>{tr::time(lang)}</label>
                <input
                    class="control numbers"
                    id=time_id
                    type="time"
                    value=untrack(|| step(|step| step.time.clone()))
                    prop:value=move || step(|step| step.time.clone())
                    aria-invalid=move || error.read().is_some().then_some("true")
                    aria-describedby=error_id.clone()
                    on:change=move |ev| {
                        let time = event_target_value(&ev);
                        write(&|step| step.time = time.clone());
                    }
                />
            </div>
        </div>
        <FieldError id=error_id.clone() error/>
    }
    .into_any()
}

/// A row that was taken out can come back for as long as one stays.
#[component]
pub fn Removed(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let shown = move || {
        edit.removed.read().is_some().then(|| {
            view! {
                <div class="toast" role="status">
                    <span>{tr::row_removed(lang)}</span>
                    <button type="button" class="btn btn-quiet" on:click=move |_| edit.bring_back()>
                        <Icon name=Glyph::Undo class="icon icon-small"/>
                        {tr::undo(lang)}
                    </button>
                </div>
            }
        })
    };
    Effect::new(move |_| {
        // Gone again with the next change of another list, or after a while.
        if edit.removed.read().is_some() {
            set_timeout(
                move || {
                    edit.removed.try_set(None);
                },
                std::time::Duration::from_secs(12),
            );
        }
    });
    shown
}
