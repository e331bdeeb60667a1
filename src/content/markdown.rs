//! Markdown for Korean and English prose: from a write-up's source to HTML with open links, and to every problem
//! in it, each with its place in the source.
//!
//! 1. [`cjk_emphasis`] parses, and makes the parser see emphasis beside the letters of Korean; [`autolinks`] makes links
//!    of bare addresses.
//! 2. [`stray_emphasis`], [`stray_links`] and [`dialects`] find what was meant as a mark and stays visible; where such
//!    marks may stand, [`delimiter_runs`] tells. [`unshown`] finds what was meant as text and is not shown.
//! 3. Raw HTML becomes text, and [`headings`] gives every heading its id.
//! 4. [`links`] finds every link and picture, and opens those of the source.
//! 5. [`footnotes`] go to the end, and [`mod@html`] writes each section.
//!
//! Nothing here does I/O or knows the site: where links lead is checked once all pages are known.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::source::{is_unfit, unfit_character};
use crate::diagnostic::Diagnostic;
use crate::language;
use crate::model::{LinkTarget, Prose, Section};

mod autolinks;
mod cjk_emphasis;
mod delimiter_runs;
mod dialects;
mod footnotes;
mod headings;
mod html;
mod links;
mod stray_emphasis;
mod stray_links;
mod unshown;

pub(super) use links::{file, folder};

/// An event and its place in the source.
type LocatedEvent = (Event<'static>, Range<usize>);

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) prose: Prose,
    /// Every link and picture, in order.
    pub(super) links: Vec<Link>,
    /// By what headings can be linked, former ids too, each once and with the place of its heading.
    pub(super) ids: Vec<(String, Range<usize>)>,
    pub(super) problems: Vec<Diagnostic>,
}

/// A link of any form, or a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The destination, entities and escapes decoded.
    pub(super) written: String,
    /// `None` if it cannot be a place of a site: of a scheme that is not allowed, or outside of the folder.
    pub(super) target: Option<LinkTarget>,
    /// The whole link.
    pub(super) span: Range<usize>,
    pub(super) is_picture: bool,
    /// Where the destination stands, if it stands there exactly as in `written`; of a link by reference, in its
    /// definition.
    pub(super) destination: Option<Range<usize>>,
}

/// Parses the text of a file. It is NFC with LF line ends and no byte order mark; every span is in bytes of it.
pub(super) fn parse(file: &str, source: &str) -> Document {
    let mut problems = Vec::new();
    if let Some(span) = unshown::too_deep(source) {
        let message = "quotations and lists stand in one another too deep";
        let help = "no reader sees more than a few levels: take some of these marks out";
        problems.push(Diagnostic::error("deep-nesting", file, span, message).help(help));
        return Document { problems, ..Document::default() };
    }
    let blanked = unshown::without_front_matter(file, source, &mut problems);
    let source = blanked.as_deref().unwrap_or(source);
    let (events, definitions) = cjk_emphasis::parse(file, source, &mut problems);
    let mut events = autolinks::link(source, events);
    for (event, span) in &events {
        // One that is written as `&#1;`, for none stands in a file.
        let text = match event {
            Event::Text(text) => text,
            Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => title,
            _ => continue,
        };
        if let Some(unfit) = text.chars().find(|it| is_unfit(*it)) {
            problems.push(unfit_character(file, span.clone(), unfit));
        }
    }
    let kinds = delimiter_runs::byte_kinds(source, &events);
    problems.extend(stray_emphasis::problems(file, source, &kinds));
    problems.extend(stray_emphasis::swallowed(file, source, &events));
    problems.extend(stray_links::problems(file, source, &kinds));
    problems.extend(dialects::problems(file, source, &kinds));
    problems.extend(unshown::problems(file, source, &events, &kinds, &definitions));
    print_raw_html(file, source, &mut events, &mut problems);
    let (events, ids) = headings::assign_ids(file, source, &events, &mut problems);
    let (links, markdown) = links::collect(file, source, &events, &definitions, &mut problems);
    let events = footnotes::arrange(join_lines(&events));
    let mut prose = Prose { markdown, ..Prose::default() };
    sections(&events, links::folder(file), &mut prose);
    Document { prose, links, ids, problems }
}

/// Raw HTML is shown for what it is, although the problem says that it should not be there.
fn print_raw_html(
    file: &str,
    source: &str,
    events: &mut [LocatedEvent],
    problems: &mut Vec<Diagnostic>,
) {
    for (event, span) in events {
        if matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            let end = span.start + source[span.clone()].trim_end().len();
            let message = "HTML is not accepted in Markdown";
            let element = &source[span.start..end];
            // The tag that it closes was named.
            if !element.starts_with("</") {
                let problem = Diagnostic::error("raw-html", file, span.start..end, message);
                problems.push(problem.help(instead_of_html(element)));
            }
        }
        match event {
            Event::Start(Tag::HtmlBlock) => *event = Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => *event = Event::End(TagEnd::Paragraph),
            Event::Html(text) | Event::InlineHtml(text) => {
                *event = Event::Text(std::mem::replace(text, CowStr::Borrowed("")));
            }
            _ => {}
        }
    }
}

