//! What every screen of the cabinet begins with.
use crate::{
    seo::PageMeta,
    ui::{Breadcrumbs, Crumb},
};
use leptos::prelude::*;
use sapar_shared::{Lang, paths, tr};

/// The way here, on top; the last step back is one tap. `trail` is what lies between the cabinet and `title`.
#[component]
pub fn Head(lang: Lang, #[prop(into)] title: String, #[prop(optional)] trail: Vec<Crumb>) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(tr::partner::cabinet(lang), paths::partner(lang))];
    crumbs.extend(trail);
    crumbs.push(Crumb::here(title.clone()));
    view! {
        <PageMeta lang title description=tr::partner::cabinet(lang) path=paths::partner noindex=true/>
        <Breadcrumbs label=tr::ui::breadcrumbs(lang) crumbs/>
    }
    .into_any()
}
