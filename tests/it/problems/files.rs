//! Files that cannot be read, lack, or are read by nothing.

use std::os::unix::{fs::symlink, net::UnixListener};
use std::{fs, path::Path};

use crate::support::{Content, listed, load, plant, problems};

/// The problems of the base after a change on disk.
fn after(change: impl FnOnce(&Path)) -> Vec<String> {
    let folder = Content::new("").on_disk();
    change(folder.path());
    listed(&load(folder.path()).1)
}

#[test]
fn a_link_to_nothing_and_a_socket_are_named() {
    let dangling = after(|folder| {
        fs::remove_file(folder.join("topics.yaml")).expect("a file");
        symlink("nowhere.yaml", folder.join("topics.yaml")).expect("a link");
    });
    assert_eq!(dangling, ["unreadable-file topics.yaml:1:1"]);
    let socket = after(|folder| {
        drop(UnixListener::bind(folder.join("소켓.md")).expect("a socket"));
    });
    assert_eq!(socket, ["unreadable-file 소켓.md:1:1"]);
}

#[test]
fn a_folder_that_leads_back_to_itself_is_left() {
    let problems = after(|folder| symlink(folder, folder.join("about/again")).expect("a link"));
    assert!(
        problems
            .iter()
            .any(|it| it.starts_with("too-many-files about/again/")),
        "{problems:?}"
    );
    let deep = "a/b/c/d/e/f/g/h/i";
    let problems = after(|folder| fs::create_dir_all(folder.join(deep)).expect("a folder"));
    assert_eq!(problems, ["too-many-files a/b/c/d/e/f/g/h/i:1:1"]);
}

#[test]
fn a_text_is_one_mebibyte_at_most() {
    let text = |length: usize| Content::new("").file("recap/ko.md", "가".repeat(length / 3) + "a");
    assert_eq!(problems(&text(1 << 20)), [""; 0]);
    assert_eq!(
        problems(&text((1 << 20) + 3)),
        ["file-too-large recap/ko.md:1:1"]
    );
}

#[test]
fn text_that_is_no_utf_8_is_named_at_its_first_wrong_byte() {
    let bytes = ["첫 줄\n둘째 ".as_bytes(), &[0xff, 0xfe], "줄\n".as_bytes()].concat();
    let content = Content::new("").file("about/ko.md", bytes);
    assert_eq!(problems(&content), ["invalid-utf8 about/ko.md:2:4"]);
}

#[test]
fn an_empty_file_says_nothing() {
    plant(
        "
-- recap/ko.md --
⟦empty-file⟧

-- glossary.yaml --
⟦empty-file⟧
",
    );
    plant("-- event.yaml --\n⟦empty-file⟧\n");
}

#[test]
fn what_the_site_needs_must_be_there() {
    plant(
        "
-- labels/en.yaml, gone --
⟦missing-file⟧
-- projects/beta/project.yaml, gone --
⟦missing-file⟧
",
    );
    plant("-- event.yaml, gone --\n⟦missing-file⟧\n");
}

#[test]
fn files_that_nothing_reads_are_named_and_leftovers_are_not() {
    let diagnostics = plant(
        "
-- projects/beta/kr.md --
⟦unread-file⟧
베타
-- projects/beta/그림.png --
⟦unread-file⟧
-- labels/fr.yaml --
⟦unread-file⟧
-- projects/beta/ko.md~ --
-- .DS_Store --
-- README.md --
-- schema/event.json --
",
    );
    assert!(diagnostics.text(false).contains("remove it, or link to it"));
    let renamed =
        "-- recap/en.md, gone --\n⟦missing-translation⟧\n-- recap/eng.md --\n⟦unread-file⟧\nA\n";
    let help = plant(renamed).text(false);
    assert!(help.contains("did you mean `recap/en.md`?"), "{help}");
}

#[test]
fn line_ends_marks_and_decomposed_hangul_move_no_place() {
    let plain = "가나다 각\n\n한국어 <b>글</b>\n";
    let decomposed = plain
        .replace('각', "\u{1100}\u{1161}\u{11a8}")
        .replace('\n', "\r\n");
    for text in [plain.to_owned(), format!("\u{feff}{decomposed}")] {
        let content = Content::new("").file("recap/ko.md", text);
        let expected = ["raw-html recap/ko.md:3:5", "raw-html recap/ko.md:3:9"];
        assert_eq!(problems(&content), expected);
    }
}
