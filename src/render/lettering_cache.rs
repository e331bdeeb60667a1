//! Two-ink lettering as it stands in pages: drawn once for each text, however often it is set.

use std::collections::BTreeMap;

use askama::Template;

use crate::assets::lettering::{Lettering, lettering};
use crate::language::is_hangul;
use crate::model::Website;

#[derive(Template)]
#[template(path = "lettering.svg")]
pub(super) struct Drawing {
    pub lettering: Lettering,
    /// Left, top, width and height of what is seen.
    pub view: String,
}

impl Drawing {
    /// The class of each ink and what is printed in it.
    fn inks(&self) -> [(&str, &str); 3] {
        let Lettering { consonants, vowels, overlap, .. } = &self.lettering;
        [("v", consonants), ("i", vowels), ("o", overlap)]
    }
}

/// The drawings of every text that some page letters.
#[derive(Debug, Default)]
pub(super) struct LetteringCache(BTreeMap<String, String>);

impl LetteringCache {
    /// Draws the name of the event by syllables, the syllable of every project, and what the part
    /// set apart is called.
    pub(super) fn new(website: &Website) -> Self {
        let event = website.event.lettering.as_deref().unwrap_or_default();
        let event = event.chars().map(String::from);
        let projects = website.projects.iter();
        let projects = projects.filter_map(|it| Some(it.syllable.as_ref()?.text.clone()));
        let aside = website.labels.iter().map(|it| it.home.aside.clone());
        let mut drawn = BTreeMap::new();
        for text in event.chain(projects).chain(aside) {
            if text.is_empty() || !text.chars().all(is_hangul) || drawn.contains_key(&text) {
                continue;
            }
            let drawing = lettering(&text, None)
                .map(|lettering| Drawing { view: lettering.view(), lettering });
            if let Some(svg) = drawing.and_then(|it| it.render().ok()) {
                drawn.insert(text, svg);
            }
        }
        Self(drawn)
    }

    /// The drawing of a text; `None` where it is set as text.
    pub(super) fn get(&self, text: &str) -> Option<&str> {
        self.0.get(text).map(String::as_str)
    }
}
