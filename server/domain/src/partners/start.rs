//! The first step of becoming a partner: a draft with its owner.
use super::{PartnerError, choose::choose, queries, queries_members};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    dto::organisation::Refusal,
    forms::{checkout::ContactForm, organisation::CompanyForm},
    ids::OrganisationId,
    roles::Role,
    slug::slug,
};
use sqlx::PgConnection;

/// Whoever is signed in may have one organisation that is not active yet. `session` is the cookie: the draft is chosen in it.
pub async fn start(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    session: &str,
    form: &CompanyForm,
) -> Result<OrganisationId, PartnerError> {
    let account = actor.person()?;
    let company = form.validate().map_err(PartnerError::Form)?;
    // Two taps make one draft.
    queries_members::lock_account(&mut *conn, account).await?;
    if queries_members::own_unfinished(&mut *conn, account).await?.is_some() {
        return Err(PartnerError::Refused(Refusal::OtherDraft));
    }
    let id = OrganisationId(ctx.id());
    let slug = free_slug(&mut *conn, id, &company.name).await?;
    queries::insert_draft(&mut *conn, id, &slug, &company, ctx.now()).await?;
    queries_members::insert_member(&mut *conn, id, account, Role::Owner, ctx.now()).await?;
    // Who signs up is who we call, until they say otherwise.
    if let Some((name, email, phone)) = queries_members::person(&mut *conn, account).await?
        && let Ok(contact) = (ContactForm { name, phone, email }).validate()
    {
        queries::set_contact(&mut *conn, id, &contact).await?;
    }
    choose(conn, ctx, actor, session, id).await?;
    Ok(id)
}

/// The name as an address that no other organisation has; who wants the same one waits for this transaction.
pub(super) async fn free_slug(conn: &mut PgConnection, id: OrganisationId, name: &str) -> sqlx::Result<String> {
    let mut base = slug(name);
    if base.len() < 2 {
        "partner".clone_into(&mut base);
    }
    let taken = queries::slugs_like(conn, id, &base).await?;
    Ok(first_free(&base, &taken))
}

fn first_free(base: &str, taken: &[String]) -> String {
    let free = |slug: &String| !taken.contains(slug);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(free).unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::first_free;

    #[test]
    fn namesakes_are_numbered() {
        let taken = ["tau", "tau-2", "tau-4"].map(str::to_owned);
        assert_eq!(first_free("tau", &taken), "tau-3");
        assert_eq!(first_free("tau", &taken[1..]), "tau");
    }
}
