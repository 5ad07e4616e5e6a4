//! Pages whose data do not tell whether they may be seen, for they have none, or ask later.
use super::{desk::who_is_in, trouble::Trouble};
use crate::error::AppError;
use leptos::prelude::*;
use sapar_shared::{Lang, roles::Permission};

/// `children` for whoever may do this; the others read that they may not. Only for what is shown: every server function asks for
/// itself. Where it is not known who is in, the page is there: the scanner has to open without a network, too.
#[component]
pub fn OnlyFor(lang: Lang, permission: Permission, children: ChildrenFn) -> impl IntoView {
    let me = who_is_in();
    let inside = move || {
        let children = children.clone();
        Suspend::new(async move {
            match me.0.await {
                Ok(Ok(me)) if !me.role.may(permission) => view! { <Trouble lang error=AppError::Forbidden/> }.into_any(),
                _ => children(),
            }
        })
    };
    view! { <Suspense>{inside}</Suspense> }.into_any()
}
