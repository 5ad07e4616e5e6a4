//! The frame of the editor's sections: on a phone a list of which one opens at a time, on a desk all of them with the list at
//! the side. Which one is open stands in the address, so the back button closes it.
use super::{
    super::{
        parts::{LangTabs, TriInput},
        words,
    },
    fields::{Section, control_id, texts},
    state::Edit,
};
use crate::ui::{Alert, Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{Lang, paths, tr::listings as tr};

#[must_use]
pub fn name(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Texts => tr::section_texts(lang),
        Section::Facts => tr::section_facts(lang),
        Section::Programme => tr::section_programme(lang),
        Section::Included => tr::section_included(lang),
        Section::Meeting => tr::section_meeting(lang),
        Section::Pictures => tr::section_pictures(lang),
        Section::Tickets => tr::section_tickets(lang),
        Section::Departures => tr::section_departures(lang),
    }
}

/// The section's id in the document.
#[must_use]
pub fn anchor(section: Section) -> String {
    format!("section-{}", section.as_str())
}

/// The address at which it is open; departures have a page of their own.
#[must_use]
pub fn href(edit: Edit, section: Section) -> String {
    match section {
        Section::Departures => paths::partner_listing_departures(edit.lang, edit.id),
        _ => format!("{}?section={}", paths::partner_listing(edit.lang, edit.id), section.as_str()),
    }
}

/// What a section lacks, in one line: loud after a first try to submit, quiet before.
fn state(edit: Edit, section: Section) -> AnyView {
    let lang = edit.lang;
    let missing = edit.problems.with(|problems| {
        problems.iter().filter(|problem| problem.blocks && Section::of_field(&problem.field) == section).count()
    });
    let untranslated: usize = Lang::ALL.into_iter().map(|lang| edit.untranslated(section, lang)).sum();
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    // What may be left empty is not "done" by that; and the calendar tells of itself.
    let optional = match section {
        Section::Departures => Some(""),
        Section::Programme | Section::Included if edit.draft.with(|draft| texts(draft, section).is_empty()) => {
            Some(tr::section_optional(lang))
        }
        _ => None,
    };
    if missing > 0 {
        let class = if edit.tried.get() { "section-state text-poppy-ink" } else { "section-state text-muted" };
        let glyph = if edit.tried.get() { Glyph::Warning } else { Glyph::Pencil };
        return view! {
            <span class=class>
                <Icon name=glyph class="icon icon-small"/>
                {tr::missing_count(lang, count(missing))}
            </span>
        }
        .into_any();
    }
    if untranslated > 0 {
        return view! {
            <span class="section-state text-amber-ink">
                <Icon name=Glyph::Speech class="icon icon-small"/>
                {tr::untranslated_count(lang, count(untranslated))}
            </span>
        }
        .into_any();
    }
    if let Some(words) = optional {
        return view! { <span class="section-state text-muted">{words}</span> }.into_any();
    }
    view! {
        <span class="section-state text-leaf-ink">
            <Icon name=Glyph::Check class="icon icon-small"/>
            {tr::section_done(lang)}
        </span>
    }
    .into_any()
}

/// Where one goes on: while the tour lacks something, past what may be left empty to the next section that lacks it.
fn onward(edit: Edit, section: Section) -> Option<Section> {
    let lacking: Vec<Section> = edit.problems.with(|problems| {
        let blocking = problems.iter().filter(|problem| problem.blocks).map(|problem| Section::of_field(&problem.field));
        blocking.filter(|lacking| *lacking != section).collect()
    });
    let mut behind = Section::ALL.into_iter().skip_while(|one| *one != section).skip(1);
    behind.find(|one| lacking.is_empty() || lacking.contains(one) || *one == Section::Departures)
}

