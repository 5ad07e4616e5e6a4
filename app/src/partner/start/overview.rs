//! All that was told, before it is sent.
use super::{Step, api::SubmitDraft};
use crate::{
    error::AppError,
    partner::{
        form::{Answer, Outcome},
        logo::LogoShown,
        organisation::ClaimedBin,
        pictures::watch,
    },
    ui::{Button, Card, Tone},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::organisation::{OrganisationView, Refusal},
    phone_mask::settled,
    requisites::Iban,
    tr::{organisation as tr, payout as tr_payout},
};

#[component]
pub(super) fn Overview(lang: Lang, draft: OrganisationView) -> impl IntoView {
    let action = ServerAction::<SubmitDraft>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let phone = settled(&draft.phone).unwrap_or(draft.phone);
    let city = draft.city.map(|city| city.name).unwrap_or_default();
    // In the page's language, or in the one that it was written in.
    let about = std::iter::once(&draft.about[lang as usize]).chain(&draft.about).find(|text| !text.is_empty());
    let about = about.cloned().unwrap_or_default();
    let payout = match draft.card {
        Some(card) => (tr_payout::card(lang), card.pretty()),
        None => (tr::iban(lang), Iban::parse(&draft.iban).map_or(draft.iban, |iban| iban.pretty())),
    };
    // One that was sent a moment ago may still be made.
    let logo = draft.logo.map(|logo| {
        let uploads = RwSignal::new(vec![logo]);
        watch(uploads);
        let name = draft.name.clone();
        view! { <LogoShown uploads name/> }.into_any()
    });
    let claimed = draft.bin_claimed;
    let refused = move || {
        let answer = answer.get();
        matches!(answer, Some(Ok(Err(AppError::Refused(Refusal::BinTaken))) | Err(AppError::Refused(Refusal::BinTaken))))
    };
    let claim = Memo::new(move |_| claimed || refused());
    view! {
        <Part lang step=Step::Company rows=vec![(tr::name(lang), draft.name), (tr::bin(lang), draft.bin)]/>
        <Part
            lang
            step=Step::Contact
            rows=vec![(tr::contact_person(lang), draft.contact_person), (tr::phone(lang), phone), (tr::email(lang), draft.email)]
            note=tr::contact_seen(lang)
        />
        <Part
            lang
            step=Step::Profile
            rows=vec![(tr::city(lang), city), (tr::address(lang), draft.address), (tr::about(lang), about)]
            picture=logo
        />
        <Part lang step=Step::Payout rows=vec![payout]/>
        <p class="text-muted">{tr::send_text(lang)}</p>
        <Outcome lang answer pending/>
        {move || claim.get().then(|| view! { <ClaimedBin lang claimed/> })}
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <Button tone=Tone::Action class="w-full" disabled=pending>
                {move || if pending.get() { tr::sending(lang) } else { tr::send(lang) }}
            </Button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Part(
    lang: Lang,
    step: Step,
    rows: Vec<(&'static str, String)>,
    #[prop(optional)] note: Option<&'static str>,
    /// Above them.
    #[prop(optional_no_strip)]
    picture: Option<AnyView>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd class="whitespace-pre-line break-words">{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <Card>
            <div class="flex items-center justify-between gap-2 mb-2">
                <h2 class="text-lg">{step.title(lang)}</h2>
                <a class="btn btn-quiet" href=step.address(lang) aria-label=tr::change_of(lang, step.title(lang))>{tr::change(lang)}</a>
            </div>
            {picture.map(|picture| view! { <div class="mb-3">{picture}</div> })}
            <dl class="cab-facts p-0">{rows}</dl>
            {note.map(|note| view! { <p class="text-sm text-muted mt-3">{note}</p> })}
        </Card>
    }
    .into_any()
}
