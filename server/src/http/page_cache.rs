//! Public pages as anonymous visitors see them, kept in process for seconds.
//!
//! A page is kept cut at its nonce, and each answer is put together with a fresh one; compressed ones, too, of parts that
//! were compressed once. It is dropped when the database tells that its listing's places, prices or texts changed (by
//! LISTEN/NOTIFY, so in every process).
use super::{
    csp::page_policy,
    gzip::{self, Packed},
};
use crate::state::AppState;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, SET_COOKIE, VARY,
    },
};
use moka::future::Cache;
use sapar_domain::{Services, catalog};
use sapar_shared::ids::ListingId;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// How stale a list of results may be; a tour's own page is dropped at once when something changes.
const TTL: Duration = Duration::from_secs(5);
/// Of all pages together; one is some 60 KB.
const ROOM: u64 = 48 << 20;
/// What is larger than this is no page.
const LARGEST: usize = 2 << 20;
const LONGEST_QUERY: usize = 200;

struct Page {
    headers: HeaderMap,
    /// Between two parts stands the nonce.
    parts: Vec<Bytes>,
    size: usize,
    /// The same parts, once somebody asked for them compressed.
    packed: OnceLock<Vec<Packed>>,
}

impl Page {
    /// Bytes in memory; the compressed parts are a fifth of the others.
    fn weight(&self) -> u32 {
        u32::try_from(self.size + self.size / 5).unwrap_or(u32::MAX)
    }
}

#[derive(Clone)]
pub struct PageCache {
    pages: Cache<String, Arc<Page>>,
    slugs: Cache<ListingId, Arc<str>>,
    /// The latest change of a listing, by its slug. It is a part of the keys of the listing's pages, so that a change costs
    /// nothing, however many come in a second; what is kept under older keys ages and goes.
    changes: Cache<Arc<str>, u64>,
    last_change: Arc<AtomicU64>,
}

impl Default for PageCache {
    fn default() -> Self {
        let pages = Cache::builder().max_capacity(ROOM).weigher(|_, page: &Arc<Page>| page.weight()).time_to_live(TTL).build();
        // Remembered for longer than any page made before it.
        let changes = Cache::builder().time_to_live(4 * TTL).build();
        Self { pages, slugs: Cache::new(50_000), changes, last_change: Arc::default() }
    }
}

impl PageCache {
    /// The listing's page shows other numbers now.
    pub async fn forget(&self, services: &Services, listing: ListingId) {
        let slug = match self.slugs.get(&listing).await {
            Some(slug) => Some(slug),
            None => match services.conn().await {
                Ok(mut conn) => catalog::slug_of(&mut conn, listing).await.ok().flatten().map(Into::into),
                Err(_) => None,
            },
        };
        let Some(slug) = slug else { return self.forget_all() };
        self.slugs.insert(listing, slug.clone()).await;
        self.changes.insert(slug, self.last_change.fetch_add(1, Ordering::Relaxed) + 1).await;
    }

    /// The key under which the page is kept as it is now.
    async fn current(&self, key: String) -> String {
        let Some((_, slug)) = path_of(&key).split_once("/tours/") else { return key };
        match self.changes.get(slug).await {
            Some(change) => format!("{key} {change}"),
            None => key,
        }
    }

    /// News may have been missed.
    pub fn forget_all(&self) {
        self.pages.invalidate_all();
    }
}

/// A key is `theme path?query`.
fn path_of(key: &str) -> &str {
    let target = key.split_once(' ').map_or(key, |(_, target)| target);
    target.split('?').next().unwrap_or(target)
}

/// The cache's key, where the answer depends on nothing but address and theme.
fn key_of(request: &Request) -> Option<String> {
    let uri = request.uri();
    let mut segments = uri.path().trim_matches('/').split('/');
    let lang = segments.next()?;
    let rest: Vec<&str> = segments.collect();
    let public = matches!(rest.as_slice(), [] | ["tours"] | ["tours", _] | ["partners", _]);
    let query = uri.query().unwrap_or_default();
    if *request.method() != Method::GET || !public || lang.parse::<sapar_shared::Lang>().is_err() || query.len() > LONGEST_QUERY {
        return None;
    }
    // What a form sent without a script left in the query belongs to one visitor.
    if query.contains("error=") || query.contains("__err") {
        return None;
    }
    let cookies = request.headers().get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join("; ");
    let cookie =
        |name: &str| cookies.split(';').filter_map(|c| c.trim().split_once('=')).find(|(k, _)| *k == name).map(|(_, v)| v);
    if cookie("sapar_session").is_some() {
        return None;
    }
    let theme = cookie(sapar_app::ui::theme::COOKIE).filter(|t| matches!(*t, "light" | "dark")).unwrap_or("auto");
    Some(format!("{theme} {}?{query}", uri.path()))
}

pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(key) = key_of(&request) else { return next.run(request).await };
    let key = state.pages.current(key).await;
    let packed = gzip::accepted(request.headers().get_all(ACCEPT_ENCODING));
    let mut work = Some((next, request));
    let mut uncacheable = None;
    // Requests for one page that come at once wait for the one that renders it.
    let page = state
        .pages
        .pages
        .try_get_with(key, async {
            let Some((next, request)) = work.take() else { return Err(()) };
            match take_apart(next.run(request).await).await {
                Ok(page) => Ok(Arc::new(page)),
                Err(response) => {
                    uncacheable = Some(response);
                    Err(())
                }
            }
        })
        .await;
    match (page, uncacheable, work) {
        (Ok(page), _, _) => put_together(&page, packed),
        (Err(_), Some(response), _) => *response,
        // The one that we waited for got an answer that may not be shared.
        (Err(_), None, Some((next, request))) => next.run(request).await,
        (Err(_), None, None) => busy(),
    }
}

fn busy() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert("retry-after", HeaderValue::from_static("1"));
    response
}

/// Cuts a page at its nonce; gives the answer back where it may not be kept.
async fn take_apart(response: Response) -> Result<Page, Box<Response>> {
    let html = response.headers().get(CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    let policy = response.headers().get(CONTENT_SECURITY_POLICY).and_then(|v| v.to_str().ok());
    let nonce = policy.and_then(|p| p.split("'nonce-").nth(1)?.split('\'').next()).map(str::to_owned);
    let (true, StatusCode::OK, false, Some(nonce)) =
        (html, response.status(), response.headers().contains_key(SET_COOKIE), nonce)
    else {
        return Err(Box::new(response));
    };
    let (head, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else { return Err(Box::new(busy())) };
    let mut parts = Vec::new();
    let mut from = 0;
    for at in find_all(&body, nonce.as_bytes()) {
        parts.push(body.slice(from..at));
        from = at + nonce.len();
    }
    parts.push(body.slice(from..));
    let size = parts.iter().map(Bytes::len).sum::<usize>();
    let mut headers = head.headers;
    for name in [CONTENT_LENGTH, CONTENT_SECURITY_POLICY] {
        headers.remove(name);
    }
    headers.insert(VARY, HeaderValue::from_static("cookie, accept-encoding"));
    headers.insert(HeaderName::from_static("cache-control"), HeaderValue::from_static("private, no-cache"));
    Ok(Page { headers, parts, size, packed: OnceLock::new() })
}

fn find_all<'a>(text: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memmem::find(&text[from..], word)?;
        from = at + word.len();
        Some(at)
    })
}

fn put_together(page: &Page, packed: bool) -> Response {
    let nonce = hex::encode(rand::random::<[u8; 16]>());
    let body = if packed {
        gzip::join(page.packed.get_or_init(|| gzip::pack(&page.parts, nonce.len())), nonce.as_bytes())
    } else {
        joined(page, nonce.as_bytes())
    };
    let mut response = Response::new(Body::from(body));
    *response.headers_mut() = page.headers.clone();
    if packed {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce)) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn joined(page: &Page, nonce: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(page.size + nonce.len() * page.parts.len());
    for (index, part) in page.parts.iter().enumerate() {
        if index > 0 {
            body.extend_from_slice(nonce);
        }
        body.extend_from_slice(part);
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn get(uri: &str, cookie: &'static str) -> Option<String> {
        let request = Request::builder().uri(uri).header(COOKIE, cookie).body(Body::empty()).expect("a request");
        key_of(&request)
    }

    #[test]
    fn only_what_is_the_same_for_all_is_kept() {
        assert_eq!(get("/ru/tours/kolsai?departure=1", "").as_deref(), Some("auto /ru/tours/kolsai?departure=1"));
        assert_ne!(get("/ru/tours/kolsai", "sapar_theme=dark"), None);
        for (uri, cookie) in [
            ("/ru/orders/TOKEN", ""),
            ("/ru/checkout/TOKEN", ""),
            ("/ru/partner", ""),
            ("/files/x", ""),
            ("/ru/tours/kolsai", "a=b; sapar_session=x"),
            ("/ru/tours/kolsai?error=sold_out", ""),
        ] {
            assert_eq!(get(uri, cookie), None, "{uri} {cookie}");
        }
    }

    #[tokio::test]
    async fn each_answer_has_a_nonce_of_its_own() {
        let mut response = Response::new(Body::from("<script nonce=\"abc\">1</script><script nonce=\"abc\">2</script>"));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("script-src 'nonce-abc'"));
        let page = take_apart(response).await.unwrap_or_else(|_| unreachable!("it may be kept"));
        let mut seen = Vec::new();
        for packed in [false, true, false, true] {
            let response = put_together(&page, packed);
            let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
            let nonce = policy.split("'nonce-").nth(1).and_then(|p| p.split('\'').next()).expect("a nonce").to_owned();
            let body = to_bytes(response.into_body(), 1000).await.expect("a body");
            let mut text = String::new();
            if packed {
                flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text).expect("gzip");
            } else {
                text = String::from_utf8(body.to_vec()).expect("UTF-8");
            }
            assert_eq!(text, format!("<script nonce=\"{nonce}\">1</script><script nonce=\"{nonce}\">2</script>"));
            seen.push(nonce);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 4);
    }
}