/// What to write in place of an element.
fn instead_of_html(element: &str) -> &'static str {
    if element.starts_with("<!--") {
        return "to leave a note for other editors, write `[//]: # (note)` on a line of its own";
    }
    let name = element.trim_start_matches('<').split(|it: char| !it.is_ascii_alphanumeric()).next();
    match name.unwrap_or_default().to_ascii_lowercase().as_str() {
        "br" => "end the line before with a backslash, or begin a new paragraph with an empty line",
        "b" | "strong" => "write `**bold**`",
        "i" | "em" | "u" | "mark" => "write `*emphasis*`",
        "s" | "del" | "strike" => "write `~~struck out~~`",
        "sup" | "sub" => "write the letter itself, such as ² or ₂",
        "a" => "write `[text](https://example.org/)`",
        "img" => "write `![what it shows](picture.jpg)`",
        "iframe" | "video" | "audio" => {
            "write the address of the film alone on a line, or `![what it is](film.mp4)`"
        }
        "code" | "kbd" | "tt" => "put code between two back quotes",
        "ul" | "ol" | "li" => "begin each item on a line of its own with `- `",
        "h1" | "h2" | "h3" | "h4" => "begin a heading with `## `",
        "p" | "div" | "span" | "center" | "font" => {
            "take the tags out; paragraphs are parted by an empty line"
        }
        _ => "use Markdown's own marks, or escape `<` as `\\<`",
    }
}

/// Tasks as signs, and no line break between the letters of Chinese and Japanese, where it would be read as a blank.
fn join_lines(events: &[LocatedEvent]) -> Vec<LocatedEvent> {
    let mut joined = Vec::with_capacity(events.len());
    let mut before = None;
    for (index, (event, span)) in events.iter().enumerate() {
        match event {
            Event::SoftBreak => {
                // Past the starts and ends of emphasis and links.
                let mut rest = events[index + 1..].iter().take(8);
                let after = rest.find_map(|(it, _)| match it {
                    Event::Text(text) | Event::Code(text) => text.chars().next(),
                    _ => None,
                });
                if before
                    .zip(after)
                    .is_some_and(|(one, other)| language::needs_no_blank(one, other))
                {
                    continue;
                }
            }
            Event::TaskListMarker(is_done) => {
                let sign = if *is_done { "☑" } else { "☐" };
                joined.push(markup(format!("<span class=\"task\">{sign}</span> "), span));
                continue;
            }
            Event::Text(text) | Event::Code(text) => before = text.chars().next_back().or(before),
            _ => {}
        }
        joined.push((event.clone(), span.clone()));
    }
    joined
}

fn markup(html: impl Into<CowStr<'static>>, span: &Range<usize>) -> LocatedEvent {
    (Event::InlineHtml(html.into()), span.clone())
}

/// A section begins with each heading of the second level that stands in no list or quotation.
fn sections(events: &[LocatedEvent], folder: &str, prose: &mut Prose) {
    let mut begins = Vec::new();
    let mut index = 0;
    while let Some((event, _)) = events.get(index) {
        if let Event::Start(Tag::Heading { level, id: Some(id), .. }) = event
            && *level == HeadingLevel::H2
        {
            begins.push((index, id.to_string()));
        }
        index += element(events, index).len();
    }
    let mut end = events.len();
    for (begin, id) in begins.into_iter().rev() {
        let heading = content(events, begin);
        let body = &events[begin + 1 + heading.len() + 1..end];
        prose.sections.push(Section {
            id,
            heading: html::html(heading, folder),
            heading_text: words(heading),
            body: html::html(body, folder),
            body_text: words(body),
        });
        end = begin;
    }
    prose.sections.reverse();
    prose.intro = html::html(&events[..end], folder);
    prose.intro_text = words(&events[..end]);
}

/// The events from the start of an element at `index` to its end, or the one there that is no element.
fn element(events: &[LocatedEvent], index: usize) -> &[LocatedEvent] {
    let mut depth = 0_usize;
    let is_end = |(event, _): &LocatedEvent| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    let last = events[index..].iter().position(is_end).unwrap_or_default();
    &events[index..=index + last]
}

/// What stands in the element that starts at `index`.
fn content(events: &[LocatedEvent], index: usize) -> &[LocatedEvent] {
    match element(events, index) {
        [_, content @ .., _] => content,
        _ => &[],
    }
}

/// The words alone, a line per block, without the alternative texts of pictures.
fn words(events: &[LocatedEvent]) -> String {
    let mut text = String::new();
    let mut images = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { title, .. }) => {
                images += 1;
                // The caption is read like any other line.
                if !title.is_empty() {
                    text.extend(["\n", title, "\n"]);
                }
            }
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::Start(tag) if !is_inline(tag.to_end()) => text.push('\n'),
            Event::End(tag) if !is_inline(*tag) => text.push('\n'),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim_end);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_inline(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Link, Strikethrough, Strong, TableCell};
    matches!(tag, Emphasis | Strong | Strikethrough | Link | TableCell)
}

#[cfg(test)]
mod tests;
