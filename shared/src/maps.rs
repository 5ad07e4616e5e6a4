//! Links that open a point in somebody's map, and points read out of such links and of coordinates as people write them.
//! Points are WGS 84, in millionths of a degree.
use crate::dto::editor::MapPoint;

/// Latitude and longitude with six places, as map links want them: `43.238949`.
#[must_use]
pub fn lat_lng(lat_e6: i32, lng_e6: i32) -> (String, String) {
    (degrees(lat_e6), degrees(lng_e6))
}

fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

/// The map that Kazakhstan travels by; a phone opens its app.
#[must_use]
pub fn two_gis(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("https://2gis.kz/geo/{lng},{lat}?m={lng},{lat}/17")
}

#[must_use]
pub fn open_street_map(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}")
}

/// Whatever map the device has (RFC 5870, with the label's parameter that Android wants).
#[must_use]
pub fn geo(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("geo:{lat},{lng}?q={lat},{lng}")
}

/// Why a text gave no point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPoint {
    /// There are no coordinates in it.
    Nothing,
    /// A short link: where it leads only its owner knows.
    ShortLink,
    /// Numbers that lie on no map.
    OffTheEarth,
}

/// Reads a point from whatever people paste: `43.2389, 76.8897`, degrees with minutes and seconds, or a link of 2GIS, Google Maps,
/// Yandex Maps, OpenStreetMap or Apple Maps, with or without words around it. Latitude comes first, except where a map's links or
/// letters say otherwise.
pub fn read(text: &str) -> Result<MapPoint, NoPoint> {
    let link = ["http://", "https://", "geo:"].iter().filter_map(|scheme| text.find(scheme)).min();
    match link {
        Some(at) => read_link(text[at..].split_whitespace().next().unwrap_or_default()),
        None => read_words(text),
    }
}

/// Hosts whose links name a place by a word of their own.
const SHORT: [&str; 5] = ["go.2gis.com", "maps.app.goo.gl", "goo.gl", "g.page", "osm.org/go"];
/// Parameters and marks that hold a point, the surest first, and whether longitude comes first in them.
const MARKS_2GIS: [(&str, bool); 3] = [("/geo/", true), ("points/|", true), ("m=", true)];
const MARKS_YANDEX: [(&str, bool); 6] =
    [("whatshere[point]=", true), ("poi[point]=", true), ("pt=", true), ("text=", false), ("rtext=~", false), ("ll=", true)];
const MARKS_OTHER: [(&str, bool); 12] = [
    ("!3d", false),
    ("geo:", false),
    ("mlat=", false),
    ("destination=", false),
    ("query=", false),
    ("q=", false),
    ("daddr=", false),
    ("/place/", false),
    ("/search/", false),
    ("ll=", false),
    ("@", false),
    ("#map=", false),
];

fn read_link(link: &str) -> Result<MapPoint, NoPoint> {
    let link = percent_decoded(link);
    let address = link.split_once("://").map_or(&*link, |(_, rest)| rest);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let marks: &[(&str, bool)] = if host.contains("2gis.") {
        &MARKS_2GIS
    } else if host.contains("yandex.") {
        &MARKS_YANDEX
    } else {
        &MARKS_OTHER
    };
    let mut off = false;
    for (mark, lng_first) in marks {
        for (at, _) in link.match_indices(mark) {
            // A parameter's name begins after its separator: `ll=` is not the end of `sll=`.
            let whole = !mark.ends_with('=') || mark.starts_with('#') || link[..at].ends_with(['?', '&', '#']);
            if !whole {
                continue;
            }
            match after_mark(&link[at + mark.len()..], mark, *lng_first) {
                Ok(point) => return Ok(point),
                Err(NoPoint::OffTheEarth) => off = true,
                Err(_) => {}
            }
        }
    }
    let short = SHORT.iter().any(|short| address.starts_with(short)) || host.contains("yandex.") && address.contains("/maps/-/");
    Err(if off {
        NoPoint::OffTheEarth
    } else if short {
        NoPoint::ShortLink
    } else {
        NoPoint::Nothing
    })
}

