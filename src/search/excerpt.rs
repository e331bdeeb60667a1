//! What is shown of a page that was found.

use std::ops::Range;

use super::fold::fold;
use super::matcher::{SearchResult, Section};
use super::query::{Query, Word};
use super::{Field, Index};
use crate::language::LanguageId;

/// Characters shown of a text.
const LENGTH: usize = 150;

/// Characters shown before the first match.
const BEFORE: usize = 50;

/// A piece of a text, with the matches marked.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The language that it is written in.
    pub language: LanguageId,
    /// Its pieces in order.
    pub runs: Vec<TextRun>,
}

/// A piece that is marked, or is not.
#[derive(Debug, PartialEq, Eq)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Whether it matches.
    pub marked: bool,
}

/// A page as it is shown: the text that holds most of the question, or what stands under the title.
pub(super) fn to_result<'a>(index: &'a Index, number: usize, query: &Query) -> SearchResult<'a> {
    let page = &index.pages[number];
    let worths: Vec<u32> = page
        .texts
        .clone()
        .map(|it| worth(index, it, query))
        .collect();
    let best = |wanted: &dyn Fn(usize) -> bool| {
        let mut best: Option<(usize, u32)> = None;
        for (text, worth) in page.texts.clone().zip(&worths) {
            if *worth > best.map_or(0, |it| it.1) && wanted(text) {
                best = Some((text, *worth));
            }
        }
        best.map(|it| it.0)
    };
    let texts = &index.texts;
    let names_part = |it: usize| texts[it].part.is_some() && texts[it].part != texts[it - 1].part;
    let shown = best(&|it| texts[it].field != Field::Title && !names_part(it));
    let lead = || {
        page.texts
            .clone()
            .find(|it| texts[*it].field == Field::Lead)
    };
    let part = best(&|it| texts[it].part.is_some()).and_then(|it| texts[it].part);
    let name = part.and_then(|part| page.texts.clone().find(|it| texts[*it].part == Some(part)));
    SearchResult {
        page,
        title: whole(index, page.texts.start, query),
        excerpt: window(
            index,
            shown.or_else(lead).unwrap_or(page.texts.start),
            query,
        ),
        part: part.zip(name).map(|(part, name)| Section {
            fragment: &page.parts[part],
            name: whole(index, name, query),
        }),
    }
}

/// The words of a question, the phrase last.
fn words(query: &Query) -> impl Iterator<Item = &Word> {
    query.words.iter().chain(&query.phrase)
}

/// How much of a question a text holds.
fn worth(index: &Index, text: usize, query: &Query) -> u32 {
    let best = words(query).map(|word| {
        let mut best = 0;
        index.hits(word, text..text + 1, |hit| best = best.max(hit.score));
        best
    });
    best.sum()
}

fn whole(index: &Index, text: usize, query: &Query) -> Excerpt {
    let marks = marks(index, text, query);
    let written: Vec<char> = index.texts[text].written.chars().collect();
    Excerpt {
        language: index.texts[text].language,
        runs: runs(&written, 0..written.len(), &marks),
    }
}

/// A text or, of a long one, what stands around the first match, cut between words.
fn window(index: &Index, text: usize, query: &Query) -> Excerpt {
    let marks = marks(index, text, query);
    let written: Vec<char> = index.texts[text].written.chars().collect();
    let first = marks.first().cloned().unwrap_or(0..0);
    let (mut start, mut end) = (0, written.len());
    if written.len() > LENGTH {
        start = first.start.saturating_sub(BEFORE);
        let space = |range: Range<usize>| range.clone().find(|it| written[*it] == ' ');
        if start > 0 {
            start = space(start..first.start).map_or(start, |it| it + 1);
        }
        end = written.len().min(start + LENGTH);
        if end < written.len() {
            let spaces = (first.end.max(start)..end)
                .rev()
                .find(|it| written[*it] == ' ');
            end = spaces.unwrap_or(end);
        }
    }
    let mut runs = runs(&written, start..end, &marks);
    let dots = || TextRun {
        text: "…".to_owned(),
        marked: false,
    };
    if start > 0 {
        runs.insert(0, dots());
    }
    if end < written.len() {
        runs.push(dots());
    }
    Excerpt {
        language: index.texts[text].language,
        runs,
    }
}

/// The characters of a text that match, in order.
fn marks(index: &Index, text: usize, query: &Query) -> Vec<Range<usize>> {
    let start = index.texts[text].folded.start;
    let mut origins = Vec::new();
    for folded in fold(&index.texts[text].written) {
        // One entry a byte, since matches are known by their bytes.
        origins.extend(std::iter::repeat_n(
            folded.origin,
            folded.character.len_utf8(),
        ));
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    for word in words(query) {
        index.hits(word, text..text + 1, |hit| {
            let last = origins[hit.bytes.end - 1 - start];
            marks.push(origins[hit.bytes.start - start]..last + 1);
        });
    }
    marks.sort_by_key(|it| (it.start, it.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match merged.last_mut() {
            Some(before) if mark.start <= before.end => before.end = before.end.max(mark.end),
            _ => merged.push(mark),
        }
    }
    merged
}

fn runs(written: &[char], shown: Range<usize>, marks: &[Range<usize>]) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let mut at = shown.start;
    let mut push = |range: Range<usize>, marked| {
        if !range.is_empty() {
            let text = written[range].iter().collect();
            runs.push(TextRun { text, marked });
        }
    };
    for mark in marks {
        let (start, end) = (
            mark.start.clamp(at, shown.end),
            mark.end.clamp(at, shown.end),
        );
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..shown.end, false);
    runs
}
