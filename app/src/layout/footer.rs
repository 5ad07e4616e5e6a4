//! The foot of every customer page, closed by the ornament.
use super::menu::LangLinks;
use leptos::prelude::*;
use sapar_shared::{Lang, paths, tr};

#[component]
pub fn Footer(lang: Lang) -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="wrap grid gap-8 md:grid-cols-[2fr_1fr_1.4fr] py-10">
                <div class="max-w-md">
                    <p class="text-lg font-bold mb-2">"Sapar"</p>
                    <p class="text-muted">{tr::nav::about(lang)}</p>
                </div>
                <nav aria-label=tr::nav::footer(lang)>
                    <ul class="footer-links">
                        <li><a href=paths::search(lang)>{tr::nav::all_tours(lang)}</a></li>
                        <li><a href=paths::tickets(lang)>{tr::nav::tickets(lang)}</a></li>
                        <li><a href=paths::partner_start(lang)>{tr::nav::to_partners(lang)}</a></li>
                        <li><a href=paths::sign_in(lang)>{tr::nav::for_partners(lang)}</a></li>
                    </ul>
                </nav>
                <div>
                    <p class="field-label mb-2">{tr::nav::language(lang)}</p>
                    <LangLinks lang/>
                </div>
            </div>
            <div class="wrap pb-6 text-sm text-muted">{tr::nav::rights(lang)}</div>
            <span class="ornament text-apricot" aria-hidden="true"></span>
        </footer>
    }
    .into_any()
}
