//! What people mean by what they type into a cell.
use jiff::civil::{Date, Time};
use sapar_shared::{Money, dto::editor::MapPoint, sheets::Value, when};

/// Before that a spreadsheet's date is no date: a time alone lies in 1899.
const FIRST_YEAR: i16 = 2000;

/// Without the spaces, of whatever width, that group digits.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// `18`, `1 200`.
pub(super) fn whole(text: &str) -> Option<i64> {
    tight(text).parse().ok()
}

/// `12500`, `12 500`, `12 500,50 ₸`. What could mean two things, as `12,500`, is none.
pub(super) fn price(text: &str) -> Option<Money> {
    let tight = tight(text).replace(',', ".");
    let number = ["₸", "тг.", "тг", "KZT"].iter().find_map(|sign| tight.strip_suffix(sign)).unwrap_or(&tight);
    Money::parse_decimal(number).filter(|price| *price >= Money::ZERO)
}

/// Minutes of `16` or `1,5` hours.
pub(super) fn hours(text: &str) -> Option<i64> {
    // Two places behind the point, as money has them.
    let hundredths = Money::parse_decimal(&tight(text).replace(',', "."))?.tiyn();
    Some((hundredths.checked_mul(60)? + 50) / 100)
}

/// `05.12.2026`, `2026-12-05`, or the spreadsheet's own.
pub(super) fn date(value: &Value) -> Option<Date> {
    let read = match value {
        Value::Moment { date, .. } => Some(*date),
        Value::Text(text) => when::of_iso(text).or_else(|| dotted(text)),
        Value::Error => None,
    };
    read.filter(|date| date.year() >= FIRST_YEAR)
}

fn dotted(text: &str) -> Option<Date> {
    let mut parts = text.trim_end_matches(['г', '.', ' ']).split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `06:00`, `6:00`, or the spreadsheet's own.
pub(super) fn time(value: &Value) -> Option<Time> {
    match value {
        Value::Moment { minutes, .. } => Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok(),
        Value::Text(text) => {
            let (hour, minute) = text.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(text).split_once(':')?;
            let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let read = digits(hour) && digits(minute) && minute.len() == 2;
            Time::new(hour.parse().ok().filter(|_| read)?, minute.parse().ok()?, 0, 0).ok()
        }
        Value::Error => None,
    }
}

/// `43.238100, 76.945200`.
pub(super) fn point(text: &str) -> Option<MapPoint> {
    let mut parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let (lat, lng) = (parts.next()?, parts.next()?);
    let point = MapPoint { lat_e6: millionths(lat)?, lng_e6: millionths(lng)? };
    let on_earth = point.lat_e6.abs() <= 90_000_000 && point.lng_e6.abs() <= 180_000_000;
    (on_earth && parts.next().is_none()).then_some(point)
}

fn millionths(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let size = whole.parse::<i32>().ok()?.checked_mul(1_000_000)?.checked_add(part.parse().ok()?)?;
    Some(sign * size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as day, time as clock};

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        for written in ["12500", "12 500", "12\u{a0}500", "12\u{202f}500,00 ₸", "12500.0"] {
            assert_eq!(price(written), Some(Money::from_tenge(12_500)), "{written}");
        }
        for other in ["", "-5", "12,500", "12.500", "дорого", "1e5"] {
            assert_eq!(price(other), None, "{other}");
        }
    }

    #[test]
    fn dates_and_times_are_read_in_both_ways() {
        let wanted = Some(day(2026, 12, 5));
        for written in ["05.12.2026", "5.12.2026", "2026-12-05", "05.12.2026 г."] {
            assert_eq!(date(&text(written)), wanted, "{written}");
        }
        let moment = |day, minutes| Value::Moment { date: day, minutes };
        assert_eq!(date(&moment(day(2026, 12, 5), 0)), wanted);
        assert_eq!(date(&moment(day(1899, 12, 31), 360)), None, "a time alone");
        for other in ["05.12.26", "31.02.2026", "завтра", "46361"] {
            assert_eq!(date(&text(other)), None, "{other}");
        }
        for written in ["06:00", "6:00", "06:00:00"] {
            assert_eq!(time(&text(written)), Some(clock(6, 0, 0, 0)), "{written}");
        }
        assert_eq!(time(&moment(day(1899, 12, 31), 390)), Some(clock(6, 30, 0, 0)));
        for other in ["24:00", "6", "06:60", "6:5", "утром"] {
            assert_eq!(time(&text(other)), None, "{other}");
        }
    }

    #[test]
    fn hours_and_points() {
        assert_eq!(["16", "1,5", "0.25"].map(hours), [Some(960), Some(90), Some(15)]);
        assert_eq!(hours("день"), None);
        assert_eq!(point("43.2381, 76.9452"), Some(MapPoint { lat_e6: 43_238_100, lng_e6: 76_945_200 }));
        assert_eq!(point("-33.5 151"), Some(MapPoint { lat_e6: -33_500_000, lng_e6: 151_000_000 }));
        for other in ["43.2", "91, 0", "a, b", "1, 2, 3"] {
            assert_eq!(point(other), None, "{other}");
        }
    }
}
