//! `/partner/listings/:id`: everything about one tour.
use super::{
    super::{api::load_editor, parts::NeedsScript, ticket_types::TicketTypes, words},
    conflicts::{self, Conflicts},
    facts::Facts,
    fields::Section,
    meeting::{Meeting, Pictures},
    programme::{Programme, Removed},
    review::Review,
    section::{Content, Index, SectionFrame, anchor},
    state::{Edit, SaveState},
    texts::{Included, Texts},
};
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    partner::{
        desk::who_is_in,
        head::Head,
        trouble::{SignInAgain, Trouble},
    },
    ui::{Alert, Crumb, Glyph, Icon, LinkButton, Skeleton, StatusChip},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    dto::editor::{Editor, TicketTypeForm},
    ids::AccountId,
    paths,
    tr::listings as tr,
    when,
};

#[component]
pub fn EditorPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let loaded = page_data(move || id.get(), move |id| load_editor(lang, id));
    let me = who_is_in();
    let body = move || {
        Suspend::new(async move {
            let own = me.0.await.ok().and_then(Result::ok).map(|me| me.account);
            match loaded.await.flatten().and_then(|editor| Ok((editor, own.ok_or(AppError::SignInFirst)?))) {
                Ok((editor, account)) => view! { <EditorView lang editor account/> }.into_any(),
                Err(error) => view! {
                    <Head lang title=tr::listing(lang) trail=trail(lang)/>
                    <Trouble lang error/>
                }
                .into_any(),
            }
        })
    };
    view! { <Suspense fallback=EditorSkeleton>{body}</Suspense> }.into_any()
}

/// What lies between the cabinet and a tour.
#[must_use]
pub fn trail(lang: Lang) -> Vec<Crumb> {
    vec![Crumb::new(tr::title(lang), paths::partner_listings(lang))]
}

#[component]
fn EditorView(lang: Lang, editor: Editor, account: AccountId) -> impl IntoView {
    let saved = when::moment_text(lang, editor.edited_at);
    let edit = Edit::new(lang, account, &editor, saved);
    edit.keep();
    let query = use_query_map();
    let open = Memo::new(move |_| query.read().get("section").and_then(|word| Section::parse(&word)));
    Effect::new(move |before: Option<()>| {
        let section = open.get();
        // A section that the address names comes into sight; also when the page is opened so.
        if let Some(section) = section {
            request_animation_frame(move || browser::reveal(&anchor(section)));
        } else if before.is_some() {
            request_animation_frame(|| browser::reveal("main"));
        }
    });
    let title = editor.draft.title.best(lang).to_owned();
    let title = if title.is_empty() { tr::untitled(lang).to_owned() } else { title };
    let class = move || if open.get().is_some() { "editor editor-in" } else { "editor" };
    view! {
        <Head lang title=title trail=trail(lang)/>
        <div class="grid gap-4 mt-2">
            <NeedsScript lang/>
            <Title edit/>
            <SaveLine edit/>
            <Copied lang/>
            <Conflicts edit/>
            <div class=class>
                <div class="editor-side">
                    <Index edit open/>
                    <Review edit/>
                </div>
                <div class="editor-sections" on:focusout=move |_| edit.leave()>
                    <Sections edit open ticket_types=editor.ticket_types/>
                </div>
            </div>
            <Removed edit/>
        </div>
    }
    .into_any()
}

#[component]
fn Sections(edit: Edit, open: Memo<Option<Section>>, ticket_types: Vec<TicketTypeForm>) -> impl IntoView {
    let lang = edit.lang;
    let of = move |section: Section, content: AnyView| {
        view! {
            <SectionFrame edit section open>
                <Content edit>{content}</Content>
            </SectionFrame>
        }
        .into_any()
    };
    view! {
        {of(Section::Texts, view! { <Texts edit/> }.into_any())}
        {of(Section::Facts, view! { <Facts edit/> }.into_any())}
        {of(Section::Programme, view! { <Programme edit/> }.into_any())}
        {of(Section::Included, view! { <Included edit/> }.into_any())}
        {of(Section::Meeting, view! { <Meeting edit/> }.into_any())}
        {of(Section::Pictures, view! { <Pictures edit/> }.into_any())}
        <SectionFrame edit section=Section::Tickets open>
            <TicketTypes edit ticket_types/>
        </SectionFrame>
        <SectionFrame edit section=Section::Departures open>
            <p class="text-muted">{tr::departures_text(lang)}</p>
            <div>
                <LinkButton href=paths::partner_listing_departures(lang, edit.id)>
                    <Icon name=Glyph::Calendar class="icon icon-small"/>
                    {tr::to_departures(lang)}
                </LinkButton>
            </div>
        </SectionFrame>
    }
    .into_any()
}