/// The list of sections with their state.
#[component]
pub fn Index(edit: Edit, open: Memo<Option<Section>>) -> impl IntoView {
    let lang = edit.lang;
    let items = Section::ALL
        .map(|section| {
            let current = move || (open.get() == Some(section)).then_some("true");
            let stays = section != Section::Departures;
            view! {
                <li>
                    <a href=href(edit, section) data-noscroll=stays aria-current=current>
                        <span class="section-name">{name(lang, section)}</span>
                        {move || state(edit, section)}
                        <Icon name=Glyph::ChevronRight class="icon icon-small text-muted"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=tr::sections(lang)>
            <ol class="section-index">{items}</ol>
        </nav>
    }
    .into_any()
}

/// A section: its heading, what it holds, and on a phone the way to the next one.
#[component]
pub fn SectionFrame(edit: Edit, section: Section, open: Memo<Option<Section>>, children: Children) -> impl IntoView {
    let lang = edit.lang;
    let id = anchor(section);
    let heading = format!("{id}-name");
    let class = move || if open.get() == Some(section) { "editor-section editor-open" } else { "editor-section" };
    let next = Memo::new(move |_| onward(edit, section));
    let next = move || {
        next.get().map(|next| view! { <a class="btn" href=href(edit, next)>{tr::next_section(lang, name(lang, next))}</a> })
    };
    view! {
        <section id=id class=class aria-labelledby=heading.clone()>
            <h2 id=heading.clone() class="mb-4">{name(lang, section)}</h2>
            <Restored edit section/>
            <div class="grid gap-5">{children()}</div>
            <div class="editor-onward">
                <a class="btn btn-quiet" href=paths::partner_listing(lang, edit.id)>{tr::all_sections(lang)}</a>
                {next}
            </div>
        </section>
    }
    .into_any()
}

/// That something of the section was not saved last time, until it is.
#[component]
fn Restored(edit: Edit, section: Section) -> impl IntoView {
    let lang = edit.lang;
    let here = Memo::new(move |_| match section {
        // Ticket types may be changed in every state of the tour.
        Section::Tickets => edit.restored.get(),
        _ => edit.standing.read().may_edit() && edit.restored_in.read().contains(&section),
    });
    move || here.get().then(|| view! { <div class="mb-4"><Alert>{tr::restored(lang)}</Alert></div> })
}

/// The sections of the draft: none of their fields can be changed while a moderator reads.
#[component]
pub fn Content(edit: Edit, children: Children) -> impl IntoView {
    view! {
        <fieldset class="grid gap-5 min-w-0" disabled=move || !edit.standing.read().may_edit()>
            {children()}
        </fieldset>
    }
    .into_any()
}

/// The phone's choice of a language for a section's texts.
#[component]
pub fn Tabs(edit: Edit, section: Section) -> impl IntoView {
    let lacking = Callback::new(move |lang| edit.untranslated(section, lang));
    view! { <LangTabs lang=edit.lang tab=edit.tab lacking/> }
}

/// A text of the draft in three languages, by its name.
#[component]
pub fn EditText(
    edit: Edit,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(default = 1)] rows: u32,
    #[prop(default = 120)] maxlength: u32,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let lang = edit.lang;
    let id = control_id(&name);
    let (read, write, checked) = (name.clone(), name.clone(), name);
    let text = Signal::derive(move || edit.draft.with(|draft| super::fields::tri(draft, &read).cloned()).unwrap_or_default());
    let on_text = Callback::new(move |(of, typed): (Lang, String)| {
        edit.change(|draft| {
            if let Some(text) = super::fields::tri_mut(draft, &write) {
                *text.get_mut(of) = typed;
            }
        });
    });
    let error = Callback::new(move |of: Lang| {
        // What is said of the text as a whole is said once, beside its first language.
        let whole = (of == Lang::Ru).then(|| edit.problem(&checked)).flatten();
        edit.problem(&format!("{checked}.{of}")).or(whole).map(|problem| words::problem(lang, &problem).to_owned())
    });
    match help {
        Some(help) => view! { <TriInput lang tab=edit.tab id label text on_text error rows maxlength help/> }.into_any(),
        None => view! { <TriInput lang tab=edit.tab id label text on_text error rows maxlength/> }.into_any(),
    }
}

/// The sentence about a field that is no text.
#[must_use]
pub fn error_of(edit: Edit, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || edit.problem(field).map(|problem| words::problem(edit.lang, &problem).to_owned()))
}
