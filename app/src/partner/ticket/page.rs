//! `/partner/tickets/:code`: a ticket's card, where also its QR code's link leads.
use super::{
    api::look_ticket,
    card::TicketCard,
    verdict::{Verdict, error_of_word},
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    partner::{
        desk::{may, who_is_in},
        head::Head,
        trouble::Trouble,
    },
    site::{page_error::set_status, sign_in::next::encode},
    ui::{Crumb, Glyph, Icon, LinkButton, Skeleton},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Redirect,
    hooks::{use_params_map, use_query_map},
};
use sapar_shared::{
    Lang,
    code::{TICKET_CODE_LEN, grouped, normalise},
    paths,
    roles::Permission,
    tr,
};

/// Nothing that stands for a ticket is longer.
const LONGEST: usize = 300;

/// The card of whatever was typed: a code, the signed part of a QR or its whole address.
#[must_use]
pub fn address(lang: Lang, typed: &str) -> String {
    let last = typed.trim().rsplit('/').next().filter(|last| last.len() <= LONGEST).unwrap_or_default();
    let code = normalise(last, TICKET_CODE_LEN).unwrap_or_else(|| encode(last.trim()));
    if code.is_empty() { paths::partner_scan(lang) } else { paths::partner_ticket(lang, &code) }
}

#[component]
pub fn TicketPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let typed = Memo::new(move |_| params.read().get("code").unwrap_or_default());
    let found = page_data(move || typed.get(), move |typed| look_ticket(lang, typed));
    let me = who_is_in();
    let body = move || {
        Suspend::new(async move {
            let lets_on = may(me, Permission::ActivateTickets).await;
            match found.await.flatten() {
                Ok(ticket) => {
                    let query = use_query_map().read_untracked().clone();
                    let first = Verdict::after(ticket, query.get_str("done"));
                    match query.get_str("error").map(error_of_word) {
                        Some(failed) => view! { <TicketCard lang first failed lets_on/> }.into_any(),
                        None => view! { <TicketCard lang first lets_on/> }.into_any(),
                    }
                }
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    // Who may not scan has nothing to go there for.
    let scan = move || {
        Suspend::new(async move {
            may(me, Permission::ActivateTickets).await.then(|| {
                view! {
                    <LinkButton href=paths::partner_scan(lang)>
                        <Icon name=Glyph::Qr class="icon icon-small"/>
                        {tr::gate::to_scan(lang)}
                    </LinkButton>
                }
            })
        })
    };
    // A signed text is no title.
    let title = move || match normalise(&typed.get(), TICKET_CODE_LEN) {
        Some(code) => tr::gate::ticket_title(lang, grouped(&code)),
        None => tr::gate::title(lang).to_owned(),
    };
    view! {
        {move || {
            view! { <Head lang title=title() trail=vec![Crumb::new(tr::partner::scan(lang), paths::partner_scan(lang))]/> }
        }}
        <div class="grid gap-4 mt-2 max-w-xl">
            <h1>{title}</h1>
            <Suspense fallback=|| view! { <Skeleton class="h-96 w-full"/> }>{body}</Suspense>
            <Suspense>{scan}</Suspense>
        </div>
    }
    .into_any()
}

/// `/partner/tickets?code=…`: what a form without a script can say, turned into the address of the card.
#[component]
pub fn FindTicket() -> impl IntoView {
    let lang = use_lang();
    let typed = use_query_map().read_untracked().get("code").unwrap_or_default();
    // `Redirect` alone answers so only to those who ask for HTML by name.
    set_status(302);
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=address(lang, &typed) options/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_one_address() {
        for typed in ["7k2m-9qxa-o3tb", " 7K2M9QXA03TB ", "https://sapar.kz/x/7K2M9QXA03TB"] {
            assert_eq!(address(Lang::Ru, typed), "/ru/partner/tickets/7K2M9QXA03TB", "{typed}");
        }
        assert_eq!(address(Lang::Ru, "https://sapar.kz/t/AbC-_1"), "/ru/partner/tickets/AbC-_1");
        assert_eq!(address(Lang::Ru, "билет?x=1#y"), "/ru/partner/tickets/%D0%B1%D0%B8%D0%BB%D0%B5%D1%82%3Fx%3D1%23y");
        assert_eq!(address(Lang::Ru, "  "), "/ru/partner/scan");
    }
}
