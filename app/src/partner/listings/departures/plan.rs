//! What a rule comes to, before it is sent.
use jiff::civil::Date;
use sapar_shared::{
    dto::editor::{MAX_CAPACITY, MAX_DEPARTURES, NewDepartures},
    when,
};

/// A rule may reach so far, in days.
pub const MAX_DAYS: i32 = 731;

/// A rule as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// ISO, Monday is 1.
    pub weekdays: Vec<i8>,
    pub times: Vec<String>,
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub except: Vec<Date>,
    pub capacity: Option<i32>,
    /// Today: what is over makes no departure.
    pub today: Option<Date>,
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Weekdays,
    Time,
    First,
    /// Before the first day, too far from it, or over.
    Last,
    Capacity,
    /// No day of the rule is left.
    Nothing,
    TooMany,
}

/// A rule of one day.
#[must_use]
pub fn single(day: Option<Date>, time: String, plan: &Plan) -> Plan {
    let weekdays = day.map(|day| day.weekday().to_monday_one_offset()).into_iter().collect();
    Plan { weekdays, times: vec![time], first: day, last: day, except: Vec::new(), capacity: plan.capacity, today: plan.today }
}

impl Plan {
    /// The days of the rule, those that are excepted too.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let (Some(first), Some(last)) = (self.first, self.last) else { return Vec::new() };
        let mut days = Vec::new();
        let mut day = first;
        for _ in 0..MAX_DAYS {
            if day > last {
                break;
            }
            let over = self.today.is_some_and(|today| day < today);
            if !over && self.weekdays.contains(&day.weekday().to_monday_one_offset()) {
                days.push(day);
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        days
    }

    /// The last day lies within the reach of a rule, and ahead.
    fn ends_well(&self) -> bool {
        let (Some(first), Some(last)) = (self.first, self.last) else { return false };
        (first..later(first, MAX_DAYS)).contains(&last) && self.today.is_none_or(|today| last >= today)
    }

    /// Each time once.
    #[must_use]
    pub fn clean_times(&self) -> Vec<String> {
        let mut times: Vec<String> = self.times.iter().filter(|time| when::of_clock(time).is_some()).cloned().collect();
        times.sort_unstable();
        times.dedup();
        times
    }

    /// How many departures it makes.
    #[must_use]
    pub fn count(&self) -> usize {
        let days = self.days().into_iter().filter(|day| !self.except.contains(day)).count();
        days * self.clean_times().len()
    }

    /// The rule to be sent, or everything that is wrong with it.
    pub fn check(&self) -> Result<NewDepartures, Vec<Wrong>> {
        let mut wrong = Vec::new();
        if self.weekdays.is_empty() {
            wrong.push(Wrong::Weekdays);
        }
        if self.times.is_empty() || self.times.iter().any(|time| when::of_clock(time).is_none()) {
            wrong.push(Wrong::Time);
        }
        if self.first.is_none() {
            wrong.push(Wrong::First);
        } else if !self.ends_well() {
            wrong.push(Wrong::Last);
        }
        if !self.capacity.is_some_and(|capacity| (1..=MAX_CAPACITY).contains(&capacity)) {
            wrong.push(Wrong::Capacity);
        }
        if wrong.is_empty() {
            match self.count() {
                0 => wrong.push(Wrong::Nothing),
                count if count > MAX_DEPARTURES => wrong.push(Wrong::TooMany),
                _ => {}
            }
        }
        match (self.first, self.last, self.capacity, wrong.is_empty()) {
            (Some(first), Some(last), Some(capacity), true) => Ok(NewDepartures {
                weekdays: self.weekdays.clone(),
                times: self.clean_times(),
                first,
                last,
                except: self.except.iter().copied().filter(|day| (first..=last).contains(day)).map(when::iso).collect(),
                capacity,
            }),
            _ => Err(wrong),
        }
    }
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: Date) -> Date {
    let back = day.weekday().to_monday_zero_offset();
    (0..back).fold(day, |day, _| day.yesterday().unwrap_or(day))
}

/// `days` later.
#[must_use]
pub fn later(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

/// A month as weeks from Monday; `None` outside of it.
#[must_use]
pub fn weeks(month: Date) -> Vec<[Option<Date>; 7]> {
    let lead = usize::try_from(month.first_of_month().weekday().to_monday_zero_offset()).unwrap_or_default();
    let mut days = vec![None; lead];
    days.extend((1..=month.days_in_month()).map(|day| Date::new(month.year(), month.month(), day).ok()));
    days.resize(days.len().next_multiple_of(7), None);
    days.chunks(7).filter_map(|week| week.try_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn weekends() -> Plan {
        Plan {
            weekdays: vec![6, 7],
            times: vec!["06:00".into(), "13:00".into(), "06:00".into()],
            first: Some(date(2026, 12, 1)),
            last: Some(date(2026, 12, 31)),
            except: vec![date(2026, 12, 6), date(2026, 12, 7)],
            capacity: Some(16),
            today: Some(date(2026, 11, 21)),
        }
    }

    #[test]
    fn each_weekend_day_but_the_excepted_at_each_time() {
        // The 5th, 6th, 12th, 13th, 19th, 20th, 26th and 27th, one of them excepted, twice a day.
        assert_eq!((weekends().days().len(), weekends().count()), (8, 14));
        let new = weekends().check().expect("a good rule");
        assert_eq!(new.times, ["06:00", "13:00"]);
        assert_eq!(new.except, ["2026-12-06", "2026-12-07"]);
    }

    #[test]
    fn everything_wrong_comes_at_once() {
        assert_eq!(Plan::default().check(), Err(vec![Wrong::Weekdays, Wrong::Time, Wrong::First, Wrong::Capacity]));
        let backwards = Plan { last: Some(date(2026, 11, 1)), ..weekends() };
        assert_eq!(backwards.check(), Err(vec![Wrong::Last]));
        let nothing = Plan { first: Some(date(2026, 12, 1)), last: Some(date(2026, 12, 2)), ..weekends() };
        assert_eq!(nothing.check(), Err(vec![Wrong::Nothing]));
        let all = Plan { weekdays: (1..=7).collect(), last: Some(date(2027, 11, 30)), ..weekends() };
        assert_eq!(all.check(), Err(vec![Wrong::TooMany]));
    }

    #[test]
    fn one_departure_is_a_rule_of_one_day() {
        let form = Plan { capacity: Some(10), today: Some(date(2026, 12, 1)), ..Plan::default() };
        let plan = single(Some(date(2026, 12, 5)), "06:30".into(), &form);
        assert_eq!((plan.weekdays.clone(), plan.count()), (vec![6], 1));
        assert!(plan.check().is_ok());
        let over = single(Some(date(2026, 11, 30)), "06:30".into(), &form);
        assert_eq!(over.check(), Err(vec![Wrong::Last]));
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(date(2026, 12, 6)), date(2026, 11, 30));
        assert_eq!(monday(date(2026, 11, 30)), date(2026, 11, 30));
        assert_eq!(later(date(2026, 12, 28), 6), date(2027, 1, 3));
        assert_eq!(weeks(date(2026, 12, 1))[0][1], Some(date(2026, 12, 1)));
    }
}
