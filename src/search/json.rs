//! The index as the script in the browser reads it.

use serde::Serialize;

use super::query::{PARTICLES, STOP_WORDS};
use super::{Index, MAX_RESULTS, Part};
use crate::model::Website;

#[derive(Serialize)]
struct IndexJson<'a> {
    max_results: usize,
    particles: Vec<&'static str>,
    stop_words: Vec<&'static str>,
    languages: Vec<Language<'a>>,
    pages: Vec<Page<'a>>,
}

#[derive(Serialize)]
struct Language<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Page<'a> {
    language: usize,
    link: String,
    kind: usize,
    icon: &'a str,
    parts: &'a [Part],
    texts: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    weight: u32,
    language: usize,
    part: Option<usize>,
    words: &'a str,
}

impl Index {
    /// The index as JSON; `link` makes a link of a path with its fragment.
    pub fn json(
        &self,
        website: &Website,
        link: impl Fn(&str) -> String,
    ) -> serde_json::Result<String> {
        let languages = website.languages.iter().map(|it| Language {
            code: website.languages.code(it),
            name: &website.labels(it).language.name,
        });
        let pages = self.pages.iter().map(|page| Page {
            language: page.language.index(),
            link: link(&page.path),
            kind: page.kind as usize,
            icon: &page.icon,
            parts: &page.parts,
            texts: page
                .texts
                .iter()
                .map(|it| Text {
                    weight: it.field.weight(),
                    language: it.language.index(),
                    part: it.part,
                    words: &it.written,
                })
                .collect(),
        });
        serde_json::to_string(&IndexJson {
            max_results: MAX_RESULTS,
            particles: PARTICLES.split(' ').collect(),
            stop_words: STOP_WORDS.split(' ').collect(),
            languages: languages.collect(),
            pages: pages.collect(),
        })
    }
}
