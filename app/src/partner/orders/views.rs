//! Saved views: filters that a member keeps under a name, above the list and one press away.
use super::{
    api::{delete_view, load_views, save_view},
    filters::address,
};
use crate::{
    browser,
    partner::desk::trouble,
    ui::{Alert, AlertTone, Glyph, Icon},
    wire::page_data,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::{
        desk::OrdersQuery,
        views::{LONGEST_NAME, SavedView},
    },
    ids::SavedViewId,
    tr::orders as tr,
};

/// Where it is said what came of it.
const SAID: &str = "view-said";

/// Made outside of what waits for the views, so that it outlives what is drawn of them.
#[derive(Clone, Copy)]
struct Views {
    lang: Lang,
    query: Memo<OrdersQuery>,
    list: RwSignal<Vec<SavedView>>,
    /// The one in force.
    current: Memo<Option<(SavedViewId, String)>>,
    /// There are filters, and no view has them.
    unsaved: Memo<bool>,
    /// While it is typed.
    name: RwSignal<String>,
    busy: RwSignal<bool>,
    said: RwSignal<Option<(AlertTone, String)>>,
}

impl Views {
    fn new(lang: Lang, query: Memo<OrdersQuery>) -> Self {
        let list = RwSignal::new(Vec::<SavedView>::new());
        let current = Memo::new(move |_| {
            let query = query.read();
            list.read().iter().find(|view| view.query == *query).map(|view| (view.id, view.name.clone()))
        });
        let unsaved = Memo::new(move |_| {
            let filters = query.read().filters();
            filters != OrdersQuery::default() && list.read().iter().all(|view| view.query != filters)
        });
        let said = RwSignal::new(None::<(AlertTone, String)>);
        // What was said is of the filters that were set then.
        Effect::new(move |before: Option<()>| {
            query.track();
            if before.is_some() {
                said.set(None);
            }
        });
        Self { lang, query, list, current, unsaved, name: RwSignal::new(String::new()), busy: RwSignal::new(false), said }
    }

    fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (name, query) = (self.name.get_untracked(), self.query.with_untracked(OrdersQuery::filters));
        spawn_local(async move {
            let answer = save_view(name, query).await;
            self.busy.try_set(false);
            if let Some(text) = trouble(self.lang, &answer) {
                self.tell(AlertTone::Bad, text);
            } else if let Ok(Ok(Ok(saved))) = answer {
                let text = tr::view_saved(self.lang, &saved.name);
                self.name.try_set(String::new());
                self.list.try_update(|list| list.push(saved));
                self.tell(AlertTone::Good, text);
            }
        });
    }

    fn delete(self, id: SavedViewId, name: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = delete_view(id).await;
            self.busy.try_set(false);
            if let Some(text) = trouble(self.lang, &answer) {
                self.tell(AlertTone::Bad, text);
            } else {
                self.list.try_update(|list| list.retain(|view| view.id != id));
                self.tell(AlertTone::Good, tr::view_deleted(self.lang, name));
            }
        });
    }

    /// The button that did it may be gone, and the focus with it: the answer takes it.
    fn tell(self, tone: AlertTone, text: String) {
        self.said.try_set(Some((tone, text)));
        request_animation_frame(|| {
            if browser::focus_is_lost() {
                browser::focus(SAID);
            }
        });
    }
}

#[component]
pub fn SavedViews(lang: Lang, query: Memo<OrdersQuery>) -> impl IntoView {
    let views = Views::new(lang, query);
    let kept = page_data(|| (), move |()| load_views());
    let row = move || {
        Suspend::new(async move {
            // Whoever may not see them sees no list either, which says so; without them the list is as good.
            kept.await.flatten().ok().map(|list| {
                views.list.set(list);
                view! { <Row views/> }
            })
        })
    };
    view! { <Suspense>{row}</Suspense> }.into_any()
}

#[component]
fn Row(views: Views) -> impl IntoView {
    let Views { lang, query, list, current, unsaved, busy, said, .. } = views;
    let none = move || list.read().is_empty();
    let nothing = move || none() && !unsaved.get() && said.read().is_none();
    let chip = move |SavedView { name, query: filters, .. }: SavedView| {
        let href = address(lang, &filters);
        let is_current = move || (*query.read() == filters).then_some("true");
        view! {
            <li>
                <a class="pill" href=href aria-current=is_current>{name}</a>
            </li>
        }
    };
    let chips = move || list.get().into_iter().map(chip).collect_view();
    let save = move || unsaved.get().then(|| view! { <Save views/> });
    let delete = move || {
        current.get().map(|(id, name)| {
            let label = tr::delete_view(lang, &name);
            view! {
                <button
                    type="button"
                    class="btn btn-quiet needs-script justify-self-start max-w-full"
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=move |_| views.delete(id, name.clone())
                >
                    <Icon name=Glyph::Trash class="icon icon-small"/>
                    <span class="min-w-0 truncate">{label}</span>
                </button>
            }
        })
    };
    let told = move || said.get().map(|(tone, text)| view! { <Alert tone>{text}</Alert> });
    view! {
        <div class="grid grid-cols-1 gap-2 min-w-0 wrap-anywhere" hidden=nothing>
            <nav class="pill-row" aria-label=tr::views(lang) hidden=none>
                <ul class="flex gap-2">{chips}</ul>
            </nav>
            {save}
            {delete}
            <div id=SAID tabindex="-1" aria-live="polite" class="empty:hidden">{told}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Save(views: Views) -> impl IntoView {
    let Views { lang, name, busy, said, .. } = views;
    let wrong = move || said.read().as_ref().is_some_and(|(tone, _)| *tone == AlertTone::Bad).then_some("true");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        views.save();
    };
    view! {
        <details class="cab-fold needs-script">
            <summary class="link">{tr::save_view(lang)}</summary>
            <form class="grid gap-3 pt-2 max-w-md" on:submit=submit>
                <div class="field">
                    <label class="field-label" for="view-name">{tr::view_name(lang)}</label>
                    <input
                        class="control"
                        id="view-name"
                        maxlength=LONGEST_NAME.to_string()
                        autocomplete="off"
                        required
                        aria-describedby="view-help view-said"
                        aria-invalid=wrong
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <p class="field-help" id="view-help">{tr::view_help(lang)}</p>
                </div>
                <button class="btn justify-self-start" aria-disabled=move || busy.get().then_some("true")>
                    {tr::keep_view(lang)}
                </button>
            </form>
        </details>
    }
    .into_any()
}
