//! A BIN that another organisation is registered with: whoever is sure of it calls a moderator.
use super::change_api::ClaimBin;
use crate::{
    partner::form::{Answer, Outcome, on_done},
    ui::Button,
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::organisation as tr};

#[component]
pub fn ClaimedBin(lang: Lang, claimed: bool) -> impl IntoView {
    let action = ServerAction::<ClaimBin>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let claimed = RwSignal::new(claimed);
    on_done(answer, move || claimed.set(true));
    let content = move || {
        if claimed.get() {
            return view! { <p class="font-semibold">{tr::bin_claimed(lang)}</p> }.into_any();
        }
        view! {
            <ActionForm action>
                <div class="grid gap-2">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <p>{tr::bin_claim_text(lang)}</p>
                    <Outcome lang answer pending/>
                    <div>
                        <Button disabled=pending>{tr::bin_claim(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    view! { <div class="mt-2" aria-live="polite">{content}</div> }.into_any()
}
