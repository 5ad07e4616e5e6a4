//! schema.org, as search engines want it. Made on the server only; in the browser every one of these is empty.
use sapar_shared::{
    Lang,
    dto::catalog::{PartnerPage, Tour},
};

#[cfg(feature = "ssr")]
mod made {
    use super::super::origin;
    use sapar_shared::{
        Lang, Money,
        dto::catalog::{DepartureView, PartnerCard, PartnerPage, Tour},
        maps, paths, when,
    };
    use serde_json::{Value, json};

    /// The most departures told about; search engines show the next few.
    const EVENTS: usize = 12;

    fn price(amount: Money) -> String {
        amount.decimal()
    }

    fn crumbs(items: &[(String, String)]) -> Value {
        let items: Vec<Value> = items
            .iter()
            .enumerate()
            .map(|(index, (name, url))| json!({"@type": "ListItem", "position": index + 1, "name": name, "item": url}))
            .collect();
        json!({"@type": "BreadcrumbList", "itemListElement": items})
    }

    fn graph(parts: Vec<Value>) -> String {
        json!({"@context": "https://schema.org", "@graph": parts}).to_string()
    }

    pub(super) fn organisation(lang: Lang) -> String {
        let origin = origin();
        graph(vec![
            json!({"@type": "Organization", "@id": format!("{origin}/#organization"), "name": "Sapar", "url": origin, "logo": format!("{origin}/art/icon.svg")}),
            json!({
                "@type": "WebSite", "name": "Sapar", "url": origin, "inLanguage": lang.code(),
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": format!("{origin}{}?q={{search_term_string}}", paths::search(lang)),
                    "query-input": "required name=search_term_string",
                },
            }),
        ])
    }

    fn organiser(origin: &str, lang: Lang, partner: &PartnerCard) -> Value {
        json!({"@type": "Organization", "name": partner.name, "url": format!("{origin}{}", paths::organisation(lang, &partner.slug)), "telephone": partner.phone})
    }

    fn availability(left: i32) -> &'static str {
        match left {
            ..=0 => "https://schema.org/SoldOut",
            1..=5 => "https://schema.org/LimitedAvailability",
            _ => "https://schema.org/InStock",
        }
    }

    fn local(at: jiff::Timestamp) -> String {
        format!("{}+05:00", when::local(at))
    }

    fn event(origin: &str, lang: Lang, tour: &Tour, images: &[String], departure: &DepartureView) -> Value {
        let (lat, lng) = maps::lat_lng(tour.meeting.lat_e6, tour.meeting.lng_e6);
        let offers: Vec<Value> = tour
            .ticket_types
            .iter()
            .zip(&departure.ticket_types_left)
            .map(|(kind, left)| {
                json!({
                    "@type": "Offer", "name": kind.name, "price": price(kind.price), "priceCurrency": "KZT",
                    "availability": availability(*left),
                    "url": format!("{origin}{}?departure={}", paths::tour(lang, &tour.slug), departure.id),
                })
            })
            .collect();
        json!({
            "@type": "Event", "name": tour.title, "description": tour.summary, "image": images,
            "startDate": local(departure.starts_at), "endDate": local(departure.ends_at),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "remainingAttendeeCapacity": departure.places_left,
            "location": {
                "@type": "Place", "name": tour.meeting.text, "address": tour.meeting.text,
                "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lng},
            },
            "organizer": organiser(origin, lang, &tour.partner),
            "offers": offers,
        })
    }

    pub(super) fn tour(lang: Lang, tour: &Tour) -> String {
        let origin = origin();
        let url = format!("{origin}{}", paths::tour(lang, &tour.slug));
        let largest = |p: &sapar_shared::dto::catalog::Picture| p.widths.last().copied().unwrap_or(p.width);
        let images: Vec<String> =
            tour.pictures.iter().map(|p| format!("{origin}{}", paths::picture(&p.key, largest(p)))).collect();
        let highest = tour.ticket_types.iter().map(|kind| kind.price).max().unwrap_or(tour.price_from);
        let on_sale = tour.departures.iter().any(|departure| departure.places_left > 0);
        let product = json!({
            "@type": "Product", "name": tour.title, "description": tour.summary, "image": images, "url": url,
            "category": tour.category.name, "sku": tour.slug,
            "brand": {"@type": "Brand", "name": tour.partner.name},
            "offers": {
                "@type": "AggregateOffer", "priceCurrency": "KZT", "lowPrice": price(tour.price_from), "highPrice": price(highest),
                "offerCount": tour.ticket_types.len(), "url": url,
                "availability": if on_sale { "https://schema.org/InStock" } else { "https://schema.org/SoldOut" },
                "seller": organiser(&origin, lang, &tour.partner),
            },
        });
        let mut way = vec![
            ("Sapar".to_owned(), format!("{origin}{}", paths::home(lang))),
            (sapar_shared::tr::nav::tours(lang).to_owned(), format!("{origin}{}", paths::search(lang))),
        ];
        way.extend(tour.places.iter().map(|p| (p.name.clone(), format!("{origin}{}?place={}", paths::search(lang), p.slug))));
        way.push((tour.title.clone(), url));
        let events = tour.departures.iter().take(EVENTS).map(|departure| event(&origin, lang, tour, &images, departure));
        graph([product, crumbs(&way)].into_iter().chain(events).collect())
    }

    pub(super) fn partner(lang: Lang, page: &PartnerPage) -> String {
        let origin = origin();
        let url = format!("{origin}{}", paths::organisation(lang, &page.partner.slug));
        let mut body = organiser(&origin, lang, &page.partner);
        body["description"] = json!(page.partner.about);
        body["email"] = json!(page.email);
        body["address"] = json!({"@type": "PostalAddress", "addressLocality": page.partner.city});
        if let Some(year) = page.partner.founded {
            body["foundingDate"] = json!(year.to_string());
        }
        graph(vec![
            body,
            crumbs(&[("Sapar".to_owned(), format!("{origin}{}", paths::home(lang))), (page.partner.name.clone(), url)]),
        ])
    }
}

/// The platform itself and how to search it.
#[must_use]
pub fn organisation(lang: Lang) -> String {
    #[cfg(feature = "ssr")]
    return made::organisation(lang);
    #[cfg(not(feature = "ssr"))]
    {
        let _ = lang;
        String::new()
    }
}

/// A tour as a product with its next departures as events, and the way to it.
#[must_use]
pub fn tour(lang: Lang, tour: &Tour) -> String {
    #[cfg(feature = "ssr")]
    return made::tour(lang, tour);
    #[cfg(not(feature = "ssr"))]
    {
        let _ = (lang, tour);
        String::new()
    }
}

/// An organisation that runs tours.
#[must_use]
pub fn partner(lang: Lang, page: &PartnerPage) -> String {
    #[cfg(feature = "ssr")]
    return made::partner(lang, page);
    #[cfg(not(feature = "ssr"))]
    {
        let _ = (lang, page);
        String::new()
    }
}
