//! Asking for a new password, and setting it.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::Lang;

/// Every e-mail gets the same answer; where it has an account, a link follows.
#[server(prefix = "/fn", endpoint = "ask-reset", output = Wire)]
pub async fn ask_reset(lang: Lang, email: String) -> Tried<()> {
    use crate::{
        request::{services, unavailable},
        site::enter::door::{Visitor, refused, settled},
    };
    use sapar_domain::accounts;

    let asked = async {
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        accounts::ask_reset(&mut conn, &services.ctx, lang, &email, &address).await.map_err(refused)
    };
    settled(asked.await, &sapar_shared::paths::reset(lang), "reset", "sent")
}

/// Sets the password, ends all sessions and opens one.
#[server(prefix = "/fn", endpoint = "reset-password", output = Wire)]
pub async fn reset_password(lang: Lang, token: String, #[server(default)] password: String) -> Tried<Option<()>> {
    use crate::{
        request::{services, unavailable},
        site::{
            enter::door::{self, Visitor, refused},
            sign_in::next::encode,
        },
    };
    use sapar_domain::accounts;
    use sapar_shared::paths;

    let services = services()?;
    let visitor = Visitor::now();
    let mut conn = services.conn().await.map_err(unavailable)?;
    let opened = accounts::reset_password(&mut conn, &services.ctx, &token, &password, &visitor.device()).await;
    drop(conn);
    match opened.map_err(refused) {
        Ok(session) => {
            let news = format!("{}?done=password", paths::me(lang));
            door::lead_to(&door::enter(&services, &session, lang, &news).await?)
        }
        Err(error) => door::refuse(error, &paths::reset_to(lang, &encode(&token)), "reset"),
    }
}
