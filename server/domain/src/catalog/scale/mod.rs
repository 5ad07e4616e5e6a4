//! A database as big as the one that lists must stay quick in: a thousand organisations with a hundred tours and ten thousand
//! departures each, five million tickets. Everything but ids follows from numbers and a seed, a statement a table and part of it.
//!
//! What is written is what the application would have written, counters and copies included; `fill` looks at all of it before
//! its transaction may be committed.
mod queries_bulk;
mod queries_check;
mod queries_people;
mod queries_sales;
mod queries_tours;
mod words;

use super::refresh_all;
use crate::kernel::{
    Ctx,
    db::{day, ts},
    keys::digest,
};
use jiff::{SignedDuration, Timestamp};
use queries_people::Requisites;
use queries_sales::Placed;
use sapar_shared::ids::{InvitationId, OrderId};
use sqlx::PgConnection;

/// How much there is to be; the same numbers make the same people, tours and sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub organisations: i64,
    /// Of each organisation.
    pub listings: i64,
    /// Of each organisation, spread over its listings: at least three a listing, and no more than one a day.
    pub departures: i64,
    /// Of all together.
    pub tickets: i64,
    pub seed: i64,
}

impl Default for Scale {
    fn default() -> Self {
        Self { organisations: 1000, listings: 100, departures: 10_000, tickets: 5_000_000, seed: 1 }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ScaleError {
    #[error("orders of people are in this database: generated ones must not come between them")]
    RealOrders,
    #[error("it was scaled before")]
    Again,
    #[error("out of bounds: {0}")]
    Bounds(&'static str),
    #[error("there are no places or categories: seed the demo first")]
    Empty,
    #[error("what was written breaks rules: {0:?}")]
    Broken(Vec<(String, i64)>),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Orders lie in this many days until now, departures in as many days behind and ahead.
const DAYS: i64 = 200;
/// Orders of one statement.
const BATCH: usize = 100_000;
/// Departures of one statement.
const DEPARTURES: i64 = 1_000_000;
/// Of so many orders one was given up.
const ENDED: i64 = 25;
/// Places of orders, in turn.
const QUANTITIES: [i32; 8] = [2, 1, 3, 4, 2, 2, 1, 5];
/// Invitations of the first organisation; of every other, three.
const INVITED: i64 = 60;

/// Fills the database; the caller opens and commits the transaction, and sweeps behind it (`sweep`). All others wait meanwhile:
/// nothing else should run. `password_hash` is everybody's.
pub async fn fill(conn: &mut PgConnection, ctx: &Ctx, scale: &Scale, password_hash: &str) -> Result<(), ScaleError> {
    check_bounds(scale)?;
    if queries_people::is_scaled(&mut *conn).await? {
        return Err(ScaleError::Again);
    }
    if queries_people::has_real_orders(&mut *conn).await? {
        return Err(ScaleError::RealOrders);
    }
    if !queries_people::has_places(&mut *conn).await? {
        return Err(ScaleError::Empty);
    }
    queries_bulk::take_your_time(&mut *conn).await?;
    queries_bulk::open(&mut *conn).await?;
    let people = People::of(scale);
    fill_people(&mut *conn, ctx, scale, &people, password_hash).await?;
    fill_tours(&mut *conn, ctx, scale).await?;
    fill_orders(&mut *conn, ctx, scale, &people).await?;
    fill_departures(&mut *conn, ctx, scale).await?;
    fill_what_follows(&mut *conn, scale).await?;
    tracing::info!("indexes");
    queries_bulk::close(&mut *conn).await?;
    queries_bulk::analyze(&mut *conn).await?;
    tracing::info!("what listings are sorted and found by");
    super::queries_write::count_sales(&mut *conn, None).await?;
    refresh_all(&mut *conn, ctx).await?;
    tracing::info!("looking at all of it");
    let broken = queries_check::broken(conn).await?;
    if broken.is_empty() { Ok(()) } else { Err(ScaleError::Broken(broken)) }
}

/// What the database would do by itself some minutes later. Not within a transaction.
pub async fn sweep(conn: &mut PgConnection) -> sqlx::Result<()> {
    tracing::info!("sweeping");
    queries_bulk::vacuum(conn).await
}

/// The rules that counters and copies keep, and how many rows break each; nothing when all hold.
pub async fn broken_rules(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, i64)>> {
    queries_check::broken(conn).await
}

fn check_bounds(scale: &Scale) -> Result<(), ScaleError> {
    let Scale { organisations, listings, departures, tickets, seed } = *scale;
    let bounds = [
        ((1..=50_000).contains(&organisations), "1 to 50,000 organisations"),
        ((1..=1000).contains(&listings), "1 to 1,000 listings each"),
        (departures >= 3 * listings && departures <= 2 * DAYS * listings, "3 to 400 departures a listing"),
        ((1..=20_000_000).contains(&tickets), "1 to 20,000,000 tickets"),
        ((0..=1_000_000).contains(&seed), "a seed from 0 to 1,000,000"),
    ];
    bounds.into_iter().try_for_each(|(holds, bound)| if holds { Ok(()) } else { Err(ScaleError::Bounds(bound)) })
}

/// Who travels.
struct People {
    names: Vec<String>,
    /// All of them.
    travellers: i64,
    /// The first so many have an account.
    accounts: i64,
}

impl People {
    fn of(scale: &Scale) -> Self {
        let travellers = (scale.tickets / 10).max(10);
        Self { names: words::names(), travellers, accounts: (travellers / 25).max(3) }
    }
}

async fn fill_people(
    conn: &mut PgConnection,
    ctx: &Ctx,
    scale: &Scale,
    people: &People,
    password_hash: &str,
) -> Result<(), ScaleError> {
    tracing::info!(organisations = scale.organisations, travellers = people.accounts, "organisations and people");
    let now = ts(ctx.now());
    let requisites = Requisites { bins: words::bins(scale.organisations), ibans: words::ibans(scale.organisations) };
    queries_people::organisations(&mut *conn, now, &requisites, &people.names).await?;
    queries_people::staff(&mut *conn, now, scale, &people.names, password_hash).await?;
    queries_people::travellers(&mut *conn, now, scale, people.accounts, &people.names, password_hash).await?;
    let invited: Vec<i64> =
        (1..=scale.organisations).flat_map(|n| (0..if n == 1 { INVITED } else { 3 }).map(move |_| n)).collect();
    let ids: Vec<_> = invited.iter().map(|_| ctx.id()).collect();
    let digests: Vec<_> = ids.iter().map(|id| digest(&ctx.keys.invitation_token(InvitationId(*id)))).collect();
    queries_people::invitations(conn, now, &ids, &digests, &invited).await?;
    Ok(())
}

async fn fill_tours(conn: &mut PgConnection, ctx: &Ctx, scale: &Scale) -> Result<(), ScaleError> {
    tracing::info!(listings = scale.organisations * scale.listings, "tours");
    queries_tours::listings(&mut *conn, ts(ctx.now()), scale).await?;
    queries_tours::texts(&mut *conn).await?;
    queries_tours::pictures(&mut *conn).await?;
    queries_tours::ticket_types(&mut *conn).await?;
    queries_bulk::analyze(conn).await?;
    Ok(())
}

/// Places of each order, one after the other, in the order of their time; those without tickets have some, too.
fn quantities(tickets: i64) -> Vec<(i32, bool)> {
    let (mut left, mut turn, mut orders) = (tickets, 0, Vec::new());
    for number in 1.. {
        if left == 0 {
            break;
        }
        if number % ENDED == 0 {
            orders.push((QUANTITIES[turn], true));
            continue;
        }
        let quantity = i32::try_from(left).unwrap_or(i32::MAX).min(QUANTITIES[turn]);
        orders.push((quantity, false));
        left -= i64::from(quantity);
        turn = (turn + 1) % QUANTITIES.len();
    }
    orders
}

async fn fill_orders(conn: &mut PgConnection, ctx: &Ctx, scale: &Scale, people: &People) -> Result<(), ScaleError> {
    let orders = quantities(scale.tickets);
    let last = i64::try_from(orders.len()).unwrap_or(i64::MAX);
    // Whoever pays has an hour and a half by now.
    let end = ctx.now() - SignedDuration::from_mins(90);
    let moment = |number: i64| end - SignedDuration::from_millis(DAYS * 86_400_000 / last * (last - number));
    for (batch, part) in orders.chunks(BATCH).enumerate() {
        let first = i64::try_from(batch * BATCH).unwrap_or(i64::MAX) + 1;
        tracing::info!(from = first, of = last, "orders");
        let placed = placed(ctx, scale, first, part, &moment);
        let when = (ts(ctx.now()), day(ctx.today()));
        queries_sales::orders(&mut *conn, when, scale, (people.travellers, people.accounts), &people.names, &placed).await?;
    }
    queries_bulk::analyze_orders(&mut *conn).await?;
    queries_tours::widen_quotas(conn).await?;
    Ok(())
}

fn placed(ctx: &Ctx, scale: &Scale, first: i64, part: &[(i32, bool)], moment: &impl Fn(i64) -> Timestamp) -> Placed {
    let mut placed = Placed::default();
    for (number, (quantity, ended)) in (first..).zip(part) {
        let at = moment(number);
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &ctx.bytes()).into_uuid();
        placed.numbers.push(number);
        placed.ids.push(id);
        placed.digests.push(digest(&ctx.keys.order_token(OrderId(id))));
        placed.codes.push(words::order_number(number, scale.seed));
        placed.moments.push(ts(at));
        placed.quantities.push(*quantity);
        placed.ended.push(*ended);
    }
    placed
}

async fn fill_departures(conn: &mut PgConnection, ctx: &Ctx, scale: &Scale) -> Result<(), ScaleError> {
    let step = (DEPARTURES / scale.departures).max(1);
    let mut first = 1;
    while first <= scale.organisations {
        let last = scale.organisations.min(first + step - 1);
        tracing::info!(organisations = first, of = scale.organisations, "departures");
        queries_tours::departures(&mut *conn, day(ctx.today()), scale, first, last).await?;
        first = last + 1;
    }
    queries_bulk::analyze_departures(conn).await?;
    Ok(())
}

async fn fill_what_follows(conn: &mut PgConnection, scale: &Scale) -> Result<(), ScaleError> {
    tracing::info!(tickets = scale.tickets, "tickets");
    queries_sales::tickets(&mut *conn, scale).await?;
    tracing::info!("parts of orders");
    queries_sales::parts(&mut *conn).await?;
    queries_bulk::analyze(&mut *conn).await?;
    tracing::info!("money");
    queries_sales::money(&mut *conn).await?;
    tracing::info!("what happened");
    queries_sales::events(conn, &words::notes()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_have_as_many_places_as_there_are_tickets() {
        for tickets in [1, 2, 99, 100, 12_345] {
            let orders = quantities(tickets);
            let sold: i64 = orders.iter().filter(|(_, ended)| !ended).map(|(quantity, _)| i64::from(*quantity)).sum();
            assert_eq!(sold, tickets);
            assert!(orders.iter().all(|(quantity, _)| *quantity > 0));
        }
        assert_eq!(quantities(100).iter().filter(|(_, ended)| *ended).count(), 1);
    }

    #[test]
    fn what_cannot_be_spread_is_refused() {
        let of = |listings, departures| check_bounds(&Scale { listings, departures, ..Scale::default() });
        assert!(of(100, 10_000).is_ok() && of(3, 10).is_ok());
        assert!(of(100, 200).is_err(), "two a listing");
        assert!(of(1, 401).is_err(), "two a day");
    }
}