/// The point at the beginning of `rest`, which follows `mark`.
fn after_mark(rest: &str, mark: &str, lng_first: bool) -> Result<MapPoint, NoPoint> {
    let rest = match mark {
        // `#map=17/43.2/76.9`, `?mlat=43.2&mlon=76.9`, `!3d43.2!4d76.9`
        "#map=" => rest.split_once('/').map_or("", |(_zoom, rest)| rest),
        // `/geo/70000001/76.9,43.2`: the number of the place comes first.
        "/geo/" => rest.split('/').take(2).find(|part| part.contains(',')).unwrap_or_default(),
        // What is looked for, written by hand.
        "/place/" | "/search/" | "q=" | "query=" | "text=" | "destination=" => {
            let value = rest.split(['/', '&', '#', '?']).next().unwrap_or_default();
            return read_words(&value.replace('+', " "));
        }
        _ => rest,
    };
    let rest = rest.replacen("&mlon=", ",", 1).replacen("!4d", ",", 1);
    let value = rest.split(['&', '?', '#', '!', '~', ' ', ';']).next().unwrap_or_default();
    let mut numbers = value.split([',', '/', '|']).map(|part| part.trim().trim_end_matches(|c: char| !c.is_ascii_digit()));
    let mut next = || numbers.next().and_then(plain_number).ok_or(NoPoint::Nothing);
    let (first, second) = (next()?, next()?);
    if lng_first { point(second, first) } else { point(first, second) }
}

/// `%2C` and the like; what is no UTF-8 then is left out.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match hex.filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).replace('\u{fffd}', "")
}

/// A number and nothing else.
fn plain_number(text: &str) -> Option<f64> {
    let sound = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    if sound { text.parse().ok() } else { None }
}

/// A piece of a text with coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// A number, and whether it has a minus sign.
    Number(f64, bool),
    /// Of what the number before it was: 0 degrees, 1 minutes, 2 seconds.
    Unit(usize),
    /// A letter of the compass: whether it is of the latitude, and which way it points.
    Compass(bool, f64),
    Comma,
}

fn read_words(text: &str) -> Result<MapPoint, NoPoint> {
    let tokens = tokens(text).ok_or(NoPoint::Nothing)?;
    let compass = tokens.iter().any(|token| matches!(token, Token::Compass(..)));
    let units = tokens.iter().any(|token| matches!(token, Token::Unit(_)));
    if !compass && !units {
        let numbers: Vec<f64> = tokens.iter().filter_map(|t| if let Token::Number(n, _) = t { Some(*n) } else { None }).collect();
        return match numbers[..] {
            [lat, lng] => point(lat, lng),
            _ => Err(NoPoint::Nothing),
        };
    }
    let [first, second] = angles(&tokens).ok_or(NoPoint::Nothing)?;
    match (first.1, second.1) {
        (Some(false), Some(true)) => point(second.0, first.0),
        (Some(true), Some(false)) | (None, None) => point(first.0, second.0),
        _ => Err(NoPoint::Nothing),
    }
}

/// Two angles with minutes and seconds, each with whether its letter says that it is a latitude.
fn angles(tokens: &[Token]) -> Option<[(f64, Option<bool>); 2]> {
    const PARTS: [f64; 3] = [1.0, 60.0, 3600.0];
    // Letters stand before the numbers of all angles or behind them.
    let before = matches!(tokens.first(), Some(Token::Compass(..)));
    let mut angles: Vec<(f64, Option<bool>)> = Vec::new();
    let mut letter = None;
    let mut next_part = 3;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            Token::Number(number, negative) => {
                let part = match tokens.get(at + 1) {
                    Some(Token::Unit(unit)) => *unit,
                    _ => {
                        if next_part > 2 {
                            0
                        } else {
                            next_part
                        }
                    }
                };
                if part == 0 || angles.is_empty() {
                    angles.push((number, None));
                    if let Some((is_lat, way)) = letter.take() {
                        angles.last_mut()?.1 = Some(is_lat);
                        angles.last_mut()?.0 *= way;
                    }
                } else {
                    let angle = angles.last_mut()?;
                    let away = if angle.0 < 0.0 || negative { -1.0 } else { 1.0 };
                    angle.0 += away * number / PARTS[part];
                }
                next_part = part + 1;
            }
            Token::Compass(is_lat, way) if before => {
                letter = Some((is_lat, way));
                next_part = 3;
            }
            Token::Compass(is_lat, way) => {
                let angle = angles.last_mut()?;
                *angle = (angle.0 * way, Some(is_lat));
                next_part = 3;
            }
            Token::Comma => next_part = 3,
            Token::Unit(_) => {}
        }
    }
    angles.try_into().ok()
}

