//! Faults of times, zones and rooms.

use crate::support::{Content, plant, problems};

/// Whatever was published is none of these tests.
const LOCK: &str = "-- permalinks.lock, gone --\n⟦missing-permalinks⟧\n";

const PARIS: &str = "-- permalinks.lock, gone --\n⟦missing-permalinks⟧
-- event.yaml, with --\ndate: 2024-10-10..2024-10-11\ntimezone: Europe/Paris\n";

fn alpha(keys: &str) -> String {
    format!("{PARIS}-- projects/alpha/project.yaml, with --\n{keys}\n")
}

#[test]
fn a_time_is_a_day_and_minutes() {
    for right in ["2024-10-10 12:30", "2024-10-11T09:05", "2024-10-10 9:05", "2024-10-10T09:05:00"]
    {
        plant(&alpha(&format!("start: {right}\nminutes: 20")));
    }
    for wrong in [
        "2024-10-10",
        "2024-10-10 12",
        "12:30",
        "2024-10-10 25:00",
        "2024-02-30 10:00",
        "2024-10-10 10:00+02:00",
        "2024-10-10 10:00 Uhr",
    ] {
        let found = plant(&alpha(&format!("start: ⟦invalid-time⟧{wrong}\nminutes: 20")));
        let last = found.items().last().and_then(|it| it.help.clone());
        let help = last.unwrap_or_default();
        assert!(help.contains("2024-10-10 12:30"), "{help}");
    }
    plant(&alpha("start: ⟦missing-minutes⟧2024-10-10 12:30"));
    plant(&alpha("start: 2024-10-10 12:30\nminutes: ⟦out-of-range⟧0"));
    plant(&alpha("start: 2024-10-10 12:30\nminutes: 20\nstate: ⟦unknown-word⟧canceled"));
}

#[test]
fn times_are_on_days_of_the_event_and_on_its_clocks() {
    plant(&alpha("start: ⟦outside-event⟧2024-10-12 12:30\nminutes: 20"));
    plant(&format!(
        "{LOCK}-- event.yaml, with --\ndate: 2024-03-31\ntimezone: Europe/Paris
-- schedule.yaml --
- {{start: ⟦invalid-time⟧2024-03-31 02:30, title: Nobody saw this}}
- {{start: ⟦outside-event⟧2024-03-30 02:30, title: The day before}}
- {{start: 2024-03-31 03:00, title: An hour early}}
",
    ));
}

#[test]
fn a_zone_is_asked_for_once_and_by_its_name() {
    let without = "-- permalinks.lock, gone --\n⟦missing-permalinks⟧
-- event.yaml, with --\ndate: 2024-10-10\n⟦missing-timezone⟧
-- projects/alpha/project.yaml, with --\nstart: 2024-10-10 12:30\nminutes: 20
-- projects/beta/project.yaml, with --\nstart: 2024-10-10 13:30\nminutes: 20\n";
    plant(without);
    for (wrong, near) in [
        ("Paris", "Europe/Paris"),
        ("Europe/Pariss", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("+02:00", "such as Europe/Paris"),
    ] {
        let found = plant(&format!(
            "{LOCK}-- event.yaml, with --\ntimezone: ⟦unknown-timezone⟧{wrong}
-- projects/alpha/project.yaml, with --\nstart: 2018-06-17 12:30\nminutes: 20\n"
        ));
        let help = found.items()[0].help.clone().unwrap_or_default();
        assert!(help.contains(near), "{wrong}: {help}");
    }
}

#[test]
fn nobody_is_in_two_places_and_nothing_in_one_place_twice() {
    let two = |a: &str, b: &str| {
        format!(
            "{PARIS}-- projects/alpha/project.yaml, with --
start: 2024-10-10 12:30\nminutes: 30\n{a}
-- projects/beta/project.yaml, with --\nminutes: 30\n{b}\n"
        )
    };
    plant(&two("room: A", "room: A\nstart: ⟦overlap⟧2024-10-10 12:45"));
    plant(&two("room: A", "room: A\nstart: 2024-10-10 13:00"));
    plant(&two("room: A", "room: B\nstart: 2024-10-10 12:45"));
    plant(&two("room: A\nstate: cancelled", "room: A\nstart: 2024-10-10 12:45"));
    let speaker = "speakers: [{name: Ann}]";
    let both = format!("{speaker}\nstart: ⟦overlap⟧2024-10-10 12:45");
    plant(&two(speaker, &both));
}

#[test]
fn a_schedule_is_a_list_of_times_and_titles() {
    plant(&format!(
        "{PARIS}-- schedule.yaml --
- {{start: 2024-10-10 12:30, minutes: 60, title: Lunch, room: ⟦empty-text⟧\"\"}}
- {{start: 2024-10-10 18:00, ⟦unknown-key⟧until: 19:00, title: Party}}
- {{start: ⟦invalid-time⟧18 Uhr, title: Bar}}
"
    ));
    let empty = Content::new(&format!("{PARIS}-- schedule.yaml --\nslots: []\n"));
    let found = problems(&empty);
    assert!(found.contains(&"wrong-type schedule.yaml:1:1".to_owned()), "{found:?}");
    plant("-- event.yaml, with --\nonline: ⟦invalid-address⟧example.org/live\n");
}
