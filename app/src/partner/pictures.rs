//! A stand-in: the integrator takes the helper `pictures`' file.
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{DraftPicture, UploadView},
    ids::ListingId,
};

#[component]
pub fn PictureList(
    lang: Lang,
    listing: ListingId,
    pictures: RwSignal<Vec<DraftPicture>>,
    uploads: RwSignal<Vec<UploadView>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let _ = (lang, listing, pictures, uploads, on_change);
    ().into_any()
}
