//! What a visitor without an account can set, and the door for those who have one.
use crate::{
    layout::{menu::LangLinks, theme::ThemeSwitch, use_lang},
    seo::PageMeta,
    ui::{Card, Glyph, Icon, LinkButton},
};
use leptos::prelude::*;
use sapar_shared::{paths, tr};

#[component]
pub fn MePage() -> impl IntoView {
    let lang = use_lang();
    view! {
        <PageMeta lang title=tr::account::me_title(lang) description=tr::account::me_guest_text(lang) path=paths::me noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <h1>{tr::account::me_title(lang)}</h1>
            <Card>
                <div class="flex gap-4">
                    <span class="fact-mark chip-leaf">
                        <Icon name=Glyph::Ticket/>
                    </span>
                    <div>
                        <h2 class="text-lg">{tr::account::me_guest(lang)}</h2>
                        <p class="text-muted">{tr::account::me_guest_text(lang)}</p>
                    </div>
                </div>
            </Card>
            <Card>
                <h2 class="text-lg mb-3">{tr::nav::language(lang)}</h2>
                <LangLinks lang/>
            </Card>
            <Card>
                <h2 class="text-lg mb-3">{tr::nav::theme(lang)}</h2>
                <ThemeSwitch lang/>
            </Card>
            <Card>
                <h2 class="text-lg">{tr::account::me_partner(lang)}</h2>
                <p class="text-muted mb-3">{tr::account::me_partner_text(lang)}</p>
                <LinkButton href=paths::sign_in(lang)>{tr::account::sign_in(lang)}</LinkButton>
            </Card>
        </div>
    }
    .into_any()
}
