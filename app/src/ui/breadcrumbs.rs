//! The way here; on a phone only its last step back.
use super::{Glyph, Icon};
use leptos::prelude::*;

/// A step: its words and, but for the last one, its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub name: String,
    pub href: Option<String>,
}

impl Crumb {
    #[must_use]
    pub fn new(name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), href: Some(href.into()) }
    }

    /// The page one is on.
    #[must_use]
    pub fn here(name: impl Into<String>) -> Self {
        Self { name: name.into(), href: None }
    }
}

#[component]
pub fn Breadcrumbs(#[prop(into)] label: String, crumbs: Vec<Crumb>) -> impl IntoView {
    let items = crumbs
        .into_iter()
        .map(|crumb| match crumb.href {
            Some(href) => view! {
                <li>
                    <a href=href>{crumb.name}</a>
                    <span class="crumb-mark inline-flex">
                        <Icon name=Glyph::ChevronRight class="icon icon-small"/>
                    </span>
                </li>
            }
            .into_any(),
            None => view! {
                <li>
                    <span aria-current="page" class="line-clamp-1">{crumb.name}</span>
                </li>
            }
            .into_any(),
        })
        .collect_view();
    view! {
        <nav aria-label=label>
            <ol class="crumbs">{items}</ol>
        </nav>
    }
    .into_any()
}
