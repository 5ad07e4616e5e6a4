//! `/partner/listings/new`: what it is, where and how long; the rest is the editor's.
use super::{
    api::create_listing,
    choices::load_choices,
    editor::page::trail,
    parts::{Choose, Length, NeedsScript, Refusal, options},
};
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    partner::{head::Head, only_for::OnlyFor, trouble::Trouble},
    ui::{Skeleton, Tone, field::FieldError},
    wire::page_data,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use sapar_shared::{
    Lang,
    dto::editor::{Choices, NewTour},
    forms::{
        FieldError as Wrong,
        draft::{TITLE_MAX, TITLE_MIN},
    },
    ids::ListingId,
    paths,
    roles::Permission,
    tr::listings as tr,
};

/// The usual first guess, to be changed: a day out.
const USUAL_MINUTES: i32 = 8 * 60;

#[component]
pub fn NewListingPage() -> impl IntoView {
    let lang = use_lang();
    let choices = page_data(|| (), move |()| load_choices(lang));
    let form = move || {
        Suspend::new(async move {
            match choices.await.flatten() {
                Ok(choices) => view! { <NewForm lang choices/> }.into_any(),
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    view! {
        <Head lang title=tr::new_tour(lang) trail=trail(lang)/>
        <div class="grid gap-4 mt-2 max-w-xl">
            <h1>{tr::new_tour(lang)}</h1>
            <OnlyFor lang permission=Permission::EditListings>
                <NeedsScript lang/>
                <p class="text-muted">{tr::new_text(lang)}</p>
                <Suspense fallback=|| view! { <Skeleton class="h-96 w-full"/> }>{form}</Suspense>
            </OnlyFor>
        </div>
    }
    .into_any()
}

/// The fields that are not right yet.
fn wrong(tour: &NewTour) -> Vec<&'static str> {
    let title = tour.title.trim().chars().count();
    [
        ("title", !(TITLE_MIN..=TITLE_MAX).contains(&title)),
        ("category", tour.category.is_empty()),
        ("place", tour.place.is_empty()),
        ("duration_minutes", tour.duration_minutes <= 0),
    ]
    .into_iter()
    .filter(|(_, wrong)| *wrong)
    .map(|(field, _)| field)
    .collect()
}

/// The ones that the server refused.
fn refused(error: &AppError) -> Vec<&'static str> {
    let known = ["title", "category", "place", "duration_minutes"];
    let named = |field: &str| match error {
        AppError::Fields(errors) => errors.iter().any(|(name, _): &(String, Wrong)| name == field),
        AppError::Problems(problems) => problems.iter().any(|problem| problem.field.split('.').next() == Some(field)),
        _ => false,
    };
    known.into_iter().filter(|field| named(field)).collect()
}

/// What is typed, and what came of it.
#[derive(Clone, Copy)]
struct Form {
    lang: Lang,
    tour: RwSignal<NewTour>,
    errors: RwSignal<Vec<&'static str>>,
    trouble: RwSignal<Option<AppError>>,
    busy: RwSignal<bool>,
    /// The length that is typed is none.
    no_length: RwSignal<bool>,
}

impl Form {
    fn refuse(self, fields: Vec<&'static str>) {
        if let Some(first) = fields.first() {
            browser::focus(&format!("new-{first}"));
        }
        self.errors.try_set(fields);
    }

    /// Errors that have been put right go while one types; new ones wait for the button.
    fn change(self, change: &dyn Fn(&mut NewTour)) {
        self.tour.update(change);
        let still = wrong(&self.tour.read_untracked());
        self.errors.update(|errors| errors.retain(|field| still.contains(field)));
    }

    /// Makes the tour and goes `on` to its editor.
    fn submit(self, on: impl FnOnce(ListingId) + 'static) {
        let new = self.tour.get_untracked();
        let fields = wrong(&new);
        if !fields.is_empty() || self.busy.get_untracked() {
            return self.refuse(fields);
        }
        // It says by itself what is wrong with it.
        if self.no_length.get_untracked() {
            return browser::focus("new-duration_minutes");
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match create_listing(self.lang, new).await.flatten() {
                Ok(id) => on(id),
                Err(error) => {
                    self.busy.try_set(false);
                    self.refuse(refused(&error));
                    self.trouble.try_set(Some(error));
                }
            }
        });
    }
}

#[component]
fn NewForm(lang: Lang, choices: Choices) -> impl IntoView {
    let form = Form {
        lang,
        tour: RwSignal::new(NewTour { duration_minutes: USUAL_MINUTES, ..NewTour::default() }),
        errors: RwSignal::new(Vec::new()),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        no_length: RwSignal::new(false),
    };
    let Form { tour, errors, trouble, busy, .. } = form;
    let navigate = use_navigate();
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let navigate = navigate.clone();
        form.submit(move |id| navigate(&format!("{}?section=texts", paths::partner_listing(lang, id)), Default::default()));
    };
    let sentence = move |field: &'static str, words: &'static str| {
        Signal::derive(move || errors.read().contains(&field).then(|| words.to_owned()))
    };
    view! {
        <form class="grid gap-5" on:submit=submit>
            <TitleField
                lang
                error=sentence("title", tr::error_title(lang))
                on_title=Callback::new(move |title: String| form.change(&|tour| tour.title.clone_from(&title)))
            />
            <Choose
                id="new-category"
                label=tr::field_category(lang)
                options=options(&choices.categories, tr::choose_category(lang))
                value=Signal::derive(move || tour.read().category.clone())
                on_choice=Callback::new(move |category: String| form.change(&|tour| tour.category.clone_from(&category)))
                error=sentence("category", tr::problem_choose(lang))
            />
            <Choose
                id="new-place"
                label=tr::field_place(lang)
                options=options(&choices.places, tr::choose_place(lang))
                value=Signal::derive(move || tour.read().place.clone())
                on_choice=Callback::new(move |place: String| form.change(&|tour| tour.place.clone_from(&place)))
                error=sentence("place", tr::problem_choose(lang))
            />
            <Length
                lang
                id="new-duration_minutes"
                minutes=Signal::derive(move || tour.read().duration_minutes)
                on_minutes=Callback::new(move |minutes: i32| form.change(&|tour| tour.duration_minutes = minutes))
                wrong=form.no_length
                error=sentence("duration_minutes", tr::error_duration(lang))
            />
            {move || trouble.get().map(|error| view! { <Refusal lang error only_here=true/> })}
            <button class=Tone::Action.class() aria-disabled=move || busy.get().then_some("true")>{tr::create(lang)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn TitleField(lang: Lang, error: Signal<Option<String>>, on_title: Callback<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for="new-title">{tr::field_title(lang)}</label>
            <input
                class="control"
                id="new-title"
                maxlength=TITLE_MAX
                autocomplete="off"
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || if error.read().is_some() { "new-title-error" } else { "new-title-help" }
                on:input=move |ev| on_title.run(event_target_value(&ev))
            />
            <p class="field-help" id="new-title-help">{tr::help_title(lang)}</p>
            <FieldError id="new-title-error".to_owned() error/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tour_begins_with_four_fields() {
        let tour =
            NewTour { title: "Кольсай".into(), place: "kolsai".into(), category: "lakes".into(), duration_minutes: 960 };
        assert!(wrong(&tour).is_empty());
        assert_eq!(wrong(&NewTour::default()), ["title", "category", "place", "duration_minutes"]);
        let error = AppError::Fields(vec![("place".into(), Wrong::Missing)]);
        assert_eq!(refused(&error), ["place"]);
        assert!(refused(&AppError::Unavailable).is_empty());
    }
}
