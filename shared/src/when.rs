//! Moments as people in Kazakhstan read them. The whole country keeps UTC+5 without summer time since 2024.
use crate::{Lang, tr::dates};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::Offset,
};

/// Asia/Almaty. Fixed, so that no time zone database has to travel to the phone.
pub const ALMATY: Offset = Offset::constant(5);

/// The wall clock in Almaty.
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    ALMATY.to_datetime(at)
}

/// The moment at which Almaty's wall clock shows `at`; `None` outside the years that jiff knows.
#[must_use]
pub fn moment(at: DateTime) -> Option<Timestamp> {
    ALMATY.to_timestamp(at).ok()
}

fn nth(list: &'static str, index: i8) -> &'static str {
    list.split(',').nth(usize::try_from(index).unwrap_or(0)).unwrap_or_default()
}

/// `сб`, `сн`, `Sat`.
#[must_use]
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    nth(dates::weekdays(lang), day.to_monday_zero_offset())
}

/// `суббота`, `сенбі`, `Saturday`.
#[must_use]
pub fn weekday_long(lang: Lang, day: Weekday) -> &'static str {
    nth(dates::weekdays_long(lang), day.to_monday_zero_offset())
}

/// `декабря`, as it stands after a day.
#[must_use]
pub fn month_name(lang: Lang, day: Date) -> &'static str {
    nth(dates::months(lang), day.month() - 1)
}

/// `5 декабря`.
#[must_use]
pub fn day_month(lang: Lang, day: Date) -> String {
    dates::day_month(lang, day.day(), nth(dates::months(lang), day.month() - 1))
}

/// `5 декабря 2026`.
#[must_use]
pub fn full_date(lang: Lang, day: Date) -> String {
    dates::day_month_year(lang, day.day(), nth(dates::months(lang), day.month() - 1), day.year())
}

/// `Декабрь 2026`.
#[must_use]
pub fn month_year(lang: Lang, day: Date) -> String {
    format!("{} {}", nth(dates::months_alone(lang), day.month() - 1), day.year())
}

/// `06:30`.
#[must_use]
pub fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `сб, 5 декабря, 06:30`.
#[must_use]
pub fn moment_text(lang: Lang, at: Timestamp) -> String {
    let at = local(at);
    format!("{}, {}, {}", weekday(lang, at.weekday()), day_month(lang, at.date()), clock(at))
}

/// `2026-12-05`, as addresses and date fields have it. Not by jiff's own printer, which a phone would have to load.
#[must_use]
pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `2026-12-05T06:30+05:00`, for machines that read the page.
#[must_use]
pub fn machine(at: Timestamp) -> String {
    let at = local(at);
    format!("{}T{}+05:00", iso(at.date()), clock(at))
}

/// Reads what [`iso`] prints; anything but `YYYY-MM-DD` is none.
#[must_use]
pub fn of_iso(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads `06:30`; anything but `HH:MM` of a day's 24 hours is none.
#[must_use]
pub fn of_clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// Reads `2026-12-05T06:30`, a moment on Almaty's wall clock as a form's field gives it.
#[must_use]
pub fn of_wall(text: &str) -> Option<Timestamp> {
    let (day, clock) = text.split_once('T')?;
    moment(of_iso(day)?.to_datetime(of_clock(clock)?))
}

/// The first day of the next month (`by` 1) or the one before (-1).
#[must_use]
pub fn month_step(month: Date, by: i16) -> Option<Date> {
    let count = month.year() * 12 + i16::from(month.month()) - 1 + by;
    Date::new(count.div_euclid(12), i8::try_from(count.rem_euclid(12)).ok()? + 1, 1).ok()
}

/// `3 дня`, `12 часов`, `2 ч 30 мин`, from minutes.
#[must_use]
pub fn duration(lang: Lang, minutes: i32) -> String {
    let minutes = i64::from(minutes.max(0));
    match (minutes / 1440, minutes % 1440 / 60, minutes % 60) {
        // A tour of a day and something is sold as that many calendar days.
        (days, hours, rest) if days > 0 => dates::duration_days(lang, days + i64::from(hours + rest > 0)),
        (_, 0, rest) => dates::duration_minutes(lang, rest),
        (_, hours, 0) => dates::duration_hours(lang, hours),
        (_, hours, rest) => dates::duration_hours_short(lang, hours, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_naturally() {
        let at: Timestamp = "2026-12-05T01:30:00Z".parse().expect("a timestamp");
        assert_eq!(moment_text(Lang::Ru, at), "сб, 5 декабря, 06:30");
        assert_eq!(moment_text(Lang::Kk, at), "сн, 5 желтоқсан, 06:30");
        assert_eq!(full_date(Lang::Kk, local(at).date()), "2026 жылғы 5 желтоқсан");
        assert_eq!(month_year(Lang::En, local(at).date()), "December 2026");
        assert_eq!(moment(local(at)), Some(at));
        assert_eq!(machine(at), "2026-12-05T06:30+05:00");
    }

    #[test]
    fn only_whole_dates_are_read() {
        let day = Date::constant(2026, 12, 5);
        assert_eq!(iso(day), "2026-12-05");
        assert_eq!(of_iso("2026-12-05"), Some(day));
        for text in ["", "2026-12", "2026-13-05", "2026-02-30", "2026-1-5", "-026-12-05", "2026-12-05-", "yesterday"] {
            assert_eq!(of_iso(text), None, "{text}");
        }
    }

    #[test]
    fn only_whole_times_are_read() {
        assert_eq!(of_wall("2026-12-05T06:30"), "2026-12-05T01:30:00Z".parse().ok());
        assert_eq!(of_clock("00:00"), Some(Time::midnight()));
        for text in ["", "6:30", "24:00", "06:60", "+6:30", "06:30:00", "06-30"] {
            assert_eq!(of_clock(text), None, "{text}");
        }
        assert_eq!(of_wall("2026-12-05 06:30"), None);
    }

    #[test]
    fn months_step_over_the_year() {
        assert_eq!(month_step(Date::constant(2026, 12, 1), 1), Some(Date::constant(2027, 1, 1)));
        assert_eq!(month_step(Date::constant(2027, 1, 1), -1), Some(Date::constant(2026, 12, 1)));
    }

    #[test]
    fn durations_read_naturally() {
        assert_eq!(duration(Lang::Ru, 960), "16 часов");
        assert_eq!(duration(Lang::Ru, 150), "2 ч 30 мин");
        assert_eq!(duration(Lang::Ru, 2 * 1440), "2 дня");
        assert_eq!(duration(Lang::Ru, 1440 + 600), "2 дня");
        assert_eq!(duration(Lang::Kk, 45), "45 минут");
    }
}
