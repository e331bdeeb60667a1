//! Headings and their ids, before anything is written: an id depends on all the others.

use std::collections::HashSet;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::{LocatedEvent, content, words};
use crate::diagnostic::{Diagnostic, escape_html};

struct Heading {
    level: usize,
    text: String,
    /// As the author wrote it: `{#id}`.
    id: Option<String>,
    /// Ids that it had before, and by which it is still found: `{#id was=former}`.
    former: Vec<String>,
    /// Marks included.
    span: Range<usize>,
}

/// Puts every heading's id into its event, and former ids as anchors behind it. Returns all of them, each with the
/// place of its heading.
///
/// An id is the author's, or made of the words: so it is the same as long as the words are, whatever else changes,
/// unless two headings share their words.
pub(super) fn assign_ids(
    file: &str,
    source: &str,
    events: &mut Vec<LocatedEvent>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Range<usize>)> {
    let headings = collect(file, source, events, problems);
    check_levels(file, source, &headings, problems);
    // Ids that were written win over derived ones wherever they stand.
    let written = headings
        .iter()
        .flat_map(|it| it.id.iter().chain(&it.former));
    let mut reserved: HashSet<String> = written.cloned().collect();
    let mut used = HashSet::new();
    let mut is_new = |id: &str, span: &Range<usize>, help: String| {
        let is_new = used.insert(id.to_owned());
        if !is_new {
            let message = "another heading has the same id, so links would be ambiguous";
            problems.push(Diagnostic::error("duplicate-id", file, span, message).help(help));
        }
        is_new
    };
    let mut ids = Vec::new();
    let mut headings = headings.into_iter();
    for (event, place) in mem::take(events) {
        let Event::Start(Tag::Heading { level, .. }) = &event else {
            events.push((event, place));
            continue;
        };
        let Some(heading) = headings.next() else {
            break;
        };
        let span = heading.span;
        let id = match heading.id {
            Some(id) => {
                let help = format!("`{{#{id}}}` belongs to a heading above: choose another id");
                let is_free = is_new(&id, &span, help);
                if is_free {
                    id
                } else {
                    unused(&id, &mut reserved)
                }
            }
            None => unused(&slug(&heading.text), &mut reserved),
        };
        let tag = Tag::Heading {
            level: *level,
            id: Some(id.clone().into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        };
        events.push((Event::Start(tag), place.clone()));
        ids.push((id, span.clone()));
        for id in heading.former {
            let help = format!("`was={id}` belongs to a heading already: take it out");
            if is_new(&id, &span, help) {
                let anchor = format!("<span id=\"{}\"></span>", escape_html(&id));
                events.push((Event::InlineHtml(anchor.into()), place.start..place.start));
                ids.push((id, span.clone()));
            }
        }
    }
    ids
}

fn collect(
    file: &str,
    source: &str,
    events: &[LocatedEvent],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Heading> {
    let mut headings = Vec::new();
    for (index, (event, span)) in events.iter().enumerate() {
        let Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) = event
        else {
            continue;
        };
        let span = span.start..span.start + source[span.clone()].trim_end().len();
        let was = |(name, value): &(CowStr<'_>, Option<CowStr<'_>>)| match value {
            Some(id) if **name == *"was" && !id.is_empty() => Some(id.to_string()),
            _ => None,
        };
        let former: Vec<String> = attrs.iter().filter_map(was).collect();
        if !classes.is_empty() || former.len() < attrs.len() {
            let message = "this mark of another Markdown dialect stays as it is";
            problems.push(
                Diagnostic::warning("unsupported-markdown", file, &span, message).help(
                    "a heading takes an id, and ids that it had before, and nothing else: \
                     `{#id was=former}`",
                ),
            );
        }
        let id = id.as_ref().map(CowStr::to_string);
        headings.push(Heading {
            level: *level as usize,
            text: words(content(events, index)),
            id: id.filter(|id| !id.is_empty()),
            former,
            span,
        });
    }
    headings
}

/// Headings begin at the second level, skip none, and say something.
fn check_levels(file: &str, source: &str, headings: &[Heading], problems: &mut Vec<Diagnostic>) {
    let mut level_before = 1;
    for (index, heading) in headings.iter().enumerate() {
        let span = &heading.span;
        // Headings underlined with `===` have no marks to change.
        let has_marks = source[span.start..].starts_with('#');
        if heading.text.is_empty() {
            problems.push(
                Diagnostic::error("empty-heading", file, span, "this heading has no text")
                    .help("write one, or remove the line"),
            );
        } else if heading.level == 1 {
            let message = "the page's title is its only heading of the first level";
            let problem = Diagnostic::error("top-heading", file, span, message);
            let problem = problem.help("begin with `##`");
            problems.push(if has_marks {
                problem.fix(span.start..span.start, "#")
            } else {
                problem
            });
        } else if heading.level > level_before + 1 {
            let message = "this heading skips a level";
            let problem = Diagnostic::error("skipped-level", file, span, message);
            let problem = problem.help("use one `#` less");
            problems.push(match raised(source, &headings[index..]) {
                Some((span, text)) => problem.fix(span, text),
                None => problem,
            });
        }
        // A first-level heading is reported, and will be of the second level once it is mended.
        level_before = heading.level.max(2);
    }
}

/// The first of these headings raised by one level, and with it all that stand below it or beside it; the source from
/// the first to the last of them.
fn raised(source: &str, headings: &[Heading]) -> Option<(Range<usize>, String)> {
    let first = headings.first()?;
    let mut raised = String::new();
    let mut end = first.span.start;
    for heading in headings.iter().take_while(|it| it.level >= first.level) {
        let marked = source[heading.span.clone()].strip_prefix('#')?;
        raised.push_str(&source[end..heading.span.start]);
        raised.push_str(marked);
        end = heading.span.end;
    }
    Some((first.span.start..end, raised))
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
