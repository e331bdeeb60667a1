//! The index as the script in the browser reads it.

use serde::Serialize;

use super::query::{PARTICLES, STOP_WORDS};
use super::{Index, MAX_RESULTS, Page};
use crate::model::Website;

#[derive(Serialize)]
struct IndexJson<'a> {
    max_results: usize,
    particles: Vec<&'static str>,
    stop_words: Vec<&'static str>,
    languages: Vec<Language<'a>>,
    pages: &'a [Page],
}

#[derive(Serialize)]
struct Language<'a> {
    code: &'a str,
    name: &'a str,
}

impl Index {
    pub fn json(&self, website: &Website) -> serde_json::Result<String> {
        let languages = website.languages.iter().map(|it| Language {
            code: website.languages.code(it),
            name: &website.labels(it).language.name,
        });
        serde_json::to_string(&IndexJson {
            max_results: MAX_RESULTS,
            particles: PARTICLES.split(' ').collect(),
            stop_words: STOP_WORDS.split(' ').collect(),
            languages: languages.collect(),
            pages: &self.pages,
        })
    }
}
