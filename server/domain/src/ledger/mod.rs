//! Double entry: every tiyn that moves is two or more postings that sum to zero. The database holds the sum and that
//! one reason is posted once.
mod queries;

use crate::kernel::{Ctx, db::OnConstraint as _};
use sapar_shared::{
    Money,
    ids::{OrderId, OrganisationId},
};
use sqlx::PgConnection;

pub use queries::{balance, shares_of};

/// Where money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Collected by the payment provider and not yet paid out.
    Provider,
    /// What we owe a partner.
    Partner(OrganisationId),
}

impl Account {
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Provider => "provider".to_owned(),
            Self::Partner(id) => format!("partner:{id}"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The reason was posted before; nothing was changed.
    #[error("posted before")]
    Again,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The order's money came in: the provider holds it, each partner is owed its lines.
pub async fn post_sale(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> Result<(), LedgerError> {
    post_shares(conn, ctx, order, "sale", 1).await
}

/// The order's money went back.
pub async fn post_refund(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> Result<(), LedgerError> {
    post_shares(conn, ctx, order, "refund", -1).await
}

async fn post_shares(conn: &mut PgConnection, ctx: &Ctx, order: OrderId, what: &str, sign: i64) -> Result<(), LedgerError> {
    let shares = queries::shares_of(&mut *conn, order).await?;
    let total: Money = shares.iter().map(|(_, share)| *share).sum();
    let mut postings = vec![(Account::Provider.word(), sign * total.tiyn())];
    postings.extend(shares.iter().map(|(partner, share)| (Account::Partner(*partner).word(), -sign * share.tiyn())));
    // A free tour moves no money.
    postings.retain(|(_, amount)| *amount != 0);
    queries::insert(conn, ctx.id(), &format!("order:{order}:{what}"), order, ctx.now(), &postings)
        .await
        .on_constraint("ledger_entries_once", || LedgerError::Again)
}
