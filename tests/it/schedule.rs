//! When and where: the schedule, and what pages, calendars and data say of times.

use std::collections::BTreeSet;

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime, Event, EventLike};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use showcase::site::Site;

use crate::support::{Content, attributes, between, main_of, page_of, problems};

const URL: &str = "https://example.org/";

/// Two days, of which the first has two rooms.
const EVENT: &str = "
-- event.yaml --
name: Exemple Conf
date: 2024-10-10..2024-10-11
timezone: Europe/Paris
languages: [fr]
city: Nantes
venue: Salle des Exemples
entries: talks
-- schedule.yaml --
- {start: 2024-10-10 12:00, minutes: 60, title: Lunch & more}
- {start: 2024-10-11 18:00, title: Fin}
-- talks/late/talk.yaml --
name: Late
start: 2024-10-11 09:00
minutes: 30
room: Room A
state: not-recorded
-- talks/second/talk.yaml --
name: Second
start: 2024-10-10 10:00
minutes: 120
room: Room B
speakers: [{name: Ann <3}]
-- talks/first/talk.yaml --
name: First
start: 2024-10-10T10:00
minutes: 45
room: Room A
tagline: The first of all
-- talks/first/fr.md --
What was said.
-- talks/gone/talk.yaml --
name: Gone
start: 2024-10-10 11:00
minutes: 30
room: Room A
state: cancelled
-- talks/untimed/talk.yaml --
name: Untimed
-- permalinks.lock --
/
/event.ics
/feed.xml
/schedule/
/search/
/talks.json
/talks/
/talks/first/
/talks/gone/
/talks/late/
/talks/second/
/talks/untimed/
";

fn site() -> Site {
    Content::only(EVENT).site_at(URL)
}

fn events(text: &str) -> Vec<Event> {
    let calendar: Calendar = text.parse().expect("a calendar");
    let events = calendar.components.iter().map(|it| match it {
        CalendarComponent::Event(event) => event.clone(),
        other => panic!("not an event: {other:?}"),
    });
    events.collect()
}

fn instant(time: Option<DatePerhapsTime>) -> Timestamp {
    match time {
        Some(DatePerhapsTime::DateTime(icalendar::CalendarDateTime::Utc(time))) => {
            Timestamp::from_second(time.timestamp()).expect("a time")
        }
        other => panic!("no instant: {other:?}"),
    }
}

#[test]
fn without_an_order_entries_stand_by_their_start() {
    let content = Content::only(EVENT);
    assert_eq!(problems(&content), Vec::<String>::new());
    let (website, _) = content.load();
    let projects = website.expect("a website").projects;
    let slugs: Vec<&str> = projects.iter().map(|it| it.slug.as_str()).collect();
    assert_eq!(slugs, ["first", "second", "gone", "late", "untimed"]);
    assert_eq!(projects[3].rank, 4);
}

#[test]
fn a_day_in_several_rooms_is_a_table_and_one_in_one_room_a_list() {
    let html = page_of(&site(), "/schedule/");
    let main = main_of(&html);
    let (first, second) = main.split_once("id=\"2024-10-11\"").expect("two days");
    assert!(first.contains("id=\"2024-10-10\"") && first.contains("href=\"#2024-10-11\""));
    assert_eq!(first.matches("<th scope=\"col\">").count(), 2);
    // From ten to twelve three times start or end in the other room.
    let talk = between(first, "rowspan=\"2\"", "</td>");
    assert!(talk.contains("Second") && talk.contains("Ann &#60;3"), "{talk}");
    let lunch = between(first, "schedule__cell--break", "</td>");
    assert!(lunch.contains("colspan=\"2\"") && lunch.contains("Lunch &#38; more"), "{lunch}");
    assert!(!second.contains("<table") && second.contains("<ol class=\"schedule__list\">"));
    // Every time is told to machines with its offset, and to readers in their language.
    let times = attributes(first, "datetime");
    assert!(times.iter().any(|it| it == "2024-10-10T10:00:00+02:00"), "{times:?}");
    assert!(first.contains("10 h 00–12 h 00") && main.contains("Europe/Paris (UTC+2)"));
    // It can be linked, to the talk.
    assert!(attributes(&html, "id").contains(&"at-gone".to_owned()));
    // A phone may show one room alone.
    let links = attributes(main, "href");
    assert!(links.contains(&"?track=a".to_owned()) && main.contains("data-track=\"b\""));
    assert!(html.contains("<s>Gone</s> <span class=\"state\">Annulé</span>"));
}

