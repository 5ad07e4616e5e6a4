//! A sale at the counter that should not have been: the order is given back, its tickets are void.
use super::{
    DeskError,
    popularity::count_sales_later,
    queries,
    queries_counter::{self, CashSaleFacts, TakenBack},
};
use crate::{accounts::Actor, inventory::Places, kernel::Ctx};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    dto::{
        desk::{DeskRefusal, Happening, UNDO_MINUTES, UndoReason},
        order::OrderStatus,
    },
    ids::OrderId,
    roles::Permission,
};
use sqlx::PgConnection;

/// For whoever sold it.
const ALONE: SignedDuration = SignedDuration::from_mins(UNDO_MINUTES);
/// Letters of what is said beside the reason.
const LONGEST: usize = 500;

/// What is left to be done for a sale that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub places: Vec<Places>,
    /// The buyer has left an address or a number.
    pub reachable: bool,
}

/// Money, messages and, last, stock are the caller's part. `None`: it was taken back before, and nothing is left to be done.
///
/// Whoever lets people on locks the order, too: of both the later one finds what the earlier one did.
pub async fn take_back(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    why: UndoReason,
    words: &str,
) -> Result<Option<Back>, DeskError> {
    let organisation = actor.require(Permission::SellForCash)?;
    let words = words.trim();
    let missing = why == UndoReason::Other && words.is_empty();
    if missing || words.chars().count() > LONGEST || words.contains('\0') {
        return Err(DeskRefusal::Note.into());
    }
    let locked = queries::lock_by_id(&mut *conn, order).await?.ok_or(DeskError::NotFound)?;
    let sale = queries_counter::sale(&mut *conn, organisation, order).await?.ok_or(DeskError::NotFound)?;
    if !sale.cash {
        return Err(DeskRefusal::NotCash.into());
    }
    match locked.status {
        OrderStatus::Refunded => return Ok(None),
        OrderStatus::Paid if !sale.used => {}
        OrderStatus::Paid | OrderStatus::Completed => return Err(DeskRefusal::Used.into()),
        _ => return Err(DeskRefusal::NotPaid.into()),
    }
    if ctx.now() > until(actor, &sale).ok_or(DeskRefusal::NotYours)? {
        return Err(DeskRefusal::TooLate.into());
    }
    let places = queries::places_of(&mut *conn, order).await?;
    queries::void_tickets(&mut *conn, order).await?;
    let what = Happening::Undone { why, words: words.to_owned() };
    let back = TakenBack { order, organisation, by: &actor.name, at: ctx.now(), what: &what };
    queries_counter::set_taken_back(&mut *conn, &back).await?;
    count_sales_later(&mut *conn, ctx, order).await?;
    queries::announce(conn, order).await?;
    let reachable = locked.contact_email.is_some() || locked.contact_phone.is_some();
    Ok(Some(Back { places, reachable }))
}

/// Until when the actor may take the sale back; `None`: it is not theirs. A while for whoever sold it, even if the bus leaves
/// meanwhile, and for those above them until it does.
fn until(actor: &Actor, sale: &CashSaleFacts) -> Option<Timestamp> {
    let alone = sale.sold_at + ALONE;
    if actor.require(Permission::UndoSales).is_ok() {
        return Some(alone.max(sale.leaves));
    }
    let own = sale.sold_by.is_some() && sale.sold_by == actor.account;
    (own && actor.require(Permission::SellForCash).is_ok()).then_some(alone)
}

/// The same for whoever looks at the order now; `None` also when the time is over, or nothing is there to be taken back.
pub(super) async fn undo_until(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    status: OrderStatus,
) -> Result<Option<Timestamp>, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    if status != OrderStatus::Paid {
        return Ok(None);
    }
    let sale = queries_counter::sale(conn, organisation, order).await?;
    let sale = sale.filter(|sale| sale.cash && !sale.used);
    Ok(sale.and_then(|sale| until(actor, &sale)).filter(|until| ctx.now() <= *until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::{
        ids::{AccountId, OrganisationId},
        roles::Role,
    };
    use uuid::Uuid;

    #[test]
    fn who_may_take_it_back_and_how_long() {
        let sold_at: Timestamp = "2026-12-05T01:00:00Z".parse().expect("a timestamp");
        let (seller, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let by = |account: Option<AccountId>, role: Role| Actor {
            account,
            organisation: Some((OrganisationId(Uuid::nil()), "T".into(), role)),
            ..Actor::default()
        };
        let (tomorrow, alone) = (sold_at + SignedDuration::from_hours(24), sold_at + ALONE);
        let sale = |sold_by, leaves| CashSaleFacts { cash: true, sold_by, sold_at, leaves, used: false };
        let own = sale(Some(seller), tomorrow);
        assert_eq!(until(&by(Some(seller), Role::Seller), &own), Some(alone));
        assert_eq!(until(&by(Some(other), Role::Seller), &own), None);
        assert_eq!(until(&by(Some(other), Role::Manager), &own), Some(tomorrow));
        assert_eq!(until(&by(None, Role::Owner), &own), Some(tomorrow));
        // Whoever sold it once and has another role now.
        assert_eq!(until(&by(Some(seller), Role::Gate), &own), None);
        assert_eq!(until(&by(None, Role::Seller), &sale(None, tomorrow)), None, "two programs are not one seller");
        let leaving = sale(Some(seller), sold_at + SignedDuration::from_mins(1));
        for role in [Role::Owner, Role::Manager, Role::Seller] {
            assert_eq!(until(&by(Some(seller), role), &leaving), Some(alone), "{role:?}");
        }
    }
}
