//! Dates, times and zones as content writes them, and what is said of those that are none.

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, nearest};
use crate::model::Zone;

/// Whether it is a day of the calendar in the one form that content has; jiff also reads others.
pub(super) fn is_date(text: &str) -> bool {
    text.parse().is_ok_and(|date: Date| date.to_string() == text)
}

pub(super) fn are_days(text: &str) -> bool {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    is_date(first) && is_date(last) && first <= last
}

pub(super) fn invalid_days(file: &str, span: &Range<usize>, text: &str) -> Diagnostic {
    let Some((first, last)) = text.split_once("..") else {
        let help = "write year, month and day, such as 2024-10-10; of several days the first and the last: 2024-10-10..2024-10-11";
        return invalid_date(file, span, text).help(help);
    };
    let message = if is_date(first) && is_date(last) {
        format!("`{first}` is after `{last}`")
    } else {
        format!("`{text}` are no two dates of the calendar")
    };
    Diagnostic::error("invalid-date", file, span.clone(), message)
        .help("write the first and the last day, such as 2024-10-10..2024-10-11")
}

pub(super) fn invalid_date(file: &str, span: &Range<usize>, text: &str) -> Diagnostic {
    let message = format!("`{text}` is no date of the calendar");
    let problem = Diagnostic::error("invalid-date", file, span.clone(), message)
        .help("write year, month and day, such as 2024-10-10")
        .name_odd(text);
    match written_out(text) {
        Some(date) if span.len() == text.len() => problem.fix(span.clone(), date),
        _ => problem,
    }
}

pub(super) fn invalid_time(file: &str, span: &Range<usize>, text: &str) -> Diagnostic {
    let message = format!("`{text}` is no time of a day");
    let help = "write the day and the time there and then, without a zone: 2024-10-10 12:30";
    Diagnostic::error("invalid-time", file, span.clone(), message).help(help).name_odd(text)
}

pub(super) fn unknown_zone(file: &str, span: &Range<usize>, text: &str) -> Diagnostic {
    let message = format!("`{text}` is no time zone");
    let problem = Diagnostic::error("unknown-timezone", file, span.clone(), message);
    let place = format!("/{}", text.rsplit('/').next().unwrap_or(text).replace(' ', "_"));
    let names: Vec<String> = Zone::names().collect();
    // What `Etc` has counts the other way round.
    let is_place = |name: &&String| name.contains('/') && !name.starts_with("Etc/");
    let is_there =
        |name: &&String| is_place(name) && name.to_lowercase().ends_with(&place.to_lowercase());
    let near = names.iter().filter(is_place).map(String::as_str);
    let near = near.filter(|_| text.contains('/'));
    match names.iter().find(is_there).map(String::as_str).or(nearest(text, near)) {
        Some(name) => problem.help(format!("did you mean `{name}`?")),
        None => problem.help(
            "write the name of a place that has it in the IANA database, such as Europe/Paris",
        ),
    }
}

/// A date in the order of year, month and day whose form alone is wrong: `2024-6-17`, `2024.06.17`.
fn written_out(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let &[year, month, day] = &parts[..] else {
        return None;
    };
    let is_number = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(is_number) {
        return None;
    }
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    is_date(&date).then_some(date)
}
