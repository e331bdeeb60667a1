//! What the parser takes as syntax, so that no reader sees it, or sees something else than was written.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::LocatedEvent;
use super::delimiter_runs::ByteKind;
use super::links::Definitions;
use crate::content::source::lines;
use crate::diagnostic::Diagnostic;

/// No list of prose begins with a greater number: it is a year.
const LONGEST_LIST: u64 = 31;
/// Quotations and lists may stand in one another this deep.
const DEEPEST: usize = 24;

/// The source with its front matter blanked, byte for byte; nothing where there is none.
pub(super) fn without_front_matter(
    file: &str,
    source: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    let mark = ["---", "+++"].into_iter().find(|it| {
        let rest = source.strip_prefix(it);
        rest.is_some_and(|it| it.starts_with('\n'))
    })?;
    let mut end = 4;
    let last = source[end..].split_inclusive('\n').find(|line| {
        end += line.len();
        line.trim_end() == mark || line.trim_end() == "..."
    })?;
    let inner = &source[4..end - last.len()];
    // Otherwise it is a rule.
    let is_facts = |line: &str| line.contains(": ") || line.ends_with(':') || line.contains(" = ");
    let first = inner.lines().find(|it| !it.trim().is_empty());
    if !first.is_some_and(is_facts) {
        return None;
    }
    let message = "facts stand in the YAML file beside a text, and nothing reads these";
    problems.push(
        Diagnostic::error("front-matter", file, 0..end, message).help(
            "write them into event.yaml, or into the project.yaml, page.yaml or the like of this folder, and take these lines out",
        ),
    );
    let blank = |it: char| if it == '\n' { "\n" } else { " " }.repeat(it.len_utf8());
    let blanks: String = source[..end].chars().map(blank).collect();
    Some(blanks + &source[end..])
}

/// The first line that begins with more marks of quotations and lists than anybody means, each of which costs a
/// renderer a level.
pub(super) fn too_deep(source: &str) -> Option<Range<usize>> {
    let depth = |line: &str| {
        let (mut rest, mut depth) = (line.trim_start(), 0);
        let is_rule = rest.bytes().all(|it| b"*-_ \t".contains(&it));
        while let Some(next) = rest.strip_prefix('>').or_else(|| {
            let mark = rest.trim_start_matches(|it: char| it.is_ascii_digit());
            mark.strip_prefix(['-', '+', '*', '.', ')']).filter(|it| it.starts_with([' ', '\t']))
        }) {
            rest = next.trim_start();
            depth += 1;
        }
        if is_rule { 0 } else { depth }
    };
    let mut deep = lines(source).filter(|(_, line)| depth(line) > DEEPEST);
    deep.next().map(|(start, _)| start..start + 1)
}

