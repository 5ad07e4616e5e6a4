//! `/partner/import`: the template, the choice of a file, and what was imported before.
use super::{choose::ChooseFile, history::History};
use crate::{
    layout::use_lang,
    partner::{head::Head, only_for::OnlyFor},
    ui::{Card, Crumb, Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang, paths,
    roles::Permission,
    tr::{self, imports},
};

/// What lies between the cabinet and a page of imports.
pub fn trail(lang: Lang) -> Vec<Crumb> {
    vec![Crumb::new(tr::listings::title(lang), paths::partner_listings(lang))]
}

#[component]
pub fn ImportsPage() -> impl IntoView {
    let lang = use_lang();
    view! {
        <Head lang title=imports::title(lang) trail=trail(lang)/>
        <OnlyFor lang permission=Permission::EditListings>
            <Importing lang/>
        </OnlyFor>
    }
    .into_any()
}

#[component]
fn Importing(lang: Lang) -> impl IntoView {
    view! {
        <div class="grid gap-4 mt-2 max-w-3xl">
            <div>
                <h1>{imports::title(lang)}</h1>
                <p class="text-muted mt-1">{imports::intro(lang)}</p>
            </div>
            <ol class="grid gap-3">
                <li>
                    <Card class="grid gap-3">
                        <div>
                            <h2 class="text-lg">{format!("1. {}", imports::step_template(lang))}</h2>
                            <p class="text-muted mt-1">{imports::step_template_text(lang)}</p>
                        </div>
                        <div>
                            <a class="btn w-full sm:w-auto" href=paths::import_template(lang) rel="external" download="">
                                <Icon name=Glyph::Download class="icon icon-small"/>
                                {imports::download_template(lang)}
                            </a>
                        </div>
                    </Card>
                </li>
                <li>
                    <Card class="grid gap-3">
                        <div>
                            <h2 class="text-lg">{format!("2. {}", imports::step_file(lang))}</h2>
                            <p class="text-muted mt-1">{imports::step_file_text(lang)}</p>
                        </div>
                        <ChooseFile lang words=imports::choose_file(lang)/>
                    </Card>
                </li>
            </ol>
            <History lang/>
        </div>
    }
    .into_any()
}
