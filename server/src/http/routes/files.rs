//! Pictures, and the documents of an order for whoever holds its link.
use super::Failure;
use crate::{papers, state::AppState};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use object_store::{ObjectStoreExt as _, path::Path as StorePath};
use sapar_domain::{Services, orders};
use sapar_shared::{code::grouped, dto::order::OrderView, paths, when};

fn not_found() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

fn with(mut response: Response, headers: &[(HeaderName, String)]) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// `<key>-<width>.webp`. Keys are never reused, so browsers may keep it for ever.
pub async fn picture(State(state): State<AppState>, Path(name): Path<String>) -> Result<Response, Failure> {
    let stem = name.strip_suffix(".webp").unwrap_or_default();
    if stem.is_empty() || !stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Ok(not_found());
    }
    match state.services.files.get(&StorePath::from(format!("pictures/{name}"))).await {
        Ok(found) => {
            let headers = [(CONTENT_TYPE, "image/webp".into()), (CACHE_CONTROL, "public, max-age=31536000, immutable".into())];
            Ok(with(axum::body::Body::from_stream(found.into_stream()).into_response(), &headers))
        }
        Err(object_store::Error::NotFound { .. }) => Ok(not_found()),
        Err(error) => Err(error.into()),
    }
}

async fn order(services: &Services, token: &str) -> Result<Option<OrderView>, Failure> {
    Ok(orders::view(&mut *services.conn().await?, &services.ctx, token, None).await?)
}

/// `tickets.pdf`, `calendar.ics` or `ticket-<n>.png` of an order that has tickets.
pub async fn document(State(state): State<AppState>, Path((token, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let Some(order) = order(&state.services, &token).await? else { return Ok(not_found()) };
    if !order.status.has_tickets() {
        return Ok(not_found());
    }
    let position = || name.strip_prefix("ticket-")?.strip_suffix(".png")?.parse::<usize>().ok();
    let (bytes, content_type) = match name.as_str() {
        papers::PDF => (papers::pdf(&state.services, order.id).await?, "application/pdf"),
        "calendar.ics" => (Some(calendar(&state.services, &order).into()), "text/calendar; charset=utf-8"),
        _ => match position() {
            Some(position) => (papers::png(&state.services, order.id, position).await?, "image/png"),
            None => (None, ""),
        },
    };
    let Some(bytes) = bytes else { return Ok(not_found()) };
    let file = format!("inline; filename=\"sapar-{}-{name}\"", order.number);
    let headers = [
        (CONTENT_TYPE, content_type.into()),
        (CONTENT_DISPOSITION, file),
        (CACHE_CONTROL, "private, no-store".into()),
        (HeaderName::from_static("referrer-policy"), "no-referrer".into()),
    ];
    Ok(with(bytes.into_response(), &headers))
}

/// One event a departure (RFC 5545), with an alarm the evening before.
fn calendar(services: &Services, order: &OrderView) -> String {
    let stamp = |at: jiff::Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".into(), "PRODID:-//Sapar//Tickets//RU".into()];
    let mut seen = Vec::new();
    for line in &order.lines {
        if seen.contains(&line.departure_id) {
            continue;
        }
        seen.push(line.departure_id);
        let codes: Vec<String> =
            order.tickets.iter().filter(|t| t.starts_at == line.starts_at).map(|t| grouped(&t.code)).collect();
        let page = services.ctx.url(&paths::order(order.lang, &order.token));
        let about = format!("{}\n{}\n{page}", when::moment_text(order.lang, line.starts_at), codes.join("\n"));
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}@sapar", order.number, line.departure_id),
            format!("DTSTAMP:{}", stamp(order.placed_at)),
            format!("DTSTART:{}", stamp(line.starts_at)),
            format!("DTEND:{}", stamp(line.ends_at)),
            format!("SUMMARY:{}", escape(&line.listing_title)),
            format!("LOCATION:{}", escape(&line.meeting_text)),
            format!("DESCRIPTION:{}", escape(&about)),
            format!("URL:{page}"),
            "BEGIN:VALARM".into(),
            "TRIGGER:-PT12H".into(),
            "ACTION:DISPLAY".into(),
            format!("DESCRIPTION:{}", escape(&line.listing_title)),
            "END:VALARM".into(),
            "END:VEVENT".into(),
        ]);
    }
    lines.push("END:VCALENDAR".into());
    lines.iter().map(|line| folded(line)).collect()
}

/// TEXT values: backslash, comma, semicolon and newline are escaped.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\r', "").replace('\n', "\\n")
}

/// Lines end in CRLF and are at most 75 bytes long; the rest goes on after a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut room = 75;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let folded = folded(&format!("SUMMARY:{}", "Көлсай ".repeat(20)));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end_matches("\r\n"), format!("SUMMARY:{}", "Көлсай ".repeat(20)));
        assert_eq!(escape("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
