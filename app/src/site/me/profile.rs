//! `/:lang/me/profile`: what one tells of oneself, why it is asked, and how to take it back.
use super::{
    api::{MyProfile, SaveProfile, WithdrawProfile, load_profile},
    frame::{Head, NotHere, Part},
};
use crate::wire::page_data;
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Done, Refused, done, field_error, focus_first, refusal, successes},
        parts::words::language_name,
        sign_in::next,
    },
    ui::{Button, Card, Field, Skeleton, Tone, field::FieldError},
};
use jiff::{Timestamp, civil::Date};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::account::{Fact, LANGUAGES, NETWORKS, Profile, Told},
    forms::{FieldError as Wrong, account::birth_dates},
    paths,
    tr::{enter, me as words},
    when,
};

/// Where it is said what came of taking something back.
const SAID: &str = "withdrawn-said";

#[component]
pub fn ProfilePage() -> impl IntoView {
    let lang = use_lang();
    let (save, withdraw) = (ServerAction::<SaveProfile>::new(), ServerAction::<WithdrawProfile>::new());
    let (error, withdraw_error) = (refusal(save, "profile"), refusal(withdraw, "withdraw"));
    let (saved, taken_back) = (done(save, "saved"), done(withdraw, "withdrawn"));
    // The newest answer alone is said.
    let saved = Signal::derive(move || saved.get() && withdraw.value().get().is_none());
    Effect::new(move |_| {
        if save.value().get().is_some() {
            withdraw.clear();
        }
    });
    focus_first(error, control_of);
    let changes = [successes(save), successes(withdraw)];
    let taken = move || changes.iter().map(|count| count.get()).sum::<usize>();
    let profile = page_data(taken, |_| load_profile());
    // Which of them is on its way back: an action forgets what it was sent with as soon as it has its answer.
    let withdrawn = RwSignal::new(None::<Fact>);
    Effect::new(move |_| {
        let answer = withdraw.value().get();
        if matches!(answer, Some(Ok(Ok(())))) {
            if let Some(fact) = withdrawn.get_untracked() {
                empty(fact);
            }
            if matches!(save.value().get_untracked(), Some(Ok(Ok(())))) {
                save.clear();
            }
        }
        // The button that was pressed may be gone, and the focus with it.
        if answer.is_some() {
            request_animation_frame(|| browser::focus(SAID));
        }
    });
    view! {
        <PageMeta lang title=words::profile(lang) description=words::profile_lead(lang) path=paths::my_profile noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <Head lang part=Part::Profile/>
            <p class="text-muted">{words::profile_lead(lang)}</p>
            <Transition fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match profile.await {
                        Ok(Ok(MyProfile { profile, today })) => view! {
                            <ProfileForm lang profile=profile.clone() today action=save error saved/>
                            <TakeBack lang profile action=withdraw withdrawn/>
                        }
                        .into_any(),
                        Ok(Err(error)) | Err(error) => view! { <NotHere lang part=Part::Profile error/> }.into_any(),
                    }
                })}
            </Transition>
            <div id=SAID class="scroll-mb-24" tabindex="-1">
                <Refused lang error=withdraw_error wrong=enter::err_unavailable(lang)/>
                <Done done=taken_back text=words::done_withdrawn(lang)/>
            </div>
        </div>
    }
    .into_any()
}

