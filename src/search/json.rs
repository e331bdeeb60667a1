//! The index as the script in the browser reads it.

use serde::Serialize;

use super::query::{PARTICLES, STOP_WORDS};
use super::{Field, Index, MAX_RESULTS};
use crate::model::Website;

#[derive(Serialize)]
struct File<'a> {
    /// What the script must not know by itself, so that both rank alike.
    rules: Rules,
    languages: Vec<Language<'a>>,
    pages: Vec<Page<'a>>,
}

#[derive(Serialize)]
struct Rules {
    shown: usize,
    weights: [u32; 6],
    particles: Vec<&'static str>,
    ignored: Vec<&'static str>,
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
    /// Fragments.
    parts: &'a [String],
    /// Field, words, language, and the number of the part if there is one.
    texts: Vec<(usize, &'a str, usize, Option<usize>)>,
}

impl Index {
    /// The index as JSON; `link` writes a path with its fragment for the site's place.
    ///
    /// # Errors
    ///
    /// Never: texts and numbers can always be written.
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
            texts: self.texts[page.texts.clone()]
                .iter()
                .map(|it| {
                    (
                        it.field as usize,
                        &*it.written,
                        it.language.index(),
                        it.part,
                    )
                })
                .collect(),
        });
        serde_json::to_string(&File {
            rules: Rules {
                shown: MAX_RESULTS,
                weights: Field::WEIGHTS,
                particles: PARTICLES.split_whitespace().collect(),
                ignored: STOP_WORDS.split_whitespace().collect(),
            },
            languages: languages.collect(),
            pages: pages.collect(),
        })
    }
}
