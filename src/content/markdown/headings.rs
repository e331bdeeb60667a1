//! Headings and their ids, before anything is written: an id depends on all the others.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::delimiter_runs::LocatedEvent;
use super::{Heading, Lint, LintKind};

/// Every heading in order. An id is the author's, or made of the words: so it is the same as long as
/// the words are, whatever else changes, unless two headings share their words.
pub(super) fn collect(
    source: &str,
    events: &[LocatedEvent],
    lints: &mut Vec<Lint>,
) -> Vec<Heading> {
    let written = written(source, events, lints);
    // Ids that were written win over derived ones wherever they stand.
    let mut reserved: HashSet<String> = written
        .iter()
        .flat_map(|(id, heading)| id.iter().chain(&heading.former).cloned())
        .collect();
    let mut used = HashSet::new();
    let mut level_before = 1;
    let mut headings = Vec::with_capacity(written.len());
    for (wanted, mut heading) in written {
        lints.extend(problem(&heading, level_before));
        // A first-level heading is reported, and will be of the second level once it is mended.
        level_before = heading.level.max(2);
        heading.explicit_id = wanted.is_some();
        heading.id = match wanted {
            Some(id) if used.insert(id.clone()) => id,
            Some(id) => {
                lints.push(Lint {
                    kind: LintKind::DuplicateId,
                    span: heading.span.clone(),
                    note: format!("`{{#{id}}}` belongs to a heading above: choose another id"),
                });
                unused(&id, &mut reserved)
            }
            None => unused(&slug(&heading.text), &mut reserved),
        };
        heading.former.retain(|id| {
            let is_new = used.insert(id.clone());
            if !is_new {
                lints.push(Lint {
                    kind: LintKind::DuplicateId,
                    span: heading.span.clone(),
                    note: format!("`was={id}` belongs to a heading already: take it out"),
                });
            }
            is_new
        });
        headings.push(heading);
    }
    headings
}

/// The headings as written, still without ids, and the ids the author asks for.
fn written(
    source: &str,
    events: &[LocatedEvent],
    lints: &mut Vec<Lint>,
) -> Vec<(Option<String>, Heading)> {
    let mut headings: Vec<(Option<String>, Heading)> = Vec::new();
    let mut text: Option<String> = None;
    let mut images = 0_usize;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => {
                let span = trimmed(source, span);
                let former: Vec<String> = attrs.iter().filter_map(former).collect();
                if !classes.is_empty() || former.len() < attrs.len() {
                    lints.push(Lint {
                        kind: LintKind::Unsupported,
                        span: span.clone(),
                        note:
                            "a heading takes an id, and ids that it had before, and nothing else: \
                               `{#id was=former}`"
                                .to_owned(),
                    });
                }
                let heading = Heading {
                    level: *level as u8,
                    id: String::new(),
                    former,
                    text: String::new(),
                    explicit_id: false,
                    span,
                };
                let id = id.as_ref().map(CowStr::to_string);
                headings.push((id.filter(|id| !id.is_empty()), heading));
                text = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                if let (Some((_, heading)), Some(text)) = (headings.last_mut(), text.take()) {
                    text.trim().clone_into(&mut heading.text);
                }
            }
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::Text(piece) | Event::Code(piece) if images == 0 => {
                if let Some(text) = &mut text {
                    text.push_str(piece);
                }
            }
            Event::SoftBreak | Event::HardBreak if images == 0 => {
                if let Some(text) = &mut text {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    headings
}

/// An id that the heading had before: `was=former`.
fn former((name, value): &(CowStr<'_>, Option<CowStr<'_>>)) -> Option<String> {
    let value = value.as_deref().filter(|it| !it.is_empty())?;
    (&**name == "was").then(|| value.to_owned())
}

fn problem(heading: &Heading, level_before: u8) -> Option<Lint> {
    let (kind, note) = if heading.text.is_empty() {
        let note = "a heading without words: remove it, or say what follows";
        (LintKind::EmptyHeading, note.to_owned())
    } else if heading.level == 1 {
        let note = "the page's title is its only first-level heading: write `##`";
        (LintKind::TopHeading, note.to_owned())
    } else if heading.level > level_before + 1 {
        let expected = level_before + 1;
        let marks = "#".repeat(usize::from(expected));
        let level = heading.level;
        let note = format!("level {level} where level {expected} is next: write `{marks}`");
        (LintKind::SkippedLevel, note)
    } else {
        return None;
    };
    Some(Lint {
        kind,
        span: heading.span.clone(),
        note,
    })
}

/// Lower-case letters and digits of any script, with single hyphens for everything between.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

/// The id itself, or the first of `id-2`, `id-3` … that is free.
fn unused(id: &str, reserved: &mut HashSet<String>) -> String {
    let mut candidate = id.to_owned();
    let mut number = 2_usize;
    while !reserved.insert(candidate.clone()) {
        candidate = format!("{id}-{number}");
        number += 1;
    }
    candidate
}

fn trimmed(source: &str, span: &Range<usize>) -> Range<usize> {
    span.start..span.start + source[span.clone()].trim_end().len()
}
