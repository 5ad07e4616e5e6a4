//! Who belongs to an organisation, and to which ones somebody belongs.
use super::{PartnerError, queries_invitations, queries_members};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::Timestamp;
use sapar_shared::{
    dto::organisation::{InvitationRow, MemberRow, MembersPage, Membership},
    fold::folded,
    ids::OrganisationId,
    roles::{Permission, Role},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Members on one page.
const PAGE: usize = 50;
/// Before a place in the invitations, which come after all members' first page.
const INVITED: &str = "i.";
/// Organisations to choose from.
const CHOICE: i64 = 100;

/// The first to join come on the first page; on a page they stand by role, then by name. A cursor that is none of ours begins
/// anew.
pub async fn members(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    after: Option<&str>,
) -> Result<MembersPage, PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, role) = actor.member()?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    if let Some(before) = after.and_then(|after| read_cursor(after.strip_prefix(INVITED)?)) {
        let (invitations, next_invitations) = invitations(conn, ctx, organisation, Some(before), limit).await?;
        return Ok(MembersPage { role, members: Vec::new(), next: None, invitations, next_invitations });
    }
    let after = after.and_then(read_cursor);
    let mut rows = queries_members::members(&mut *conn, organisation, after, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| cursor(last.since.to_jiff(), last.account));
    let members = rows.into_iter().map(|row| {
        let account = row.account.into();
        let role = queries_members::role_of(&row.role)?;
        Ok(MemberRow { account, name: row.name, email: row.email, role, me: actor.account == Some(account) })
    });
    let mut members = members.collect::<sqlx::Result<Vec<_>>>()?;
    members.sort_by_cached_key(|row: &MemberRow| (Role::ALL.iter().position(|role| *role == row.role), folded(&row.name)));
    let (invitations, next_invitations) = match after {
        Some(_) => (Vec::new(), None),
        None => invitations(conn, ctx, organisation, None, limit).await?,
    };
    Ok(MembersPage { role, members, next, invitations, next_invitations })
}

/// A page of the open ones, and where the next begins.
async fn invitations(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<(Vec<InvitationRow>, Option<String>), PartnerError> {
    let mut rows = queries_invitations::open(conn, organisation, ctx.now(), before, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|(at, last)| format!("{INVITED}{}", cursor(*at, last.id.0)));
    Ok((rows.into_iter().map(|(_, row)| row).collect(), next))
}

/// The organisations of whoever is signed in; none of a program.
pub async fn memberships(conn: &mut PgConnection, _: &Ctx, actor: &Actor) -> Result<Vec<Membership>, PartnerError> {
    match actor.account {
        Some(account) => Ok(queries_members::memberships(conn, account, CHOICE).await?),
        None => Ok(Vec::new()),
    }
}

fn cursor(since: Timestamp, account: Uuid) -> String {
    format!("{}.{}", since.as_microsecond(), account.simple())
}

fn read_cursor(text: &str) -> Option<(Timestamp, Uuid)> {
    let (micros, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(micros.parse().ok()?).ok()?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back() {
        let at = "2026-11-21T04:00:00.000001Z".parse().expect("a timestamp");
        let id = Uuid::from_u128(7);
        assert_eq!(read_cursor(&cursor(at, id)), Some((at, id)));
        for bad in ["", "1", "x.7", "1.x", "99999999999999999999.0"] {
            assert_eq!(read_cursor(bad), None, "{bad}");
        }
    }
}
