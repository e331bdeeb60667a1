//! Two-ink lettering as it stands in pages: drawn once for each text, however often it is set.

use std::collections::BTreeMap;

use crate::assets::lettering::lettering;
use crate::model::Website;

/// The weight at which lettering is set.
const WEIGHT: f32 = 1000.0;

/// The drawings of every text that some page letters.
#[derive(Debug, Default)]
pub(super) struct LetteringCache {
    drawn: BTreeMap<String, String>,
}

impl LetteringCache {
    /// Draws the name of the event by syllables, the syllable of every project, and what the part
    /// set apart is called.
    pub(super) fn new(website: &Website) -> Self {
        let mut letters = Self::default();
        let name = website.event.lettering.iter().flat_map(|it| it.chars());
        for syllable in name {
            letters.draw(&syllable.to_string());
        }
        for syllable in website
            .projects
            .iter()
            .filter_map(|it| it.syllable.as_ref())
        {
            letters.draw(&syllable.text);
        }
        for labels in &website.labels {
            letters.draw(&labels.home.aside);
        }
        letters
    }

    fn draw(&mut self, text: &str) {
        let is_hangul = text.chars().all(|it| ('가'..='힣').contains(&it));
        if text.is_empty() || !is_hangul || self.drawn.contains_key(text) {
            return;
        }
        let Some(drawn) = lettering(text, WEIGHT, 0.0) else {
            return;
        };
        // As wide as the ink, so that columns align at their edges; as high as any syllable, so
        // that syllables drawn one by one share their size and baseline.
        let mut svg = format!(
            "<svg class=\"lettering\" viewBox=\"{} {} {} {}\" aria-hidden=\"true\">",
            drawn.ink.x, drawn.line.y, drawn.ink.width, drawn.line.height
        );
        let inks = [
            ("v", &drawn.consonants),
            ("i", &drawn.vowels),
            ("o", &drawn.overlap),
        ];
        for (class, path) in inks.into_iter().filter(|(_, path)| !path.is_empty()) {
            svg.push_str("<path class=\"");
            svg.push_str(class);
            svg.push_str("\" d=\"");
            svg.push_str(path);
            svg.push_str("\"/>");
        }
        svg.push_str("</svg>");
        self.drawn.insert(text.to_owned(), svg);
    }

    /// The drawing of a text; `None` where it is set as text.
    pub(super) fn get(&self, text: &str) -> Option<&str> {
        self.drawn.get(text).map(String::as_str)
    }
}
