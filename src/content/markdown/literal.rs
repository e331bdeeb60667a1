//! Marks that were meant as emphasis and stay visible: to the author a typing error that no parser
//! reports, to the visitor stray asterisks.
//!
//! Much that looks alike is meant: `2*3`, `a * b`, `snake_case`, `가격*` (a note), `좋아요~~`,
//! `010-****-1234`. A run is reported if it has a partner in the same container, or if it stands as
//! only an opening or closing mark would.

use super::marks::{self, Cover, Located, Run, Side};
use super::{Finding, FindingKind};

/// How many runs further a partner is looked for, so that the time grows with the text and no faster.
const REACH: usize = 100;

/// Every such mark, pairs as one finding.
pub(super) fn findings(source: &str, events: &[Located]) -> Vec<Finding> {
    let cover = marks::coverage(source, events);
    let runs = marks::runs(source, &cover, |cover| match cover {
        Cover::Literal(scope) => Some(scope),
        _ => None,
    });
    let mut paired = vec![false; runs.len()];
    let mut findings = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        if paired[index] {
            continue;
        }
        if is_rest(source, &cover, run) {
            findings.push(lone(source, run));
            continue;
        }
        let partner = (index + 1..runs.len())
            .take(REACH)
            .find(|&other| !paired[other] && is_pair(run, &runs[other]));
        if let Some(other) = partner {
            paired[other] = true;
            findings.push(pair(source, run, &runs[other]));
        } else if stands_like_emphasis(source, &cover, run) {
            findings.push(lone(source, run));
        }
    }
    findings
}

/// Whether two runs would be emphasis if spaces, letters and punctuation stood otherwise.
fn is_pair(open: &Run, close: &Run) -> bool {
    let same =
        open.mark == close.mark && open.span.len() == close.span.len() && open.scope == close.scope;
    let starts = open.after != Side::Edge;
    let ends = close.before != Side::Edge;
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
fn stands_like_emphasis(source: &str, cover: &[Cover], run: &Run) -> bool {
    let between_punctuation = matches!(
        (run.before, run.after),
        (Side::Punctuation { .. }, Side::Punctuation { .. })
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
                source.as_bytes()[previous] == b' ' && cover[previous] != Cover::Markup
            });
            after_space && is_letter(run.after)
        }
        (b'~', 2) => run.after != Side::Edge && !is_letter(run.before) && !between_punctuation,
        _ => false,
    }
}

/// Whether the run is what is left of a longer one, as the first asterisk of `***굵게**`.
fn is_rest(source: &str, cover: &[Cover], run: &Run) -> bool {
    let neighbours = [run.span.start.checked_sub(1), Some(run.span.end)];
    neighbours.into_iter().flatten().any(|index| {
        source.as_bytes().get(index) == Some(&run.mark) && cover[index] == Cover::Delimiter
    })
}

fn is_apart(run: &Run) -> bool {
    run.before == Side::Edge && run.after == Side::Edge
}

fn is_letter(side: Side) -> bool {
    matches!(side, Side::Letter { .. })
}

fn is_latin(side: Side) -> bool {
    side == Side::Letter { cjk: false }
}

fn pair(source: &str, open: &Run, close: &Run) -> Finding {
    let mark = &source[open.span.clone()];
    let note = if mark == "~" {
        "one tilde is the sign of a range: strike text out with `~~` on either side".to_owned()
    } else if open.after == Side::Edge || close.before == Side::Edge {
        format!("a space inside keeps the marks from working: put `{mark}` right beside the words")
    } else if open.mark == b'_' {
        let asterisks = "*".repeat(mark.len());
        format!("underscores do not work beside a letter: write `{asterisks}` instead")
    } else {
        format!(
            "`{mark}` does not work between punctuation and a letter: leave the punctuation outside"
        )
    };
    Finding {
        kind: FindingKind::LiteralEmphasis,
        span: open.span.start..close.span.end,
        note,
    }
}

fn lone(source: &str, run: &Run) -> Finding {
    let mark = &source[run.span.clone()];
    let escaped: String = mark.chars().flat_map(|mark| ['\\', mark]).collect();
    Finding {
        kind: FindingKind::LiteralEmphasis,
        span: run.span.clone(),
        note: format!("`{mark}` has no partner: add it, or write `{escaped}` to print it"),
    }
}
