//! Tours that the visitor has put aside. They live in the browser until there are customer accounts to keep them.
use crate::{
    browser,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr};

/// The key in the browser's storage. Slugs with commas between them: this is on every page, and JSON would weigh on each.
const KEY: &str = "sapar_saved";
/// The oldest ones make room.
const MOST: usize = 60;

/// Slugs, the latest first; `None` until the browser has been asked.
#[derive(Clone, Copy)]
pub struct Saved(pub RwSignal<Option<Vec<String>>>);

fn kept() -> Vec<String> {
    browser::stored_text(KEY).unwrap_or_default().split(',').filter(|slug| !slug.is_empty()).map(str::to_owned).collect()
}

/// Called once, around everything: the list is read when the page comes to life.
pub fn provide_saved() {
    let saved = RwSignal::new(None);
    provide_context(Saved(saved));
    Effect::new(move |_| saved.set(Some(kept())));
}

impl Saved {
    fn has(self, slug: &str) -> bool {
        self.0.read().as_ref().is_some_and(|slugs| slugs.iter().any(|known| known == slug))
    }

    fn toggle(self, slug: &str) {
        // Another tab may have changed it since.
        let mut slugs = kept();
        let before = slugs.len();
        slugs.retain(|known| known != slug);
        if slugs.len() == before {
            slugs.insert(0, slug.to_owned());
            slugs.truncate(MOST);
        }
        browser::store_text(KEY, &slugs.join(","));
        self.0.set(Some(slugs));
    }
}

/// The heart on a picture.
#[component]
pub fn SaveButton(lang: Lang, slug: String, title: String) -> impl IntoView {
    let saved = expect_context::<Saved>();
    let slug = StoredValue::new(slug);
    let pressed = move || slug.with_value(|slug| saved.has(slug));
    let toggle = move |_| slug.with_value(|slug| saved.toggle(slug));
    view! {
        <button
            type="button"
            class="save-button needs-script"
            aria-pressed=move || if pressed() { "true" } else { "false" }
            aria-label=tr::ui::save(lang, title)
            on:click=toggle
        >
            <Icon name=Glyph::Heart/>
        </button>
    }
    .into_any()
}
