//! The archive. A plain form: the browser itself saves what comes, with a script or without one.
use crate::{
    browser,
    error::AppError,
    site::enter::{Refused, refusal::of_word},
    ui::{Button, Card, PasswordField, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang, paths,
    tr::{enter, me, privacy as words},
};

#[component]
pub(super) fn Download(lang: Lang) -> impl IntoView {
    let query = use_query_map().read_untracked();
    let refused = query.get("error").filter(|_| query.get("form").is_some_and(|form| form == "download"));
    let error: Signal<Option<AppError>> = Signal::stored(refused.map(|word| of_word(&word)));
    // The page stays while the browser saves what comes, and the form is read before the next frame.
    let sent = |_: leptos::ev::SubmitEvent| request_animation_frame(|| browser::empty("d-password"));
    view! {
        <Card class="grid gap-4">
            <h2 class="text-lg">{words::download_title(lang)}</h2>
            <p class="text-muted">{words::download_text(lang)}</p>
            <form method="post" action=paths::MY_DATA_FILE id="download" on:submit=sent>
                <div class="grid gap-4">
                    <Refused lang error wrong=me::password_wrong(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <PasswordField
                        name="password"
                        id_prefix="d"
                        label=words::erase_password(lang)
                        help=words::download_why(lang)
                        show=enter::show(lang)
                        hide=enter::hide(lang)
                        show_label=enter::show_password(lang)
                    />
                    <Button tone=Tone::Action class="w-full">{words::download(lang)}</Button>
                </div>
            </form>
        </Card>
    }
    .into_any()
}
