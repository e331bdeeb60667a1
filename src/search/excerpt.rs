//! What is shown of a text that was found.

use std::iter::repeat_n;
use std::ops::Range;

use super::PageText;
use super::fold::fold;
use crate::language::LanguageId;

/// Characters shown of a long text.
const LENGTH: usize = 150;

/// Characters shown before the first match in it.
const BEFORE: usize = 50;

/// A text or what is shown of it, with the matches marked.
#[derive(Debug)]
pub struct Excerpt {
    pub language: LanguageId,
    pub runs: Vec<TextRun>,
}

#[derive(Debug)]
pub struct TextRun {
    pub text: String,
    /// Whether it matches the question.
    pub marked: bool,
}

impl Excerpt {
    /// The text or, of a long one, the sentence of the first match, or what stands around it, cut between words; `matches` are bytes of it
    /// folded.
    pub(super) fn new(text: &PageText, matches: &[Range<usize>]) -> Self {
        let written: Vec<char> = text.written.chars().collect();
        let marks = marks(text, matches);
        let first = marks.first().cloned().unwrap_or(0..0);
        let is_space = |at: &usize| written[*at] == ' ';
        let (mut start, mut end, mut is_cut) = (0, written.len(), false);
        if written.len() > LENGTH {
            let sentence = sentence(&written[..first.start]);
            start = first.start.saturating_sub(BEFORE);
            if first.start - sentence < 2 * BEFORE {
                start = sentence;
            } else {
                start = (start..first.start).find(is_space).map_or(start, |at| at + 1);
                is_cut = true;
            }
            if start + LENGTH < end {
                end = start + LENGTH;
                end = (first.end.max(start)..end).rfind(is_space).unwrap_or(end);
            }
        }
        let mut runs = runs(&written, start..end, &marks);
        let dots = || TextRun { text: "…".to_owned(), marked: false };
        if is_cut {
            runs.insert(0, dots());
        }
        if end < written.len() {
            runs.push(dots());
        }
        Self { language: text.language, runs }
    }
}

/// Where the last sentence of a text begins.
fn sentence(text: &[char]) -> usize {
    let ends = |at: &usize| match text[*at] {
        '。' | '！' | '？' => true,
        ' ' => *at > 0 && ".!?".contains(text[*at - 1]),
        _ => false,
    };
    (0..text.len()).rev().find(ends).map_or(0, |at| at + 1)
}

/// The characters of a text that match, in order, none twice.
fn marks(text: &PageText, matches: &[Range<usize>]) -> Vec<Range<usize>> {
    // The character that each byte of the folded text comes from.
    let mut origins = Vec::new();
    fold(&text.written, |it| {
        origins.extend(repeat_n(it.origin, it.character.len_utf8()));
    });
    let mut marks: Vec<Range<usize>> =
        matches.iter().map(|bytes| origins[bytes.start]..origins[bytes.end - 1] + 1).collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    marks.dedup_by(|mark, before| {
        let touches = mark.start <= before.end;
        if touches {
            before.end = before.end.max(mark.end);
        }
        touches
    });
    marks
}

/// A range of the characters of a text, cut where marks begin and end.
fn runs(written: &[char], shown: Range<usize>, marks: &[Range<usize>]) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let mut push = |range: Range<usize>, marked| {
        if !range.is_empty() {
            let text = written[range].iter().collect();
            runs.push(TextRun { text, marked });
        }
    };
    let mut at = shown.start;
    for mark in marks {
        let start = mark.start.clamp(at, shown.end);
        let end = mark.end.clamp(at, shown.end);
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..shown.end, false);
    runs
}
