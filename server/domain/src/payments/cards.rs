//! Cards that money is paid out to: the calls to the provider. What is kept of them and who may is the partners' room.
use super::{
    PaymentError,
    provider::{CardCallback, StoreCard, Verdict},
};
use crate::{
    Services,
    accounts::{Actor, Proven},
    partners::{self, PartnerError, ReceivedCard, jobs::RemoveCard},
};

/// Our address for what came of a card; its last segment is the request's own token, and part of what is signed. So a report is
/// good for the one request that it was made for, whoever sends it where.
pub const CARD_RESULT_PATH: &str = "/webhooks/freedompay/cards/{token}";

/// The address of the provider's page on which a card is entered, or `None` where the provider cannot open one now.
/// `return_path` is our page to which the browser comes back.
pub async fn store_card(
    services: &Services,
    actor: &Actor,
    proven: Option<&Proven>,
    return_path: &str,
) -> Result<Option<String>, PartnerError> {
    let ctx = &services.ctx;
    let mut tx = services.begin().await?;
    let id = partners::open_card(&mut tx, ctx, actor, proven, services.payments.name()).await?;
    tx.commit().await?;
    let request = StoreCard {
        customer: partners::customer_of(id),
        result_url: ctx.url(&CARD_RESULT_PATH.replace("{token}", &ctx.keys.card_token(id))),
        return_url: ctx.url(return_path),
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

/// Takes what a callback says whose signature held for the address with this `token`. An error of ours is the caller's to turn
/// into a 5xx, so that the provider calls again.
pub async fn receive_card(services: &Services, token: &str, callback: &CardCallback) -> Result<Verdict, PartnerError> {
    let mut tx = services.begin().await?;
    let received = partners::receive_card(&mut tx, &services.ctx, token, &callback.customer, callback.card.as_ref()).await?;
    tx.commit().await?;
    match received {
        ReceivedCard::Unknown => {
            tracing::error!("a signed callback tells of a card that nobody asked for");
            Ok(Verdict::Error)
        }
        ReceivedCard::Used | ReceivedCard::Failed | ReceivedCard::NotUsed | ReceivedCard::Repeat => Ok(Verdict::Ok),
    }
}

/// Has the provider forget a card that no money goes to.
pub async fn remove_card(services: &Services, job: &RemoveCard) -> Result<(), PaymentError> {
    let card = partners::card_to_remove(&mut *services.conn().await?, &services.ctx, job.card).await?;
    let Some((customer, token)) = card else { return Ok(()) };
    services.payments.remove_card(&customer, &token).await?;
    Ok(partners::card_is_removed(&mut *services.conn().await?, &services.ctx, job.card).await?)
}
