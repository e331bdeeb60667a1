//! Applying the fixes that problems carry to the files on disk.
//!
//! What the program has chosen is written down by the way.
//!
//! A fix is made for the normalised text; the file may have other line ends, a byte order mark or
//! decomposed letters, and keeps them. Whatever cannot be mapped back with certainty is left alone.

use std::fs;
use std::path::Path;

use anyhow::Context;
use unicode_normalization::UnicodeNormalization;

use super::source::{ContentDir, normalise};
use super::write::{place, write_file};
use super::{Drafts, load_facts, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::model::{Event, Website};

/// A fix may bring the next fault of a file to light, so files are read again this often.
const ROUNDS: usize = 20;
/// Longest line in bytes of which decomposed letters are mapped back.
const LINE: usize = 4_000;

/// Applies every fix that the content's problems carry, until none is left. What was changed is returned, each with its
/// file, its line and the code of the problem that it mends.
pub fn fix(dir: &ContentDir) -> anyhow::Result<Vec<String>> {
    let mut applied = Vec::new();
    for _ in 0..ROUNDS {
        let (_, diagnostics) = load_facts(dir, Drafts::Hide)?;
        let changes = apply_pass(&dir.path, &diagnostics)?;
        if changes.is_empty() {
            break;
        }
        applied.extend(changes);
    }
    if let (Some(website), _) = load_facts(dir, Drafts::Hide)? {
        applied.extend(keep(&dir.path, &website)?);
    }
    Ok(applied)
}

/// Applies every fix that does not overlap another, and returns what was changed.
fn apply_pass(dir: &Path, diagnostics: &Diagnostics) -> anyhow::Result<Vec<String>> {
    let mut applied = Vec::new();
    let fixable: Vec<(&Diagnostic, &Fix)> =
        diagnostics.items().iter().filter_map(|item| Some((item, item.fix.as_ref()?))).collect();
    for group in fixable.chunk_by(|(a, _), (b, _)| a.file == b.file) {
        let file = &group[0].0.file;
        let chosen = non_overlapping(group);
        let fixes: Vec<&Fix> = chosen.iter().map(|(_, fix)| *fix).collect();
        let text = diagnostics.source(file);
        let is_written =
            apply(dir, file, text, &fixes).with_context(|| format!("cannot mend {file}"))?;
        if is_written {
            applied.extend(chosen.iter().map(|(item, fix)| {
                let line = diagnostics.start(item).line;
                let change = describe(text.unwrap_or_default(), fix);
                format!("{file}:{line}: {change} ({})", item.code)
            }));
        }
    }
    Ok(applied)
}

/// Writes down what was chosen and must not be chosen anew when other things change: the event's id, and the recipes of
/// emblems.
fn keep(dir: &Path, website: &Website) -> anyhow::Result<Vec<String>> {
    let Event { id, recipe, .. } = &website.event;
    let file = "event.yaml".to_owned();
    let mut chosen = vec![(file.clone(), "id", Some(id)), (file, "emblem", recipe.as_ref())];
    let projects = website.projects.iter();
    chosen.extend(projects.map(|it| (it.entries.file(&it.slug), "emblem", it.recipe.as_ref())));
    let mut kept = Vec::new();
    for (file, key, value) in chosen {
        let text = fs::read(place(dir, &file)?)
            .map_or(String::new(), |it| normalise(it).unwrap_or_default());
        let (Some(value), Ok(tree)) = (value, yaml::parse(&text)) else {
            continue;
        };
        let node = tree.key(key);
        if node.text() == Some(value) {
            continue;
        }
        let start = if text.ends_with('\n') { "" } else { "\n" };
        let (span, replacement) = match node.span() {
            Some(span) => (span.clone(), value.clone()),
            None => (text.len()..text.len(), format!("{start}{key}: {value}\n")),
        };
        let mut mended = text.clone();
        mended.replace_range(span.clone(), &replacement);
        // A file in braces has no place for a line more.
        let is_right = yaml::parse(&mended).is_ok_and(|it| it.key(key).text() == Some(value));
        if is_right && apply(dir, &file, Some(&text), &[&Fix { span, replacement }])? {
            kept.push(format!("{file}: wrote `{key}: {value}`"));
        }
    }
    Ok(kept)
}

/// What a fix did, in words short enough for a line.
fn describe(text: &str, fix: &Fix) -> String {
    let short = |text: &str| {
        let text = text.trim_matches('\n');
        let line = text.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(60).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        format!("`{shown}{more}`")
    };
    let before = text.get(fix.span.clone()).unwrap_or_default();
    match (before.is_empty(), fix.replacement.is_empty()) {
        (true, _) => format!("added {}", short(&fix.replacement)),
        (_, true) => format!("removed {}", short(before)),
        _ => format!("wrote {} instead of {}", short(&fix.replacement), short(before)),
    }
}

type Chosen<'a> = (&'a Diagnostic, &'a Fix);

/// The fixes in order, without those that overlap one before; insertions at one place stand side
/// by side in the order of their texts.
fn non_overlapping<'a>(fixes: &[Chosen<'a>]) -> Vec<Chosen<'a>> {
    let mut sorted = fixes.to_vec();
    sorted.sort_by_key(|(_, fix)| (fix.span.start, fix.span.end, fix.replacement.as_str()));
    sorted.dedup_by_key(|(_, fix)| *fix);
    let mut end = 0;
    sorted.retain(|(_, fix)| {
        let is_next = fix.span.start >= end;
        if is_next {
            end = fix.span.end;
        }
        is_next
    });
    sorted
}

