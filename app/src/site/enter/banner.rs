//! "Confirm your e-mail": calm, on the pages of an account that has not yet.
use super::refusal;
use crate::{
    error::Tried,
    ui::{Alert, AlertTone},
    wire::Wire,
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::enter as words};

/// Mails the link once more. The answer is the same for an e-mail that is proven.
#[server(prefix = "/fn", endpoint = "resend-confirmation", output = Wire)]
pub async fn resend_confirmation(lang: Lang) -> Tried<()> {
    use super::door::{Visitor, person, refused, settled};
    use crate::request::unavailable;
    use sapar_domain::accounts;

    let sent = async {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        accounts::resend_confirmation(&mut conn, &services.ctx, &actor, &address).await.map_err(refused)
    };
    settled(sent.await, &sapar_shared::paths::me(lang), "banner", "sent")
}

#[component]
pub fn ConfirmBanner(lang: Lang, email: String) -> impl IntoView {
    view! {
        <div id="banner">
            <Alert tone=AlertTone::Info>
                <p class="font-semibold">{words::banner_title(lang)}</p>
                <p>{words::banner_text(lang, email)}</p>
                <div class="mt-2">
                    <SendAgain lang/>
                </div>
            </Alert>
        </div>
    }
    .into_any()
}

/// The button, and what came of it.
#[component]
pub fn SendAgain(lang: Lang) -> impl IntoView {
    let action = ServerAction::<ResendConfirmation>::new();
    let error = refusal(action, "banner");
    let sent = move || matches!(action.value().get(), Some(Ok(Ok(()))));
    view! {
        <div class="grid gap-2 justify-items-start">
            <super::Refused lang error wrong=words::err_unavailable(lang)/>
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <button class="btn" disabled=move || action.pending().get() || sent()>
                    <span aria-live="polite">
                        {move || if sent() { words::banner_sent(lang) } else { words::banner_again(lang) }}
                    </span>
                </button>
            </ActionForm>
        </div>
    }
    .into_any()
}
