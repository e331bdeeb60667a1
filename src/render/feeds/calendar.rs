//! The meetup for calendars: iCalendar (RFC 5545), one file a language, and one for each entry that has a time.
//!
//! The meetup lasts whole days, which have no time zone (section 3.3.4); entries are told in UTC, which every reader
//! turns into the hours of its own place, whatever clocks were changed since. In every language it is the same event,
//! under one UID.

use std::fmt;

use askama::Template;
use askama::filters::Escaper;

use crate::language::Localized;
use crate::model::{Project, Zone};

use super::super::context::Context;
use super::super::text_fit::printable;

/// How long a line may be, without its end (section 3.1).
const MAX_OCTETS: usize = 75;

#[derive(Template)]
#[template(path = "event.ics", whitespace = "preserve")]
struct Calendar<'a> {
    /// The zone that readers may show times in.
    zone: Option<&'a str>,
    events: Vec<VEvent<'a>>,
}

struct VEvent<'a> {
    uid: String,
    updated: String,
    /// With what its kind of value is told by, such as `;VALUE=DATE:20241010`.
    start: String,
    /// The end is not part of the event (section 3.6.1).
    end: Option<String>,
    is_cancelled: bool,
    summary: Words<'a>,
    description: Option<Words<'a>>,
    location: Option<Words<'a>>,
    categories: Option<Words<'a>>,
    url: String,
}

/// A text, and the code of the language that it is in.
struct Words<'a> {
    language: &'a str,
    text: String,
}

impl<'a> Words<'a> {
    /// Those of some texts that there are as one, which is in the language of the first.
    fn new(
        context: Context<'a>,
        texts: &[Option<&'a Localized<String>>],
        between: &str,
    ) -> Option<Self> {
        let texts = || texts.iter().copied().flatten();
        let first = texts().next()?;
        let words = texts().map(|it| it.text(context.language));
        Some(Self {
            language: context.code(first.get(context.language).language),
            text: words.collect::<Vec<_>>().join(between),
        })
    }
}

/// The meetup, and every entry that has a time.
pub(in crate::render) fn calendar(context: Context<'_>) -> askama::Result<String> {
    let mut events = vec![meetup(context)];
    let projects = context.website.published();
    events.extend(projects.filter_map(|it| project(context, it)));
    write(context, events)
}

/// One entry.
pub(in crate::render) fn entry(context: Context<'_>, index: usize) -> askama::Result<String> {
    let event = project(context, &context.website.projects[index]);
    write(context, event.into_iter().collect())
}

fn write<'a>(context: Context<'a>, events: Vec<VEvent<'a>>) -> askama::Result<String> {
    let has_hours = events.iter().any(|it| it.start.starts_with(':'));
    let zone = context.website.event.timezone.as_ref().filter(|_| has_hours);
    let calendar = Calendar { zone: zone.map(Zone::name), events };
    let mut text = String::new();
    for line in calendar.render()?.lines() {
        fold(&mut text, line);
    }
    Ok(text)
}

/// What of a date its digits are.
fn digits(date: &dyn fmt::Display) -> String {
    date.to_string().replace('-', "")
}

fn meetup(context: Context<'_>) -> VEvent<'_> {
    let event = &context.website.event;
    let words = |texts: &[_], between| Words::new(context, texts, between);
    let (name, city) = (Some(&event.name), event.city.as_ref());
    let day = digits(&event.date.first);
    // The last day of the calendar has no next.
    let next_day = digits(&event.date.last.tomorrow().unwrap_or(event.date.last));
    let place = words(&[event.venue.as_ref(), city, event.country.as_ref()], ", ");
    VEvent {
        uid: event.id.clone(),
        updated: digits(&event.updated()) + "T000000Z",
        start: format!(";VALUE=DATE:{day}"),
        end: Some(format!(";VALUE=DATE:{next_day}")),
        is_cancelled: false,
        summary: words(&[name, city], " ").expect("an event has a name"),
        description: words(&[event.description.as_ref()], ""),
        location: place.or_else(|| online(context)),
        categories: words(&[event.kind.as_ref()], ""),
        url: context.urls().absolute("/"),
    }
}

fn project<'a>(context: Context<'a>, project: &'a Project) -> Option<VEvent<'a>> {
    let event = &context.website.event;
    let words = |texts: &[_], between| Words::new(context, texts, between);
    let (start, end) = project.interval(event)?.utc();
    let speakers = context.website.speakers(project);
    let speakers = speakers.map(|(speaker, _)| Some(&speaker.name));
    let texts: Vec<_> = speakers.chain([project.summary()]).collect();
    let (venue, city) = (event.venue.as_ref(), event.city.as_ref());
    let place = words(&[project.room.as_ref(), venue, city], ", ");
    Some(VEvent {
        uid: event.id.clone() + &project.first_path(),
        updated: digits(&project.updated.unwrap_or(event.updated())) + "T000000Z",
        start: format!(":{start}"),
        end: end.map(|it| format!(":{it}")),
        is_cancelled: project.is_cancelled(),
        summary: words(&[Some(&project.name)], "").expect("an entry has a name"),
        description: words(&texts, "\n"),
        location: place.or_else(|| online(context)),
        categories: None,
        url: context.urls().absolute(&project.path()),
    })
}

/// Where there is no place, the address at which it can be followed.
fn online(context: Context<'_>) -> Option<Words<'_>> {
    Some(Words {
        language: context.code(context.language),
        text: context.website.event.online.clone()?,
    })
}

/// Adds a line in parts, so that none is too long and no character is cut.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for character in line.chars() {
        octets += character.len_utf8();
        if octets > MAX_OCTETS {
            // The space belongs to the next line's length.
            text.push_str("\r\n ");
            octets = 1 + character.len_utf8();
        }
        text.push(character);
    }
    text.push_str("\r\n");
}

/// How a text is written as a value (section 3.3.11).
#[derive(Clone, Copy)]
pub(in crate::render) struct Escape;

impl Escaper for Escape {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        for character in printable(text).chars() {
            match character {
                '\\' | ';' | ',' => write!(dest, "\\{character}")?,
                '\n' => dest.write_str("\\n")?,
                other => dest.write_char(other)?,
            }
        }
        Ok(())
    }
}
