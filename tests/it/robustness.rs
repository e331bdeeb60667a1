//! Whatever stands in the content folder, reading it ends, and without a panic; and whatever is asked for is answered.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use showcase::content::{self, Drafts};
use showcase::diagnostic::Diagnostics;
use showcase::site::ContentType;

use crate::support::{Content, assemble, dir};

/// Reads a folder, shows its problems in every form, as `check` does, and builds the site if none is an error.
fn read(content: &Content) -> Diagnostics {
    let folder = content.on_disk();
    let start = Instant::now();
    let (website, diagnostics) =
        content::load(&dir(folder.path()), Drafts::Show).expect("a folder");
    assert_eq!(website.is_none(), diagnostics.errors() > 0);
    if let Some(website) = website {
        let site = assemble(&website, "https://example.org/");
        // Pages are written when they are asked for. Pictures take longer, and have tests of their own.
        let pages = site.paths().filter(|(_, it)| it.content_type() == ContentType::HTML);
        assert!(pages.map(|(_, page)| page.body()).all(|it| !it.is_empty()));
        assert!(site.search("/search/", "q=a").is_some());
    }
    let _ = (diagnostics.text(true), diagnostics.github(), diagnostics.html());
    let json: serde_json::Value = serde_json::from_str(&diagnostics.json()).expect("JSON");
    for item in json.as_array().expect("a list") {
        assert!(item["line"].as_u64() >= Some(1) && item["column"].as_u64() >= Some(1), "{item}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    diagnostics
}

/// What is done to a file.
#[derive(Clone, Debug)]
enum Change {
    /// Everything is something else.
    Replace(Vec<u8>),
    /// Bytes are put in at a place, counted in 1/65536 of the file.
    Insert(u16, Vec<u8>),
    /// The bytes between two places go.
    Remove(u16, u16),
    /// The file ends early.
    Truncate(u16),
    /// One bit is another.
    Flip(u16, u8),
}

/// Bytes that mean something to one of the formats, or none at all.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        ": ",
        "- ",
        "\n",
        "\t",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "---\n",
        "|\n",
        "#",
        "\u{feff}",
        "**",
        "](",
        "![",
        "<b>",
        "{#a}",
        "\r",
        "\u{0}",
        "각",
        "\u{1100}\u{1161}",
        "\u{202e}",
        "&#x41;",
        "term:pos",
        "/",
        "~~",
        "`",
        "|---|\n",
        "<svg",
        "<!--",
        "url(#",
        "99999999999999999999",
        "-1",
        "1e999",
        ".nan",
        "null",
        "true",
        "2018-02-30",
        "😀",
    ]);
    prop_oneof![
        3 => vec(words, 1..6).prop_map(|words| words.concat().into_bytes()),
        1 => vec(any::<u8>(), 0..40),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => vec(bytes(), 0..8).prop_map(|parts| Change::Replace(parts.concat())),
        6 => (any::<u16>(), bytes()).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Change::Remove(from.min(to), from.max(to))),
        2 => any::<u16>().prop_map(Change::Truncate),
        2 => (any::<u16>(), 0_u8..8).prop_map(|(at, bit)| Change::Flip(at, bit)),
    ]
}

fn apply(change: &Change, mut bytes: Vec<u8>) -> Vec<u8> {
    let place = |at: u16| bytes.len() * usize::from(at) / 65536;
    match change {
        Change::Replace(new) => return new.clone(),
        Change::Insert(at, new) => {
            let at = place(*at);
            bytes.splice(at..at, new.iter().copied());
        }
        Change::Remove(from, to) => {
            let (from, to) = (place(*from), place(*to));
            bytes.drain(from..to);
        }
        Change::Truncate(at) => {
            let at = place(*at);
            bytes.truncate(at);
        }
        Change::Flip(at, bit) => {
            let at = place(*at);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
        }
    }
    bytes
}

/// The small site with some of its files changed.
fn changed(changes: &[(prop::sample::Index, Change)]) -> Content {
    let mut content = Content::new("");
    let paths: Vec<String> = content.files().map(|(path, _)| path.to_owned()).collect();
    for (index, change) in changes {
        let path = index.get(&paths);
        let (_, bytes) = content.files().find(|(it, _)| it == path).expect("a file");
        let bytes = apply(change, bytes.to_vec());
        content = content.file(path, bytes);
    }
    content
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Change)>> {
    vec((any::<prop::sample::Index>(), change()), 1..6)
}

