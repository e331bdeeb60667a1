//! Headings and their ids, before anything is written: an id depends on all the others.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{LocatedEvent, content, words};
use crate::diagnostic::{Diagnostic, escape_html};

/// The events with every heading's id in its start, and former ids as anchors behind it; and all these ids, each with
/// the place of its heading.
///
/// An id is the author's, or made of the words: so it is the same as long as the words are, whatever else changes,
/// unless two headings share their words.
pub(super) fn assign_ids(
    file: &str,
    source: &str,
    events: &[LocatedEvent],
    problems: &mut Vec<Diagnostic>,
) -> (Vec<LocatedEvent>, Vec<(String, Range<usize>)>) {
    // Ids that were written win over derived ones wherever they stand.
    let written = events.iter().map(|(event, _)| written_ids(event));
    let written = written.flat_map(|(id, former)| id.into_iter().chain(former));
    let mut taken: HashMap<String, usize> = written.map(|id| (id, 2)).collect();
    let mut used = HashSet::new();
    let mut ids = Vec::new();
    let mut with_ids = Vec::with_capacity(events.len());
    let mut level_before = 1;
    for (index, (event, place)) in events.iter().enumerate() {
        let Event::Start(Tag::Heading { level, classes, attrs, .. }) = event else {
            with_ids.push((event.clone(), place.clone()));
            continue;
        };
        let span = place.start..place.start + source[place.clone()].trim_end().len();
        let (id, former) = written_ids(event);
        if !classes.is_empty() || former.len() < attrs.len() {
            let message =
                "what stands in these braces is taken for the id of the heading, and not seen";
            let problem = Diagnostic::warning("unsupported-markdown", file, &span, message);
            problems.push(problem.help(
                "an id is a word of small letters, digits and hyphens, with those that it had before: `{#id was=former}`; to show a brace, write `\\{`",
            ));
        }
        let text = words(content(events, index));
        let rest = &events[index..];
        problems.extend(problem(file, source, rest, &span, &text, *level as usize, level_before));
        // A first-level heading is reported, and will be of the second level once it is mended.
        level_before = (*level as usize).max(2);
        let duplicate = |help: String| {
            let message = "another heading has the same id, so links would be ambiguous";
            Diagnostic::error("duplicate-id", file, &span, message).help(help)
        };
        let id = match id {
            Some(id) if used.insert(id.clone()) => id,
            Some(id) => {
                let help = format!("`{{#{id}}}` belongs to a heading above: choose another id");
                problems.push(duplicate(help));
                unused(id, &mut taken)
            }
            None => unused(slug(&text), &mut taken),
        };
        let tag = Tag::Heading {
            level: *level,
            id: Some(id.clone().into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        };
        with_ids.push((Event::Start(tag), place.clone()));
        ids.push((id, span.clone()));
        for id in former {
            if used.insert(id.clone()) {
                let anchor = format!("<span id=\"{}\"></span>", escape_html(&id));
                with_ids.push((Event::InlineHtml(anchor.into()), place.start..place.start));
                ids.push((id, span.clone()));
            } else {
                let help = format!("`was={id}` belongs to a heading already: take it out");
                problems.push(duplicate(help));
            }
        }
    }
    (with_ids, ids)
}

/// The id that the author gave to a heading, and those that it had before: `{#id was=former}`.
fn written_ids(event: &Event<'_>) -> (Option<String>, Vec<String>) {
    let Event::Start(Tag::Heading { id, attrs, .. }) = event else {
        return (None, Vec::new());
    };
    let id = id.as_deref().filter(|id| !id.is_empty());
    let former = attrs.iter().filter(|(name, _)| **name == *"was");
    let former = former.filter_map(|(_, id)| id.as_deref().filter(|id| !id.is_empty()));
    (id.map(str::to_owned), former.map(str::to_owned).collect())
}

/// Headings begin at the second level, skip none, and say something. `rest` are the events from the heading on.
fn problem(
    file: &str,
    source: &str,
    rest: &[LocatedEvent],
    span: &Range<usize>,
    text: &str,
    level: usize,
    level_before: usize,
) -> Option<Diagnostic> {
    let error = |code, message| Diagnostic::error(code, file, span, message);
    if text.is_empty() {
        let problem = error("empty-heading", "this heading has no text");
        return Some(problem.help("write one, or remove the line"));
    }
    if level == 1 {
        let message = "the page's title is its only heading of the first level";
        let problem = error("top-heading", message).help("begin with `##`");
        // Headings underlined with `===` have no marks to change.
        let has_marks = source[span.start..].starts_with('#');
        return Some(if has_marks { problem.fix(span.start..span.start, "#") } else { problem });
    }
    if level <= level_before + 1 {
        return None;
    }
    let problem = error("skipped-level", "this heading skips a level").help("use one `#` less");
    Some(match raised(source, rest) {
        Some((span, text)) => problem.fix(span, text),
        None => problem,
    })
}

/// The first heading raised by one level, and with it all that stand below it or beside it; the source from the first
/// to the last of them.
fn raised(source: &str, events: &[LocatedEvent]) -> Option<(Range<usize>, String)> {
    let headings = events.iter().filter_map(|(event, span)| match event {
        Event::Start(Tag::Heading { level, .. }) => Some((*level, span)),
        _ => None,
    });
    let (level, first) = headings.clone().next()?;
    let mut raised = String::new();
    let mut end = first.start;
    for (_, span) in headings.take_while(|(it, _)| *it >= level) {
        let heading = source[span.clone()].trim_end();
        raised.push_str(&source[end..span.start]);
        raised.push_str(heading.strip_prefix('#')?);
        end = span.start + heading.len();
    }
    Some((first.start..end, raised))
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

/// The id itself, or the first of `id-2`, `id-3` … that is free. With each id stands the number to try next, so that a
/// thousand equal headings do not try a thousand numbers each.
fn unused(id: String, taken: &mut HashMap<String, usize>) -> String {
    let Some(&number) = taken.get(&id) else {
        taken.insert(id.clone(), 2);
        return id;
    };
    let mut numbered = (number..).map(|it| (it, format!("{id}-{it}")));
    let free = numbered.find(|(_, it)| !taken.contains_key(it));
    let (number, free) = free.unwrap_or_default();
    taken.insert(id, number + 1);
    taken.insert(free.clone(), 2);
    free
}
