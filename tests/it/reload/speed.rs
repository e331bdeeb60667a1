//! Edits faster than they can be shown, while others read.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{Server, content, rename_over};
use crate::support::between;

const READERS: usize = 6;
const BURSTS: usize = 4;
const EDITS: u64 = 25;

/// The same marker into two files, whose texts stand on one page; every fourth time broken.
fn edit(folder: &Path, marker: usize) {
    let (recap, event) = (folder.join("recap/ko.md"), folder.join("event.yaml"));
    let text = match marker % 4 {
        3 => format!("표시 {marker} <b>"),
        _ => format!("표시 {marker}."),
    };
    let facts = fs::read_to_string(&event).expect("read");
    let old = facts.lines().find(|line| line.starts_with("headline:")).expect("a headline");
    let facts =
        facts.replace(old, &format!("headline: {{ko: 머리 {marker}., en: Head {marker}.}}"));
    if marker.is_multiple_of(2) {
        fs::write(&recap, text).expect("written");
        fs::write(&event, facts).expect("written");
    } else {
        rename_over(&event, &facts);
        rename_over(&recap, &text);
    }
}

/// The markers on the page; `None` before the first edit.
fn markers(page: &str) -> Option<(&str, &str)> {
    let number = |start: &'static str| Some(&between(page, start, ".")[start.len()..]);
    page.contains("표시 ").then(|| number("표시 ").zip(number("머리 ")))?
}

/// Says so once it goes.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn every_answer_is_of_one_state_and_the_last_one_is_shown() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    let (is_over, answers) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let (status, page) = server.get("/");
                    assert_eq!(status, 200);
                    if let Some((recap, headline)) = markers(&page) {
                        assert_eq!(recap, headline, "a page of two states");
                    }
                    answers.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(Duration::from_millis(3));
                }
            });
        }
        // Also when something is missed, or the readers would read for ever.
        let _over = Over(&is_over);
        let mut marker = 0;
        for _ in 0..BURSTS {
            for number in 0..EDITS {
                marker += 1;
                edit(folder.path(), marker);
                thread::sleep(Duration::from_millis((number * 7) % 11));
            }
            marker = (marker + 1).next_multiple_of(4);
            edit(folder.path(), marker);
            let last = marker.to_string();
            server.until("/", |page| markers(page) == Some((&last, &last)));
        }
    });
    assert!(answers.load(Ordering::Relaxed) > READERS);
    assert!(server.get("/readyz").1.contains("\"ok\""));
}