/// So many cases take about a second; set `PROPTEST_CASES` for a long run.
fn cases(number: u32) -> ProptestConfig {
    let set = ProptestConfig::default().cases;
    ProptestConfig {
        cases: if set == 256 { number } else { set },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn no_change_of_files_makes_reading_fail(changes in changes()) {
        read(&changed(&changes));
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn mending_ends_and_mends_all_it_can(changes in changes()) {
        let folder = changed(&changes).on_disk();
        content::fix(&dir(folder.path())).expect("files that can be written");
        prop_assert!(content::fix(&dir(folder.path())).expect("files").is_empty());
    }
}

#[test]
fn every_file_may_end_anywhere() {
    let shipped = Content::shipped();
    let names = [
        "event.yaml",
        "glossary.yaml",
        "labels/en.yaml",
        "projects/rrc/project.yaml",
        "projects/rrc/ko.md",
        "projects/rrc/emblem.svg",
        "permalinks.lock",
    ];
    for part in [3, 50, 97] {
        let mut content = Content::shipped();
        for (path, bytes) in shipped.files().filter(|(path, _)| names.contains(path)) {
            content = content.file(path, &bytes[..bytes.len() * part / 100]);
        }
        read(&content);
    }
}

#[test]
fn enormous_files_are_named_and_not_read() {
    let mut content = Content::new("");
    for path in [
        "projects/alpha/project.yaml",
        "projects/beta/ko.md",
        "projects/gamma/emblem.svg",
        "recap/map.png",
    ] {
        content = content.file(path, vec![b'a'; 9 << 20]);
    }
    let diagnostics = read(&content);
    let large = diagnostics.items().iter().filter(|it| it.code == "file-too-large");
    // The picture is not read at all: nothing shows it.
    assert_eq!(large.count(), 3);
    // As hard to read as it gets.
    for hard in ["[", "- ", "a: {", "**", "> ", "[[](", "<g>", "![", "`", "*a_", "| |\n"] {
        let text = hard.repeat((1 << 17) / hard.len());
        let content = Content::new("")
            .file("projects/alpha/project.yaml", text.clone())
            .file("projects/beta/ko.md", text.clone())
            .file("projects/gamma/emblem.svg", text);
        read(&content);
    }
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::support::load;

    #[test]
    fn links_in_a_circle_end() {
        let folder = Content::new("").on_disk();
        let path = folder.path();
        symlink(path, path.join("projects/loop")).expect("a link");
        symlink(path.join("projects/b"), path.join("projects/a")).expect("a link");
        symlink(path.join("projects/a"), path.join("projects/b")).expect("a link");
        symlink("nowhere", path.join("recap/zh.md")).expect("a link");
        let (_, diagnostics) = load(path);
        let codes: Vec<&str> = diagnostics.items().iter().map(|it| it.code).collect();
        assert!(codes.contains(&"unreadable-file"), "{codes:?}");
        assert!(codes.contains(&"outside-link"), "{codes:?}");
    }

    #[test]
    fn a_file_that_may_not_be_read_is_named() {
        let folder = Content::new("").on_disk();
        let path = folder.path().join("recap/ko.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("permissions");
        if fs::read(&path).is_ok() {
            return; // The superuser reads everything.
        }
        let (_, diagnostics) = load(folder.path());
        let first = &diagnostics.items()[0];
        assert_eq!((first.code, first.file.as_str()), ("unreadable-file", "recap/ko.md"));
    }

    #[test]
    fn a_pipe_does_not_hold_anybody_up() {
        let folder = Content::new("").on_disk();
        let made =
            std::process::Command::new("mkfifo").arg(folder.path().join("recap/fr.md")).status();
        if made.is_ok_and(|it| it.success()) {
            let (_, diagnostics) = load(folder.path());
            assert!(diagnostics.items().iter().any(|it| it.code == "unreadable-file"));
        }
    }
}
