//! The meetup for calendars: iCalendar (RFC 5545), one file a language.
//!
//! The content knows the day and no hour, so the event lasts the whole day, and a whole day has no
//! time zone (section 3.3.4). In every language it is the same event, under one UID.

use std::fmt;

use askama::Template;
use askama::filters::Escaper;

use crate::language::Localized;

use super::super::context::Context;
use super::super::text_fit::printable;

/// How long a line may be, without its end (section 3.1).
const MAX_OCTETS: usize = 75;

#[derive(Template)]
#[template(path = "event.ics", whitespace = "preserve")]
struct Calendar<'a> {
    id: &'a str,
    day: String,
    /// The end is not part of the event (section 3.6.1).
    next_day: String,
    updated: String,
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

pub(in crate::render) fn calendar(context: Context<'_>) -> askama::Result<String> {
    let event = &context.website.event;
    let words = |texts: &[_], between| Words::new(context, texts, between);
    let (name, city) = (Some(&event.name), event.city.as_ref());
    let digits = |date: &dyn fmt::Display| date.to_string().replace('-', "");
    let calendar = Calendar {
        id: &event.id,
        day: digits(&event.date.first),
        // The last day of the calendar has no next.
        next_day: digits(&event.date.last.tomorrow().unwrap_or(event.date.last)),
        updated: digits(&event.updated()) + "T000000Z",
        summary: words(&[name, city], " ").expect("an event has a name"),
        description: words(&[event.description.as_ref()], ""),
        location: words(&[event.venue.as_ref(), city, event.country.as_ref()], ", "),
        categories: words(&[event.kind.as_ref()], ""),
        url: context.urls().absolute("/"),
    };
    let mut text = String::new();
    for line in calendar.render()?.lines() {
        fold(&mut text, line);
    }
    Ok(text)
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
