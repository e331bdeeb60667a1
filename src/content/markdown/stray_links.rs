//! Links that stay visible as brackets and parentheses, which no parser reports.

use super::delimiter_runs::ByteKind;
use crate::diagnostic::Diagnostic;

/// What an address of ours begins with: `[가] (나)` is prose.
const BEGINNINGS: [&str; 8] = ["/", "#", "term:", "https://", "http://", "mailto:", "tel:", "sms:"];

/// Whether a text is the name of a file.
fn is_file(text: &str) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, it)| it);
    text.len() < 240
        && (2..=5).contains(&ending.len())
        && ending.bytes().all(|it| it.is_ascii_alphanumeric())
        && !text.contains(['<', '>', '"'])
}

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
                let Some(address) = rest.strip_prefix('(').filter(|_| is_text(bracket)) else {
                    continue;
                };
                if closing <= bracket {
                    let found = source[bracket..].find([')', '\n']);
                    closing = found.map_or(source.len(), |it| bracket + it);
                }
                let is_closed = source[closing..].starts_with(')');
                let inner = &source[bracket + 1..closing];
                let begins = BEGINNINGS.iter().any(|begin| address.starts_with(begin));
                let is_picture = source[..from].ends_with('!');
                // Not far, so that the time grows with the text and no faster.
                let first = inner[..inner.floor_char_boundary(240)].split([' ', '\u{a0}']).next();
                let first = first.filter(|it| is_picture && is_closed && it.len() < inner.len());
                let has_title = first.is_some_and(is_file);
                let is_apart = is_picture && space > 0 && is_file(inner);
                let is_file = is_closed && space == 0 && is_file(inner);
                if !begins && !is_file && !has_title && !is_apart {
                    continue;
                }
                let span = from..closing + usize::from(is_closed);
                let message = "these brackets stay visible: they make no link";
                let problem = Diagnostic::warning("literal-link", file, span, message);
                problems.push(if !is_closed {
                    problem.help("close the address with a parenthesis: `[text](/search/)`")
                } else if space > 0 {
                    problem.help("put the parenthesis right behind the bracket: `[text](/search/)`")
                } else if has_title && inner.contains(['“', '”', '„']) {
                    problem.help("a caption stands in plain quotation marks: `![what it shows](picture.jpg \"its caption\")`")
                } else if is_file {
                    let whole = format!("<{inner}>");
                    let help = format!("a name with blanks stands in angle brackets: `({whole})`");
                    problem.help(help).fix(bracket + 1..closing, whole)
                } else {
                    problem.help(
                        "an address holds no space: write the address alone in the parentheses",
                    )
                });
            }
            _ => {}
        }
    }
    problems
}