/// `None` where a letter stands that belongs to no coordinate. A comma between two digits is a decimal point where the text has
/// no other point; `43,2389, 76,8897` is how half of our phones write it.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.trim().to_lowercase().replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").replace(['−', '–'], "-");
    let text = text.replace("с. ш.", "n").replace("с.ш.", "n").replace("в. д.", "e").replace("в.д.", "e");
    let text = text.replace("ю.ш.", "s").replace("з.д.", "w").replace("''", "\"");
    let decimal_comma = !text.contains('.');
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' | '-' | '+' | '.' => {
                let mut number = c.to_string().replace('+', "");
                while let Some(&next) = chars.peek() {
                    let mut ahead = chars.clone();
                    ahead.next();
                    let digit_follows = ahead.peek().is_some_and(char::is_ascii_digit);
                    let point = next == '.' || (next == ',' && decimal_comma);
                    if next.is_ascii_digit() {
                        number.push(next);
                    } else if point && digit_follows && !number.contains('.') {
                        number.push('.');
                    } else {
                        break;
                    }
                    chars.next();
                }
                tokens.push(Token::Number(number.parse().ok()?, number.starts_with('-')));
            }
            '°' | 'º' => tokens.push(Token::Unit(0)),
            '\'' | '′' | '’' | '‘' => tokens.push(Token::Unit(1)),
            '"' | '″' | '”' | '“' => tokens.push(Token::Unit(2)),
            'n' | 'с' => tokens.push(Token::Compass(true, 1.0)),
            's' | 'ю' => tokens.push(Token::Compass(true, -1.0)),
            'e' | 'в' => tokens.push(Token::Compass(false, 1.0)),
            'w' | 'з' => tokens.push(Token::Compass(false, -1.0)),
            ',' | ';' | '/' => tokens.push(Token::Comma),
            c if c.is_whitespace() || matches!(c, '(' | ')') => {}
            _ => return None,
        }
    }
    Some(tokens)
}