/// Everything of this kind.
pub(super) fn problems(
    file: &str,
    source: &str,
    events: &[LocatedEvent],
    kinds: &[ByteKind],
    definitions: &Definitions,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    // A date is a list in a list in a list.
    let mut listed = 0;
    let references = events.iter().filter_map(|(event, _)| match event {
        Event::FootnoteReference(name) => Some(&**name),
        _ => None,
    });
    let references: HashSet<&str> = references.collect();
    for (index, (event, span)) in events.iter().enumerate() {
        let text = source[span.clone()].trim_end();
        let whole = span.start..span.start + text.len();
        let warn = |code, span: Range<usize>, message: &str, help: String| {
            Diagnostic::warning(code, file, span, message).help(help)
        };
        match event {
            Event::Start(Tag::Heading { .. }) if text.ends_with('-') && !text.starts_with('#') => {
                problems.push(warn(
                    "underlined-heading",
                    whole,
                    "the line of dashes makes a heading of what stands above it",
                    "for a heading write `## …`; for a rule leave an empty line before the dashes"
                        .to_owned(),
                ));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                problems.extend(code_block(file, source, kind, whole));
            }
            Event::Start(Tag::List(Some(_))) if span.start >= listed => {
                let problem = list(file, source, &events[index..]);
                if problem.as_ref().is_some_and(|it| it.code == "accidental-list") {
                    listed = span.start + text.find('\n').unwrap_or(text.len());
                }
                problems.extend(problem);
            }
            Event::Start(Tag::FootnoteDefinition(name)) if !references.contains(&**name) => {
                problems.push(warn(
                    "not-shown",
                    whole,
                    "no text refers to this footnote, so it is not shown",
                    format!("write `[^{name}]` where it belongs"),
                ));
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                let is_lazy = |it: &str| !it.trim().is_empty() && !it.starts_with([' ', '\t']);
                if let Some((at, line)) = lines(text).skip(1).find(|(_, it)| is_lazy(it)) {
                    let start = span.start + at;
                    problems.push(joined(file, start..start + line.trim_end().len(), "footnote"));
                }
            }
            Event::Start(Tag::TableRow) if !text.contains('|') => {
                problems.push(joined(file, whole, "table"));
            }
            _ => {}
        }
    }
    problems.extend(paths(file, source, kinds));
    let mut dark = dark(source, events, kinds);
    let not_shown = |span: Range<usize>| {
        let text = &source[span.clone()];
        let (message, help) = if text.starts_with('[') && text.contains("]:") {
            (
                "this line defines the address of a link that no text uses, and is not shown",
                "write `\\[` to show it; to leave a note for other editors, write `[//]: # (note)`",
            )
        } else {
            (
                "this cell stands beyond the columns of the table, and is not shown",
                "give the head of the table a column more; a `|` within a cell is written `\\|`",
            )
        };
        Diagnostic::warning("not-shown", file, span, message).help(help)
    };
    for span in &definitions.known {
        dark[span.clone()].fill(false);
    }
    for span in &definitions.unused {
        let end = span.start + source[span.clone()].trim_end().len();
        problems.push(not_shown(span.start..end));
    }
    for (start, line) in lines(source) {
        let end = start + line.trim_end().len();
        if let Some(first) = (start..end).find(|it| dark[*it]) {
            // A definition that was given before begins its line; a cell is what the end of a row holds.
            let before = &source[start..first];
            let begin = before.find('[').filter(|it| before[..*it].trim().is_empty());
            problems.push(not_shown(begin.map_or(first, |it| start + it)..end));
        }
    }
    problems
}

/// A line that belongs to what stands above it, for want of an empty one between.
fn joined(file: &str, span: Range<usize>, what: &str) -> Diagnostic {
    let message = format!("this line becomes a part of the {what} above it");
    let help = "leave an empty line before it, if it is text of its own";
    Diagnostic::warning("joined-line", file, span, message).help(help)
}

/// Paths of Windows, in which a backslash before a mark is taken as its escape.
fn paths(file: &str, source: &str, kinds: &[ByteKind]) -> Vec<Diagnostic> {
    let words = source.split_inclusive(char::is_whitespace).scan(0, |end, word| {
        let start = *end;
        *end += word.len();
        Some((start, word.trim_end()))
    });
    let is_lossy = |(start, word): &(usize, &str)| {
        let is_drive = word.get(1..3) == Some(":\\") && word.as_bytes()[0].is_ascii_alphabetic();
        let share = word.strip_prefix("\\\\");
        let is_share = share.is_some_and(|it| it.starts_with(char::is_alphanumeric));
        // Two of them stand for one, as whoever writes a drive may know.
        let is_escape = |at: usize| {
            let next = word[at + 1..].chars().next();
            kinds[start + at] == ByteKind::Markup
                && next.is_some_and(|it| it.is_ascii_punctuation() && (is_share || it != '\\'))
        };
        (is_drive || is_share) && word.match_indices('\\').any(|(at, _)| is_escape(at))
    };
    let problem = |(start, word): (usize, &str)| {
        let message = "of this path the backslashes before other marks are not seen";
        let help = "put it between two back quotes";
        Diagnostic::warning("not-shown", file, start..start + word.len(), message).help(help)
    };
    words.filter(is_lossy).map(problem).collect()
}

