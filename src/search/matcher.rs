//! The words of a question in the pages, and the pages that hold all of them, the best first.

use std::cmp::Reverse;
use std::ops::Range;

use super::excerpt::Excerpt;
use super::query::{Pattern, Query, Word};
use super::{Field, FoldedPage, Index, MAX_RESULTS, Page, Part};
use crate::language::LanguageId;
use crate::model::Website;

/// Matches of a form that are looked at in one text; more would change no order that a reader notices.
const MAX_MATCHES_PER_TEXT: usize = 8;

/// Matches of a word that count for a page.
const MAX_COUNTED_MATCHES: u32 = 8;

#[derive(Debug)]
pub struct SearchResults {
    pub total: usize,
    /// Whether no page holds all words, so that these hold some.
    pub is_partial: bool,
    /// The first of them, the best first, those in the reader's language before all others.
    pub results: Vec<SearchResult>,
}

#[derive(Debug)]
pub struct SearchResult {
    pub page: Page,
    pub title: Excerpt,
    /// Where the words stand in the page.
    pub excerpt: Excerpt,
    /// The part that holds most of the question, if one can be linked.
    pub section: Option<Section>,
}

#[derive(Debug)]
pub struct Section {
    pub fragment: String,
    /// Its heading, or a figure with what it counts.
    pub name: Excerpt,
}

/// Where a form of a word stands in a page.
struct Match {
    /// The number of the text.
    text: usize,
    /// The bytes in the folded texts of the page.
    bytes: Range<usize>,
    score: u32,
}

/// How well a page fits a question: the number of its words counts for more than where they stand.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    words: usize,
    sum: u32,
}

impl Index {
    /// The pages that hold all words of a question or, where none does, half of them.
    pub fn find(&self, website: &Website, mut query: Query, reader: LanguageId) -> SearchResults {
        let mut scores = vec![Score::default(); self.pages.len()];
        for word in &mut query.words {
            let mut found = self.scores(word);
            if found.iter().all(|score| *score == 0)
                && let Some(stem) = word.fallback_stem.take()
            {
                word.forms = vec![stem];
                found = self.scores(word);
            }
            for (score, found) in scores.iter_mut().zip(found) {
                score.words += usize::from(found > 0);
                score.sum += found;
            }
        }
        if let Some(phrase) = &query.phrase {
            for (score, found) in scores.iter_mut().zip(self.scores(phrase)) {
                score.sum += found;
            }
        }
        let all = query.words.len();
        let is_partial = !scores.iter().any(|score| score.words == all);
        let needed = if is_partial { all.div_ceil(2) } else { all };
        let mut found: Vec<(Score, &FoldedPage)> = scores.into_iter().zip(&self.pages).collect();
        found.retain(|(score, _)| score.words > 0 && score.words >= needed);
        found.sort_by_key(|(score, page)| (page.source.language != reader, Reverse(*score)));
        SearchResults {
            total: found.len(),
            is_partial,
            results: found
                .iter()
                .take(MAX_RESULTS)
                .map(|(_, page)| page.to_result(website, &query))
                .collect(),
        }
    }

    /// What a word is worth on each page; 0 where the page lacks it.
    fn scores(&self, word: &Word) -> Vec<u32> {
        self.pages.iter().map(|page| page.score(word)).collect()
    }
}

impl FoldedPage {
    fn score(&self, word: &Word) -> u32 {
        let (mut best, mut count) = (0, 0);
        for found in self.matches(word) {
            best = found.score.max(best);
            count += 1;
        }
        best + count.min(MAX_COUNTED_MATCHES)
    }