/// Whatever is to be put right first: the mark that is missing, the first of the languages, else the field itself.
fn control_of(field: &str, wrong: Wrong) -> String {
    match wrong {
        Wrong::Consent => agreed_id(field),
        _ if field == Fact::Languages.as_str() => language_id(LANGUAGES[0]),
        _ => format!("f-{field}"),
    }
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

/// What a fact's part of the form knows: whether it was agreed to, and what is wrong with it.
#[derive(Clone, Copy)]
struct Asked {
    lang: Lang,
    fact: Fact,
    name: &'static str,
    agreed: bool,
    error: Signal<Option<AppError>>,
}

impl Asked {
    fn wrong(self) -> Signal<Option<String>> {
        field_error(self.lang, self.error, self.fact.as_str())
    }
}

/// The mark without which nothing is taken.
#[component]
fn Consent(asked: Asked) -> impl IntoView {
    let Asked { lang, fact, name, agreed, .. } = asked;
    let fact = fact.as_str();
    view! {
        <label class="flex items-center gap-2 min-h-11">
            <input
                id=agreed_id(fact)
                type="checkbox"
                name=format!("agreed[{fact}]")
                value="1"
                checked=agreed
                aria-describedby=format!("f-{fact}-error")
            />
            <span class="min-w-0">{words::agree(lang, name)}</span>
        </label>
    }
    .into_any()
}

#[component]
fn ProfileForm(
    lang: Lang,
    profile: Profile,
    today: Date,
    action: ServerAction<SaveProfile>,
    error: Signal<Option<AppError>>,
    saved: Signal<bool>,
) -> impl IntoView {
    let (first, last) = birth_dates(today);
    let asked = |fact, name, agreed| Asked { lang, fact, name, agreed, error };
    let called = asked(Fact::Name, words::name(lang), profile.name.is_some());
    let birth_date = asked(Fact::BirthDate, words::birth_date(lang), profile.birth_date.is_some());
    let city = asked(Fact::City, words::city(lang), profile.city.is_some());
    let network = asked(Fact::Network, words::network(lang), profile.network.is_some());
    let languages = asked(Fact::Languages, words::languages(lang), !profile.languages.is_empty());
    let birth_wrong = birth_date.wrong();
    let birth_error = Signal::derive(move || {
        let wrong = error.read().as_ref()?.field("birth_date")?;
        let range = || words::birth_date_range(lang, when::full_date(lang, first), when::full_date(lang, last));
        if wrong == Wrong::Date { Some(range()) } else { birth_wrong.get() }
    });
    let text = |told: Option<Told>| told.map(|told| told.text).unwrap_or_default();
    view! {
        <ActionForm action attr:id="profile" attr:novalidate=true>
            <div class="card card-pad grid gap-5">
                <input type="hidden" name="lang" value=lang.code()/>
                <TextField asked=called help=words::name_why(lang) value=text(profile.name) autocomplete="name" maxlength=100/>
                <div>
                    <Field
                        name="birth_date"
                        kind="date"
                        label=birth_date.name
                        help=words::birth_date_why(lang)
                        value=profile.birth_date.map(when::iso).unwrap_or_default()
                        autocomplete="bday"
                        min=when::iso(first)
                        max=when::iso(last)
                        error=birth_error
                    />
                    <Consent asked=birth_date/>
                </div>
                <TextField asked=city help=words::city_why(lang) value=text(profile.city) autocomplete="address-level2" maxlength=80/>
                <NetworkField asked=network chosen=text(profile.network)/>
                <LanguagesField asked=languages chosen=profile.languages/>
                <p class="field-help">{words::consent(lang)}</p>
                <Refused lang error wrong=enter::err_fields(lang)/>
                <SignInBeside lang error/>
                <Done done=saved text=words::done_saved(lang)/>
                <Button tone=Tone::Action class="w-full" disabled=action.pending()>
                    {move || if action.pending().get() { words::sending(lang) } else { words::save_profile(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// The way back in for whoever's session has ended: in another tab, for what was typed here is not saved yet.
#[component]
fn SignInBeside(lang: Lang, error: Signal<Option<AppError>>) -> impl IntoView {
    let shut_out = move || error.get() == Some(AppError::SignInFirst);
    view! {
        <div class="empty:hidden" aria-live="polite">
            {move || {
                shut_out()
                    .then(|| {
                        view! {
                            <div class="grid gap-2 justify-items-start">
                                <p>{words::kept_here(lang)}</p>
                                <a class="btn" href=next::sign_in(lang, &paths::my_profile(lang)) target="_blank">
                                    {words::sign_in_beside(lang)}
                                </a>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn TextField(asked: Asked, help: &'static str, value: String, autocomplete: &'static str, maxlength: u32) -> impl IntoView {
    view! {
        <div>
            <Field name=asked.fact.as_str() label=asked.name help value autocomplete maxlength error=asked.wrong()/>
            <Consent asked/>
        </div>
    }
    .into_any()
}

#[component]
fn NetworkField(asked: Asked, chosen: String) -> impl IntoView {
    let lang = asked.lang;
    let options = NETWORKS
        .map(|code| {
            let chosen = code == chosen;
            view! { <option value=code selected=chosen>{network_name(code)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" for="f-network">{asked.name}</label>
            <select class="control" id="f-network" name="network" aria-describedby="f-network-help f-network-error">
                <option value="">{words::network_none(lang)}</option>
                {options}
            </select>
            <p class="field-help" id="f-network-help">{words::network_why(lang)}</p>
            <FieldError id="f-network-error".to_owned() error=asked.wrong()/>
            <Consent asked/>
        </div>
    }
    .into_any()
}

#[component]
fn LanguagesField(asked: Asked, chosen: Vec<String>) -> impl IntoView {
    let lang = asked.lang;
    let languages = LANGUAGES
        .map(|code| {
            let checked = chosen.iter().any(|known| known == code);
            view! {
                <label class="pill min-h-11">
                    <input id=language_id(code) type="checkbox" name=format!("languages[{code}]") value="1" checked=checked/>
                    {language_name(lang, code)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby="f-languages-help f-languages-error">
            <legend class="field-label mb-2">{asked.name}</legend>
            <div class="flex flex-wrap gap-2">{languages}</div>
            <p class="field-help" id="f-languages-help">{words::languages_why(lang)}</p>
            <FieldError id="f-languages-error".to_owned() error=asked.wrong()/>
            <Consent asked/>
        </fieldset>
    }
    .into_any()
}

fn agreed_id(fact: &str) -> String {
    format!("f-agreed-{fact}")
}

fn language_id(code: &str) -> String {
    format!("f-languages-{code}")
}

/// What was taken back stands in the form no more; what else was typed there stays.
fn empty(fact: Fact) {
    let name = fact.as_str();
    browser::empty(&agreed_id(name));
    browser::empty(&format!("f-{name}"));
    if fact == Fact::Languages {
        for code in LANGUAGES {
            browser::empty(&language_id(code));
        }
    }
}

/// Each with the day of its consent and a button that takes it back.
#[component]
fn TakeBack(
    lang: Lang,
    profile: Profile,
    action: ServerAction<WithdrawProfile>,
    withdrawn: RwSignal<Option<Fact>>,
) -> impl IntoView {
    let languages = profile.languages.iter().map(|code| language_name(lang, code)).collect::<Vec<_>>().join(", ");
    let birth_date = profile.birth_date.map(|day| when::full_date(lang, day));
    let network = profile.network.map(|told| (network_name(&told.text).to_owned(), told.agreed_at));
    type Kept = Option<(String, Timestamp)>;
    let told: [(Fact, &'static str, Kept); 5] = [
        (Fact::Name, words::name(lang), profile.name.map(|told| (told.text, told.agreed_at))),
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
                <li class="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3">
                    <div class="min-w-0">
                        <p class="wrap-anywhere">
                            <span class="text-muted">{name}": "</span>
                            {text}
                        </p>
                        <p class="text-sm text-muted">{words::agreed_at(lang, when::full_date(lang, when::local(at).date()))}</p>
                    </div>
                    <ActionForm action>
                        <input type="hidden" name="lang" value=lang.code()/>
                        <input type="hidden" name="fact" value=fact.as_str()/>
                        <button
                            class="btn"
                            aria-label=words::withdraw_of(lang, name)
                            disabled=move || action.pending().get()
                            on:click=move |_| withdrawn.set(Some(fact))
                        >
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
