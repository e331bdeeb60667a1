//! Marks that were meant as emphasis and stay visible: to the author a typing error that no parser reports, to the
//! visitor stray asterisks.
//!
//! Much that looks alike is meant: `2*3`, `a * b`, `snake_case`, `가격*` (a note), `좋아요~~`, `010-****-1234`. A run is
//! reported if it has a partner in the same element, or if it stands as only an opening or closing mark would.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::LocatedEvent;
use super::delimiter_runs::{self, ByteKind, Flank, Run};
use crate::diagnostic::Diagnostic;

/// How many runs further a partner is looked for, so that the time grows with the text and no faster.
const REACH: usize = 100;

/// Every such mark; a pair is one problem, from the first mark to its partner.
pub(super) fn problems(file: &str, source: &str, kinds: &[ByteKind]) -> Vec<Diagnostic> {
    let runs = delimiter_runs::runs(source, kinds, |kind| match kind {
        ByteKind::Text(element) => Some(element),
        _ => None,
    });
    let problem = |span: Range<usize>, help: String| {
        let message = "these marks stay visible: they open or close no emphasis";
        Diagnostic::warning("literal-emphasis", file, span, message).help(help)
    };
    let mut paired = vec![false; runs.len()];
    let mut problems = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        if paired[index] {
            continue;
        }
        let is_rest = is_rest(source, kinds, run);
        let mut others = (index + 1..runs.len()).take(REACH);
        let partner = others.find(|&it| !is_rest && !paired[it] && is_pair(run, &runs[it]));
        if let Some(partner) = partner {
            paired[partner] = true;
            let close = &runs[partner];
            let span = run.span.start..close.span.end;
            problems.push(problem(span, pair_help(source, run, close)));
        } else if is_rest || stands_like_emphasis(source, kinds, run) {
            let mark = &source[run.span.clone()];
            let escaped: String = mark.chars().flat_map(|mark| ['\\', mark]).collect();
            let help = format!("`{mark}` has no partner: add it, or write `{escaped}` to print it");
            problems.push(problem(run.span.clone(), help));
        }
    }
    problems
}

/// Marks that nobody sees because they make emphasis, and were probably meant to be seen: `5*6*7`, `__init__`, `^_^`.
pub(super) fn swallowed(file: &str, source: &str, events: &[LocatedEvent]) -> Vec<Diagnostic> {
    let spans = events.iter().filter_map(|(event, span)| match event {
        Event::Start(Tag::Emphasis | Tag::Strong) => Some(span),
        _ => None,
    });
    let problem = |span: &Range<usize>| {
        let mark = &source[span.start..=span.start];
        let message = "these marks make emphasis of what stands between them, and are not seen";
        let help = format!("write `\\{mark}` to show one, or put code between two back quotes");
        Diagnostic::warning("not-shown", file, span, message).help(help)
    };
    spans.filter(|it| is_swallowed(source, it)).map(problem).collect()
}

fn is_swallowed(source: &str, span: &Range<usize>) -> bool {
    let text = &source[span.clone()];
    let Some(mark) = text.chars().next().filter(|it| "*_".contains(*it)) else {
        return false;
    };
    let length = if text[1..].starts_with(mark) { 2 } else { 1 };
    let inner = text.get(length..text.len() - length).unwrap_or_default();
    let before = source[..span.start].chars().next_back().unwrap_or(' ');
    let mut behind = source[span.end..].chars();
    let after = behind.next().unwrap_or(' ');
    if mark == '*' {
        let is_word = !inner.contains(char::is_whitespace);
        return length == 1 && is_word && before.is_alphanumeric() && after.is_alphanumeric();
    }
    let is_name = inner.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    let joins = "/\\@=-".contains(before)
        || "/\\@=-".contains(after)
        || after == '.' && behind.next().is_some_and(char::is_alphanumeric);
    let is_of_face = |it: char| it.is_ascii_punctuation() && !"([{\"'*_~`,.:!".contains(it);
    let is_face = is_of_face(before) && inner.starts_with(is_of_face);
    length == 2 && is_name || joins && !inner.contains(char::is_whitespace) || is_face
}

/// Whether two runs would be emphasis if spaces, letters and punctuation stood otherwise.
fn is_pair(open: &Run, close: &Run) -> bool {
    let is_same =
        open.mark == close.mark && open.span.len() == close.span.len() && open.group == close.group;
    let starts = open.after != Flank::Edge;
    let ends = close.before != Flank::Edge;
    let is_apart = (is_apart(open), is_apart(close));
    let letters_outside = (is_letter(open.before), is_letter(close.after));
    is_same
        && match (open.mark, open.span.len()) {
            (b'*', 2..=3) => (starts || is_apart.0) && (ends || is_apart.1),
            (b'*', 1) => starts && ends && !letters_outside.0,
            (b'~', 2) => {
                is_apart == (true, true) || starts && !letters_outside.0 && (ends || is_apart.1)
            }
            (b'~', 1) => starts && ends && letters_outside == (false, false),
            (b'_', 1..=3) => {
                starts
                    && ends
                    && letters_outside != (true, true)
                    && !is_latin(open.before)
                    && !is_latin(close.after)
            }
            _ => false,
        }
}

/// Whether a run without partner was meant as a mark.
fn stands_like_emphasis(source: &str, kinds: &[ByteKind], run: &Run) -> bool {
    let between_punctuation =
        matches!((run.before, run.after), (Flank::Punctuation { .. }, Flank::Punctuation { .. }));
    match (run.mark, run.span.len()) {
        (b'*', 2..=3) => {
            let in_word = is_latin(run.before) && is_latin(run.after);
            !is_apart(run) && !between_punctuation && !in_word
        }
        // At the start of a line it is the sign of a note, as in `*부가세 별도`.
        (b'*', 1) => {
            let after_space = source[..run.span.start].ends_with(' ')
                && kinds[run.span.start - 1] != ByteKind::Markup;
            after_space && is_letter(run.after)
        }
        (b'~', 2) => run.after != Flank::Edge && !is_letter(run.before) && !between_punctuation,
        _ => false,
    }
}

/// Whether the run is what is left of a longer one, as the first asterisk of `***굵게**`.
fn is_rest(source: &str, kinds: &[ByteKind], run: &Run) -> bool {
    let neighbours = [run.span.start.checked_sub(1), Some(run.span.end)];
    neighbours.into_iter().flatten().any(|index| {
        source.as_bytes().get(index) == Some(&run.mark) && kinds[index] == ByteKind::Delimiter
    })
}

fn is_apart(run: &Run) -> bool {
    run.before == Flank::Edge && run.after == Flank::Edge
}

fn is_letter(flank: Flank) -> bool {
    matches!(flank, Flank::Letter { .. })
}

fn is_latin(flank: Flank) -> bool {
    flank == Flank::Letter { cjk: false }
}

fn pair_help(source: &str, open: &Run, close: &Run) -> String {
    let mark = &source[open.span.clone()];
    if mark == "~" {
        "one tilde is the sign of a range: strike text out with `~~` on either side".to_owned()
    } else if open.after == Flank::Edge || close.before == Flank::Edge {
        format!("a space inside keeps the marks from working: put `{mark}` right beside the words")
    } else if open.mark == b'_' {
        let asterisks = "*".repeat(mark.len());
        format!("underscores do not work beside a letter: write `{asterisks}` instead")
    } else {
        format!(
            "`{mark}` does not work between punctuation and a letter: leave the punctuation outside"
        )
    }
}
