//! Which of one's organisations this session is in.
use super::{PartnerError, queries_members};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::{Ctx, db::OnConstraint as _, keys::digest},
};
use sapar_shared::ids::OrganisationId;
use sqlx::PgConnection;

/// `session` is the cookie. Anybody may ask: the database lets only a membership be chosen.
pub async fn choose(
    conn: &mut PgConnection,
    _: &Ctx,
    actor: &Actor,
    session: &str,
    organisation: OrganisationId,
) -> Result<(), PartnerError> {
    let account = actor.person()?;
    let done = queries_members::choose(conn, &digest(session), account, organisation)
        .await
        .on_constraint("sessions_membership", || PartnerError::Forbidden(Forbidden))?;
    if done { Ok(()) } else { Err(Forbidden.into()) }
}
