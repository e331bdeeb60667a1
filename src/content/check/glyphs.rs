//! Characters that the site's font cannot draw.

use std::collections::BTreeSet;

use super::Checker;
use crate::assets::fonts;
use crate::content::problems;

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
            let problem = problems::missing_glyph(path, start, &text[start..], &missing);
            checker.diagnostics.push(problem);
        }
    }
}

/// Where the first of these characters stands.
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