#[test]
fn nothing_is_lost_where_times_overlap() {
    let event = "-- event.yaml --\nname: Conf\ndate: 2024-10-10\ntimezone: UTC\nlanguages: [en]\n\
                 -- schedule.yaml --\n";
    let slots = ["10:00", "10:00", "10:30", "11:15"];
    let slots = slots.iter().enumerate().map(|(index, start)| {
        format!("- {{start: 2024-10-10 {start}, minutes: 90, title: Slot{index}}}\n")
    });
    let talks = ["10:00 A", "10:15 A", "10:00 B", "11:00 C", "11:15 B"];
    let talks = talks.iter().enumerate().map(|(index, talk)| {
        let (start, room) = talk.split_once(' ').expect("a time and a room");
        format!(
            "-- projects/talk{index}/project.yaml --\nname: Talk{index}\nminutes: 90\n\
             start: 2024-10-10 {start}\nroom: {room}\n"
        )
    });
    let text: String = [event.to_owned()].into_iter().chain(slots).chain(talks).collect();
    let html = page_of(&Content::only(&text).site(), "/schedule/");
    let main = main_of(&html);
    for name in (0..4).map(|it| format!("Slot{it}<")).chain((0..5).map(|it| format!("Talk{it}<"))) {
        assert_eq!(main.matches(&name).count(), 1, "{name}");
    }
    // Every row has all columns: those that cells from above reach into are left out.
    let mut open = Vec::new();
    for row in main.split("<tr class").skip(1) {
        open.retain_mut(|rows: &mut usize| {
            *rows -= 1;
            *rows > 0
        });
        let mut columns = open.len();
        for cell in row.split("<td").skip(1) {
            let head = cell.split('>').next().unwrap_or_default();
            let number =
                |name| attributes(head, name).first().map_or(1, |it| it.parse().expect("n"));
            let width: usize = number("colspan");
            columns += width;
            open.extend(vec![number("rowspan"); width]);
        }
        assert_eq!(columns, 3, "{row}");
    }
}

#[test]
fn the_schedule_is_there_with_a_time_alone() {
    let site = site();
    let home = page_of(&site, "/");
    assert!(home.contains("href=\"/schedule/\"") && home.contains("<s>Gone</s>"));
    assert!(page_of(&site, "/sitemap.xml").contains(&format!("{URL}schedule/")));
    let untimed = Content::only(
        "-- event.yaml --\nname: Conf\ndate: 2024-10-10\nlanguages: [en]\n\
         -- projects/a/project.yaml --\nname: A\nroom: Hall\n",
    );
    let site = untimed.site();
    assert!(!page_of(&site, "/").contains("/schedule/"));
    assert!(page_of(&site, "/projects/a/").contains("Hall"));
    assert!(!page_of(&site, "/projects/a/").contains("event.ics\" type=\"text/calendar\">Add"));
}

#[test]
fn a_talk_says_when_and_where_in_every_form() {
    let site = site();
    let page = page_of(&site, "/talks/first/");
    for text in [
        "10 octobre 2024<br>10 h 00–10 h 45",
        "Room A",
        "/talks/first/event.ics",
        "/schedule/#at-first",
    ] {
        assert!(main_of(&page).contains(text), "{text}");
    }
    let late = page_of(&site, "/talks/late/");
    assert!(late.contains("Room A · Exemple Conf\""));
    assert!(main_of(&late).contains("Il n’y a pas d’enregistrement."));
    let list = page_of(&site, "/talks/");
    assert!(main_of(&list).contains("45</span></time> · Room A"));
    assert!(page_of(&site, "/feed.xml").contains("10 octobre 2024 · 10 h 00–10 h 45 · Room A"));
    let markdown = page_of(&site, "/talks/first/index.md");
    assert!(markdown.contains("start: \"2024-10-10T10:00:00+02:00\"\nminutes: 45\n"));
    let json: Value = serde_json::from_str(&page_of(&site, "/talks.json")).expect("JSON");
    assert_eq!(json["event"]["timezone"], "Europe/Paris");
    assert_eq!(json["slots"][0]["title"]["text"], "Lunch & more");
    let talk = &json["projects"][0];
    assert_eq!(talk["start"], "2024-10-10T10:00:00+02:00");
    assert_eq!((&talk["minutes"], &talk["room"]["text"]), (&45.into(), &"Room A".into()));
    assert_eq!(json["projects"][2]["state"], "cancelled");
    assert!(json["projects"][4].get("start").is_none());
}

