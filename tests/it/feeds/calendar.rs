//! The calendar files.

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime, EventLike};

use super::{HARD, HOSTILE, SMALL, URL, read};

fn event(text: &str) -> icalendar::Event {
    let calendar: Calendar = text.parse().expect("a calendar");
    match calendar.components.as_slice() {
        [CalendarComponent::Event(event)] => event.clone(),
        other => panic!("not one event: {other:?}"),
    }
}

#[test]
fn the_meetup_is_a_whole_day_since_no_hour_is_known() {
    let mut ids = Vec::new();
    for (prefix, summary, place) in [
        ("", "작은 밋업 서울", "큰 호텔, 서울, 한국"),
        ("en/", "Small meetup Seoul", "Grand Hotel, Seoul, South Korea"),
    ] {
        let text = read(&SMALL, &format!("{URL}{prefix}event.ics"));
        let event = event(&text);
        assert_eq!(event.get_summary(), Some(summary));
        assert_eq!(event.get_location(), Some(place));
        assert_eq!(event.get_url(), Some(&*format!("{URL}{prefix}")));
        let day = |it: Option<DatePerhapsTime>| match it {
            Some(DatePerhapsTime::Date(day)) => day.to_string(),
            other => panic!("not a day: {other:?}"),
        };
        assert_eq!(day(event.get_start()), "2018-06-17");
        assert_eq!(day(event.get_end()), "2018-06-18");
        let stamp = event.get_timestamp().expect("a time");
        assert_eq!(stamp.to_rfc3339(), "2026-11-20T00:00:00+00:00");
        ids.push(event.get_uid().expect("an id").to_owned());
        let code = if prefix.is_empty() { "ko" } else { "en" };
        assert!(text.contains(&format!("SUMMARY;LANGUAGE={code}:")));
    }
    assert_eq!(ids, ["small-meetup"; 2]);
}

#[test]
fn lines_are_folded_between_characters() {
    let text = read(&HARD, &format!("{URL}event.ics"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.lines().any(|it| it.starts_with(' ')), "nothing is folded");
    for line in text.split("\r\n") {
        // That the whole is UTF-8 does not say that each line is: cut bytes would meet again.
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(char::is_control), "{line}");
    }
}

#[test]
fn no_name_breaks_a_calendar() {
    let text = read(&HARD, &format!("{URL}event.ics"));
    let unfolded = text.replace("\r\n ", "");
    let escaped = HOSTILE.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    assert!(lines.contains(&&*format!("SUMMARY;LANGUAGE=ko:{escaped} 서울")), "{unfolded}");
    assert!(lines.contains(&&*format!("DESCRIPTION;LANGUAGE=ko:{}", escaped.repeat(3))));
    assert_eq!(event(&text).get_description().map(str::len), Some(HOSTILE.len() * 3));
}
