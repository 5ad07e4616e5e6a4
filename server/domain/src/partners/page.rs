//! The organisation as those see it who may edit it: while it is being signed up, and afterwards.
use super::{PartnerError, company::company, queries, queries_cards, queries_members};
use crate::{
    accounts::Actor,
    kernel::{Ctx, alphabet::sort_key},
};
use sapar_shared::{
    Lang,
    dto::{
        catalog::Named,
        organisation::{CardState, OrganisationPage, OrganisationStatus, OrganisationView, StartView},
    },
    ids::OrganisationId,
    requisites::Iban,
    roles::{Permission, Role},
};
use sqlx::PgConnection;

pub async fn page(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang) -> Result<OrganisationPage, PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let (_, role) = actor.member()?;
    let view = view(&mut *conn, ctx, organisation, role, lang).await?;
    let company = company(&mut *conn, ctx, actor).await?;
    Ok(OrganisationPage { organisation: view, company, cities: cities(conn, lang).await? })
}

/// Whoever is signed in may begin; the draft is shown to those who may edit it.
pub async fn start_page(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang) -> Result<StartView, PartnerError> {
    let account = actor.person()?;
    let person = queries_members::person(&mut *conn, account).await?.ok_or(PartnerError::NotFound)?;
    let current = actor.organisation.as_ref().filter(|(_, _, role)| role.may(Permission::EditOrganisation));
    let draft = match current {
        Some((id, _, role)) if actor.organisation_status == Some(OrganisationStatus::Draft) => {
            Some(view(&mut *conn, ctx, *id, *role, lang).await?)
        }
        _ => None,
    };
    let here = actor.organisation.as_ref().map(|(id, _, _)| *id);
    let other = queries_members::own_unfinished(&mut *conn, account).await?.filter(|own| Some(own.id) != here);
    Ok(StartView { account, person, draft, other, cities: cities(conn, lang).await? })
}

/// All that an organisation may be at home in, as one looks for a name.
async fn cities(conn: &mut PgConnection, lang: Lang) -> sqlx::Result<Vec<Named>> {
    let mut cities = queries::cities(conn, lang.code()).await?;
    cities.sort_by_cached_key(|city| sort_key(&city.name));
    Ok(cities)
}

pub(super) async fn view(
    conn: &mut PgConnection,
    ctx: &Ctx,
    id: OrganisationId,
    role: Role,
    lang: Lang,
) -> Result<OrganisationView, PartnerError> {
    let mut view = queries::view(&mut *conn, id, lang.code()).await?.ok_or(PartnerError::NotFound)?;
    view.logo = queries::logo(&mut *conn, id).await?;
    CardState { card: view.card, asked: view.asked_card } = queries_cards::state(conn, id, ctx.now()).await?;
    view.may_edit_payout = role.may(Permission::EditPayout);
    if !view.may_edit_payout {
        view.iban = Iban::parse(&view.iban).map(|iban| iban.masked()).unwrap_or_default();
    }
    Ok(view)
}
