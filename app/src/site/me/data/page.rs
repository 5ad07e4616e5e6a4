//! `/:lang/me/data`.
use super::{
    api::{EraseAccount, load_erasure},
    download::Download,
    erase::Erase,
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::refusal,
        me::frame::{Head, NotHere, Part},
    },
    ui::Skeleton,
};
use leptos::prelude::*;
use sapar_shared::{paths, tr::privacy as words};

#[component]
pub fn DataPage() -> impl IntoView {
    let lang = use_lang();
    let erase = ServerAction::<EraseAccount>::new();
    let error = refusal(erase, "erase");
    let erasure = page_data(|| (), move |()| load_erasure(lang));
    view! {
        <PageMeta lang title=words::title(lang) description=words::lead(lang) path=paths::my_data noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <Head lang part=Part::Data/>
            <p class="text-muted">{words::lead(lang)}</p>
            <Suspense fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match erasure.await {
                        Ok(Ok(erasure)) => view! {
                            <Download lang/>
                            <Erase lang erasure action=erase error/>
                        }
                        .into_any(),
                        Ok(Err(error)) | Err(error) => view! { <NotHere lang part=Part::Data error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}
