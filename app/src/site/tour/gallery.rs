//! Pictures: a row to swipe on a phone, a mosaic on a desk, all of them on a sheet.
use crate::ui::{Glyph, Icon, Photo, Sheet};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::catalog::Picture, tr};

const SIZES: &str = "(min-width: 76rem) 600px, (min-width: 48rem) 50vw, 100vw";
/// What the mosaic has room for.
const MOSAIC: usize = 5;

#[component]
pub fn Gallery(lang: Lang, title: String, pictures: Vec<Picture>) -> impl IntoView {
    let count = pictures.len();
    if count == 0 {
        return view! { <Photo picture=None sizes=SIZES class="aspect-[21/9] rounded-card"/> }.into_any();
    }
    let row = pictures
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, picture)| {
            let class = if index < MOSAIC { "gallery-item" } else { "gallery-item gallery-rest" };
            view! {
                <li class=class>
                    <Photo picture=Some(picture) sizes=SIZES class="gallery-photo" eager=index == 0/>
                </li>
            }
        })
        .collect_view();
    let all = pictures
        .into_iter()
        .map(|picture| {
            let words = picture.alt.clone();
            view! {
                <li>
                    <figure>
                        <Photo picture=Some(picture) sizes="(min-width: 64rem) 60rem, 100vw" class="aspect-[4/3] rounded-card" decorative=true/>
                        <figcaption class="mt-2 text-muted">{words}</figcaption>
                    </figure>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="gallery">
            <ul class="gallery-row" tabindex="0" aria-label=tr::tour::gallery(lang)>{row}</ul>
            <button type="button" class="btn gallery-all" popovertarget="photos">
                <Icon name=Glyph::Picture/>
                {tr::tour::photos(lang, i64::try_from(count).unwrap_or_default())}
            </button>
        </div>
        <Sheet id="photos" title=title close=tr::ui::close(lang) class="sheet sheet-wide">
            <ul class="gallery-list">{all}</ul>
        </Sheet>
    }
    .into_any()
}
