//! Characters that the site's font cannot draw.

use std::collections::BTreeSet;

use super::{Checker, event};
use crate::assets::fonts;
use crate::content::markdown;
use crate::content::source::lines;
use crate::content::yaml::Node;
use crate::diagnostic::Diagnostic;

/// Reads the font that event.yaml names.
pub(super) fn font(checker: &mut Checker<'_>, tree: Option<&Node>) {
    let Some(tree) = tree else { return };
    let node = tree.key("look").key("font");
    let (Some(path), Some(span)) = (node.text(), node.span()) else {
        return;
    };
    let error = |code, message: String| Diagnostic::error(code, event::FILE, span, message);
    // Of one that cannot be used it is not known what it lacks.
    checker.font = Some([].into());
    let Some(binary) = checker.folder.binaries.get(path) else {
        let help = "put the font into the content folder, and write its path from there";
        checker
            .diagnostics
            .push(error("missing-font", format!("there is no file `{path}`")).help(help));
        return;
    };
    // Its licence lies beside it.
    let folder = markdown::folder(path);
    let files = checker.folder.texts.keys().chain(checker.folder.binaries.keys());
    let is_licence =
        |it: &&String| markdown::folder(it) == folder && it.rsplit('.').next() == Some("txt");
    checker.read.extend(files.filter(is_licence).cloned());
    checker.read.insert(path.to_owned());
    match binary.read() {
        Err(problem) => checker.diagnostics.push(*problem),
        Ok(bytes) => match fonts::own(&bytes) {
            Ok(_) => checker.font = Some(bytes.into()),
            Err(why) => checker.diagnostics.push(
                error("invalid-font", format!("`{path}` cannot be used: {why}"))
                    .help("bring a font with TrueType outlines (.ttf) whose licence allows it to be embedded"),
            ),
        },
    }
}

/// Warns of every file with characters that the font lacks, once, at the first of them: a text in a script of
/// another kind has hundreds, and one font will not get them one by one.
///
/// It looks at what this part of the check has read.
pub(super) fn check(checker: &mut Checker<'_>) {
    let font = checker.font.as_deref();
    if font.is_some_and(<[u8]>::is_empty) {
        return;
    }
    for path in &checker.read {
        let Some(text) = checker.folder.texts.get(path) else {
            continue;
        };
        let is_comment: fn(&str) -> bool = match path.rsplit('.').next() {
            Some("yaml") => |line| line.trim_start().starts_with('#'),
            Some("md") => |_| false,
            _ => continue,
        };
        if fonts::has_all(text, font) {
            continue;
        }
        let lines = text.lines().filter(|line| !is_comment(line));
        let missing = fonts::missing(&lines.flat_map(str::chars).collect(), font);
        let told = checker.diagnostics.items();
        let is_told = |at: &usize| told.iter().any(|it| it.file == *path && it.span.contains(at));
        if let Some(start) = first(text, &missing, is_comment).filter(|it| !is_told(it)) {
            let length = text[start..].find(|it| !missing.contains(&it));
            let end = length.map_or(text.len(), |length| start + length);
            let message = format!("the site’s font lacks {}", names(&missing));
            let help = "readers see their system’s font there, and cards leave it out; name a font that has it in event.yaml: `look: {font: media/fonts/Example.ttf}`";
            checker
                .diagnostics
                .push(Diagnostic::warning("missing-glyph", path, start..end, message).help(help));
        }
    }
}

fn first(text: &str, missing: &BTreeSet<char>, is_comment: fn(&str) -> bool) -> Option<usize> {
    lines(text).find_map(|(start, line)| {
        let found = line.find(|it| missing.contains(&it));
        found.filter(|_| !is_comment(line)).map(|it| start + it)
    })
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
