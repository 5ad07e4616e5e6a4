//! All ticket types, with the one button that saves them.
use super::{
    super::parts::{LangTabs, Refusal},
    bulk::BulkPanel,
    card::{Drag, TypeCard},
    clashes::Clashes,
    faults,
    state::Types,
};
use crate::{
    partner::listings::{editor::fields::lacks, editor::state::Edit},
    ui::{EmptyState, Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{MAX_TICKET_TYPES, TicketTypeForm},
    tr::{listings, ticket_types as tr},
};

#[component]
pub fn TicketTypes(edit: Edit, ticket_types: Vec<TicketTypeForm>) -> impl IntoView {
    let lang = edit.lang;
    let types = Types::new(edit, ticket_types);
    types.keep();
    faults::watch(types);
    let drag = Drag { from: RwSignal::new(None), over: RwSignal::new(None) };
    let lacking =
        Callback::new(move |of: Lang| types.rows.read().iter().filter(|row| row.form.with(|form| lacks(&form.name, of))).count());
    let empty = Memo::new(move |_| types.rows.read().is_empty());
    let nothing = move || empty.get().then(|| view! { <EmptyState title=tr::empty_title(lang) text=tr::empty_text(lang)/> });
    let several = Memo::new(move |_| types.chosen_count() > 0);
    view! {
        <LangTabs lang tab=edit.tab lacking/>
        <p class="field-help">{tr::help(lang)}</p>
        <fieldset class="grid gap-3 min-w-0" disabled=move || types.busy.get()>
            <Clashes types/>
            <ChooseAll types empty/>
            {move || several.get().then(|| view! { <BulkPanel types/> })}
            {nothing}
            <ul class="grid gap-2">
                <For each=move || types.rows.get() key=|row| row.key let(row)>
                    <TypeCard types row drag/>
                </For>
            </ul>
            <div>
                <button type="button" class="btn" disabled=move || types.is_full() on:click=move |_| types.add()>
                    <Icon name=Glyph::Plus class="icon icon-small"/>
                    {tr::add(lang)}
                </button>
                {move || types.is_full().then(|| view! { <p class="field-help mt-2">{tr::full(lang, MAX_TICKET_TYPES)}</p> })}
            </div>
        </fieldset>
        <Removed types/>
        <SaveBar types/>
    }
    .into_any()
}

#[component]
fn ChooseAll(types: Types, empty: Memo<bool>) -> impl IntoView {
    let lang = types.edit.lang;
    let all = move || {
        let count = types.chosen_count();
        count > 0 && count == types.rows.read().len()
    };
    view! {
        <label class="type-all" hidden=move || empty.get()>
            <input type="checkbox" prop:checked=all on:change=move |ev| types.choose_all(event_target_checked(&ev))/>
            {tr::choose_all(lang)}
        </label>
    }
    .into_any()
}

/// A row that was taken out can come back until they are saved.
#[component]
fn Removed(types: Types) -> impl IntoView {
    let lang = types.edit.lang;
    move || {
        types.removed.read().is_some().then(|| {
            view! {
                <div class="undo-line" role="status">
                    <span>{tr::removed(lang)}</span>
                    <button type="button" class="btn btn-quiet" on:click=move |_| types.bring_back()>
                        <Icon name=Glyph::Undo class="icon icon-small"/>
                        {listings::undo(lang)}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn SaveBar(types: Types) -> impl IntoView {
    let lang = types.edit.lang;
    let dirty = Memo::new(move |_| types.is_dirty());
    let trouble = move || types.trouble.get().map(|error| view! { <Refusal lang error/> });
    let line = move || match (types.busy.get(), dirty.get(), types.saved.get()) {
        (true, ..) => listings::saving(lang).to_owned(),
        (_, true, _) => tr::unsaved(lang).to_owned(),
        (_, false, Some(at)) => listings::saved_at(lang, at),
        _ => String::new(),
    };
    view! {
        <div aria-live="polite">{trouble}</div>
        <div class=move || if dirty.get() { "save-bar save-bar-on" } else { "save-bar" }>
            <span class="save-line" role="status">{line}</span>
            <button type="button" class="btn" disabled=move || !dirty.get() || types.busy.get() on:click=move |_| types.save()>
                <Icon name=Glyph::Check class="icon icon-small"/>
                {tr::save(lang)}
            </button>
        </div>
    }
    .into_any()
}
