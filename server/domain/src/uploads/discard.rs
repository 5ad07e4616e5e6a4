use super::{UploadError, queries, states::organisation};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::ids::UploadId;
use sqlx::PgConnection;

/// Takes a picture out of its listing's count, or, with `discarded` false, back into it. Its files stay: what is published may
/// show them, and whoever deleted it may think again.
pub async fn discard(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: UploadId,
    discarded: bool,
) -> Result<(), UploadError> {
    let at = discarded.then(|| ctx.now());
    if queries::discard(conn, organisation(actor)?, id, at).await? { Ok(()) } else { Err(UploadError::NotFound) }
}
