//! The places of words, and the pages that hold every word.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::excerpt::{Excerpt, to_result};
use super::query::{Pattern, Query, Word};
use super::{Index, MAX_RESULTS, Page};
use crate::language::LanguageId;

/// Places of a form that are looked at in one text; more would change no order that a reader notices.
const MAX_MATCHES_PER_TEXT: usize = 8;

/// Places of a word that count for a page.
const MAX_COUNTED_MATCHES: u32 = 8;

/// What was found.
#[derive(Debug)]
pub struct SearchResults<'a> {
    /// How many pages.
    pub total: usize,
    /// Whether no page holds all words, so that these hold some.
    pub is_partial: bool,
    /// The first of them, the best first, those in the reader's language before all others.
    pub results: Vec<SearchResult<'a>>,
}

/// A page that was found.
#[derive(Debug)]
pub struct SearchResult<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its title.
    pub title: Excerpt,
    /// Where the words stand in it.
    pub excerpt: Excerpt,
    /// The part that holds most of the question, if one can be linked.
    pub part: Option<Section<'a>>,
}

/// A part of a page that can be linked.
#[derive(Debug)]
pub struct Section<'a> {
    /// Its fragment.
    pub fragment: &'a str,
    /// What names it: its heading, or a figure with what it counts.
    pub name: Excerpt,
}

/// A place of a word in the folded texts.
pub(super) struct Hit {
    /// The bytes.
    pub(super) bytes: Range<usize>,
    /// The text that it stands in.
    pub(super) text: usize,
    /// What it is worth.
    pub(super) score: u32,
}

/// What a word is worth on a page.
#[derive(Default)]
struct Score {
    best: u32,
    count: u32,
}

impl Score {
    fn total(&self) -> u32 {
        self.best + self.count.min(MAX_COUNTED_MATCHES)
    }
}

impl Index {
    /// Everything that holds all words of a question or, where nothing does, half of them.
    pub fn find(&self, mut query: Query, reader: LanguageId) -> SearchResults<'_> {
        // How many of the words a page holds, and what they are worth there.
        let mut held: HashMap<usize, (usize, u32)> = HashMap::new();
        for word in &mut query.words {
            let mut worths = self.worths(word);
            if worths.is_empty()
                && let Some(form) = word.fallback_stem.take()
            {
                word.forms = vec![form];
                worths = self.worths(word);
            }
            for (page, worth) in worths {
                let known = held.entry(page).or_default();
                *known = (known.0 + 1, known.1 + worth.total());
            }
        }
        for (page, worth) in query.phrase.iter().flat_map(|it| self.worths(it)) {
            if let Some(known) = held.get_mut(&page) {
                known.1 += worth.total();
            }
        }
        let all = query.words.len();
        let is_partial = !held.values().any(|it| it.0 == all);
        let needed = if is_partial { all.div_ceil(2) } else { all };
        held.retain(|_, it| it.0 >= needed);
        let mut order: Vec<(usize, (usize, u32))> = held.into_iter().collect();
        order.sort_unstable_by_key(|(page, worth)| {
            let is_foreign = self.pages[*page].language != reader;
            (is_foreign, Reverse(*worth), *page)
        });
        let shown = order.iter().take(MAX_RESULTS);
        SearchResults {
            total: order.len(),
            is_partial,
            results: shown
                .map(|(page, _)| to_result(self, *page, &query))
                .collect(),
        }
    }

    /// What a word is worth on every page that holds it.
    fn worths(&self, word: &Word) -> HashMap<usize, Score> {
        let mut worths: HashMap<usize, Score> = HashMap::new();
        self.hits(word, 0..self.texts.len(), |hit| {
            let worth = worths.entry(self.texts[hit.text].page).or_default();
            worth.best = worth.best.max(hit.score);
            worth.count += 1;
        });
        worths
    }

    /// Every place of a word in some of the texts, form after form.
    pub(super) fn hits(&self, word: &Word, texts: Range<usize>, mut visit: impl FnMut(Hit)) {
        let Some(last) = self.texts[texts.clone()].last() else {
            return;
        };
        let (start, end) = (self.texts[texts.start].folded.start, last.folded.end);
        let haystack = &self.folded[..end];
        for (number, form) in word.forms.iter().enumerate() {
            let mut at = start;
            let (mut text, mut seen) = (texts.start, 0);
            while let Some((from, to)) = form.find(haystack, at) {
                if from >= self.texts[text].folded.end {
                    text += self.texts[text..].partition_point(|it| it.folded.end <= from);
                    seen = 0;
                }
                if let Some(score) = self.score(form, number, text, from..to) {
                    visit(Hit {
                        bytes: from..to,
                        text,
                        score,
                    });
                }
                seen += 1;
                at = if seen == MAX_MATCHES_PER_TEXT {
                    self.texts[text].folded.end
                } else {
                    to
                };
            }
        }
    }

    /// What a place is worth; nothing where the form only comes about by leaving out a gap within words.
    fn score(
        &self,
        form: &Pattern,
        number: usize,
        text: usize,
        bytes: Range<usize>,
    ) -> Option<u32> {
        let text = &self.texts[text];
        let begins = self.is_word_start(bytes.start);
        let spans = (bytes.start + 1..bytes.end).any(|it| self.is_word_start(it));
        if spans && (!begins || form.size < 3) {
            return None;
        }
        let ends = bytes.end == text.folded.end || self.is_word_start(bytes.end);
        let whole = bytes == text.folded;
        let bonus = 4 * u32::from(begins) + 2 * u32::from(ends);
        let exact = if whole { text.field.weight() } else { 0 };
        Some(text.field.weight() + bonus + exact - 2 * u32::from(number > 0))
    }
}