    /// Every place of a word, form after form.
    fn matches(&self, word: &Word) -> Vec<Match> {
        let mut matches = Vec::new();
        for (number, form) in word.forms.iter().enumerate() {
            let is_as_asked = number == 0;
            let (mut at, mut text, mut seen) = (0, 0, 0);
            while let Some(bytes) = form.find(&self.folded, at) {
                if bytes.start >= self.texts[text].1 {
                    let texts = &self.texts[text..];
                    text += texts.partition_point(|(_, end)| *end <= bytes.start);
                    seen = 0;
                }
                let Some(score) = self.match_score(form, is_as_asked, text, &bytes) else {
                    // Another match may begin within this one.
                    let first = self.folded[bytes.start..].chars().next();
                    at = bytes.start + first.map_or(1, char::len_utf8);
                    continue;
                };
                seen += 1;
                at = if seen == MAX_MATCHES_PER_TEXT { self.texts[text].1 } else { bytes.end };
                matches.push(Match { text, bytes, score });
            }
        }
        matches
    }

    /// What a match is worth; nothing where the form only comes about by joining words that stand apart.
    fn match_score(
        &self,
        form: &Pattern,
        is_as_asked: bool,
        text: usize,
        bytes: &Range<usize>,
    ) -> Option<u32> {
        let (field, end) = self.texts[text];
        let starts_word = self.starts_word(bytes.start);
        if self.joins_words(bytes) && (!starts_word || form.size < 3) {
            return None;
        }
        let ends_word = bytes.end == end || self.starts_word(bytes.end);
        let is_whole = *bytes == (self.start(text)..end);
        let weight = u32::from(field) * if is_whole { 2 } else { 1 };
        let bonus = 4 * u32::from(starts_word) + 2 * u32::from(ends_word);
        Some(weight + bonus - if is_as_asked { 0 } else { 2 })
    }

    /// The byte at which a text begins, past the character that ends the one before.
    fn start(&self, text: usize) -> usize {
        text.checked_sub(1).map_or(0, |it| self.texts[it].1 + 1)
    }

    fn starts_word(&self, byte: usize) -> bool {
        self.word_starts[byte / 8] & (1 << (byte % 8)) != 0
    }

    fn joins_words(&self, bytes: &Range<usize>) -> bool {
        (bytes.start + 1..bytes.end).any(|byte| self.starts_word(byte))
    }

    /// The page as it is shown: the text that holds most of the question, or what stands under the title.
    fn to_result(&self, website: &Website, query: &Query) -> SearchResult {
        let page = Page::new(website, self.source);
        let mut scores = vec![0; self.texts.len()];
        let mut matches = vec![Vec::new(); self.texts.len()];
        for word in query.words.iter().chain(&query.phrase) {
            let mut best = vec![0; self.texts.len()];
            for found in self.matches(word) {
                let (text, start) = (found.text, self.start(found.text));
                best[text] = found.score.max(best[text]);
                matches[text].push(found.bytes.start - start..found.bytes.end - start);
            }
            for (score, best) in scores.iter_mut().zip(best) {
                *score += best;
            }
        }
        let best = |is_wanted: &dyn Fn(usize) -> bool| {
            let texts = (0..self.texts.len()).filter(|it| scores[*it] > 0 && is_wanted(*it));
            texts.max_by_key(|it| (scores[*it], Reverse(*it)))
        };
        let names_part = |it: usize| {
            let part = page.texts[it].part;
            part.is_some_and(|part| page.parts[part].name == it)
        };
        // Sentences alone: a name that was asked for says nothing.
        let is_sentence = |it: usize| {
            matches!(page.texts[it].field, Field::Lead | Field::Prose) && !names_part(it)
        };
        let first = || (0..page.texts.len()).find(|it| is_sentence(*it));
        let shown = best(&is_sentence).or_else(first).unwrap_or(0);
        let part = best(&|it| page.texts[it].part.is_some()).and_then(|it| page.texts[it].part);
        SearchResult {
            title: Excerpt::new(&page.texts[0], &matches[0]),
            excerpt: Excerpt::new(&page.texts[shown], &matches[shown]),
            section: part.map(|part| {
                let Part { fragment, name } = &page.parts[part];
                Section {
                    fragment: fragment.clone(),
                    name: Excerpt::new(&page.texts[*name], &matches[*name]),
                }
            }),
            page,
        }
    }
}
