//! The provider has told what came of a card.
use super::{
    PartnerError, StoredCard,
    card::customer_of,
    jobs::{Notice, RemoveCard},
    queries, queries_cards,
    tell::tell_owner,
};
use crate::kernel::{Ctx, jobs, keys::digest};
use sapar_shared::{ids::OrganisationId, roles::Permission};
use sqlx::PgConnection;

/// What a report came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedCard {
    /// Money goes to it from now on.
    Used,
    /// The bank said no.
    Failed,
    /// It came too late, or whoever asked for it may no longer say where money goes: the provider shall forget it.
    NotUsed,
    /// That was told before.
    Repeat,
    /// No such request.
    Unknown,
}

/// For the edge, which has seen that the report is signed for the address with this `token`. Nobody acts: the card counts as an
/// act of whoever asked for the page, so it is looked at anew whether they still may.
pub async fn receive_card(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    customer: &str,
    card: Option<&StoredCard>,
) -> Result<ReceivedCard, PartnerError> {
    let Some((id, organisation)) = queries_cards::by_digest(&mut *conn, &digest(token)).await? else {
        return Ok(ReceivedCard::Unknown);
    };
    if customer_of(id) != customer {
        return Ok(ReceivedCard::Unknown);
    }
    // The organisation before its cards, as everywhere.
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    let asked = queries_cards::lock(&mut *conn, id).await?.ok_or(PartnerError::NotFound)?;
    if asked.is_told {
        return Ok(ReceivedCard::Repeat);
    }
    let Some(card) = card else {
        queries_cards::fail(conn, id, ctx.now()).await?;
        return Ok(ReceivedCard::Failed);
    };
    let in_time = asked.is_wanted && ctx.now() < asked.expires_at;
    let may = asked.proven || !now.needs_proof();
    if !in_time || !may || !still_may(&mut *conn, organisation, &asked).await? {
        queries_cards::keep_unused(&mut *conn, id, card, ctx.now()).await?;
        jobs::enqueue(conn, ctx, &RemoveCard { card: id }, ctx.now()).await?;
        return Ok(ReceivedCard::NotUsed);
    }
    queries_cards::store(&mut *conn, id, card, ctx.now()).await?;
    queries_cards::set_card(&mut *conn, organisation, Some(id)).await?;
    if let Some(before) = now.card {
        jobs::enqueue(conn, ctx, &RemoveCard { card: before }, ctx.now()).await?;
    }
    if now.needs_proof() {
        let last_four = card.face.last_four.clone();
        tell_owner(conn, ctx, organisation, Notice::PayoutCard { last_four }).await?;
    }
    Ok(ReceivedCard::Used)
}

async fn still_may(conn: &mut PgConnection, organisation: OrganisationId, asked: &queries_cards::Asked) -> sqlx::Result<bool> {
    let Some(account) = asked.requested_by else { return Ok(false) };
    let role = queries_cards::role(conn, organisation, account).await?;
    Ok(role.is_some_and(|role| role.may(Permission::EditPayout)))
}
