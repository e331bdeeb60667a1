//! When things are, in the words of a language.

use super::context::Context;
use crate::model::{Interval, Project};

#[derive(Clone, Debug)]
pub(super) struct When {
    /// Its start, for machines.
    pub datetime: String,
    /// The whole date.
    pub date: String,
    /// The day of an event of several.
    pub day: Option<String>,
    /// The time at which it starts.
    pub hour: String,
    /// From when until when.
    pub hours: String,
    /// By how much clocks there differ from UTC, where it could be followed from elsewhere.
    pub offset: Option<String>,
}

impl When {
    pub(super) fn new(context: Context<'_>, interval: &Interval) -> Self {
        let (event, dates) = (&context.website.event, &context.labels.dates);
        let has_days = event.date.first != event.date.last;
        Self {
            datetime: interval.rfc3339().0,
            date: dates.full(interval.date()),
            day: has_days.then(|| dates.day(interval.date())),
            hour: interval.hour(dates),
            hours: interval.hours(dates),
            offset: event.online.as_ref().map(|_| interval.offset()),
        }
    }

    pub(super) fn of(context: Context<'_>, project: &Project) -> Option<Self> {
        let interval = project.interval(&context.website.event)?;
        Some(Self::new(context, &interval))
    }
}

/// When and where an entry is, and that it is not; nothing where none of this is known.
pub(super) fn line(context: Context<'_>, project: &Project) -> Option<String> {
    let cancelled = &context.labels.schedule.cancelled;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(project.is_cancelled().then(|| cancelled.clone()));
    if let Some(when) = When::of(context, project) {
        parts.extend([when.date, when.hours]);
        parts.extend(when.offset);
    }
    let room = project.room.as_ref();
    parts.extend(room.map(|it| it.text(context.language).to_owned()));
    (!parts.is_empty()).then(|| parts.join(" · "))
}
