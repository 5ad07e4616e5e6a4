//! The end of the account: what goes, what stays and why, what stands in the way.
use super::api::EraseAccount;
use crate::{
    error::AppError,
    site::enter::{Refused, caret, own_password_error},
    ui::{Alert, AlertTone, Button, Card, LinkButton, PasswordField, Tone},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Erasure, OrderAhead},
    paths,
    tr::{enter, me, privacy as words},
    when,
};

#[component]
pub(super) fn Erase(
    lang: Lang,
    erasure: Erasure,
    action: ServerAction<EraseAccount>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let possible = erasure.is_possible();
    let Erasure { orders, ahead, owned, unfinished } = erasure;
    let goes = [words::goes_sign_in(lang), words::goes_profile(lang), words::goes_member(lang), words::goes_names(lang)];
    let drafts = unfinished.into_iter().map(|name| words::goes_unfinished(lang, name));
    let goes = goes.into_iter().map(str::to_owned).chain(drafts).map(item).collect_view();
    let of_orders = if orders > 0 { words::stays_orders(lang, orders) } else { words::stays_none(lang).to_owned() };
    let stays = [of_orders, words::stays_organisation(lang).to_owned()].map(item).collect_view();
    let last = if possible {
        view! { <Form lang action error/> }.into_any()
    } else {
        view! {
            <Ahead lang orders=ahead/>
            <Owned lang names=owned/>
        }
        .into_any()
    };
    view! {
        <Card class="grid gap-4">
            <h2 class="text-lg">{words::erase_title(lang)}</h2>
            <h3 class="font-semibold">{words::goes_title(lang)}</h3>
            <ul class="grid gap-1 list-disc pl-5 text-muted">{goes}</ul>
            <h3 class="font-semibold">{words::stays_title(lang)}</h3>
            <ul class="grid gap-1 list-disc pl-5 text-muted">{stays}</ul>
            {last}
        </Card>
    }
    .into_any()
}

fn item(text: String) -> impl IntoView {
    view! { <li class="break-words">{text}</li> }
}

#[component]
fn Ahead(lang: Lang, orders: Vec<OrderAhead>) -> impl IntoView {
    if orders.is_empty() {
        return ().into_any();
    }
    let rows = orders
        .into_iter()
        .map(|order| {
            view! {
                <li>
                    <a class="link break-words" href=paths::order(lang, &order.token) rel="external">
                        {words::ahead_row(lang, order.title, order.number)}
                    </a>
                    <p class="text-sm text-muted">{words::ahead_until(lang, when::moment_text(lang, order.over_at))}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="grid gap-2" aria-labelledby="ahead-title">
            <h3 id="ahead-title" class="font-semibold">{words::ahead_title(lang)}</h3>
            <p class="text-muted">{words::ahead_text(lang)}</p>
            <ul class="grid gap-2">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Owned(lang: Lang, names: Vec<String>) -> impl IntoView {
    if names.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="grid gap-2" aria-labelledby="owned-title">
            <h3 id="owned-title" class="font-semibold">{words::owned_title(lang)}</h3>
            <p class="text-muted">{words::owned_text(lang)}</p>
            <ul class="grid gap-1 list-disc pl-5">{names.into_iter().map(item).collect_view()}</ul>
            <LinkButton href=paths::partner_members(lang)>{words::owned_go(lang)}</LinkButton>
        </section>
    }
    .into_any()
}

#[component]
fn Form(lang: Lang, action: ServerAction<EraseAccount>, error: Signal<Option<AppError>>) -> impl IntoView {
    caret(error, "x-password");
    view! {
        <Alert tone=AlertTone::Warn>{words::no_way_back(lang)}</Alert>
        <ActionForm action attr:id="erase" attr:novalidate=true>
            <div class="grid gap-4">
                <Refused lang error wrong=me::password_wrong(lang) over=words::not_yet(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <PasswordField
                    name="password"
                    id_prefix="x"
                    label=words::erase_password(lang)
                    show=enter::show(lang)
                    hide=enter::hide(lang)
                    show_label=enter::show_password(lang)
                    error=own_password_error(lang, error)
                />
                <p class="field-help">
                    {words::forgot(lang)} " "
                    <a class="link" href=paths::reset(lang)>{words::forgot_go(lang)}</a>
                </p>
                <Button tone=Tone::Danger class="w-full" disabled=action.pending()>
                    {move || if action.pending().get() { me::sending(lang) } else { words::erase(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}
