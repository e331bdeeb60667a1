//! Emphasis beside the letters of Korean, Chinese and Japanese, mended around the parser.
//!
//! `CommonMark` lets `**` close only where no letter follows a punctuation mark (6.2, "right-flanking"), which supposes
//! that words are set apart by spaces. Korean particles are not: the marks of `**데이터(Data)**은` would be printed.
//! The "`CommonMark` CJK-friendly amendments" (<https://github.com/tats-u/markdown-cjk-friendly>) lift the rule where a
//! CJK character stands on either side. The parser has no such option, but a punctuation mark between run and letter
//! has exactly the amendments' effect: the run can then open and close. So such a character, one that occurs nowhere in
//! the source, is put there, the text is parsed again, and the character is taken out of every event. Pairing and
//! nesting stay the parser's own.
//!
//! To pair the marks that the parser left over would not do: some are paired wrongly (`**가(나)**는 앞**(다)**`).

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::LocatedEvent;
use super::delimiter_runs::{self, ByteKind, Flank, Run};
use super::links::{self, Definitions};
use crate::diagnostic::Diagnostic;

/// The events of a text, and the definitions of links by reference; both are located in the source.
pub(super) fn parse(
    file: &str,
    source: &str,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<LocatedEvent>, Definitions) {
    let report = |link: BrokenLink<'_>| {
        problems.extend(broken_reference(file, &link));
        None
    };
    let mut parser =
        Parser::new_with_broken_link_callback(source, options(), Some(report)).into_offset_iter();
    let mut events: Vec<LocatedEvent> =
        parser.by_ref().map(|(event, span)| (event.into_static(), span)).collect();
    print_single_tildes(source, &mut events);
    let definitions = parser.reference_definitions();
    let used = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => definitions.get(id),
        _ => None,
    });
    let used: HashSet<usize> = used.map(|it| it.span.start).collect();
    // A definition of these is how notes are left for other editors.
    let is_note = |label: &str| matches!(label, "//" | "comment");
    let unused =
        definitions.iter().filter(|(label, it)| !is_note(label) && !used.contains(&it.span.start));
    let mut unused: Vec<Range<usize>> = unused.map(|(_, it)| it.span.clone()).collect();
    unused.sort_by_key(|it| it.start);
    let blocked = blocked_places(source, &events);
    if let Some(patched) = parse_patched(source, &blocked, definitions) {
        events = patched;
        print_single_tildes(source, &mut events);
    }
    let places = definitions.iter().filter_map(|(_, definition)| {
        let place = links::destination(source, definition.span.clone(), "]:", &definition.dest)?;
        Some((definition.dest.to_string(), place))
    });
    let mut places: Vec<_> = places.collect();
    // Of those with the same destination, the first stays in the map.
    places.sort_by_key(|(_, place)| Reverse(place.start));
    let places = places.into_iter().collect();
    let known = definitions.iter().map(|(_, it)| it.span.clone()).collect();
    let definitions = Definitions { places, known, unused };
    (events, definitions)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
}

/// The places between a letter and a run that only `CommonMark`'s view of words keeps from working.
fn blocked_places(source: &str, events: &[LocatedEvent]) -> Vec<usize> {
    let kinds = delimiter_runs::byte_kinds(source, events);
    let text = |kind| matches!(kind, ByteKind::Text(_) | ByteKind::Delimiter).then_some(0);
    let runs = delimiter_runs::runs(source, &kinds, text);
    // Underscores stay as they are, as in the amendments: `snake_case` is not emphasis.
    let runs = runs.iter().filter(|run| run.mark != b'_');
    runs.filter_map(|run| blocked_place(source, run)).collect()
}

fn blocked_place(source: &str, run: &Run) -> Option<usize> {
    let Range { start, end } = run.span;
    match (run.before, run.after) {
        (Flank::Letter { cjk: outside }, Flank::Punctuation { cjk: inside }) => {
            ((outside || inside) && may_begin(&source[end..])).then_some(start)
        }
        (Flank::Punctuation { cjk: inside }, Flank::Letter { cjk: outside }) => {
            ((outside || inside) && may_end(&source[..start])).then_some(end)
        }
        _ => None,
    }
}

