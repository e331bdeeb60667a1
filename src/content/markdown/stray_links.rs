//! Links that stay visible as brackets and parentheses, which no parser reports.

use super::delimiter_runs::{self, ByteKind, LocatedEvent};
use super::{Lint, LintKind};

/// What an address of ours begins with: `[가] (나)` is prose.
const BEGINNINGS: [&str; 6] = ["/", "#", "term:", "https://", "http://", "mailto:"];

/// Every such link, from its bracket to its parenthesis.
pub(super) fn lints(source: &str, events: &[LocatedEvent]) -> Vec<Lint> {
    let kinds = delimiter_runs::byte_kinds(source, events);
    let is_text = |place: usize| matches!(kinds.get(place), Some(ByteKind::Literal(_)));
    let mut lints = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let mut open = None;
        for (column, letter) in line.char_indices() {
            let place = start + column;
            match letter {
                '[' if is_text(place) => open = Some(place),
                ']' if is_text(place) => {
                    let Some(from) = open.take() else { continue };
                    let rest = &line[column + 1..];
                    let apart = rest.len() - rest.trim_start_matches(' ').len();
                    let Some(inner) = rest[apart..].strip_prefix('(') else {
                        continue;
                    };
                    let Some(length) = inner.find(')') else {
                        continue;
                    };
                    let is_address = BEGINNINGS.iter().any(|it| inner.starts_with(it));
                    if !is_address || apart > 1 || !is_text(place + 1 + apart) {
                        continue;
                    }
                    lints.push(Lint {
                        kind: LintKind::LiteralLink,
                        span: from..place + 1 + apart + 1 + length + 1,
                        note: note(apart).to_owned(),
                    });
                }
                _ => {}
            }
        }
        start += line.len();
    }
    lints
}

fn note(apart: usize) -> &'static str {
    if apart > 0 {
        "put the parenthesis right behind the bracket: `[text](/projects/rrc/)`"
    } else {
        "an address holds no space: write the address alone in the parentheses"
    }
}
