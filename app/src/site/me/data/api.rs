//! What the page of one's data asks of the server. Whose data they are says the session, never an argument.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::account::Erasure};

/// What erasing the account would mean now.
#[server(prefix = "/fn", endpoint = "load-erasure", output = Wire)]
pub async fn load_erasure(lang: Lang) -> Tried<Erasure> {
    crate::site::enter::door::keep_private();
    Ok(server::load(lang).await)
}

/// `Over`: something stands in the way that the page did not show yet.
#[server(prefix = "/fn", endpoint = "erase-account", output = Wire)]
pub async fn erase_account(lang: Lang, #[server(default)] password: String) -> Tried<()> {
    use crate::site::enter::door;
    use sapar_shared::paths;
    match server::erase(&password).await {
        Ok(()) => door::lead_to(&format!("{}?done=erased", paths::me(lang))),
        Err(error) => door::refuse(error, &paths::my_data(lang), "erase"),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{self, unavailable},
        site::{
            enter::door::{Visitor, person, refused},
            sign_in::api::SESSION_COOKIE,
        },
    };
    use sapar_domain::{
        accounts,
        privacy::{self, PrivacyError},
    };
    use sapar_shared::{Lang, dto::account::Erasure};

    fn stopped(error: PrivacyError) -> AppError {
        match error {
            PrivacyError::NotYet => AppError::Over,
            PrivacyError::Forbidden(_) => AppError::SignInFirst,
            PrivacyError::Database(cause) => unavailable(cause),
        }
    }

    pub(super) async fn load(lang: Lang) -> Result<Erasure, AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        privacy::erasure(&mut conn, &services.ctx, &actor, lang).await.map_err(stopped)
    }

    pub(super) async fn erase(password: &str) -> Result<(), AppError> {
        let (actor, services, _) = person().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        let proven = accounts::prove_person(&mut conn, &services.ctx, &actor, password, &address).await.map_err(refused)?;
        drop(conn);
        let mut tx = services.begin().await.map_err(unavailable)?;
        privacy::erase(&mut tx, &services.ctx, &actor, &proven).await.map_err(stopped)?;
        tx.commit().await.map_err(unavailable)?;
        request::set_cookie(SESSION_COOKIE, "", Some(0), false);
        Ok(())
    }
}
