//! The organisation's orders, the newest first.
use super::{
    DeskError,
    queries_desk::{self as queries, MOST_MATCHES, Narrow, PAGE},
};
use crate::{accounts::Actor, kernel::Ctx};
use data_encoding::BASE64URL_NOPAD;
use jiff::{Timestamp, civil::Date};
use sapar_shared::{
    Lang,
    code::{TICKET_CODE_LEN, normalise},
    dto::{
        desk::{OrderGroup, OrdersPage, OrdersQuery},
        order::OrderStatus,
    },
    ids::ListingId,
    roles::Permission,
    when,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Letters of an order's number.
const NUMBER_LEN: usize = 8;
/// Letters of what is searched for; more help nobody.
const LONGEST: usize = 100;

/// A page; `query.after` goes on from an earlier one.
pub async fn organisation_orders(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    query: &OrdersQuery,
    lang: Lang,
) -> Result<OrdersPage, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    let words: String = query.words.trim().chars().filter(|c| *c != '\0').take(LONGEST).collect();
    let statuses = statuses(query.group, !words.is_empty());
    let narrow = Narrow {
        organisation,
        before: query.after.as_deref().and_then(decode),
        statuses: &statuses,
        listing: query.listing,
        channel: query.channel,
    };
    let day = match query.day {
        Some(day) => Some(queries::leaving(&mut *conn, organisation, bounds(day)).await?),
        None => None,
    };
    let asked = (!words.is_empty()).then(|| Asked::of(&words));
    let mut ids = newest(&mut *conn, &narrow, asked.as_ref(), day).await?;
    let more = ids.len() > PAGE;
    ids.truncate(PAGE);
    let rows = queries::rows(conn, organisation, &ids, lang.code()).await?;
    let next = rows.last().filter(|_| more).map(|row| encode(row.placed_at, row.id.0));
    Ok(OrdersPage { rows, next })
}

/// A page's orders and, if there are more, one; of a day's departures only where `day` names its orders.
async fn newest(
    conn: &mut PgConnection,
    narrow: &Narrow<'_>,
    asked: Option<&Asked>,
    day: Option<Vec<Uuid>>,
) -> sqlx::Result<Vec<Uuid>> {
    let Some(few) = asked.filter(|asked| !asked.is_anything()) else {
        return many(conn, narrow, asked, day).await;
    };
    let found = queries::matches(&mut *conn, narrow.organisation, few).await?;
    if i64::try_from(found.len()).is_ok_and(|count| count > MOST_MATCHES) {
        return many(conn, narrow, asked, day).await;
    }
    let found: Vec<Uuid> = match day {
        Some(day) => found.into_iter().filter(|order| day.contains(order)).collect(),
        None => found,
    };
    queries::newest_of(conn, narrow, &found, None).await
}

/// Where too many fit to be put in order.
async fn many(
    conn: &mut PgConnection,
    narrow: &Narrow<'_>,
    asked: Option<&Asked>,
    day: Option<Vec<Uuid>>,
) -> sqlx::Result<Vec<Uuid>> {
    match (day, asked) {
        (Some(day), asked) => queries::newest_of(conn, narrow, &day, asked).await,
        (None, Some(asked)) => queries::newest_named(conn, narrow, asked).await,
        (None, None) => queries::newest(conn, narrow).await,
    }
}

/// What the list can be narrowed to: the organisation's listings by name.
pub async fn order_listings(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
) -> Result<Vec<(ListingId, String)>, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    Ok(queries::listings(conn, organisation, lang.code()).await?)
}

/// Whoever searches may mean any order.
fn statuses(group: Option<OrderGroup>, searches: bool) -> Vec<&'static str> {
    let wanted = |status: &OrderStatus| match group {
        Some(group) => OrderGroup::of(*status) == group,
        None => searches || OrderGroup::of(*status) != OrderGroup::Ended,
    };
    OrderStatus::ALL.iter().filter(|status| wanted(status)).map(|status| status.as_str()).collect()
}

