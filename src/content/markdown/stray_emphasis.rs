//! Marks that were meant as emphasis and stay visible: to the author a typing error that no parser
//! reports, to the visitor stray asterisks.
//!
//! Much that looks alike is meant: `2*3`, `a * b`, `snake_case`, `가격*` (a note), `좋아요~~`,
//! `010-****-1234`. A run is reported if it has a partner in the same container, or if it stands as
//! only an opening or closing mark would.

use super::delimiter_runs::{self, ByteKind, Flank, LocatedEvent, Run};
use super::{Lint, LintKind};

/// How many runs further a partner is looked for, so that the time grows with the text and no faster.
const REACH: usize = 100;

/// Every such mark, pairs as one lint.
pub(super) fn lints(source: &str, events: &[LocatedEvent]) -> Vec<Lint> {
    let kinds = delimiter_runs::byte_kinds(source, events);
    let runs = delimiter_runs::runs(source, &kinds, |kinds| match kinds {
        ByteKind::Literal(scope) => Some(scope),
        _ => None,
    });
    let mut paired = vec![false; runs.len()];
    let mut lints = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        if paired[index] {
            continue;
        }
        if is_rest(source, &kinds, run) {
            lints.push(lone(source, run));
            continue;
        }
        let partner = (index + 1..runs.len())
            .take(REACH)
            .find(|&other| !paired[other] && is_pair(run, &runs[other]));
        if let Some(other) = partner {
            paired[other] = true;
            lints.push(pair(source, run, &runs[other]));
        } else if stands_like_emphasis(source, &kinds, run) {
            lints.push(lone(source, run));
        }
    }
    lints
}

/// Whether two runs would be emphasis if spaces, letters and punctuation stood otherwise.
fn is_pair(open: &Run, close: &Run) -> bool {
    let same =
        open.mark == close.mark && open.span.len() == close.span.len() && open.scope == close.scope;
    let starts = open.after != Flank::Edge;
    let ends = close.before != Flank::Edge;
    let apart = is_apart(open) && is_apart(close);
    let outer_letters = (is_letter(open.before), is_letter(close.after));
    same && match (open.mark, open.span.len()) {
        (b'*', 2..=3) => (starts || is_apart(open)) && (ends || is_apart(close)),
        (b'*', 1) => starts && ends && !outer_letters.0,
        (b'~', 2) => apart || starts && !outer_letters.0 && (ends || is_apart(close)),
        (b'~', 1) => starts && ends && outer_letters == (false, false),
        (b'_', 1..=3) => {
            starts
                && ends
                && outer_letters != (true, true)
                && !is_latin(open.before)
                && !is_latin(close.after)
        }
        _ => false,
    }
}

/// Whether a run without partner was meant as a mark.
fn stands_like_emphasis(source: &str, kinds: &[ByteKind], run: &Run) -> bool {
    let between_punctuation = matches!(
        (run.before, run.after),
        (Flank::Punctuation { .. }, Flank::Punctuation { .. })
    );
    match (run.mark, run.span.len()) {
        (b'*', 2..=3) => {
            let in_word = is_latin(run.before) && is_latin(run.after);
            !is_apart(run) && !between_punctuation && !in_word
        }
        // At the start of a line it is the sign of a note, as in `*부가세 별도`.
        (b'*', 1) => {
            let previous = run.span.start.checked_sub(1);
            let after_space = previous.is_some_and(|previous| {
                source.as_bytes()[previous] == b' ' && kinds[previous] != ByteKind::Markup
            });
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

fn is_letter(side: Flank) -> bool {
    matches!(side, Flank::Letter { .. })
}

fn is_latin(side: Flank) -> bool {
    side == Flank::Letter { cjk: false }
}

fn pair(source: &str, open: &Run, close: &Run) -> Lint {
    let mark = &source[open.span.clone()];
    let note = if mark == "~" {
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
    };
    Lint {
        kind: LintKind::LiteralEmphasis,
        span: open.span.start..close.span.end,
        note,
    }
}

fn lone(source: &str, run: &Run) -> Lint {
    let mark = &source[run.span.clone()];
    let escaped: String = mark.chars().flat_map(|mark| ['\\', mark]).collect();
    Lint {
        kind: LintKind::LiteralEmphasis,
        span: run.span.clone(),
        note: format!("`{mark}` has no partner: add it, or write `{escaped}` to print it"),
    }
}
