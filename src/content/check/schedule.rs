//! Times: those of entries, and of what else the schedule has.

use std::collections::HashMap;
use std::ops::Range;
use std::ptr;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::{Checker, event};
use crate::content::document::{Parsed, Reader};
use crate::content::yaml::{Node, NodeRef};
use crate::diagnostic::Diagnostic;
use crate::language::{LanguageId, Localized};
use crate::model::routes;
use crate::model::{Days, LocalTime, Project, Slot, SpeakerRef, Zone};

const FILE: &str = "schedule.yaml";

/// A day that is past on every clock that is not wrong.
const PAST: Date = date(2026, 11, 28);

/// Minutes of a day: nothing takes longer.
const LONGEST: u16 = 24 * 60;

static READER: LazyLock<Reader<Vec<Slot>>> = LazyLock::new(Reader::new);

/// What times are held against, as far as `event.yaml` says it.
#[derive(Clone, Default)]
pub(super) struct Clock {
    days: Option<Days>,
    zone: Option<Zone>,
    /// Whether it can be read, and names no zone.
    lacks_zone: bool,
    /// The day on which it is checked, or the next, where the earth is ahead.
    today: Date,
}

impl Clock {
    pub(super) fn new(event: Option<&Parsed>) -> Self {
        let text = |key| event?.tree.key(key).text().map(str::to_owned);
        let now = Timestamp::now().to_zoned(TimeZone::UTC).date();
        Self {
            today: now.max(PAST).tomorrow().unwrap_or(now),
            days: text("date")
                .and_then(|it| it.try_into().ok())
                .filter(|it: &Days| it.first <= it.last),
            zone: text("timezone").and_then(|it| it.try_into().ok()),
            lacks_zone: event
                .is_some_and(|it| !it.is_partial && it.tree.key("timezone").span().is_none()),
        }
    }
}

/// Something that has a time, and where that is written.
pub(super) struct Timed {
    pub(super) file: String,
    span: Range<usize>,
    /// When it starts and ends; none where that is written wrong.
    between: Option<(LocalTime, LocalTime)>,
    /// What it takes for itself meanwhile.
    takes: Vec<Taken>,
}

impl Timed {
    /// The ids on the page of the schedule that it makes: of its day and, for an entry, of itself.
    pub(super) fn ids(&self) -> impl Iterator<Item = String> {
        let day = self.between.map(|(start, _)| start.date().to_string());
        let slug = self.file.rsplit('/').nth(1).map(|it| format!("at-{it}"));
        day.into_iter().chain(slug)
    }
}

#[derive(PartialEq, Eq, Hash)]
enum Taken {
    Room(String),
    Speaker(String),
}

/// The slots of `schedule.yaml` in the order of time; `None` where they cannot be known. The event has a day of its own.
pub(super) fn slots(checker: &mut Checker<'_>, event: Option<&Node>) -> Option<Vec<Slot>> {
    if let Some(event) = event {
        updated(checker, event::FILE, event.key("updated"));
    }
    let slots = read(checker);
    if slots.is_none() {
        checker.unknown.push(routes::SCHEDULE.to_owned());
    }
    slots
}

fn read(checker: &mut Checker<'_>) -> Option<Vec<Slot>> {
    if checker.lacks(FILE) {
        return Some(Vec::new());
    }
    let document = checker.document(FILE, &READER)?;
    let mut slots = document.value;
    for (slot, node) in slots.iter().zip(document.tree.root().items()) {
        let takes = slot.room.iter().map(room).collect();
        time(checker, FILE, node, Some(slot.start), slot.minutes, takes);
    }
    slots.sort_by_key(|it| it.start);
    document.is_sound.then_some(slots)
}

/// When an entry is.
pub(super) fn entry(checker: &mut Checker<'_>, file: &str, tree: NodeRef<'_>, project: &Project) {
    let mut takes = Vec::new();
    if !project.is_cancelled() {
        takes.extend(project.room.iter().map(room));
        // A name that lacks has been said to lack.
        let speakers = project.speakers.iter().filter_map(|it| match it {
            SpeakerRef::Id(id) => Some(id),
            SpeakerRef::InPlace(speaker) => speaker.name.exact(LanguageId::FIRST),
        });
        takes.extend(speakers.map(|it| Taken::Speaker(it.to_owned())));
    }
    let lacks_end = tree.key("minutes").span().is_none() && !tree.is_faulty("minutes");
    if let (Some(span), true) = (tree.key("start").span(), lacks_end) {
        let message = "this has a start and no end";
        let help = "say how long it took: `minutes: 30`";
        let problem = Diagnostic::warning("missing-minutes", file, span, message).help(help);
        checker.diagnostics.push(problem);
    }
    time(checker, file, tree, project.start, project.minutes, takes);
}