/// From degrees; `OffTheEarth` beyond a pole or the date line.
pub fn point(lat: f64, lng: f64) -> Result<MapPoint, NoPoint> {
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lng) {
        return Err(NoPoint::OffTheEarth);
    }
    // Within 180 million, and rounded.
    #[allow(clippy::cast_possible_truncation)]
    let e6 = |degrees: f64| (degrees * 1e6).round() as i32;
    Ok(MapPoint { lat_e6: e6(lat), lng_e6: e6(lng) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_keep_their_sign_and_zeros() {
        assert_eq!(lat_lng(43_005_000, 76_900_001), ("43.005000".into(), "76.900001".into()));
        assert_eq!(lat_lng(-500, -180_000_000), ("-0.000500".into(), "-180.000000".into()));
        assert_eq!(geo(43_038_049, -500_000), "geo:43.038049,-0.500000?q=43.038049,-0.500000");
    }

    fn at(text: &str) -> Result<(i32, i32), NoPoint> {
        read(text).map(|point| (point.lat_e6, point.lng_e6))
    }

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        let almaty = Ok((43_238_900, 76_889_700));
        for text in [
            "43.2389, 76.8897",
            "43.2389 76.8897",
            "  43.2389,76.8897 ",
            "43,2389 76,8897",
            "43,2389, 76,8897",
            "43,2389; 76,8897",
            "(43.2389, 76.8897)",
            "43.2389° N, 76.8897° E",
            "N43.2389 E76.8897",
            "76.8897E 43.2389N",
            "43.2389° с.ш. 76.8897° в.д.",
            "43°14'20.04\"N 76°53'22.92\"E",
            "43° 14′ 20.04″ с. ш., 76° 53′ 22.92″ в. д.",
            "N 43°14.334' E 76°53.382'",
            "43°14'20.04\", 76°53'22.92\"",
        ] {
            assert_eq!(at(text), almaty, "{text}");
        }
        assert_eq!(at("33.8688 S, 151.2093 E"), Ok((-33_868_800, 151_209_300)));
        assert_eq!(at("-33.8688, 151.2093"), Ok((-33_868_800, 151_209_300)));
        assert_eq!(at("43, 77"), Ok((43_000_000, 77_000_000)));
        assert_eq!(at("91.0, 76.0"), Err(NoPoint::OffTheEarth));
        for text in
            ["", "Алматы", "43.2389", "1 2 3", "+7 701 123 45 67", "пр. Абая, 10", "43.2389N 76.8897N", "° ' \"", ",,,", "--"]
        {
            assert_eq!(at(text), Err(NoPoint::Nothing), "{text}");
        }
    }

    #[test]
    fn links_of_the_usual_maps_are_read() {
        let almaty = Ok((43_238_900, 76_889_700));
        for link in [
            "https://2gis.kz/almaty/geo/76.8897,43.2389",
            "https://2gis.kz/almaty/geo/70000001018101234/76.8897%2C43.2389?m=76.9%2C43.25%2F16",
            "https://2gis.kz/almaty?m=76.8897%2C43.2389%2F17.5",
            "https://2gis.kz/almaty/directions/points/%7C76.8897%2C43.2389%3B70000001?m=76.9,43.2/11",
            "https://www.google.com/maps/place/%D0%9F%D0%B0%D1%80%D0%BA/@43.25,76.9,17z/data=!3m1!4b1!4m6!8m2!3d43.2389!4d76.8897!16s%2Fg%2F11b6",
            "https://www.google.com/maps/@43.2389,76.8897,17z",
            "https://www.google.com/maps?q=43.2389,76.8897",
            "https://www.google.com/maps/search/43.2389,+76.8897?entry=tts",
            "https://www.google.com/maps/place/43%C2%B014'20.04%22N+76%C2%B053'22.92%22E/@43.2,76.8,17z",
            "https://www.google.com/maps/search/?api=1&query=43.2389%2C76.8897",
            "https://yandex.kz/maps/162/almaty/?ll=76.8897%2C43.2389&z=16",
            "https://yandex.kz/maps/162/almaty/?ll=76.9%2C43.2&sll=1,2&whatshere%5Bpoint%5D=76.8897%2C43.2389&z=16",
            "https://yandex.ru/maps/?pt=76.8897,43.2389&z=12",
            "https://yandex.ru/maps/?text=43.2389,76.8897",
            "https://www.openstreetmap.org/?mlat=43.2389&mlon=76.8897#map=17/43.2/76.8",
            "https://www.openstreetmap.org/#map=17/43.2389/76.8897",
            "https://maps.apple.com/?ll=43.2389,76.8897&q=Park",
            "geo:43.2389,76.8897?q=43.2389,76.8897",
            "Встречаемся тут: https://www.google.com/maps/@43.2389,76.8897,17z в 6:00",
        ] {
            assert_eq!(at(link), almaty, "{link}");
        }
        assert_eq!(at(&two_gis(43_238_900, 76_889_700)), almaty, "what we print we read");
        assert_eq!(at(&open_street_map(43_238_900, 76_889_700)), almaty);
        assert_eq!(at(&geo(43_238_900, 76_889_700)), almaty);
    }

    #[test]
    fn a_short_link_is_said_to_be_one() {
        for link in [
            "https://go.2gis.com/abc12",
            "https://maps.app.goo.gl/xYz123",
            "https://goo.gl/maps/abc",
            "https://yandex.kz/maps/-/CDabc~de",
            "https://osm.org/go/abc--",
        ] {
            assert_eq!(at(link), Err(NoPoint::ShortLink), "{link}");
        }
        assert_eq!(at("https://example.kz/tours?id=43"), Err(NoPoint::Nothing));
        assert_eq!(at("https://2gis.kz/almaty/firm/70000001018101234"), Err(NoPoint::Nothing));
        assert_eq!(at("https://www.google.com/maps/@143.2,76.8,17z"), Err(NoPoint::OffTheEarth));
        assert_eq!(at("https://%ff%"), Err(NoPoint::Nothing));
    }
}
