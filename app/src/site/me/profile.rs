//! `/:lang/me/profile`: what one tells of oneself, why it is asked, and how to take it back.
use super::{
    api::{MyProfile, SaveProfile, WithdrawProfile, load_profile},
    frame::{Head, NotHere, Part},
};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Done, Refused, done, field_error, refusal, successes},
        parts::words::language_name,
    },
    ui::{Button, Card, Field, Skeleton, Tone},
};
use jiff::{Timestamp, civil::Date};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Fact, LANGUAGES, NETWORKS, Profile},
    forms::account::birth_dates,
    paths,
    tr::{enter, me as words},
    when,
};

#[component]
pub fn ProfilePage() -> impl IntoView {
    let lang = use_lang();
    let (save, withdraw) = (ServerAction::<SaveProfile>::new(), ServerAction::<WithdrawProfile>::new());
    let (error, withdraw_error) = (refusal(save, "profile"), refusal(withdraw, "withdraw"));
    let saved = done(save, "saved");
    // What was said of the one form does not stand beside what is wrong with the other.
    let saved = Signal::derive(move || saved.get() && withdraw_error.read().is_none());
    let changes = [successes(save), successes(withdraw)];
    let taken = move || changes.iter().map(|count| count.get()).sum::<usize>();
    let profile = page_data(taken, |_| load_profile());
    view! {
        <PageMeta lang title=words::profile(lang) description=words::profile_lead(lang) path=paths::my_profile noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <Head lang part=Part::Profile/>
            <p class="text-muted">{words::profile_lead(lang)}</p>
            <Refused lang error=withdraw_error wrong=enter::err_unavailable(lang)/>
            <Done done=saved text=words::done_saved(lang)/>
            <Transition fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match profile.await {
                        Ok(Ok(MyProfile { profile, today })) => view! {
                            <ProfileForm lang profile=profile.clone() today action=save error/>
                            <Told lang profile action=withdraw/>
                        }
                        .into_any(),
                        Ok(Err(error)) | Err(error) => view! { <NotHere lang part=Part::Profile error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn network_name(code: &str) -> &'static str {
    match code {
        "instagram" => "Instagram",
        "tiktok" => "TikTok",
        "telegram" => "Telegram",
        "whatsapp" => "WhatsApp",
        "youtube" => "YouTube",
        "facebook" => "Facebook",
        "vk" => "VK",
        _ => "Threads",
    }
}

#[component]
fn ProfileForm(
    lang: Lang,
    profile: Profile,
    today: Date,
    action: ServerAction<SaveProfile>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let (first, last) = birth_dates(today);
    let birth_error = Signal::derive(move || {
        error.read().as_ref()?.field("birth_date")?;
        Some(words::birth_date_range(lang, when::full_date(lang, first), when::full_date(lang, last)))
    });
    let network = profile.network.map(|told| told.text).unwrap_or_default();
    let options = NETWORKS
        .map(|code| {
            let chosen = code == network;
            view! { <option value=code selected=chosen>{network_name(code)}</option> }
        })
        .collect_view();
    let languages = LANGUAGES
        .map(|code| {
            let checked = profile.languages.iter().any(|known| known == code);
            view! {
                <label class="pill min-h-11">
                    <input type="checkbox" name=format!("languages[{code}]") value="1" checked=checked/>
                    {language_name(lang, code)}
                </label>
            }
        })
        .collect_view();
    view! {
        <ActionForm action attr:id="profile" attr:novalidate=true>
            <div class="card card-pad grid gap-5">
                <Refused lang error wrong=enter::err_fields(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <Field
                    name="birth_date"
                    kind="date"
                    label=words::birth_date(lang)
                    help=words::birth_date_why(lang)
                    value=profile.birth_date.map(when::iso).unwrap_or_default()
                    autocomplete="bday"
                    min=when::iso(first)
                    max=when::iso(last)
                    error=birth_error
                />
                <Field
                    name="city"
                    label=words::city(lang)
                    help=words::city_why(lang)
                    value=profile.city.map(|told| told.text).unwrap_or_default()
                    autocomplete="address-level2"
                    maxlength=80
                    error=field_error(lang, error, "city")
                />
                <div class="field">
                    <label class="field-label" for="f-network">{words::network(lang)}</label>
                    <select class="control" id="f-network" name="network" aria-describedby="f-network-help">
                        <option value="">{words::network_none(lang)}</option>
                        {options}
                    </select>
                    <p class="field-help" id="f-network-help">{words::network_why(lang)}</p>
                </div>
                <fieldset class="field" aria-describedby="f-languages-help">
                    <legend class="field-label mb-2">{words::languages(lang)}</legend>
                    <div class="flex flex-wrap gap-2">{languages}</div>
                    <p class="field-help" id="f-languages-help">{words::languages_why(lang)}</p>
                </fieldset>
                <p class="field-help">{words::consent(lang)}</p>
                <Button tone=Tone::Action class="w-full" disabled=action.pending()>
                    {move || if action.pending().get() { words::sending(lang) } else { words::save_profile(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// Each with the day of its consent and a button that takes it back.
#[component]
fn Told(lang: Lang, profile: Profile, action: ServerAction<WithdrawProfile>) -> impl IntoView {
    let languages = profile.languages.iter().map(|code| language_name(lang, code)).collect::<Vec<_>>().join(", ");
    let birth_date = profile.birth_date.map(|day| when::full_date(lang, day));
    let network = profile.network.map(|told| (network_name(&told.text).to_owned(), told.agreed_at));
    type Told = Option<(String, Timestamp)>;
    let told: [(Fact, &'static str, Told); 4] = [
        (Fact::BirthDate, words::birth_date(lang), birth_date.zip(profile.birth_date_agreed_at)),
        (Fact::City, words::city(lang), profile.city.map(|told| (told.text, told.agreed_at))),
        (Fact::Network, words::network(lang), network),
        (Fact::Languages, words::languages(lang), profile.languages_agreed_at.map(|at| (languages, at))),
    ];
    if told.iter().all(|(.., value)| value.is_none()) {
        return ().into_any();
    }
    let rows = told
        .into_iter()
        .filter_map(|(fact, name, value)| value.map(|(text, at)| (fact, name, text, at)))
        .map(|(fact, name, text, at)| {
            view! {
                <li class="flex flex-wrap items-center justify-between gap-2">
                    <div class="min-w-0">
                        <p class="break-words">
                            <span class="text-muted">{name}": "</span>
                            {text}
                        </p>
                        <p class="text-sm text-muted">{words::agreed_at(lang, when::full_date(lang, when::local(at).date()))}</p>
                    </div>
                    <ActionForm action>
                        <input type="hidden" name="lang" value=lang.code()/>
                        <input type="hidden" name="fact" value=fact.as_str()/>
                        <button class="btn" aria-label=words::withdraw_of(lang, name) disabled=move || action.pending().get()>
                            {words::withdraw(lang)}
                        </button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <Card class="grid gap-3">
            <h2 class="text-lg">{words::told_title(lang)}</h2>
            <ul class="grid gap-3">{rows}</ul>
        </Card>
    }
    .into_any()
}
