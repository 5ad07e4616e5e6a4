//! Fields that hold what cannot be: no such number goes to the server, so only the page knows that one is to be read there. While
//! there are any, nothing is handed in for review.
use super::{fields::Section, section::href, state::Edit};
use crate::browser;
use leptos::prelude::*;
use sapar_shared::tr::listings as tr;
use wasm_bindgen::JsCast;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub section: Section,
    /// The field in words.
    pub name: String,
    /// The id of its control, or of what holds its controls.
    pub control: String,
    /// Whether the row that it lies in is open.
    pub row: Option<RwSignal<bool>>,
}

impl Fault {
    /// Opens its row and moves the focus there, behind whatever brings the section into sight.
    fn show(&self) {
        if let Some(row) = self.row {
            row.try_set(true);
        }
        let control = self.control.clone();
        request_animation_frame(move || request_animation_frame(move || focus(&control)));
    }
}

/// Of several controls the one that is wrong.
fn focus(control: &str) {
    let wrong = document().query_selector(&format!("#{control} [aria-invalid=true]")).ok().flatten();
    match wrong.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(field) => {
            let _ = field.focus();
        }
        None => browser::focus(control),
    }
}

impl Edit {
    /// The field is at fault while `wrong`, and no longer than it is on the page.
    pub fn watch(self, fault: Fault, wrong: RwSignal<bool>) {
        let control = fault.control.clone();
        Effect::new(move |_| {
            let now: Vec<Fault> = wrong.get().then(|| fault.clone()).into_iter().collect();
            self.tell_faults(|known| known.control == fault.control, now);
        });
        on_cleanup(move || {
            // Whoever goes to another tour takes the whole page away: then nobody hears of it.
            let is_told = |faults: &Vec<Fault>| faults.iter().any(|known| known.control == control);
            if self.faults.try_with_untracked(is_told) == Some(true) {
                self.faults.try_update(|faults| faults.retain(|known| known.control != control));
            }
        });
    }

    /// Puts `now` in the place of what was known of the same fields, in the order of the page.
    pub fn tell_faults(self, is_told: impl Fn(&Fault) -> bool, now: Vec<Fault>) {
        let known = self.faults.get_untracked();
        let mut faults: Vec<Fault> = known.iter().filter(|fault| !is_told(fault)).cloned().collect();
        faults.extend(now);
        faults.sort_by_key(|fault| Section::ALL.iter().position(|section| *section == fault.section));
        if faults != known {
            self.faults.set(faults);
        }
    }
}

/// What keeps the tour from review though the server knows nothing of it.
#[derive(Clone, Copy)]
pub struct Faults {
    edit: Edit,
    /// Somebody has pressed "submit".
    told: RwSignal<bool>,
    go_to: Callback<String>,
}

impl Faults {
    /// `go_to` leads to an address of the editor.
    #[must_use]
    pub fn new(edit: Edit, go_to: Callback<String>) -> Self {
        Self { edit, told: RwSignal::new(false), go_to }
    }

    /// Whether there is one; if so, it is named and one is taken there.
    pub fn stop(self) -> bool {
        let first = self.edit.faults.with_untracked(|faults| faults.first().cloned());
        self.told.set(first.is_some());
        let Some(first) = first else { return false };
        self.go_to.run(href(self.edit, first.section));
        first.show();
        true
    }
}

/// Each as a link to its field.
#[component]
pub fn FaultList(faults: Faults) -> impl IntoView {
    let Faults { edit, told, .. } = faults;
    let lang = edit.lang;
    let link = move |fault: Fault| {
        let (to, name) = (href(edit, fault.section), fault.name.clone());
        view! {
            <li>
                <a class="link" href=to data-noscroll="true" on:click=move |_| fault.show()>{name}</a>
            </li>
        }
    };
    move || {
        // The list is drawn once more while another tour takes the place of this one, whose signals are gone by then.
        let faults = edit.faults.try_get().unwrap_or_default();
        if faults.is_empty() || told.try_get() != Some(true) {
            return ().into_any();
        }
        view! {
            <div>
                <p class="font-semibold text-poppy-ink">{tr::still_wrong(lang)}</p>
                <ul class="missing-list">{faults.into_iter().map(link).collect_view()}</ul>
            </div>
        }
        .into_any()
    }
}
