//! What is being waited for, and what to do about each of it.
use super::bin::ClaimedBin;
use crate::{
    site::me::UnprovenEmail,
    ui::{Alert, AlertTone, Card, Glyph, Icon, StatusChip, Tint},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::organisation::{OrganisationStatus, OrganisationView},
    paths,
    tr::organisation as tr,
};

/// `confirmed_now`: the owner comes from the letter that confirmed the e-mail.
#[component]
pub fn Status(lang: Lang, organisation: OrganisationView, confirmed_now: bool) -> impl IntoView {
    match organisation.status {
        OrganisationStatus::Active => view! {
            <p>
                <a class="btn" href=paths::organisation(lang, &organisation.slug)>
                    <Icon name=Glyph::Globe/>
                    {tr::to_public_page(lang)}
                </a>
            </p>
        }
        .into_any(),
        OrganisationStatus::Blocked => view! {
            <Alert tone=AlertTone::Bad>
                <p>{tr::banner_blocked(lang)}</p>
                <BlockRemark lang remark=organisation.block_remark/>
                <p class="mt-2">{tr::blocked_next(lang)}</p>
            </Alert>
        }
        .into_any(),
        OrganisationStatus::Draft | OrganisationStatus::AwaitingCall => {
            let news = (confirmed_now && organisation.confirmed).then(|| after_letter(lang, &organisation));
            let news = news.map(|words| view! { <Alert tone=AlertTone::Good>{words}</Alert> });
            view! {
                {news}
                <WaitingFor lang organisation/>
            }
            .into_any()
        }
    }
}

/// What comes next, now that the e-mail is confirmed.
fn after_letter(lang: Lang, organisation: &OrganisationView) -> String {
    match (organisation.status, organisation.submitted) {
        (OrganisationStatus::AwaitingCall, _) => {
            let phone = Phone::parse(&organisation.phone).map_or_else(|| organisation.phone.clone(), |phone| phone.pretty());
            tr::email_now_call(lang, phone)
        }
        (_, false) => tr::email_now_send(lang).to_owned(),
        // It was sent, and something else keeps it: the card below says what.
        (_, true) => tr::email_now(lang).to_owned(),
    }
}

/// Why it is blocked and what to do about it, as the moderator says it.
#[component]
pub fn BlockRemark(lang: Lang, remark: Option<String>) -> impl IntoView {
    remark.map(|remark| view! { <p class="mt-2 break-words whitespace-pre-line">{tr::block_remark(lang, remark)}</p> }).into_any()
}

#[component]
fn WaitingFor(lang: Lang, organisation: OrganisationView) -> impl IntoView {
    let complete = organisation.is_complete();
    let sent = organisation.submitted;
    let calling = organisation.status == OrganisationStatus::AwaitingCall;
    let (title, text) =
        if calling { (tr::call_title(lang), tr::call_text(lang)) } else { (tr::waiting_title(lang), tr::waiting_text(lang)) };
    let (href, words) = match (sent, complete) {
        (true, _) => (paths::partner_listing_new(lang), tr::to_new_tour(lang)),
        (false, true) => (paths::partner_start(lang), tr::to_overview(lang)),
        (false, false) => (paths::partner_start(lang), tr::to_start(lang)),
    };
    view! {
        <Card>
            <h2>{title}</h2>
            <p class="text-muted mt-1 mb-4">{text}</p>
            <ul class="grid gap-4 mb-4">
                <Item lang done=complete && sent name=tr::item_data(lang) help=if complete { tr::item_send_help(lang) } else { tr::item_data_help(lang) }/>
                <Item lang done=organisation.confirmed name=tr::item_email(lang) help=tr::item_email_help(lang)>
                    {(!organisation.confirmed).then(|| view! { <UnprovenEmail lang/> })}
                </Item>
                <Item lang done=false name=tr::item_call(lang) help=tr::item_call_help(lang)/>
            </ul>
            {organisation
                .bin_taken
                .then(|| {
                    view! {
                        <div class="mb-4">
                            <Alert tone=AlertTone::Warn>
                                <p>{tr::bin_taken(lang)}</p>
                                <ClaimedBin lang claimed=organisation.bin_claimed/>
                            </Alert>
                        </div>
                    }
                })}
            <a class="btn btn-action" href=href>{words}</a>
        </Card>
    }
    .into_any()
}

/// `help` says what to do as long as it is not done, and what is inside helps to.
#[component]
fn Item(
    lang: Lang,
    done: bool,
    name: &'static str,
    help: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (tint, icon, word) =
        if done { (Tint::Leaf, Glyph::Check, tr::done(lang)) } else { (Tint::Amber, Glyph::Clock, tr::waiting(lang)) };
    view! {
        <li class="grid gap-1">
            <span class="flex flex-wrap items-center gap-2">
                <span class="font-semibold">{name}</span>
                <StatusChip tint icon word/>
            </span>
            {(!done).then(|| view! { <span class="text-muted">{help}</span> })}
            {children.map(|children| children())}
        </li>
    }
    .into_any()
}
