//! The schedule: a table of times and rooms for a day in several rooms, a list by time for any other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use askama::Template;

use super::{Context, Layout, LocalizedText, PageMeta, ProjectSummary, When};
use crate::language::{LanguageId, Localized, fill};
use crate::model::Zone;

/// A room is known by a shape, drawn on a square of 12 by 12, and a letter.
const SHAPES: [&str; 6] = [
    "M6 .5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
    "M1 1h10v10H1z",
    "M11.5 .5v11H.5z",
    "M6 0l6 6l-6 6l-6-6z",
    "M1 1h10v3.5H1zM1 7.5h10V11H1z",
    "M.5 11.5v-11h11z",
];

/// Rooms that a table has columns for.
const TABLE: RangeInclusive<usize> = 2..=8;

/// Minutes that a row of a table is drawn in steps of, and at most.
const STEP: i64 = 15;
const TALLEST: i64 = 90;
/// Where nothing but breaks is.
const BREAK: i64 = 30;

#[derive(Debug, Template)]
#[template(path = "schedule.html")]
pub(super) struct Schedule<'a> {
    layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    /// The zone of all times, in words.
    zone: String,
    /// The rooms that sessions can be told apart by.
    rooms: Vec<Room<'a>>,
    days: Vec<Day<'a>>,
}

#[derive(Debug)]
struct Day<'a> {
    /// The date, which is its fragment too.
    id: String,
    date: String,
    link_name: String,
    plan: Plan<'a>,
}

#[derive(Debug)]
enum Plan<'a> {
    List(Vec<Session<'a>>),
    Table { rooms: Vec<Room<'a>>, rows: Vec<Row<'a>> },
}

#[derive(Clone, Debug)]
struct Room<'a> {
    shape: &'static str,
    letter: char,
    /// The letter in addresses.
    track: String,
    name: LocalizedText<'a>,
}

/// An entry, or what else has a time.
#[derive(Clone, Debug)]
struct Session<'a> {
    when: When,
    /// The seconds between which it is.
    seconds: (i64, i64),
    title: LocalizedText<'a>,
    project: Option<ProjectSummary<'a>>,
    room: Option<LocalizedText<'a>>,
    /// The room among those that entries are in.
    track: Option<Room<'a>>,
}

/// All that starts at a time.
#[derive(Debug)]
struct Row<'a> {
    /// The time: that of any of them.
    when: Option<When>,
    /// How tall it is.
    minutes: i64,
    cells: Vec<Cell<'a>>,
}

#[derive(Debug, Default)]
struct Cell<'a> {
    rows: usize,
    columns: usize,
    sessions: Vec<Session<'a>>,
}

impl Cell<'_> {
    /// What it is to the eye: a break, what is for all, or nothing in particular.
    fn kind(&self) -> &'static str {
        match self.sessions.first() {
            Some(Session { project: None, .. }) => "break",
            Some(_) if self.columns > 1 => "common",
            _ => "session",
        }
    }
}

impl<'a> Schedule<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let website = context.website;
        let event = &website.event;
        let rooms = rooms(context);
        let (mut days, mut offsets) = (BTreeMap::<_, Vec<_>>::new(), BTreeSet::new());
        let projects = website.projects.iter().filter_map(|it| {
            let interval = it.interval(event)?;
            let summary = ProjectSummary::new(context, it);
            Some((interval, &it.name, it.room.as_ref(), Some(summary)))
        });
        let slots = website.slots.iter();
        let slots = slots.map(|it| (it.interval(event), &it.title, it.room.as_ref(), None));
        for (interval, title, room, project) in projects.chain(slots) {
            offsets.insert(interval.offset());
            let session = Session {
                when: When::new(context, &interval),
                seconds: interval.seconds(),
                title: context.text(title),
                project,
                track: room.and_then(|it| rooms.get(key(it)).cloned()),
                room: context.optional_text(room),
            };
            days.entry(interval.date()).or_default().push(session);
        }
        let heading = &context.labels.project.heading_link;
        let days = days.into_iter().map(|(day, mut sessions)| {
            // Side by side by their rooms; what is for all comes last.
            let letter = |it: &Room<'a>| it.letter;
            sessions.sort_by_key(|it| (it.seconds.0, it.track.as_ref().map_or(char::MAX, letter)));
            let date = context.labels.dates.full(day);
            Day {
                id: day.to_string(),
                link_name: fill(heading, &[("heading", &date)]),
                date,
                plan: Plan::new(sessions),
            }
        });
        let mut rooms: Vec<Room<'a>> = rooms.values().cloned().collect();
        rooms.sort_by_key(|it| it.letter);
        let mut zone = event.timezone.as_ref().map_or("UTC", Zone::name).replace('_', " ");
        if let (Some(offset), true) = (offsets.first(), offsets.len() == 1) {
            zone = format!("{zone} ({offset})");
        }
        Self {
            projects: ProjectSummary::row(context),
            zone: fill(&context.labels.schedule.zone, &[("zone", &zone)]),
            rooms,
            days: days.collect(),
            layout: Layout::new(context, meta),
        }
    }
}

