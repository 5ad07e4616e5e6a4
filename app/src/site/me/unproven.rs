//! An e-mail that is still to be confirmed, where something else waits for it: the letter once more, or another address.
use super::{
    api::load_me,
    contacts::{ChangeNews, ContactActions, EmailPart},
};
use crate::{site::enter::SendAgain, ui::Skeleton, wire::page_data};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::enter};

/// Of whoever is signed in; nothing where it is confirmed.
#[component]
pub fn UnprovenEmail(lang: Lang) -> impl IntoView {
    let actions = ContactActions::new();
    let me = page_data(move || actions.version(), |_| load_me());
    view! {
        <Transition fallback=|| view! { <Skeleton class="h-24 w-full"/> }>
            {move || Suspend::new(async move {
                let account = me.await.ok().flatten().filter(|account| !account.email_confirmed)?;
                // A letter to the first address would be no use any more.
                let again = account.email_change.is_none().then(|| {
                    view! {
                        <p class="text-muted break-words">{enter::banner_text(lang, account.email)}</p>
                        <SendAgain lang/>
                    }
                });
                Some(view! {
                    <div class="grid gap-2">
                        <ChangeNews lang actions/>
                        {again}
                        <EmailPart lang change=account.email_change proven=false actions/>
                    </div>
                })
            })}
        </Transition>
    }
    .into_any()
}
