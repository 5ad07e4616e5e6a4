//! `robots.txt` and the sitemap, an index of files of 10,000 tours with their three languages.
use super::Failure;
use crate::state::AppState;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header::CONTENT_TYPE};
use sapar_domain::catalog;
use sapar_shared::{Lang, paths};
use std::fmt::Write as _;

pub async fn robots(State(state): State<AppState>) -> Response {
    let ctx = &state.services.ctx;
    let mut text = String::from("User-agent: *\nDisallow: /api/\nDisallow: /t/\nDisallow: /o/\nDisallow: /dev/\n");
    for lang in Lang::ALL {
        let _ = writeln!(
            text,
            "Disallow: /{lang}/orders/\nDisallow: /{lang}/checkout/\nDisallow: /{lang}/partner\nDisallow: /{lang}/sign-in\nDisallow: /{lang}/sign-up\nDisallow: /{lang}/confirm/\nDisallow: /{lang}/reset\nDisallow: /{lang}/me"
        );
    }
    let _ = writeln!(text, "Sitemap: {}", ctx.url("/sitemap.xml"));
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn xml(body: String) -> Response {
    ([(CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response()
}

/// The index: `/sitemap/pages.xml`, then one file for each first tour.
pub async fn index(State(state): State<AppState>) -> Result<Response, Failure> {
    let firsts = catalog::sitemap_pages(&mut *state.services.conn().await?).await?;
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let names = ["pages".to_owned(), "tours".to_owned()].into_iter().chain(firsts.iter().map(|after| format!("tours-{after}")));
    for name in names {
        let _ = writeln!(body, "<sitemap><loc>{}</loc></sitemap>", state.services.ctx.url(&format!("/sitemap/{name}.xml")));
    }
    body.push_str("</sitemapindex>\n");
    Ok(xml(body))
}

pub async fn part(State(state): State<AppState>, Path(name): Path<String>) -> Result<Response, Failure> {
    let ctx = &state.services.ctx;
    let mut conn = state.services.conn().await?;
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let mut put = |path: &dyn Fn(Lang) -> String, changed: Option<jiff::Timestamp>| {
        let alternates: String = Lang::ALL
            .iter()
            .map(|l| format!("<xhtml:link rel=\"alternate\" hreflang=\"{l}\" href=\"{}\"/>", ctx.url(&path(*l))))
            .collect();
        for lang in Lang::ALL {
            let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", at.strftime("%Y-%m-%d"))).unwrap_or_default();
            let _ = writeln!(body, "<url><loc>{}</loc>{changed}{alternates}</url>", ctx.url(&path(lang)));
        }
    };
    match name.strip_suffix(".xml") {
        Some("pages") => {
            put(&paths::home, None);
            put(&paths::search, None);
            for slug in catalog::sitemap_partners(&mut conn).await? {
                put(&|lang| paths::organisation(lang, &slug), None);
            }
        }
        Some(tours) if tours.starts_with("tours") => {
            let after = match tours.strip_prefix("tours-") {
                Some(after) => match after.parse() {
                    Ok(after) => Some(after),
                    Err(_) => return Ok(StatusCode::NOT_FOUND.into_response()),
                },
                None => None,
            };
            for entry in catalog::sitemap(&mut conn, after).await? {
                put(&|lang| paths::tour(lang, &entry.slug), Some(entry.updated_at));
            }
        }
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    }
    body.push_str("</urlset>\n");
    Ok(xml(body))
}
