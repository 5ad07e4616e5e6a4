//! What the desk's screens share: refusals in words, and whether the member may do a thing.
use crate::{error::AppError, layout::cabinet::WhoIsIn};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{desk::DeskRefusal, organisation::OrganisationStatus},
    roles::{Permission, Role},
    tr::orders as words,
};

/// What a server function of the desk answers: done, refused for a reason that the form shows, or an error of the page's.
pub type Desk<T> = Result<Result<Result<T, DeskRefusal>, AppError>, AppError>;

/// Whether the one who is signed in may do it. Only for what is shown: every server function asks for itself.
pub async fn may(me: WhoIsIn, permission: Permission) -> bool {
    me.0.await.ok().and_then(Result::ok).is_some_and(|me| me.role.may(permission))
}

/// Whether they may sell at the counter, and there is something that may be sold.
pub async fn sells(me: WhoIsIn) -> bool {
    me.0.await.ok().and_then(Result::ok).is_some_and(|me| sells_now(me.role, me.status))
}

#[must_use]
pub fn sells_now(role: Role, status: OrganisationStatus) -> bool {
    role.may(Permission::SellForCash) && status == OrganisationStatus::Active
}

/// Where the organisation stands that sells nothing; `None` of an active one, and where it is not known.
pub async fn inactive(me: WhoIsIn) -> Option<OrganisationStatus> {
    let status = me.0.await.ok().and_then(Result::ok)?.status;
    Some(status).filter(|status| *status != OrganisationStatus::Active)
}

/// To be called before a screen begins to wait for its data.
#[must_use]
pub fn who_is_in() -> WhoIsIn {
    expect_context::<WhoIsIn>()
}

#[must_use]
pub fn refusal(lang: Lang, refusal: DeskRefusal) -> String {
    match refusal {
        DeskRefusal::NotPaid => words::refused_not_paid(lang).to_owned(),
        DeskRefusal::Used => words::refused_used(lang).to_owned(),
        DeskRefusal::TooOften => words::refused_often(lang).to_owned(),
        DeskRefusal::JustSent => words::refused_just_sent(lang).to_owned(),
        DeskRefusal::NoAddress => words::refused_address(lang).to_owned(),
        DeskRefusal::Name => words::refused_name(lang).to_owned(),
        DeskRefusal::Note => words::refused_note(lang).to_owned(),
        DeskRefusal::NoDeparture => words::refused_departure(lang).to_owned(),
        DeskRefusal::Left => words::refused_left(lang).to_owned(),
        DeskRefusal::CalledOff => words::refused_called_off(lang).to_owned(),
        DeskRefusal::AlreadyThere => words::refused_there(lang).to_owned(),
        DeskRefusal::SoldOut { left: 0 } | DeskRefusal::TypeSoldOut { left: 0, .. } => words::refused_none_left(lang).to_owned(),
        DeskRefusal::SoldOut { left } | DeskRefusal::TypeSoldOut { left, .. } => words::refused_sold_out(lang, i64::from(left)),
        DeskRefusal::CostsMore { difference } => words::refused_costs(lang, difference),
        DeskRefusal::NothingToPay => words::refused_nothing_to_pay(lang).to_owned(),
        DeskRefusal::Quantity => words::refused_quantity(lang).to_owned(),
        DeskRefusal::Bounds { min, max, .. } => words::refused_bounds(lang, min, max),
        DeskRefusal::NotCash => words::refused_not_cash(lang).to_owned(),
        DeskRefusal::NotYours => words::refused_not_yours(lang).to_owned(),
        DeskRefusal::TooLate => words::refused_too_late(lang).to_owned(),
        DeskRefusal::Changed { now } => words::refused_changed(lang, now),
        DeskRefusal::SoldByOthers => words::refused_by_others(lang).to_owned(),
        DeskRefusal::TooMany => words::refused_too_many(lang).to_owned(),
        DeskRefusal::ViewName => words::refused_view_name(lang).to_owned(),
        DeskRefusal::ViewTaken => words::refused_view_taken(lang).to_owned(),
        DeskRefusal::ViewsFull => words::refused_views_full(lang).to_owned(),
        DeskRefusal::ViewEmpty => words::refused_view_empty(lang).to_owned(),
    }
}

/// The sentence of an answer that is no success; `None` for one.
#[must_use]
pub fn trouble<T>(lang: Lang, answer: &Desk<T>) -> Option<String> {
    match answer {
        Ok(Ok(Ok(_))) => None,
        Ok(Ok(Err(why))) => Some(refusal(lang, *why)),
        Ok(Err(error)) | Err(error) => Some(match error {
            AppError::SignInFirst => sapar_shared::tr::partner::sign_in_again_text(lang).to_owned(),
            AppError::Forbidden => sapar_shared::tr::partner::forbidden_text(lang).to_owned(),
            AppError::NotFound => sapar_shared::tr::partner::not_found_text(lang).to_owned(),
            _ => words::failed(lang).to_owned(),
        }),
    }
}

#[cfg(feature = "ssr")]
pub use server::{flat, outcome};

#[cfg(feature = "ssr")]
mod server {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::orders::DeskError;
    use sapar_shared::dto::desk::DeskRefusal;

    /// The answer of a use case that refuses nothing by a reason of its own.
    pub fn flat<T>(done: Result<T, DeskError>) -> Result<T, AppError> {
        outcome(done)?.map_err(unavailable)
    }

    /// A use case's answer as it travels.
    pub fn outcome<T>(done: Result<T, DeskError>) -> Result<Result<T, DeskRefusal>, AppError> {
        match done {
            Ok(value) => Ok(Ok(value)),
            Err(DeskError::Refused(why)) => Ok(Err(why)),
            Err(DeskError::Forbidden(_)) => Err(AppError::Forbidden),
            Err(DeskError::NotFound) => Err(AppError::NotFound),
            Err(DeskError::Form(errors)) => Err(AppError::Fields(errors)),
            Err(DeskError::Database(cause)) => Err(unavailable(cause)),
        }
    }
}
