//! Characters that the site's font cannot draw.

use std::collections::BTreeSet;

use super::Checker;
use crate::assets::fonts;
use crate::diagnostic::Diagnostic;

/// Warns of every file with characters that the font lacks, once, at the first of them: a text in a script of
/// another kind has hundreds, and one font will not get them one by one.
///
/// It looks at what this part of the check has read.
pub(super) fn check(checker: &mut Checker<'_>) {
    for path in &checker.read {
        let Some(text) = checker.folder.texts.get(path) else {
            continue;
        };
        let is_comment: fn(&str) -> bool = match path.rsplit('.').next() {
            Some("yaml") => |line| line.trim_start().starts_with('#'),
            Some("md") => |_| false,
            _ => continue,
        };
        if fonts::has_all(text) {
            continue;
        }
        let lines = text.lines().filter(|line| !is_comment(line));
        let missing = fonts::missing(&lines.flat_map(str::chars).collect());
        if let Some(start) = first(text, &missing, is_comment) {
            let length = text[start..].find(|it| !missing.contains(&it));
            let end = length.map_or(text.len(), |length| start + length);
            let message = format!("the site’s font lacks {}", names(&missing));
            let help =
                "readers see their system’s font there; write it otherwise where that matters";
            checker
                .diagnostics
                .push(Diagnostic::warning("missing-glyph", path, start..end, message).help(help));
        }
    }
}

fn first(text: &str, missing: &BTreeSet<char>, is_comment: fn(&str) -> bool) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let found = line.find(|it| missing.contains(&it));
        if let Some(found) = found.filter(|_| !is_comment(line)) {
            return Some(offset + found);
        }
        offset += line.len();
    }
    None
}

/// The first of these characters, each with its code point, and how many more there are.
fn names(missing: &BTreeSet<char>) -> String {
    const SHOWN: usize = 12;
    let name = |it: &char| format!("{it} (U+{:04X})", u32::from(*it));
    let names: Vec<String> = missing.iter().take(SHOWN).map(name).collect();
    match missing.len().saturating_sub(SHOWN) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