fn room(name: &Localized<String>) -> Taken {
    Taken::Room(name.text(LanguageId::FIRST).to_owned())
}

fn time(
    checker: &mut Checker<'_>,
    file: &str,
    node: NodeRef<'_>,
    start: Option<LocalTime>,
    minutes: Option<u16>,
    takes: Vec<Taken>,
) {
    if let (Some(span), Some(minutes)) = (node.key("minutes").span(), minutes)
        && !(1..=LONGEST).contains(&minutes)
    {
        let message = format!("{minutes} minutes are no time that something can take");
        let problem = Diagnostic::error("out-of-range", file, span, message);
        let help = "write how long it took, from a minute to a day";
        checker.diagnostics.push(problem.help(help));
    }
    let written = node.key("start");
    if start.is_none() && !node.is_faulty("start") {
        return;
    }
    // What was reported as wrong is a time all the same, and others stand in for it.
    let start = start.filter(|_| written.text().is_some());
    checker.times.push(Timed {
        file: file.to_owned(),
        span: written.span().cloned().unwrap_or_default(),
        between: start.map(|it| (it, it.after(minutes.unwrap_or(1)))),
        takes,
    });
    let (Some(start), Some(span)) = (start, written.span()) else {
        return;
    };
    let Clock { days, zone, .. } = &checker.clock;
    if let Some(days) = days.filter(|it| !it.contains(start.date())) {
        let message = format!("{} is no day of the event: that is {days}", start.date());
        let problem = Diagnostic::error("outside-event", file, span, message);
        let help = "correct the day, or `date` in event.yaml";
        checker.diagnostics.push(problem.help(help));
    } else if let Some(zone) = zone.as_ref().filter(|it| !it.has(start)) {
        let message = format!("clocks never showed {start} in {}", zone.name());
        let problem = Diagnostic::error("invalid-time", file, span, message);
        let help = "they were put forward over it: write what they showed";
        checker.diagnostics.push(problem.help(help));
    }
}

/// Warns of a day of the last change that cannot be: before the event, or still to come.
pub(super) fn updated(checker: &mut Checker<'_>, file: &str, node: NodeRef<'_>) {
    let Clock { days, today, .. } = &checker.clock;
    let written = node.text().and_then(|it| it.parse::<Date>().ok());
    let (Some(date), Some(span)) = (written, node.span()) else {
        return;
    };
    let what = if days.is_some_and(|it| date < it.first) {
        "before the event"
    } else if date > *today {
        "still to come"
    } else {
        return;
    };
    let message = format!("{date} is {what}, and says when the text was last changed");
    let problem = Diagnostic::warning("unlikely-date", file, span, message);
    let help = "correct the date, or that of the event";
    checker.diagnostics.push(problem.help(help));
}

/// Looks at all times together: whether it is known in which zone they are, and who or what would be in two places.
pub(super) fn check(checker: &mut Checker<'_>) {
    let Checker { times, clock, diagnostics, .. } = checker;
    times.sort_by(|a, b| (a.between, &a.file).cmp(&(b.between, &b.file)));
    if let Some(first) = times.first().filter(|_| clock.lacks_zone) {
        let message = format!("times are written, as in `{}`, and not in which zone", first.file);
        let problem = Diagnostic::error("missing-timezone", event::FILE, 0..0, message);
        let help = "add its name in the IANA database, such as `timezone: Europe/Paris`";
        diagnostics.push(problem.help(help));
    }
    let mut last: HashMap<&Taken, (LocalTime, &Timed)> = HashMap::new();
    for timed in times.iter() {
        let Some((start, end)) = timed.between else {
            continue;
        };
        let mut told: Option<&Timed> = None;
        for taken in &timed.takes {
            let before = last.get(taken);
            let before = before.filter(|(until, it)| *until > start && !ptr::eq(*it, timed));
            let Some((until, other)) = before else {
                last.insert(taken, (end, timed));
                continue;
            };
            // Whoever speaks there is where the room is.
            if told.replace(*other).is_some_and(|it| ptr::eq(it, *other)) {
                continue;
            }
            let what = match taken {
                Taken::Room(name) => format!("`{name}` is in use"),
                Taken::Speaker(name) => format!("{name} speaks elsewhere"),
            };
            let message = format!("{what} until {until}, by `{}`", other.file);
            let problem = Diagnostic::warning("overlap", &timed.file, &timed.span, message);
            let help = "correct the time, the minutes or the room of one of the two";
            diagnostics.push(problem.help(help));
            if *until < end {
                last.insert(taken, (end, timed));
            }
        }
    }
}
