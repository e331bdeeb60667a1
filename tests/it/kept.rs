//! Nothing that an editor writes is lost: every word of a write-up is on its page, in its feed, its data and the search
//! index, or a problem names its line.

use proptest::collection::vec;
use proptest::prelude::*;
use showcase::content::{self, Drafts};

use crate::support::{Content, assemble, page_of};

/// Pieces of Markdown, a line each, with `{}` for every word that must be kept.
const FRAGMENTS: &str = include_str!("support/fragments.txt");

const FILE: &str = "projects/beta/ko.md";

/// The words of a text that are neither shown everywhere nor named.
fn lost(text: &str, words: &[String]) -> Vec<String> {
    let files = Content::new("").file(FILE, text);
    let files = files.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let (website, diagnostics) =
        content::load_files(files.collect::<Vec<_>>(), Drafts::Hide, &content::draw_here);
    let items = diagnostics.items().iter().filter(|it| it.file == FILE);
    let named: Vec<(usize, usize)> =
        items.map(|it| (diagnostics.start(it).line, diagnostics.end(it).line)).collect();
    let Some(website) = website else {
        return Vec::new();
    };
    let site = assemble(&website, "https://example.org/");
    let places = [
        "/projects/beta/",
        "/feed.xml",
        "/projects/beta/index.json",
        "/projects/beta/index.md",
        "/search.json",
    ];
    let places = places.map(|it| page_of(&site, it));
    let is_lost = |word: &&String| {
        let line = text.lines().position(|it| it.contains(word.as_str())).map_or(0, |it| it + 1);
        let is_named = named.iter().any(|(from, to)| (*from..=*to).contains(&line));
        !is_named && !places.iter().all(|it| it.contains(word.as_str()))
    };
    words.iter().filter(is_lost).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_shown_or_named(picks in vec((any::<prop::sample::Index>(), any::<bool>()), 1..9)) {
        let fragments: Vec<&str> = FRAGMENTS.lines().collect();
        let (mut text, mut words) = (String::new(), Vec::new());
        for (pick, is_apart) in picks {
            let mut fragment = fragments[pick.index(fragments.len())].replace("\\n", "\n");
            while fragment.contains("{}") {
                let word = format!("word{}end", words.len());
                fragment = fragment.replacen("{}", &word, 1);
                words.push(word);
            }
            text += &fragment;
            text += if is_apart { "\n\n" } else { "\n" };
        }
        prop_assert_eq!(lost(&text, &words), Vec::<String>::new(), "{}", text);
    }
}
