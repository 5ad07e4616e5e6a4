use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::partner::{Activation, Look},
};

/// What a code, the signed part of a QR or its whole address stands for.
#[server(prefix = "/fn", endpoint = "partner-look", output = Wire)]
pub async fn look_ticket(lang: Lang, typed: String) -> Tried<Look> {
    use crate::partner::api::{gate, look};
    Ok(look!(gate, |conn, ctx, actor| sapar_domain::tickets::look(conn, ctx, actor, &typed, lang)))
}

/// Lets one ticket on, or all of its order. A repeat finds it used and changes nothing. Without a script the answer is the
/// ticket's card, which says what came of it.
#[server(prefix = "/fn", endpoint = "partner-activate", output = Wire)]
pub async fn activate(lang: Lang, code: String, whole: bool) -> Tried<Option<Activation>> {
    use super::verdict::Verdict;
    let card = super::page::address(lang, &code);
    match server::activate(lang, &code, whole).await {
        Ok(activation) => {
            if crate::request::wants_html() {
                leptos_axum::redirect(&format!("{card}?done={}", Verdict::of_activation(activation.clone()).to_word()));
                return Ok(Ok(None));
            }
            Ok(Ok(Some(activation)))
        }
        Err(error) => crate::request::refuse(error.clone(), format!("{card}?error={}", super::verdict::error_word(&error))),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{gate, look},
    };
    use sapar_domain::tickets;
    use sapar_shared::{Lang, dto::partner::Activation};

    pub(super) async fn activate(lang: Lang, code: &str, whole: bool) -> Result<Activation, AppError> {
        look!(gate, |conn, ctx, actor| tickets::activate(conn, ctx, actor, code, whole, lang))
    }
}
