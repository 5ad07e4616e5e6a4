use crate::{
    Services,
    partners::{self, jobs::RemoveCard},
    payments::PaymentError,
};

/// Has the provider forget a card that no money goes to.
pub async fn remove_card(services: &Services, job: &RemoveCard) -> Result<(), PaymentError> {
    let card = partners::card_to_remove(&mut *services.conn().await?, &services.ctx, job.card).await?;
    let Some((customer, token)) = card else { return Ok(()) };
    services.payments.remove_card(&customer, &token).await?;
    Ok(partners::card_is_removed(&mut *services.conn().await?, &services.ctx, job.card).await?)
}
