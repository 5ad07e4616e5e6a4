//! The switch between light, dark and the device's own choice.
use crate::wire::Wire;
use crate::{
    error::AppError,
    ui::{
        Glyph, Icon,
        theme::{self, Theme},
    },
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use sapar_shared::{Lang, tr};

/// Remembers the choice for those without a script; the browser then comes back to the page it was on.
#[server(prefix = "/fn", endpoint = "theme", output = Wire)]
pub async fn choose_theme(theme: String) -> Result<(), AppError> {
    let chosen = Theme::parse(&theme).unwrap_or(Theme::Device);
    let age = if chosen == Theme::Device { 0 } else { 365 * 24 * 3600 };
    crate::request::set_cookie(theme::COOKIE, chosen.as_str(), Some(age), true);
    Ok(())
}

fn words(lang: Lang, theme: Theme) -> (&'static str, Glyph) {
    match theme {
        Theme::Device => (tr::nav::theme_device(lang), Glyph::Device),
        Theme::Light => (tr::nav::theme_light(lang), Glyph::Sun),
        Theme::Dark => (tr::nav::theme_dark(lang), Glyph::Moon),
    }
}

#[component]
pub fn ThemeSwitch(lang: Lang) -> impl IntoView {
    let buttons = Theme::ALL
        .map(|choice| {
            let (name, glyph) = words(lang, choice);
            let choose = move |ev: leptos::ev::MouseEvent| {
                ev.prevent_default();
                theme::choose(choice);
            };
            view! {
                <button class="pill" name="theme" value=choice.as_str() on:click=choose>
                    <Icon name=glyph class="icon icon-small"/>
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=ChooseTheme::url()>
            <div class="flex flex-wrap gap-2">{buttons}</div>
        </form>
    }
    .into_any()
}
