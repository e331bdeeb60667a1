//! The index as the script in the browser reads it.

use serde::{Serialize, Serializer};

use super::indexer::sources;
use super::query::{PARTICLES, STOP_WORDS};
use super::{MAX_RESULTS, Page};
use crate::model::Website;

#[derive(Serialize)]
struct IndexJson<'a> {
    max_results: usize,
    particles: Vec<&'static str>,
    stop_words: Vec<&'static str>,
    languages: Vec<Language<'a>>,
    pages: Pages<'a>,
}

#[derive(Serialize)]
struct Language<'a> {
    code: &'a str,
    name: &'a str,
}

/// Each page is gathered as it is written, and let go of again.
struct Pages<'a>(&'a Website);

impl Serialize for Pages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pages = sources(self.0).into_iter();
        serializer.collect_seq(pages.map(|it| Page::new(self.0, it)))
    }
}

pub fn json(website: &Website) -> serde_json::Result<String> {
    let languages = website.languages.iter().map(|it| Language {
        code: website.languages.code(it),
        name: &website.labels(it).language.name,
    });
    serde_json::to_string(&IndexJson {
        max_results: MAX_RESULTS,
        particles: PARTICLES.split(' ').collect(),
        stop_words: STOP_WORDS.split(' ').collect(),
        languages: languages.collect(),
        pages: Pages(website),
    })
}