/// The tour's name and its state.
#[component]
fn Title(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let title = move || {
        let title = edit.draft.with(|draft| draft.title.best(lang).to_owned());
        if title.is_empty() { tr::untitled(lang).to_owned() } else { title }
    };
    let chip = move || {
        let standing = edit.standing.read();
        let (tint, icon, word) = words::status(lang, &standing.status, standing.edits_in_review);
        view! { <StatusChip tint icon word/> }
    };
    view! {
        <div class="editor-title">
            <h1>{title}</h1>
            <div>{chip}</div>
        </div>
    }
    .into_any()
}

/// That this is the copy, not what it was made from.
#[component]
fn Copied(lang: Lang) -> impl IntoView {
    let query = use_query_map();
    let copied = Memo::new(move |_| query.read().get("copied").is_some());
    let words = move || copied.get().then(|| view! { <Alert>{tr::copied(lang)}</Alert> });
    view! { <div role="status">{words}</div> }.into_any()
}

/// What helps where it is not saved, or not as it stands here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remedy {
    Again,
    SignIn,
    /// Somebody else wrote the same.
    Compare,
}

impl Remedy {
    fn of(edit: Edit) -> Option<Self> {
        match *edit.save.read() {
            SaveState::Refused(AppError::SignInFirst) => Some(Self::SignIn),
            SaveState::Kept | SaveState::Refused(_) => Some(Self::Again),
            SaveState::Saved(_) | SaveState::Changed | SaveState::Saving => {
                (!edit.conflicts.read().is_empty()).then_some(Self::Compare)
            }
        }
    }
}

/// Whether all is saved; it stays in sight while one writes.
#[component]
fn SaveLine(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let remedy = Memo::new(move |_| Remedy::of(edit));
    let line = move || {
        // "Saved" would be half the truth.
        if remedy.get() == Some(Remedy::Compare) {
            return strip_line(Glyph::People, "save-line text-amber-ink", conflicts::title(edit));
        }
        match edit.save.get() {
            SaveState::Saved(at) => strip_line(Glyph::Check, "save-line", tr::saved_at(lang, at)),
            SaveState::Changed => strip_line(Glyph::Pencil, "save-line", tr::changed(lang).to_owned()),
            SaveState::Saving => strip_line(Glyph::Refresh, "save-line", tr::saving(lang).to_owned()),
            SaveState::Kept => strip_line(Glyph::Warning, "save-line text-amber-ink", tr::kept(lang).to_owned()),
            SaveState::Refused(error) => strip_line(Glyph::Warning, "save-line text-poppy-ink", words::refusal(lang, &error)),
        }
    };
    let step = move || {
        remedy.get().map(|remedy| match remedy {
            Remedy::SignIn => view! { <SignInAgain lang/> }.into_any(),
            Remedy::Again => view! {
                <button type="button" class="btn btn-quiet" on:click=move |_| edit.save_now()>
                    {sapar_shared::tr::partner::again(lang)}
                </button>
            }
            .into_any(),
            Remedy::Compare => view! {
                <button type="button" class="btn btn-quiet" on:click=move |_| conflicts::show()>{tr::compare(lang)}</button>
            }
            .into_any(),
        })
    };
    // Only what stands in the way is read out: one saves every other second.
    view! {
        <div class="save-strip" aria-live=move || if remedy.get().is_some() { "polite" } else { "off" }>
            {line}
            {step}
        </div>
    }
    .into_any()
}

fn strip_line(glyph: Glyph, class: &'static str, words: String) -> AnyView {
    view! {
        <span class=class>
            <Icon name=glyph class="icon icon-small"/>
            {words}
        </span>
    }
    .into_any()
}

#[component]
fn EditorSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-5 w-48"/>
            <Skeleton class="h-96 w-full"/>
        </div>
    }
}
