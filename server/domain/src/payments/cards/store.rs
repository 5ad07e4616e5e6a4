use super::CARD_RESULT_PATH;
use crate::{
    Services,
    accounts::{Actor, Proven},
    partners::{self, PartnerError},
    payments::provider::StoreCard,
};
use sapar_shared::Lang;

/// The address of the provider's page on which a card is entered, or `None` where the provider cannot open one now.
/// `return_path` is our page to which the browser comes back, `lang` the language in which it left.
pub async fn store_card(
    services: &Services,
    actor: &Actor,
    proven: Option<&Proven>,
    return_path: &str,
    lang: Lang,
) -> Result<Option<String>, PartnerError> {
    let ctx = &services.ctx;
    let mut tx = services.begin().await?;
    let id = partners::open_card(&mut tx, ctx, actor, proven, services.payments.name()).await?;
    tx.commit().await?;
    let request = StoreCard {
        customer: partners::customer_of(id),
        result_url: ctx.url(&CARD_RESULT_PATH.replace("{token}", &ctx.keys.card_token(id))),
        return_url: ctx.url(return_path),
        lang,
    };
    match services.payments.store_card(&request).await {
        Ok(page) => Ok(Some(page)),
        Err(error) => {
            tracing::warn!(card = %id, %error, "no page for a card");
            partners::give_up_card(&mut *services.conn().await?, ctx, id).await?;
            Ok(None)
        }
    }
}
