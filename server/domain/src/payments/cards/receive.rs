use crate::{
    Services,
    partners::{self, PartnerError, ReceivedCard},
    payments::provider::{CardCallback, Verdict},
};

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
