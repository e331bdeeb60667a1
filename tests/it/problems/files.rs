//! Files that cannot be read, lack, or are read by nothing.

use std::os::unix::{fs::symlink, net::UnixListener};
use std::{fs, path::Path};

use showcase::content::{self, ContentDir, Drafts};

use crate::support::{Content, dir, listed, load, plant, problems};

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
    let none = after(|folder| symlink("nowhere", folder.join("none")).expect("a link"));
    assert_eq!(none, ["unreadable-file none:1:1"]);
    let socket = after(|folder| {
        drop(UnixListener::bind(folder.join("소켓.md")).expect("a socket"));
    });
    assert_eq!(socket, ["unreadable-file 소켓.md:1:1"]);
}

#[test]
fn links_to_what_cannot_be_read_are_not_at_fault() {
    let links = "[값](/projects/alpha/#figure-all) [방법](/projects/alpha/#how) [주제](/topics/data/) [용어](/glossary/#pos)\n";
    for folder in ["projects", "projects/alpha"] {
        let problems = after(|root| {
            fs::write(root.join("recap/ko.md"), links).expect("a file");
            fs::remove_dir_all(root.join(folder)).expect("a folder");
            symlink("nowhere", root.join(folder)).expect("a link");
        });
        assert_eq!(problems, [format!("unreadable-file {folder}:1:1")]);
    }
    plant(&format!(
        "
-- recap/ko.md --
{links}
-- topics.yaml --
topics: ⟦wrong-type⟧data
-- glossary.yaml --
terms: ⟦wrong-type⟧pos
-- projects/alpha/project.yaml, with --
speakers: ⟦wrong-type⟧nobody
figures: [{{id: all, value: 3, unit: people, label: {{ko: 수, en: number}}}}]
"
    ));
}

#[test]
fn a_font_is_there_and_can_be_used() {
    plant(
        "-- event.yaml, with --\nlook: {font: ⟦missing-font⟧media/none.ttf}\n-- recap/ko.md --\nक\n",
    );
    let named = after(|folder| {
        fs::create_dir(folder.join("media")).expect("a folder");
        fs::write(folder.join("media/a.ttf"), b"no font").expect("a file");
        let event = fs::read_to_string(folder.join("event.yaml")).expect("a file");
        let event = event + "look: {font: media/a.ttf}\n";
        fs::write(folder.join("event.yaml"), event).expect("a file");
        fs::write(folder.join("recap/ko.md"), "क\n").expect("a file");
    });
    assert_eq!(named.len(), 1, "{named:?}");
    assert!(named[0].starts_with("invalid-font event.yaml:"), "{named:?}");
}

#[test]
fn a_link_that_leads_out_is_named_and_not_read() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "secret").expect("a file");
    // What hides in the folder, such as `.git`, is outside of the content too.
    for target in [
        "secret.md",
        "",
        "/",
        "/proc",
        "/proc/self/environ",
        "/dev/zero",
        "/etc/passwd",
        "..",
        "../.git",
    ] {
        for link in ["recap/fr.md", "people", "projects/alpha/deep/er"] {
            let found = after(|folder| {
                fs::create_dir(folder.join(".git")).expect("a folder");
                fs::create_dir(folder.join("projects/alpha/deep")).expect("a folder");
                let target = match target {
                    "../.git" => folder.join(".git"),
                    target => outside.path().join(target),
                };
                symlink(target, folder.join(link)).expect("a link");
            });
            assert_eq!(found, [format!("outside-link {link}:1:1")], "{target}");
        }
    }
}

/// As Kubernetes mounts a folder, so that it can replace all of it at once.
#[test]
fn links_within_the_folder_are_followed() {
    let found = after(|folder| {
        let (real, data) = (folder.join("..2026_11_23"), folder.join("..data"));
        fs::create_dir(&real).expect("a folder");
        symlink("..2026_11_23", data).expect("a link");
        for name in ["event.yaml", "recap", "projects"] {
            fs::rename(folder.join(name), real.join(name)).expect("moved");
            symlink(format!("..data/{name}"), folder.join(name)).expect("a link");
        }
        fs::rename(folder.join("pages"), real.join("a")).expect("moved");
        symlink(real.join("a"), folder.join("pages")).expect("a link");
    });
    assert_eq!(found, [""; 0]);
}

#[test]
fn who_trusts_them_follows_links_that_lead_out_but_to_files_alone() {
    let folder = Content::new("").on_disk();
    let outside = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("recap"), outside.path().join("recap"));
    fs::rename(&here, &there).expect("moved");
    symlink(&there, &here).expect("a link");
    for (name, target) in [("a", "/proc/self/environ"), ("b", "/dev/zero"), ("c", "/proc/kmsg")] {
        symlink(target, folder.path().join(format!("{name}.md"))).expect("a link");
    }
    let dir = ContentDir { follow_outside_links: true, ..dir(folder.path()) };
    let found = content::load(&dir, Drafts::Hide).expect("a folder").1;
    let expected = ["a", "b", "c"].map(|it| format!("unreadable-file {it}.md:1:1"));
    assert_eq!(listed(&found), expected);
}

