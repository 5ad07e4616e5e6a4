//! The logo as it stands.
use crate::site::tour::details::initials;
use leptos::prelude::*;
use sapar_shared::dto::editor::UploadView;

/// `uploads`: the logo, or nothing; the initials of `name` stand where it would.
#[component]
pub fn LogoShown(uploads: RwSignal<Vec<UploadView>>, name: String) -> impl IntoView {
    let face = move || {
        let address = uploads.read().first().and_then(|upload| upload.address.clone());
        match address {
            Some(address) => {
                view! { <img class="w-full h-full object-cover" src=address alt=name.clone() width="72" height="72" decoding="async"/> }
                    .into_any()
            }
            None => view! { <span aria-hidden="true">{initials(&name)}</span> }.into_any(),
        }
    };
    view! { <span class="avatar avatar-large overflow-hidden">{face}</span> }.into_any()
}
