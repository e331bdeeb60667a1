//! The write-up of a project, in a site that is otherwise valid: bytes as they come, and pieces of Markdown of which no
//! word may be lost.
#![no_main]

use fuzz::{BASE, build, build_and_look, diagnose};
use libfuzzer_sys::fuzz_target;

const FILE: &str = "projects/alpha/ko.md";

/// Pieces, a line each, with `{}` for every word that must be kept.
const FRAGMENTS: &str = include_str!("../../it/support/fragments.txt");

fuzz_target!(|bytes: &[u8]| {
    let mut files = BASE.clone();
    files.insert(FILE.to_owned(), bytes.to_vec());
    build_and_look(files);
    no_word_is_lost(bytes);
});

/// Each byte is a piece and what stands behind it.
fn no_word_is_lost(bytes: &[u8]) {
    let fragments: Vec<&str> = FRAGMENTS.lines().collect();
    let (mut text, mut words) = (String::new(), Vec::new());
    for byte in bytes.iter().take(24).map(|it| usize::from(*it)) {
        let mut fragment = fragments[byte % fragments.len()].replace("\\n", "\n");
        while fragment.contains("{}") {
            let word = format!("word{}end", words.len());
            fragment = fragment.replacen("{}", &word, 1);
            words.push(word);
        }
        text += &fragment;
        text += if byte < 160 { "\n\n" } else { "\n" };
    }
    let mut files = BASE.clone();
    files.insert(FILE.to_owned(), text.clone().into_bytes());
    let named = diagnose(files.clone(), FILE);
    let Some(site) = build(files) else { return };
    let places = ["/projects/alpha/", "/feed.xml", "/projects/alpha/index.json", "/search.json"];
    for word in words {
        let line = text.lines().position(|it| it.contains(&word)).map_or(0, |it| it + 1);
        let is_there = |path: &&str| {
            let (_, resource) = site.paths().find(|(it, _)| it == path).expect("a page");
            String::from_utf8_lossy(resource.body()).contains(&word)
        };
        assert!(
            named.iter().any(|it| it.contains(&line)) || places.iter().all(is_there),
            "{word} is lost of\n{text}"
        );
    }
}