#[test]
fn folders_are_as_deep_and_hold_as_many_files_as_they_may() {
    let problems =
        after(|folder| symlink(folder, folder.join("pages/about/again")).expect("a link"));
    assert_eq!(problems, ["outside-link pages/about/again:1:1"]);
    let problems = after(|folder| {
        for (link, target) in [("a/b", "../b"), ("b/a", "../a")] {
            fs::create_dir(folder.join(&link[..1])).expect("a folder");
            symlink(target, folder.join(link)).expect("a link");
        }
    });
    let deep = "too-many-files a/b/a/b/a/b/a/b/a:1:1";
    assert!(
        problems == [deep] || problems == [deep.replace("a/b/", "b/a/").replace("/a:", "/b:")],
        "{problems:?}"
    );
    let deep = "a/b/c/d/e/f/g/h/i";
    let problems = after(|folder| fs::create_dir_all(folder.join(deep)).expect("a folder"));
    assert_eq!(problems, ["too-many-files a/b/c/d/e/f/g/h/i:1:1"]);
    // Eight folders with a link to each of the others: eight to the power of eight ways through them.
    let problems = after(|folder| {
        for name in 0..8 {
            fs::create_dir(folder.join(format!("{name}"))).expect("a folder");
            for other in (0..8).filter(|it| *it != name) {
                symlink(format!("../{other}"), folder.join(format!("{name}/{other}")))
                    .expect("a link");
            }
        }
    });
    assert_eq!(problems[0], "too-many-files .:1:1");
}

#[test]
fn a_text_is_one_mebibyte_at_most() {
    let text = |length: usize| Content::new("").file("recap/ko.md", "가".repeat(length / 3) + "a");
    assert_eq!(problems(&text(1 << 20)), [""; 0]);
    assert_eq!(problems(&text((1 << 20) + 3)), ["file-too-large recap/ko.md:1:1"]);
}

#[test]
fn text_that_is_no_utf_8_is_named_at_its_first_wrong_byte() {
    let bytes = ["첫 줄\n둘째 ".as_bytes(), &[0xff, 0xfe], "줄\n".as_bytes()].concat();
    let content = Content::new("").file("pages/about/ko.md", bytes);
    assert_eq!(problems(&content), ["invalid-utf8 pages/about/ko.md:2:4"]);
}

#[test]
fn a_character_that_means_nothing_is_named_however_it_is_written() {
    for character in ["\u{fdd2}", "\u{ffff}", "\u{1fffe}", "\u{1b}", "\u{9b}", "\0"] {
        let content = Content::new("").file("recap/ko.md", format!("첫 줄\n둘째{character} 줄\n"));
        assert_eq!(problems(&content), ["invalid-character recap/ko.md:2:3"]);
    }
    plant(
        "-- recap/ko.md --\n둘째 ⟦invalid-character⟧&#xFDD2; `&#xFDD2;` 줄, ⟦invalid-character⟧[글](/ \"&#27;\") ⟦broken-link⟧[글](/a&#xFDD0;/)\n",
    );
    plant("-- event.yaml, with --\nstandfirst: {ko: ⟦yaml-syntax⟧\"가\\uFDD2\", en: A}\n");
}

#[test]
fn a_text_in_yaml_that_stands_on_many_pages_is_short() {
    let long = "가".repeat(3_400);
    plant(&format!("-- event.yaml, with --\nstandfirst: {{ko: ⟦yaml-syntax⟧{long}, en: A}}\n"));
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
    assert!(diagnostics.text(false).contains("or remove it"));
    let renamed =
        "-- recap/en.md, gone --\n⟦missing-translation⟧\n-- recap/eng.md --\n⟦unread-file⟧\nA\n";
    let help = plant(renamed).text(false);
    assert!(help.contains("did you mean `recap/en.md`?"), "{help}");
}

#[test]
fn line_ends_marks_and_decomposed_hangul_move_no_place() {
    let plain = "가나다 각\n\n한국어 <b>글</b>\n";
    let decomposed = plain.replace('각', "\u{1100}\u{1161}\u{11a8}").replace('\n', "\r\n");
    for text in [plain.to_owned(), format!("\u{feff}{decomposed}")] {
        let content = Content::new("").file("recap/ko.md", text);
        let expected = ["raw-html recap/ko.md:3:5"];
        assert_eq!(problems(&content), expected);
    }
}

#[test]
fn captions_that_no_browser_understands() {
    plant(
        "-- recap/ko.md --\n![발표](talk.mp4)\n-- recap/talk.mp4 --\n0123\n\
         -- recap/talk.ko.vtt --\nWEBVTT\n\n⟦invalid-captions⟧00:01 --> 00:02\n안녕\n\
         -- recap/talk.en.vtt --\n⟦invalid-captions⟧1\n00:00:01,000 --> 00:00:02,000\nHello\n",
    );
}
