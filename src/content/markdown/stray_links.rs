//! Links that stay visible as brackets and parentheses, which no parser reports.

use super::delimiter_runs::ByteKind;
use crate::diagnostic::Diagnostic;

/// What an address of ours begins with: `[가] (나)` is prose.
const BEGINNINGS: [&str; 6] = ["/", "#", "term:", "https://", "http://", "mailto:"];

/// Every such link, from its bracket to its parenthesis.
pub(super) fn problems(file: &str, source: &str, kinds: &[ByteKind]) -> Vec<Diagnostic> {
    let is_text = |place: usize| matches!(kinds[place], ByteKind::Text(_));
    let mut problems = Vec::new();
    let mut open = None;
    // The parenthesis that was found last, which may close for many brackets.
    let mut closing = 0;
    for (place, character) in source.char_indices() {
        match character {
            '\n' => open = None,
            '[' if is_text(place) => open = Some(place),
            ']' if is_text(place) => {
                let Some(from) = open.take() else { continue };
                let rest = &source[place + 1..];
                let (space, rest) = match rest.strip_prefix(' ') {
                    Some(rest) => (1, rest),
                    None => (0, rest),
                };
                let bracket = place + 1 + space;
                let address = rest.strip_prefix('(').filter(|_| is_text(bracket));
                let address =
                    address.filter(|it| BEGINNINGS.iter().any(|begin| it.starts_with(begin)));
                if address.is_none() {
                    continue;
                }
                if closing <= bracket {
                    let found = source[bracket..].find([')', '\n']);
                    closing = found.map_or(source.len(), |it| bracket + it);
                }
                if !source[closing..].starts_with(')') {
                    continue;
                }
                let span = from..closing + 1;
                let message = "these brackets stay visible: they make no link";
                let help = if space > 0 {
                    "put the parenthesis right behind the bracket: `[text](/projects/alpha/)`"
                } else {
                    "an address holds no space: write the address alone in the parentheses"
                };
                problems.push(Diagnostic::warning("literal-link", file, span, message).help(help));
            }
            _ => {}
        }
    }
    problems
}