#[test]
fn calendars_tell_instants_places_and_what_was_cancelled() {
    let site = site();
    let text = page_of(&site, "/event.ics");
    assert!(text.contains("\r\nX-WR-TIMEZONE:Europe/Paris\r\n"));
    let all = events(&text);
    assert_eq!(all.len(), 5);
    let ids: BTreeSet<&str> = all.iter().filter_map(Component::get_uid).collect();
    assert_eq!(ids.len(), 5);
    // Neither the host nor the date is in them.
    let named = EVENT.replace("name: Exemple", "id: conf\nname: Exemple");
    let later = named.replace("2024-10-1", "2025-10-1");
    let ids = [(named, URL), (later, "https://example.net/")].map(|(text, url)| {
        let all = events(&page_of(&Content::only(&text).site_at(url), "/event.ics"));
        let ids = all.iter().map(|it| it.get_uid().map(str::to_owned));
        ids.collect::<Vec<_>>()
    });
    assert_eq!(ids[0], ids[1]);
    let first = &all[1];
    assert_eq!(instant(first.get_start()).to_string(), "2024-10-10T08:00:00Z");
    assert_eq!(instant(first.get_end()).to_string(), "2024-10-10T08:45:00Z");
    assert_eq!(first.get_location(), Some("Room A, Salle des Exemples, Nantes"));
    assert_eq!(first.get_url(), Some("https://example.org/talks/first/"));
    let alone = events(&page_of(&site, "/talks/first/event.ics"));
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0].get_uid(), first.get_uid());
    let is_cancelled = |it: &Event| it.property_value("STATUS") == Some("CANCELLED");
    assert_eq!(all.iter().filter(|it| is_cancelled(it)).count(), 1);
}

#[test]
fn search_engines_are_told_hours_rooms_and_states() {
    let graph = |path: &str, text: &str| -> Value {
        let html = page_of(&Content::only(text).site_at(URL), path);
        let start = "<script type=\"application/ld+json\">";
        serde_json::from_str(&between(&html, start, "</script>")[start.len()..]).expect("JSON")
    };
    let home = graph("/", EVENT);
    let event = &home["@graph"][1];
    assert_eq!(event["startDate"], "2024-10-10T10:00:00+02:00");
    assert_eq!(event["endDate"], "2024-10-11");
    let talks = event["subEvent"].as_array().expect("talks");
    assert_eq!(talks[0]["endDate"], "2024-10-10T10:45:00+02:00");
    assert_eq!(talks[0]["location"]["containedInPlace"]["@id"], "https://example.org/#venue");
    assert_eq!(talks[2]["eventStatus"], "https://schema.org/EventCancelled");
    // On which of two days one was is not known.
    assert!(talks[4].get("startDate").is_none());
    let page = graph("/talks/first/", EVENT);
    let about = page["@graph"][0]["about"].as_array().expect("subjects");
    assert_eq!(about[2]["superEvent"]["@id"], event["@id"]);
    let online = EVENT
        .replace("city: Nantes\nvenue: Salle des Exemples", "online: https://example.org/live");
    let event = &graph("/", &online)["@graph"][1];
    assert_eq!(event["location"]["@type"], "VirtualLocation");
    assert_eq!(event["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
}

#[test]
fn a_link_to_a_day_or_a_talk_of_the_schedule_is_known() {
    let text = |to: &str| format!("{EVENT}-- recap/fr.md --\n[là](/schedule/#{to})\n");
    for right in ["2024-10-11", "at-gone"] {
        assert_eq!(problems(&Content::only(&text(right))), Vec::<String>::new());
    }
    let wrong = problems(&Content::only(&text("2024-10-12")));
    assert_eq!(wrong, ["broken-fragment recap/fr.md:1:1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// In the night in which Paris puts its clocks forward, a talk takes as long as it says, and starts when clocks
    /// there show it.
    #[test]
    fn clocks_that_are_changed_change_no_talk(minute in 0_i64..48 * 60, minutes in 1_i64..600) {
        let (day, hour) = (30 + minute / 1440, minute % 1440 / 60);
        let start = format!("2024-03-{day} {hour:02}:{:02}", minute % 60);
        let text = format!(
            "-- event.yaml --\nname: Nuit\ndate: 2024-03-30..2024-03-31\ntimezone: Europe/Paris\nlanguages: [fr]\n\
             -- projects/a/project.yaml --\nname: A\nstart: {start}\nminutes: {minutes}\n"
        );
        let content = Content::only(&text);
        if day == 31 && hour == 2 {
            let found = problems(&content);
            prop_assert!(found.contains(&"invalid-time projects/a/project.yaml:2:8".to_owned()));
            return Ok(());
        }
        let talk = &events(&page_of(&content.site(), "/projects/a/event.ics"))[0];
        let (from, until) = (instant(talk.get_start()), instant(talk.get_end()));
        prop_assert_eq!(until.as_second() - from.as_second(), minutes * 60);
        let offset = if day == 31 && hour >= 3 { 2 } else { 1 };
        let local = from.strftime("%s").to_string().parse::<i64>().expect("a number") + offset * 3600;
        let shown = Timestamp::from_second(local).expect("a time").strftime("%Y-%m-%d %H:%M").to_string();
        prop_assert_eq!(shown, start);
    }
}
