//! What one wants to know before buying.
use super::booking::Booking;
use crate::{
    site::parts::{
        MapLinks,
        words::{cancel_rule, language_names},
    },
    ui::{Card, Glyph, Icon, LinkButton},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::catalog::{Meeting, PartnerCard, ProgrammeStep, Tour},
    maps, paths, tr, when,
};

/// Length, languages, place, cancelling: at a glance.
#[component]
pub fn Facts(lang: Lang, tour: Tour) -> impl IntoView {
    let place = tour.places.iter().rev().take(2).map(|place| place.name.clone()).collect::<Vec<_>>().join(", ");
    let facts = [
        (Glyph::Clock, "fact-mark chip-sky", tr::tour::duration(lang), when::duration(lang, tour.duration_minutes)),
        (Glyph::Speech, "fact-mark chip-iris", tr::tour::languages(lang), language_names(lang, &tour.guide_languages)),
        (Glyph::Pin, "fact-mark chip-apricot", tr::tour::place(lang), place),
        (Glyph::Shield, "fact-mark chip-leaf", tr::tour::cancel(lang), cancel_rule(lang, tour.free_cancel_hours)),
    ]
    .into_iter()
    .filter(|(.., value)| !value.is_empty())
    .map(|(glyph, class, name, value)| {
        view! {
            <div class="fact">
                <dt class="text-sm text-muted">
                    <span class=class>
                        <Icon name=glyph/>
                    </span>
                    {name}
                </dt>
                <dd class="font-semibold">{value}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <h2 class="sr-only">{tr::tour::facts(lang)}</h2>
        <dl class="facts">{facts}</dl>
    }
    .into_any()
}

#[component]
pub fn Details(lang: Lang, tour: Tour, booking: Option<Booking>) -> impl IntoView {
    // A draft that is looked at before it is sold may lack it.
    let about = (!tour.description.is_empty()).then(|| {
        let paragraphs = tour.description.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        view! {
            <section aria-labelledby="about">
                <h2 id="about">{tr::tour::about(lang)}</h2>
                <div class="prose">{paragraphs}</div>
            </section>
        }
    });
    view! {
        <div class="tour-details">
            {about}
            <Programme lang steps=tour.programme booking/>
            <div class="grid gap-8 sm:grid-cols-2">
                <Included title=tr::tour::included(lang) items=tour.included glyph=Glyph::Check class="icon icon-small text-leaf"/>
                <Included title=tr::tour::excluded(lang) items=tour.excluded glyph=Glyph::Cross class="icon icon-small text-muted"/>
            </div>
            <MeetingPoint lang meeting=tour.meeting/>
            <section aria-labelledby="cancel">
                <h2 id="cancel">{tr::tour::cancel(lang)}</h2>
                <p class="font-semibold">{cancel_rule(lang, tour.free_cancel_hours)}</p>
                {(tour.free_cancel_hours > 0).then(|| view! { <p class="text-muted">{tr::tour::cancel_rule(lang)}</p> })}
            </section>
            <Partner lang partner=tour.partner/>
        </div>
    }
    .into_any()
}

/// By the hours of the chosen departure.
#[component]
fn Programme(lang: Lang, steps: Vec<ProgrammeStep>, booking: Option<Booking>) -> impl IntoView {
    if steps.is_empty() {
        return ().into_any();
    }
    let leaves = move || Some(when::local(booking?.departure()?.starts_at).time());
    let list = move || programme_steps(lang, leaves().map_or_else(|| steps.clone(), |at| ProgrammeStep::leaving(&steps, at)));
    view! {
        <section aria-labelledby="programme">
            <h2 id="programme">{tr::tour::programme(lang)}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn programme_steps(lang: Lang, steps: Vec<ProgrammeStep>) -> AnyView {
    let several_days = steps.iter().any(|step| step.day > 1);
    let mut day = 0;
    let items = steps
        .into_iter()
        .map(|step| {
            let starts_day = several_days && step.day != day;
            day = step.day;
            view! {
                <li class="programme-step">
                    {starts_day.then(|| view! { <p class="programme-day">{tr::tour::day(lang, step.day)}</p> })}
                    <div class="programme-line">
                        <time class="programme-time">{step.time}</time>
                        <p class="programme-text">{step.text}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol>{items}</ol> }.into_any()
}

#[component]
fn Included(title: &'static str, items: Vec<String>, glyph: Glyph, class: &'static str) -> impl IntoView {
    if items.is_empty() {
        return ().into_any();
    }
    let items = items
        .into_iter()
        .map(|item| {
            view! {
                <li class="flex gap-2">
                    <span class="pt-1">
                        <Icon name=glyph class/>
                    </span>
                    {item}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2 class="text-xl mb-3">{title}</h2>
            <ul class="grid gap-2">{items}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn MeetingPoint(lang: Lang, meeting: Meeting) -> impl IntoView {
    let has_point = meeting.has_point();
    if !has_point && meeting.text.is_empty() {
        return ().into_any();
    }
    let (lat, lng) = maps::lat_lng(meeting.lat_e6, meeting.lng_e6);
    let map = has_point.then(|| {
        view! {
            <span class="meeting-map" aria-hidden="true">
                <Icon name=Glyph::Pin class="icon meeting-pin"/>
            </span>
        }
    });
    let links = has_point.then(|| {
        view! {
            <p class="text-sm text-muted numbers">{format!("{lat}, {lng}")}</p>
            <MapLinks lang lat_e6=meeting.lat_e6 lng_e6=meeting.lng_e6/>
        }
    });
    view! {
        <section aria-labelledby="meeting">
            <h2 id="meeting">{tr::tour::meeting(lang)}</h2>
            <div class="meeting card">
                {map}
                <div class="card-pad">
                    <p class="font-semibold">{meeting.text}</p>
                    {links}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The first letters of a name's first two words.
#[must_use]
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

#[component]
fn Partner(lang: Lang, partner: PartnerCard) -> impl IntoView {
    let href = paths::organisation(lang, &partner.slug);
    let phone = Phone::parse(&partner.phone).map_or_else(|| partner.phone.clone(), |phone| phone.pretty());
    let about_in = about_in(lang, &partner);
    view! {
        <section aria-labelledby="partner">
            <h2 id="partner">{tr::tour::partner(lang)}</h2>
            <Card class="mt-3">
                <div class="flex gap-4 items-center">
                    <Face name=partner.name.clone() logo=partner.logo.clone()/>
                    <div class="min-w-0">
                        <p class="text-lg font-bold">{partner.name.clone()}</p>
                        <p class="text-muted">{partner_line(lang, &partner)}</p>
                    </div>
                </div>
                <p class="mt-3 whitespace-pre-line" lang=about_in>{partner.about}</p>
                <div class="mt-4 flex flex-wrap gap-2">
                    <LinkButton href=href>{tr::tour::partner_page(lang)}</LinkButton>
                    <a class="btn btn-quiet" href=format!("tel:{}", partner.phone)>
                        <Icon name=Glyph::Phone/>
                        <span class="numbers">{phone}</span>
                    </a>
                </div>
            </Card>
        </section>
    }
    .into_any()
}

/// The partner's logo, or the initials in its place. The name stands beside it.
#[component]
pub fn Face(name: String, logo: Option<String>, #[prop(optional)] large: bool) -> impl IntoView {
    let (class, side) = if large { ("avatar avatar-large", "72") } else { ("avatar", "56") };
    let inside = match logo {
        Some(address) => {
            view! { <img class="w-full h-full object-cover" src=address alt="" width=side height=side loading="lazy" decoding="async"/> }
                .into_any()
        }
        None => initials(&name).into_any(),
    };
    view! { <span class=format!("{class} overflow-hidden") aria-hidden="true">{inside}</span> }.into_any()
}

/// The language in which a partner speaks of themselves, where it is not the page's.
#[must_use]
pub fn about_in(lang: Lang, partner: &PartnerCard) -> Option<&'static str> {
    (partner.about_lang != lang).then(|| partner.about_lang.code())
}

/// City, tours, since when.
#[must_use]
pub fn partner_line(lang: Lang, partner: &PartnerCard) -> String {
    let mut line = format!("{} · {}", partner.city, tr::ui::tours_count(lang, partner.tours));
    if let Some(year) = partner.founded {
        line.push_str(" · ");
        line.push_str(&tr::tour::partner_since(lang, year));
    }
    line
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_letters_stand_for_a_name() {
        assert_eq!(super::initials("Tien Shan Guides"), "TS");
        assert_eq!(super::initials("«степь» экспресс"), "СЭ");
    }
}