/// The Almaty day's first moment and that of the next.
fn bounds(day: Date) -> (Timestamp, Timestamp) {
    let at = |d: Date| when::moment(d.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    (at(day), at(day.tomorrow().unwrap_or(day)))
}

/// What was typed, as the indexes are asked.
pub(super) struct Asked {
    /// Parts of the words, the longest first; a beginning of a word has the space before it. The database folds them, as it
    /// has folded the words.
    pub(super) parts: Vec<String>,
    /// The same parts as LIKE patterns, in the same order.
    pub(super) patterns: Vec<String>,
    /// A ticket's code, when it can be one.
    pub(super) code: Option<String>,
    /// An order's number, when it can be one.
    pub(super) number: Option<String>,
}

impl Asked {
    pub(super) fn of(text: &str) -> Self {
        let code = normalise(text.rsplit('/').next().unwrap_or(text), TICKET_CODE_LEN);
        let number = normalise(text, NUMBER_LEN);
        let is_phone =
            text.chars().all(|c| c.is_ascii_digit() || " -+()".contains(c)) && text.chars().any(|c| c.is_ascii_digit());
        let mut parts: Vec<String> =
            if is_phone { vec![phone_digits(text)] } else { text.split_whitespace().map(part).collect() };
        parts.sort_by_key(|part| std::cmp::Reverse(part.chars().count()));
        Self { patterns: parts.iter().map(|part| pattern(part)).collect(), parts, code, number }
    }

    /// The longest pattern and the others.
    pub(super) fn split(&self) -> (&str, &[String]) {
        self.patterns.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest))
    }

    /// Less than three letters make no trigram, and are in very many orders.
    fn is_anything(&self) -> bool {
        self.code.is_none() && self.number.is_none() && self.parts.iter().all(|part| part.chars().count() < 3)
    }
}

/// `8 701 …` is what people say for `+7 701 …`.
fn phone_digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if rest.len() >= 3 && !text.starts_with('+') => rest.to_owned(),
        _ => digits,
    }
}

/// Two letters make no trigram, but the beginning of a word does.
fn part(word: &str) -> String {
    if word.chars().count() < 3 { format!(" {word}") } else { word.to_owned() }
}

fn pattern(part: &str) -> String {
    let escaped: String = part.chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] }).collect();
    format!("%{escaped}%")
}

/// Not secret and not signed: it only chooses where the organisation's own list goes on.
fn encode(placed_at: Timestamp, id: Uuid) -> String {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&placed_at.as_microsecond().to_be_bytes());
    bytes[8..].copy_from_slice(id.as_bytes());
    BASE64URL_NOPAD.encode(&bytes)
}

fn decode(text: &str) -> Option<(Timestamp, Uuid)> {
    let bytes: [u8; 24] = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?;
    let (at, id) = bytes.split_at(8);
    let at = Timestamp::from_microsecond(i64::from_be_bytes(at.try_into().ok()?)).ok()?;
    // PostgreSQL's years begin after jiff's.
    (at >= Timestamp::UNIX_EPOCH).then_some((at, Uuid::from_slice(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_become_patterns() {
        let of = |text| Asked::of(text).patterns;
        assert_eq!(of("Айгүл Сәтбаева"), ["%Сәтбаева%", "%Айгүл%"]);
        assert_eq!(of("Ян 100%"), ["%100\\%%", "% Ян%"]);
        for phone in ["8 (701) 123-45", "701 12345", "70112345"] {
            assert_eq!(of(phone), ["%70112345%"], "{phone}");
        }
        assert_eq!(of("+7 701 123"), ["%7701123%"]);
        for (text, anything) in [("77", true), ("+7", true), ("701", false), ("Ян", false), ("Я", true), ("Айгүл 7", false)]
        {
            assert_eq!(Asked::of(text).is_anything(), anything, "{text}");
        }
        assert_eq!(Asked::of("7k2m-9qxa-o3tb").code.as_deref(), Some("7K2M9QXA03TB"));
        assert_eq!(Asked::of("o1ab cdef").number.as_deref(), Some("01ABCDEF"));
    }

    #[test]
    fn cursors_come_back() {
        let at: Timestamp = "2026-11-21T04:00:00.123456Z".parse().expect("a timestamp");
        assert_eq!(decode(&encode(at, Uuid::from_u128(7))), Some((at, Uuid::from_u128(7))));
        assert_eq!(decode("nonsense"), None);
    }
}
