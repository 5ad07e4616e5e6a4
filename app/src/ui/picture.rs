//! A picture in the width the screen needs, on a ground of its own colour until it is there.
use leptos::prelude::*;
use sapar_shared::{dto::catalog::Picture, paths};

/// `class` says the shape (an aspect ratio). Without a picture there is an ornament, never a grey box.
/// `decorative`: the words beside it say the same.
#[component]
pub fn Photo(
    picture: Option<Picture>,
    sizes: &'static str,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] eager: bool,
    #[prop(optional)] decorative: bool,
) -> impl IntoView {
    let Some(picture) = picture else {
        return view! {
            <div class=format!("photo photo-none {class}")>
                <span class="ornament-mark"></span>
            </div>
        }
        .into_any();
    };
    let srcset: Vec<String> =
        picture.widths.iter().map(|width| format!("{} {width}w", paths::picture(&picture.key, *width))).collect();
    let fallback = picture.widths.iter().copied().find(|width| *width >= 640).or(picture.widths.last().copied());
    let alt = if decorative { String::new() } else { picture.alt };
    view! {
        <div class=format!("photo {class}")>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width="1" height="1" fill=picture.color></rect>
            </svg>
            <img
                srcset=srcset.join(", ")
                sizes=sizes
                src=paths::picture(&picture.key, fallback.unwrap_or(picture.width))
                width=picture.width
                height=picture.height
                alt=alt
                loading=(!eager).then_some("lazy")
                fetchpriority=eager.then_some("high")
                decoding="async"
            />
        </div>
    }
    .into_any()
}
