//! When something is: days, local times, and the zone that makes instants of them.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Zoned};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::examples::{DAYS, TIME, ZONE, both};
use super::{Event, Text};
use crate::language::Localized;
use crate::quantity::DateRules;

/// The day of an event, or its first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Days {
    pub first: Date,
    pub last: Date,
}

impl TryFrom<String> for Days {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (first, last) = text.split_once("..").unwrap_or((&text, &text));
        Ok(Self { first: first.parse()?, last: last.parse()? })
    }
}

impl Days {
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(formatter)?;
        if self.last != self.first {
            write!(formatter, "..{}", self.last)?;
        }
        Ok(())
    }
}

/// A day and a time of it, as clocks show it where the event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct LocalTime(DateTime);

impl TryFrom<String> for LocalTime {
    type Error = jiff::Error;

    /// `2024-10-10 12:30`, with `T` between as well, and with seconds where those are none.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = text.trim().replacen('T', " ", 1);
        let form = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:00"];
        let [short, long] = form.map(|it| DateTime::strptime(it, &text));
        short.or(long).map(Self)
    }
}

impl LocalTime {
    pub fn date(self) -> Date {
        self.0.date()
    }

    /// The time so many minutes later, by clocks that nobody changes meanwhile.
    pub fn after(self, minutes: u16) -> Self {
        let minutes = SignedDuration::from_mins(minutes.into());
        Self(self.0.saturating_add(minutes))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.strftime("%Y-%m-%d %H:%M").fmt(formatter)
    }
}

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(TimeZone);

impl TryFrom<String> for Zone {
    type Error = jiff::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        ZONES.get(&name).map(Self)
    }
}

impl Zone {
    pub fn names() -> impl Iterator<Item = String> {
        ZONES.available().map(|it| it.to_string())
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Whether clocks show this time at all: not where they are put forward over it.
    pub fn has(&self, time: LocalTime) -> bool {
        let zoned = time.0.to_zoned(self.0.clone());
        zoned.is_ok_and(|it| it.datetime() == time.0)
    }
}

/// When something is, until its end where that is known.
#[derive(Clone, Debug)]
pub struct Interval {
    start: Zoned,
    end: Option<Zoned>,
}

impl Interval {
    /// From a time of which [`Zone::has`] is true, for so many minutes by the clock of whoever sits through them.
    pub fn new(start: LocalTime, minutes: Option<u16>, zone: Option<&Zone>) -> Self {
        let zone = zone.map_or(TimeZone::UTC, |it| it.0.clone());
        let start = start.0.to_zoned(zone).unwrap_or_default();
        let end = minutes.map(|it| start.saturating_add(SignedDuration::from_mins(it.into())));
        Self { start, end }
    }

    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// The seconds of UTC at its start and at its end, to be compared with those of others.
    pub fn seconds(&self) -> (i64, i64) {
        let start = self.start.timestamp().as_second();
        let end = self.end.as_ref().map(|it| it.timestamp().as_second());
        (start, end.unwrap_or(start))
    }

    /// Start and end with the offset from UTC, as RFC 3339 writes them.
    pub fn rfc3339(&self) -> (String, Option<String>) {
        self.each(|it| it.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    /// Start and end as instants, as RFC 5545 writes them (section 3.3.5, form 2).
    pub fn utc(&self) -> (String, Option<String>) {
        self.each(|it| it.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string())
    }

    /// When it starts, in words.
    pub fn hour(&self, dates: &DateRules) -> String {
        dates.time(self.start.time())
    }

    /// When it starts and ends, in words.
    pub fn hours(&self, dates: &DateRules) -> String {
        let start = self.start.time();
        let times = |end: &Zoned| dates.times(start, end.time());
        self.end.as_ref().map_or_else(|| dates.time(start), times)
    }

    /// By how much clocks differ from UTC there and then: `UTC+2`, `UTC−3:30`.
    pub fn offset(&self) -> String {
        let seconds = self.start.offset().seconds();
        let sign = if seconds < 0 { '−' } else { '+' };
        let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
        match minutes {
            0 => format!("UTC{sign}{hours}"),
            _ => format!("UTC{sign}{hours}:{minutes:02}"),
        }
    }

    fn each(&self, write: impl Fn(&Zoned) -> String) -> (String, Option<String>) {
        (write(&self.start), self.end.as_ref().map(write))
    }
}

impl PartialEq for Interval {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.end == other.end
    }
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It did not take place.
    Cancelled,
    /// It took place, and there is no recording of it.
    NotRecorded,
}

/// An item of `schedule.yaml`: doors, lunch, a party; what is no entry and has a time.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Slot {
    /// When it began, by the clocks of the event's time zone, such as 2024-10-10 12:30.
    #[schemars(example = &"2024-10-10 12:30")]
    pub start: LocalTime,
    /// How many minutes it took.
    #[schemars(range(min = 1, max = 1440), example = 60)]
    pub minutes: Option<u16>,
    /// What it is.
    #[schemars(example = both("Mittagessen", "Lunch"))]
    pub title: Localized<String>,
    /// The room; without one it is for all.
    #[schemars(example = both("Foyer", "Lobby"))]
    pub room: Option<Localized<String>>,
}

impl Slot {
    pub fn interval(&self, event: &Event) -> Interval {
        Interval::new(self.start, self.minutes, event.timezone.as_ref())
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        let texts = [Some(&self.title), self.room.as_ref()];
        texts.into_iter().flatten().map(Text::Body).collect()
    }
}

/// Types that are text of one pattern in YAML.
macro_rules! text_schemas {
    ($($name:ident: $pattern:expr),*) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern})
            }
        }
    )*};
}

text_schemas!(Days: DAYS, LocalTime: TIME, Zone: ZONE);
