//! Where the tour stands and what comes next: to review and back, pause, archive, copy.
use super::{
    super::{
        api::{copy_listing, move_listing},
        parts::Refusal,
        words,
    },
    conflicts,
    faults::{FaultList, Faults},
    fields::{Section, control_id, head, text_of, texts},
    section::{href, name},
    state::{Edit, SaveState},
};
use crate::{
    browser,
    error::AppError,
    partner::desk::who_is_in,
    ui::{Alert, AlertTone, Glyph, Icon, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use sapar_shared::{
    Lang,
    dto::{editor::Problem, organisation::OrganisationStatus},
    paths,
    tr::listings as tr,
};

/// A step that is under way, and what came of the last one.
#[derive(Clone, Copy)]
struct Steps {
    edit: Edit,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<AppError>>,
    faults: Faults,
}

impl Steps {
    /// Moves the listing on.
    fn go(self, to: &'static str) {
        if self.busy.get_untracked() {
            return;
        }
        // What goes to review is what is saved, not what is to be read here.
        if to == "submit" && !self.edit.conflicts.read_untracked().is_empty() {
            return conflicts::show();
        }
        if to == "submit" && self.faults.stop() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let done = self.walk(to).await;
            if self.busy.is_disposed() {
                return;
            }
            self.busy.set(false);
            match done {
                Ok(()) => {}
                Err(AppError::Problems(problems)) => {
                    self.edit.problems.set(problems);
                    self.edit.tried.set(true);
                    request_animation_frame(|| browser::reveal("review"));
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    async fn walk(self, to: &'static str) -> Result<(), AppError> {
        // What is not on the server would not be reviewed.
        if !self.edit.flush().await {
            return match self.edit.save.try_get_untracked() {
                Some(SaveState::Refused(error)) => Err(error),
                _ => Err(AppError::Unavailable),
            };
        }
        move_listing(self.edit.id, to.to_owned()).await.flatten()?;
        self.edit.reload().await;
        Ok(())
    }
}

#[component]
pub fn Review(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let navigate = use_navigate();
    let go_to = Callback::new(move |to: String| navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    let faults = Faults::new(edit, go_to);
    let steps = Steps { edit, busy: RwSignal::new(false), trouble: RwSignal::new(None), faults };
    let trouble = move || steps.trouble.get().map(|error| view! { <Refusal lang error/> });
    let preview = paths::partner_listing_preview(lang, edit.id);
    view! {
        <section id="review" class="card card-pad grid gap-3 mt-4" aria-labelledby="review-name">
            <h2 id="review-name" class="text-lg">{tr::section_review(lang)}</h2>
            <Words edit/>
            <Missing edit/>
            <MayAdd edit/>
            <div aria-live="polite">
                {trouble}
                <FaultList faults/>
            </div>
            <Onward steps/>
            <a class="btn" href=preview>
                <Icon name=Glyph::Eye class="icon icon-small"/>
                {tr::to_preview(lang)}
            </a>
            <PublicPage edit/>
            <Copy steps/>
        </section>
    }
    .into_any()
}

/// The state in words.
#[component]
fn Words(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    move || {
        let standing = edit.standing.get();
        let words = match standing.status.as_str() {
            "in_review" => tr::state_in_review(lang),
            "rejected" => tr::state_rejected(lang),
            "published" if standing.edits_in_review => tr::state_edits_in_review(lang),
            "published" if standing.differs_from_live => tr::state_edits(lang),
            "published" => tr::state_published(lang),
            "paused" => tr::state_paused(lang),
            "archived" => tr::state_archived(lang),
            _ => tr::state_draft(lang),
        };
        let remark = standing.remark.map(|remark| {
            view! {
                <Alert tone=AlertTone::Warn>
                    <p class="font-bold">{tr::remark(lang)}</p>
                    <p class="whitespace-pre-line">{remark}</p>
                </Alert>
            }
        });
        let inactive = (!standing.organisation_active).then(|| view! { <NotActive lang/> });
        view! {
            <p>{words}</p>
            {remark}
            {inactive}
        }
    }
}

/// Why nobody sees the tour, whatever is done with it. Whoever was active when the page was opened is blocked by now.
#[component]
fn NotActive(lang: Lang) -> impl IntoView {
    let me = who_is_in();
    let words = move || {
        Suspend::new(async move {
            let status = me.0.await.ok().and_then(Result::ok).map(|me| me.status);
            match status {
                Some(OrganisationStatus::Active | OrganisationStatus::Blocked) => tr::not_active_blocked(lang),
                _ => tr::not_active(lang),
            }
        })
    };
    view! {
        <p class="text-muted">
            <Suspense>{words}</Suspense>
        </p>
    }
    .into_any()
}

/// What keeps it from review, each as a link to its field.
#[component]
fn Missing(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let may_submit = move || {
        let standing = edit.standing.read();
        standing.may_edit() && (standing.status != "published" || standing.differs_from_live)
    };
    move || {
        let blocking: Vec<Problem> = edit.problems.read().iter().filter(|problem| problem.blocks).cloned().collect();
        if blocking.is_empty() || !may_submit() {
            return ().into_any();
        }
        let items = blocking.into_iter().map(|problem| view! { <MissingOne edit problem/> }).collect_view();
        let title_class = if edit.tried.get() { "font-semibold text-poppy-ink" } else { "font-semibold" };
        view! {
            <div>
                <p class=title_class>{tr::still_missing(lang)}</p>
                <ul class="missing-list">{items}</ul>
            </div>
        }
        .into_any()
    }
}

/// What the way through the sections leaves out, as it may be left empty.
#[component]
fn MayAdd(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let empty = Memo::new(move |_| {
        let optional = [Section::Programme, Section::Included];
        let may_edit = edit.standing.read().may_edit();
        edit.draft.with(|draft| optional.into_iter().filter(|one| may_edit && texts(draft, *one).is_empty()).collect::<Vec<_>>())
    });
    move || {
        let sections = empty.get();
        if sections.is_empty() {
            return ().into_any();
        }
        let link = |section| {
            view! {
                <li>
                    <a class="link" href=href(edit, section) data-noscroll="true">{name(lang, section)}</a>
                </li>
            }
        };
        let links = sections.into_iter().map(link).collect_view();
        view! {
            <div>
                <p class="text-muted">{tr::may_add(lang)}</p>
                <ul class="missing-list">{links}</ul>
            </div>
        }
        .into_any()
    }
}

#[component]
fn MissingOne(edit: Edit, problem: Problem) -> impl IntoView {
    let lang = edit.lang;
    let section = Section::of_field(&problem.field);
    let stays = section != Section::Departures;
    let id = control_id(&problem.field);
    let list = control_id(head(&problem.field));
    let language = text_of(&problem.field).map(|(_, lang)| lang);
    let show = move |_| {
        if let Some(language) = language {
            edit.tab.set(language);
        }
        let (id, list) = (id.clone(), list.clone());
        // Behind the one that brings the section into sight.
        request_animation_frame(move || {
            request_animation_frame(move || {
                // Where a row has no control of its own, its list is near enough.
                browser::focus(&list);
                browser::focus(&id);
            });
        });
    };
    view! {
        <li>
            <a class="link" href=href(edit, section) data-noscroll=stays on:click=show>
                {words::field(lang, &problem.field)}
            </a>
            <span class="text-muted">{format!(": {}", words::problem(lang, &problem))}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Onward(steps: Steps) -> impl IntoView {
    let Steps { edit, busy, .. } = steps;
    let lang = edit.lang;
    let blocked = Memo::new(move |_| edit.problems.read().iter().any(|problem| problem.blocks));
    let button = move |tone: Tone, words: &'static str, to: &'static str| {
        let press = move |_| {
            // The list of what is missing is right here; the fields get their marks.
            if to == "submit" && blocked.get_untracked() {
                edit.tried.set(true);
            }
            steps.go(to);
        };
        view! {
            <button type="button" class=tone.class() aria-disabled=move || busy.get().then_some("true") on:click=press>
                {words}
            </button>
        }
        .into_any()
    };
    move || {
        let standing = edit.standing.get();
        // Apricot when nothing stands in its way.
        let submit_tone = if blocked.get() { Tone::Plain } else { Tone::Action };
        let edits = match (standing.edits_in_review, standing.differs_from_live) {
            (true, _) => Some(button(Tone::Plain, tr::withdraw_edits(lang), "withdraw")),
            (_, true) => Some(button(submit_tone, tr::submit_edits(lang), "submit")),
            _ => None,
        };
        match standing.status.as_str() {
            "draft" | "rejected" => button(submit_tone, tr::submit(lang), "submit"),
            "in_review" => button(Tone::Plain, tr::withdraw(lang), "withdraw"),
            "published" => view! {
                {edits}
                {button(Tone::Plain, tr::pause(lang), "pause")}
            }
            .into_any(),
            "paused" => view! {
                {edits}
                // Nothing of an organisation that is not active goes on sale: the words above say so.
                {standing.organisation_active.then(|| button(Tone::Plain, tr::resume(lang), "resume"))}
                <Archive steps/>
            }
            .into_any(),
            _ => ().into_any(),
        }
    }
}

/// There is no way back from the archive, so it asks twice.
#[component]
fn Archive(steps: Steps) -> impl IntoView {
    let lang = steps.edit.lang;
    let asked = RwSignal::new(false);
    move || {
        if !asked.get() {
            return view! {
                <button type="button" class="btn btn-quiet" on:click=move |_| asked.set(true)>
                    <Icon name=Glyph::Box class="icon icon-small"/>
                    {tr::archive(lang)}
                </button>
            }
            .into_any();
        }
        view! {
            <div class="grid gap-2" role="group" aria-label=tr::archive(lang)>
                <p class="font-semibold" role="status">{tr::archive_question(lang)}</p>
                <div class="grid grid-cols-2 gap-2">
                    <button type="button" class="btn" on:click=move |_| asked.set(false)>{tr::archive_no(lang)}</button>
                    <button type="button" class=Tone::Danger.class() on:click=move |_| steps.go("archive")>
                        {tr::archive_yes(lang)}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }
}

#[component]
fn PublicPage(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    move || {
        let standing = edit.standing.get();
        let public = standing.status == "published" && standing.organisation_active;
        public.then(|| {
            view! { <a class="btn btn-quiet" href=paths::tour(lang, &standing.slug)>{tr::to_public(lang)}</a> }
        })
    }
}

#[component]
fn Copy(steps: Steps) -> impl IntoView {
    let Steps { edit, busy, trouble, .. } = steps;
    let lang = edit.lang;
    let navigate = use_navigate();
    let copy = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            edit.flush().await;
            let copied = copy_listing(edit.id).await.flatten();
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match copied {
                Ok(id) => navigate(&format!("{}?copied=1", paths::partner_listing(lang, id)), Default::default()),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <button type="button" class="btn btn-quiet" on:click=copy>
            <Icon name=Glyph::Copy class="icon icon-small"/>
            {tr::copy(lang)}
        </button>
    }
    .into_any()
}