/// Writes the mended file; false where it is not as it was read, or cannot be mapped.
fn apply(dir: &Path, file: &str, text: Option<&str>, fixes: &[&Fix]) -> anyhow::Result<bool> {
    let place = place(dir, file)?;
    let mended = if let Some(text) = text {
        String::from_utf8(fs::read(place)?).ok().and_then(|raw| {
            let is_as_read = normalise(raw.clone().into_bytes()).is_ok_and(|it| it == text);
            is_as_read.then(|| mend(&raw, text, fixes)).flatten()
        })
    } else {
        // A file that is still to be made.
        let replacements = fixes.iter().map(|fix| fix.replacement.as_str());
        (!place.exists()).then(|| replacements.collect())
    };
    if let Some(mended) = &mended {
        write_file(dir, file, mended)?;
    }
    Ok(mended.is_some())
}

/// The file's own text with the fixes in it.
fn mend(raw: &str, text: &str, fixes: &[&Fix]) -> Option<String> {
    let (mut mended, mut expected) = (raw.to_owned(), text.to_owned());
    // The last one first, so that the places of those before it stay.
    for fix in fixes.iter().rev() {
        let start = raw_offset(raw, text, fix.span.start)?;
        let end = raw_offset(raw, text, fix.span.end)?;
        let replacement = fix.replacement.replace('\n', line_end(raw));
        mended.replace_range(start..end, &replacement);
        expected.replace_range(fix.span.clone(), &fix.replacement);
    }
    // Nothing is written that would not read as intended.
    let is_right = normalise(mended.clone().into_bytes()).is_ok_and(|it| it == expected);
    is_right.then_some(mended)
}

fn line_end(raw: &str) -> &'static str {
    match raw.find(['\r', '\n']) {
        Some(at) if raw[at..].starts_with("\r\n") => "\r\n",
        Some(at) if raw[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// The place in the file of a place in its normalised text.
fn raw_offset(raw: &str, text: &str, offset: usize) -> Option<usize> {
    let before = text.get(..offset)?;
    let line = before.matches('\n').count();
    let column = offset - before.rfind('\n').map_or(0, |it| it + 1);
    let text_line = text.split('\n').nth(line)?;
    let (start, raw_line) = raw_line(raw, line)?;
    if raw_line == text_line {
        return Some(start + column);
    }
    if raw_line.len() > LINE {
        return None;
    }
    let is_same = |raw: &str, text: &str| raw.nfc().eq(text.chars());
    let places = raw_line.char_indices().map(|(place, _)| place);
    let place = places
        .chain([raw_line.len()])
        .find(|&place| is_same(&raw_line[..place], &text_line[..column]))?;
    is_same(&raw_line[place..], &text_line[column..]).then_some(start + place)
}

/// Where a line begins, counted from 0, and what stands in it; a byte order mark is no part of the first.
fn raw_line(raw: &str, line: usize) -> Option<(usize, &str)> {
    let mut rest = raw.strip_prefix('\u{feff}').unwrap_or(raw);
    for _ in 0..line {
        let end = rest.find(['\r', '\n'])?;
        let length = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + length..];
    }
    let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
    Some((raw.len() - rest.len(), &rest[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(start: usize, end: usize, replacement: &str) -> Fix {
        Fix { span: start..end, replacement: replacement.to_owned() }
    }

    fn mended(raw: &str, fixes: &[Fix]) -> Option<String> {
        let text = normalise(raw.to_owned().into_bytes()).expect("UTF-8");
        mend(raw, &text, &fixes.iter().collect::<Vec<_>>())
    }

    #[test]
    fn line_ends_and_marks_stay_as_they_are() {
        let raw = "\u{feff}a: 1\r\nbb: 2\r\n";
        let fixes = [fix(5, 7, "b"), fix(11, 11, "c: 3\n")];
        let expected = "\u{feff}a: 1\r\nb: 2\r\nc: 3\r\n";
        assert_eq!(mended(raw, &fixes).as_deref(), Some(expected));
        assert_eq!(mended("a\rb", &[fix(2, 3, "c")]).as_deref(), Some("a\rc"));
    }

    #[test]
    fn decomposed_letters_stay_as_they_are() {
        let raw = "\u{1100}\u{1161}: x\nk\u{1102}\u{1161}y: z\n";
        // 가: x⏎k나y: z
        let fixes = [fix(5, 6, "w"), fix(11, 12, "v")];
        let expected = "\u{1100}\u{1161}: w\nk\u{1102}\u{1161}v: z\n";
        assert_eq!(mended(raw, &fixes).as_deref(), Some(expected));
    }

    #[test]
    fn fixes_that_overlap_wait_for_the_next_round() {
        let diagnostic = Diagnostic::error("unknown-key", "a.yaml", 0..1, "");
        let fixes = [fix(4, 8, "x"), fix(0, 5, "y"), fix(8, 8, "b"), fix(8, 8, "a")];
        let all: Vec<Chosen<'_>> = fixes.iter().map(|it| (&diagnostic, it)).collect();
        let chosen = non_overlapping(&all);
        let texts: Vec<&str> = chosen.iter().map(|(_, it)| it.replacement.as_str()).collect();
        assert_eq!(texts, ["y", "a", "b"]);
    }
}