/// Whether each byte is of a letter or digit that is neither shown nor part of a mark.
fn dark(source: &str, events: &[LocatedEvent], kinds: &[ByteKind]) -> Vec<bool> {
    let mut dark = vec![false; source.len()];
    for (at, letter) in source.char_indices().filter(|(_, it)| it.is_alphanumeric()) {
        dark[at..at + letter.len_utf8()].fill(kinds[at] == ByteKind::Markup);
    }
    for (event, span) in events {
        let mark = match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. })
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => span.len(),
            Event::Start(Tag::Item) => marker(&source[span.clone()]).len(),
            Event::Start(Tag::FootnoteDefinition(name)) => name.len() + "[^]:".len(),
            _ => continue,
        };
        dark[span.start..(span.start + mark).min(span.end)].fill(false);
    }
    dark
}

/// The digits or the bullet of an item of a list.
fn marker(item: &str) -> &str {
    let digits = item.find(|it: char| !it.is_ascii_digit());
    &item[..digits.unwrap_or(item.len())]
}

fn code_block(
    file: &str,
    source: &str,
    kind: &CodeBlockKind<'_>,
    span: Range<usize>,
) -> Option<Diagnostic> {
    let text = &source[span.clone()];
    if matches!(kind, CodeBlockKind::Indented) {
        let message = "the blanks before this line make it code, set letter by letter as it is";
        let help = "take them out, or write ``` on a line before it and on one after it";
        return Some(Diagnostic::warning("indented-code", file, span, message).help(help));
    }
    let fence = text.chars().next()?;
    let is_fence = |it: char| it == fence || it.is_whitespace() || it == '>';
    let is_closed = text.contains('\n') && text.lines().last()?.chars().all(is_fence);
    let first = text.lines().next().map_or(0, str::len);
    let message = "this opens a block of code that nothing closes, so all that follows is code";
    let help = "write ``` on a line of its own where the code ends, or take this line out";
    let span = span.start..span.start + first;
    (!is_closed).then(|| Diagnostic::warning("unclosed-fence", file, span, message).help(help))
}

/// A date that became a list, or numbers that are counted otherwise than they were written. `events` begin with the list.
fn list(file: &str, source: &str, events: &[LocatedEvent]) -> Option<Diagnostic> {
    let mut depth = 0_usize;
    let mut items = Vec::new();
    for (index, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                if depth == 1 && *tag == Tag::Item {
                    items.push((index, span));
                }
                depth += 1;
            }
            Event::End(_) if depth == 1 => break,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    let number = |span: &Range<usize>| marker(&source[span.clone()]).parse::<u64>().ok();
    let numbers: Vec<u64> = items.iter().filter_map(|(_, it)| number(it)).collect();
    let (first, first_span) = (*numbers.first()?, items.first()?.1);
    let same_line = |index: usize, span: &Range<usize>| {
        let inner = events.get(index + 1);
        inner.is_some_and(|(event, it)| {
            matches!(event, Event::Start(Tag::List(Some(_))))
                && !source[span.start..it.start].contains('\n')
        })
    };
    let date = items.iter().find(|(index, span)| same_line(*index, span));
    let date = date.map(|(_, it)| *it);
    if let Some(span) = date.or((first > LONGEST_LIST).then_some(first_span)) {
        let digits = span.start..span.start + marker(&source[span.clone()]).len();
        let (end, written) = (digits.end, &source[digits.clone()]);
        let message = "the number at the start of this line makes it an item of a list";
        let help = format!("if it is a date or a year, write `{written}\\.`");
        return Some(
            Diagnostic::warning("accidental-list", file, digits, message)
                .help(help)
                .fix(end..end, "\\"),
        );
    }
    // In Markdown all may have the same number.
    if numbers.iter().all(|it| *it == first) {
        return None;
    }
    let counted = first..;
    let mut wrong = counted.zip(items.iter().zip(&numbers));
    let (shown, ((_, span), written)) = wrong.find(|(shown, (_, it))| shown != *it)?;
    // Zero and one may begin a list of ones.
    if first == 0 && numbers[1..].iter().all(|it| *it == 1) {
        return None;
    }
    let digits = span.start..span.start + marker(&source[(*span).clone()]).len();
    let message = format!("lists are counted: readers see {shown} where {written} is written");
    let help = format!("count on, or write `{written}\\.` to keep the number");
    Some(Diagnostic::warning("renumbered-list", file, digits, message).help(help))
}
