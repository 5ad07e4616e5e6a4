//! What an empty place says: what comes here, and the first step.
use leptos::prelude::*;

/// With `page` it stands for the whole page.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let heading =
        if page { view! { <h1>{title}</h1> }.into_any() } else { view! { <h2 class="text-xl">{title}</h2> }.into_any() };
    view! {
        <div class=if page { "empty wrap py-16" } else { "empty" }>
            <span class="ornament-mark text-apricot" aria-hidden="true"></span>
            {heading}
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