/// Whether emphasis may begin with this text. The amendments do not ask, and would make one word in
/// italics of the notes in `가격*, 수량*`.
fn may_begin(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    let second = characters.next().unwrap_or(' ');
    let is_note = first.is_ascii() && second.is_whitespace();
    !is_note && !CLOSING.contains(first)
}

/// Whether emphasis may end with this text: not with the quotation mark of `그는 "**인용**"이라고`.
fn may_end(text: &str) -> bool {
    let mut characters = text.chars().rev();
    let last = characters.next().unwrap_or(' ');
    let before = characters.next().unwrap_or(' ');
    let quotation_begins = matches!(last, '"' | '\'') && before.is_whitespace();
    !quotation_begins && !OPENING.contains(last)
}

const OPENING: &str = "([{“‘«‹「『〈《【〔〖（［｛｢";
const CLOSING: &str = ")]}”’»›」』〉》】〕〗）］｝｣、。，．";

/// Parses the source with a character that counts as punctuation at every blocked place, and takes that out of the
/// events again. `None` if there is nothing to patch (or, in theory, nothing left to patch with).
fn parse_patched(
    source: &str,
    blocked: &[usize],
    definitions: &RefDefs<'_>,
) -> Option<Vec<LocatedEvent>> {
    let last = *blocked.last()?;
    // Braille patterns are symbols to CommonMark, and not to be met in prose.
    let patch = ('\u{2801}'..='\u{28FF}').find(|&it| !source.contains(it))?;
    let clean = |text: &str| text.replace(patch, "");
    let mut patched = String::with_capacity(source.len() + blocked.len() * patch.len_utf8());
    let mut places = Vec::with_capacity(blocked.len());
    let mut from = 0;
    for &place in blocked {
        patched.push_str(&source[from..place]);
        places.push(patched.len());
        patched.push(patch);
        from = place;
    }
    patched.push_str(&source[last..]);
    let in_source =
        |place: usize| place - patch.len_utf8() * places.partition_point(|&it| it < place);
    // A link's text that is also its label (`[**블록(체인)**은]`) is patched; the label in its definition is not.
    let define = |link: BrokenLink<'_>| {
        let label = clean(&link.reference);
        let definition = definitions.get(&label)?;
        let title = definition.title.as_deref().unwrap_or_default();
        Some((definition.dest.to_string().into(), title.to_owned().into()))
    };
    let mut events = Vec::new();
    let parser = Parser::new_with_broken_link_callback(&patched, options(), Some(define));
    for (event, span) in parser.into_offset_iter() {
        let event = match event {
            // The same character from an entity (`&#x2801;`) is the author's and stays.
            Event::Text(text) if patched[span.clone()].contains(patch) => match clean(&text) {
                text if text.is_empty() => continue,
                text => Event::Text(text.into()),
            },
            other => other.into_static(),
        };
        events.push((event, in_source(span.start)..in_source(span.end)));
    }
    Some(events)
}

/// One tilde is the sign of ranges in Korean (`~5명`, `6월~7월`), too common for striking text out,
/// which takes two; the pairs of single tildes that GFM allows are printed.
fn print_single_tildes(source: &str, events: &mut [LocatedEvent]) {
    for (event, span) in events {
        let mark = match event {
            Event::Start(Tag::Strikethrough) => span.start..span.start + 1,
            Event::End(TagEnd::Strikethrough) => span.end - 1..span.end,
            _ => continue,
        };
        if !source[span.clone()].starts_with("~~") {
            (*event, *span) = (Event::Text("~".into()), mark);
        }
    }
}

fn broken_reference(file: &str, link: &BrokenLink<'_>) -> Option<Diagnostic> {
    let span = link.span.clone();
    match link.link_type {
        LinkType::Reference | LinkType::Collapsed => {
            // An index, as in `a[i][j]` and `[1][2]`.
            if link.reference.len() <= 2 {
                return None;
            }
            let message = "this link names a reference that is not defined";
            let problem = Diagnostic::error("broken-link", file, span, message);
            Some(problem.help("write the address in parentheses: `[text](/search/)`; to show the brackets, write `\\[`"))
        }
        _ => None,
    }
}
