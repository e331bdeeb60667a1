//! Links that stay visible as brackets and parentheses, which no parser reports.

use super::marks::{self, Cover, Located};
use super::{Finding, FindingKind};

/// What an address of ours begins with: `[가] (나)` is prose.
const BEGINNINGS: [&str; 6] = ["/", "#", "term:", "https://", "http://", "mailto:"];

/// Every such link, from its bracket to its parenthesis.
pub(super) fn findings(source: &str, events: &[Located]) -> Vec<Finding> {
    let cover = marks::coverage(source, events);
    let is_text = |place: usize| matches!(cover.get(place), Some(Cover::Literal(_)));
    let mut findings = Vec::new();
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
                    findings.push(Finding {
                        kind: FindingKind::LiteralLink,
                        span: from..place + 1 + apart + 1 + length + 1,
                        note: note(apart).to_owned(),
                    });
                }
                _ => {}
            }
        }
        start += line.len();
    }
    findings
}

fn note(apart: usize) -> &'static str {
    if apart > 0 {
        "put the parenthesis right behind the bracket: `[text](/projects/rrc/)`"
    } else {
        "an address holds no space: write the address alone in the parentheses"
    }
}
