//! The meetup for calendars: iCalendar (RFC 5545), one file a language.
//!
//! The content knows the day and no hour, so the event lasts the whole day, and a whole day has no
//! time zone (section 3.3.4). In every language it is the same event, under one UID.

use std::fmt::Write as _;

use crate::language::{InLanguage, Localized};

use super::super::context::Context;
use super::super::text_fit::printable;

/// How long a line may be, without its end (section 3.1).
const MOST_OCTETS: usize = 75;

/// The calendar of a language.
pub(in crate::render) fn calendar(context: Context<'_>) -> String {
    let event = &context.website.event;
    let mut calendar = Calendar {
        context,
        text: String::new(),
    };
    let day = digits(&event.date.to_string());
    // The end is not part of the event (section 3.6.1); the last day of the calendar has no next.
    let next = event.date.tomorrow().unwrap_or(event.date);
    let updated = format!("{}T000000Z", digits(&event.updated.to_string()));
    let host = context.base_url.authority();
    let host = host.split(':').next().unwrap_or(host);
    calendar.line("BEGIN:VCALENDAR");
    calendar.line("VERSION:2.0");
    calendar.line("PRODID:-//Showcase//Event//EN");
    calendar.line("CALSCALE:GREGORIAN");
    calendar.line("METHOD:PUBLISH");
    calendar.line("BEGIN:VEVENT");
    calendar.line(&format!("UID:{day}@{host}"));
    calendar.line(&format!("DTSTAMP:{updated}"));
    calendar.line(&format!("LAST-MODIFIED:{updated}"));
    calendar.line(&format!("DTSTART;VALUE=DATE:{day}"));
    calendar.line(&format!("DTEND;VALUE=DATE:{}", digits(&next.to_string())));
    calendar.words("SUMMARY", &[&event.name, &event.city], " ");
    calendar.words("DESCRIPTION", &[&event.description], "");
    calendar.words(
        "LOCATION",
        &[&event.venue, &event.city, &event.country],
        ", ",
    );
    calendar.words("CATEGORIES", &[&event.kind], "");
    let home = context.urls().absolute("/");
    calendar.line(&format!("URL:{home}"));
    // What is over keeps nobody busy.
    calendar.line("TRANSP:TRANSPARENT");
    calendar.line("END:VEVENT");
    calendar.line("END:VCALENDAR");
    calendar.text
}

/// A calendar in the making.
struct Calendar<'a> {
    context: Context<'a>,
    text: String,
}

impl Calendar<'_> {
    /// Adds texts as one property, with the language that the first of them is in.
    fn words(&mut self, name: &str, texts: &[&Localized<String>], between: &str) {
        let found: Vec<InLanguage<'_, String>> = texts
            .iter()
            .map(|it| it.get(self.context.language))
            .collect();
        let language = found
            .first()
            .map_or(self.context.language, |it| it.language);
        let words: Vec<&str> = found.iter().map(|it| it.value.as_str()).collect();
        let code = self.context.code(language);
        let value = escape(&words.join(between));
        self.line(&format!("{name};LANGUAGE={code}:{value}"));
    }

    /// Adds a line, folded so that no part is too long and no character is cut.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for character in line.chars() {
            if octets + character.len_utf8() > MOST_OCTETS {
                // The space belongs to the next line's length.
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(character);
            octets += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// Writes a text as a value (section 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in printable(text).chars() {
        match character {
            '\\' | ';' | ',' => {
                let _ = write!(escaped, "\\{character}");
            }
            '\n' => escaped.push_str("\\n"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A date as calendars write it: `20180617`.
fn digits(date: &str) -> String {
    date.replace('-', "")
}