/// What tells a room from others, in every language.
fn key(room: &Localized<String>) -> &str {
    room.text(LanguageId::FIRST)
}

/// The rooms that entries are in, where those are several, by what tells them apart: the one that is used first has the
/// first letter.
fn rooms(context: Context<'_>) -> BTreeMap<&str, Room<'_>> {
    let mut first = BTreeMap::new();
    for project in &context.website.projects {
        if let (Some(start), Some(room)) = (project.start, &project.room) {
            let earliest = first.entry(key(room)).or_insert((start, room));
            earliest.0 = earliest.0.min(start);
        }
    }
    let mut rooms: Vec<_> = first.into_iter().collect();
    rooms.sort_by_key(|(key, (start, _))| (*start, *key));
    if rooms.len() < 2 {
        rooms.clear();
    }
    let rooms = rooms.into_iter().zip('A'..='Z').enumerate();
    let rooms = rooms.map(|(index, ((key, (_, name)), letter))| {
        let room = Room {
            shape: SHAPES[index % SHAPES.len()],
            letter,
            track: letter.to_lowercase().to_string(),
            name: context.text(name),
        };
        (key, room)
    });
    rooms.collect()
}

impl<'a> Plan<'a> {
    /// The plan of a day, from its sessions in order.
    fn new(sessions: Vec<Session<'a>>) -> Self {
        let rooms = sessions.iter().filter_map(|it| {
            let room = it.track.as_ref().filter(|_| it.project.is_some())?;
            Some((room.letter, room.clone()))
        });
        let rooms: BTreeMap<char, Room<'a>> = rooms.collect();
        if !TABLE.contains(&rooms.len()) {
            return Self::List(sessions);
        }
        let rooms: Vec<Room<'a>> = rooms.into_values().collect();
        Self::Table { rows: rows(sessions, &rooms), rooms }
    }
}

/// A row for every time at which something starts: what is in a room stands in its column for as long as it takes, what
/// is for all takes the columns that are left.
fn rows<'a>(sessions: Vec<Session<'a>>, rooms: &[Room<'a>]) -> Vec<Row<'a>> {
    let mut starts: Vec<i64> = sessions.iter().map(|it| it.seconds.0).collect();
    starts.dedup();
    // Which cell is in a row and a column, by those in which it begins.
    let mut taken = vec![vec![None; rooms.len()]; starts.len()];
    let mut cells: BTreeMap<(usize, usize), Cell<'a>> = BTreeMap::new();
    for session in sessions {
        let before = |time: i64| starts.partition_point(|it| *it < time);
        let row = before(session.seconds.0);
        let letter = session.track.as_ref().map(|it| it.letter);
        let own = letter.and_then(|letter| rooms.iter().position(|it| it.letter == letter));
        let free = taken[row].iter().position(Option::is_none);
        let column = own.or(free).unwrap_or_default();
        let place = taken[row][column].unwrap_or((row, column));
        let cell = cells.entry(place).or_default();
        if cell.sessions.is_empty() {
            let is_free = taken[row][column..].iter().take_while(|it| it.is_none());
            (cell.rows, cell.columns) = match own {
                Some(_) => (before(session.seconds.1).max(row + 1) - row, 1),
                None => (1, is_free.count()),
            };
            for row in &mut taken[row..row + cell.rows] {
                row[column..column + cell.columns].fill(Some(place));
            }
        }
        cell.sessions.push(session);
    }
    let mut latest = 0;
    let rows = starts.iter().enumerate().map(|(row, start)| {
        let here = (0..rooms.len()).filter_map(|column| match taken[row][column] {
            Some(place) if place != (row, column) => None,
            _ => Some(cells.remove(&(row, column)).unwrap_or_default()),
        });
        let cells: Vec<Cell<'a>> = here.collect();
        let sessions = || cells.iter().flat_map(|it| &it.sessions);
        let end = sessions().map(|it| it.seconds.1).max().unwrap_or(*start);
        let is_break = latest <= *start && sessions().all(|it| it.project.is_none());
        latest = latest.max(end);
        let until = starts.get(row + 1).map_or(latest, |next| latest.min(*next));
        let tallest = if is_break { BREAK } else { TALLEST };
        let steps = (until - start + 60 * STEP - 1) / (60 * STEP);
        let when = sessions().next().map(|it| it.when.clone());
        Row { when, minutes: (STEP * steps).clamp(STEP, tallest), cells }
    });
    rows.collect()
}
