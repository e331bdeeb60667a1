//! Korean emphasis, mended around the parser.
//!
//! `CommonMark` lets `**` close only where no letter follows a punctuation mark (6.2, "right-flanking"),
//! which supposes that words are set apart by spaces. Korean particles are not: the marks of
//! `**블록체인(Blockchain)**은` would be printed. The "`CommonMark` CJK-friendly amendments"
//! (<https://github.com/tats-u/markdown-cjk-friendly>) lift the rule where a CJK character stands on
//! either side. The parser has no such option, but a punctuation mark between run and letter has
//! exactly the amendments' effect: the run can then open and close. So such a mark is put there, one
//! that occurs nowhere in the source, the text is parsed again, and the mark and its bytes are taken
//! out of every event. Pairing and nesting stay the parser's own.
//!
//! The road not taken: pairing the marks that the parser left over. Some are not left over but paired
//! wrongly (`**가(나)**는 앞**(다)**`).

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::delimiter_runs::{self, ByteKind, Flank, LocatedEvent, Run};
use super::destinations::Definitions;
use super::{Lint, LintKind};

/// What the parser makes of a text.
pub(super) struct Parsed {
    /// LocatedEvent in the source.
    pub(super) events: Vec<LocatedEvent>,
    /// The definitions of links by reference, located in the source.
    pub(super) definitions: Definitions,
    /// References that lead nowhere.
    pub(super) lints: Vec<Lint>,
}

/// Parses with Korean emphasis.
pub(super) fn parse(source: &str) -> Parsed {
    let mut lints = Vec::new();
    let parser = Parser::new_with_broken_link_callback(
        source,
        options(),
        Some(|link: BrokenLink<'_>| {
            lints.extend(broken_reference(&link));
            None
        }),
    );
    let definitions = Definitions::new(parser.reference_definitions());
    let mut events: Vec<LocatedEvent> = parser
        .into_offset_iter()
        .map(|(event, span)| (event.into_static(), span))
        .collect();
    let places = blocked_delimiters(source, &events);
    if let Some(patched) = Patched::new(source, &places) {
        events = patched.parse(&definitions);
    }
    print_single_tildes(source, &mut events);
    Parsed {
        events,
        definitions,
        lints,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The places between a letter and a run that only `CommonMark`'s view of words keeps from working.
fn blocked_delimiters(source: &str, events: &[LocatedEvent]) -> Vec<usize> {
    let kinds = delimiter_runs::byte_kinds(source, events);
    let text = |kinds| matches!(kinds, ByteKind::Literal(_) | ByteKind::Delimiter).then_some(0);
    delimiter_runs::runs(source, &kinds, text)
        .iter()
        // Underscores stay as they are, as in the amendments: `snake_case` is not emphasis.
        .filter(|run| run.mark != b'_')
        .filter_map(|run| blocked_side(source, run))
        .collect()
}

fn blocked_side(source: &str, run: &Run) -> Option<usize> {
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
    let note = first.is_ascii() && second.is_whitespace();
    !note && !CLOSING.contains(first)
}

/// Whether emphasis may end with this text: not with the quotation mark of `그는 "**인용**"이라고`.
fn may_end(text: &str) -> bool {
    let mut characters = text.chars().rev();
    let last = characters.next().unwrap_or(' ');
    let second_last = characters.next().unwrap_or(' ');
    let quotation_begins = matches!(last, '"' | '\'') && second_last.is_whitespace();
    !quotation_begins && !OPENING.contains(last)
}

const OPENING: &str = "([{“‘«‹「『〈《【〔〖（［｛｢";
const CLOSING: &str = ")]}”’»›」』〉》】〕〗）］｝｣、。，．";

/// The source with a punctuation mark at every blocked place.
struct Patched {
    text: String,
    mark: char,
    /// Where the marks stand in `text`, in order.
    marks: Vec<usize>,
}

impl Patched {
    /// Nothing if there is nothing to mend (or, in theory, no mark left to mend with).
    fn new(source: &str, places: &[usize]) -> Option<Self> {
        if places.is_empty() {
            return None;
        }
        // Braille patterns are symbols to CommonMark, and not to be met in prose.
        let mark = ('\u{2801}'..='\u{28FF}').find(|&mark| !source.contains(mark))?;
        let mut text = String::with_capacity(source.len() + places.len() * mark.len_utf8());
        let mut marks = Vec::with_capacity(places.len());
        let mut from = 0;
        for &place in places {
            text.push_str(&source[from..place]);
            marks.push(text.len());
            text.push(mark);
            from = place;
        }
        text.push_str(&source[from..]);
        Some(Self { text, mark, marks })
    }

    fn parse(&self, definitions: &Definitions) -> Vec<LocatedEvent> {
        // A link's text that is also its label (`[**블록(체인)**은]`) holds the mark; the label in
        // its definition does not.
        let define = |link: BrokenLink<'_>| {
            let definition = definitions.get(&self.clean(&link.reference))?;
            Some((
                definition.target.clone().into(),
                definition.title.clone().into(),
            ))
        };
        Parser::new_with_broken_link_callback(&self.text, options(), Some(define))
            .into_offset_iter()
            .filter_map(|(event, span)| {
                let event = self.restore(event, &span)?;
                Some((event, self.original(span.start)..self.original(span.end)))
            })
            .collect()
    }

    /// The event without marks; nothing if it held nothing else.
    fn restore(&self, event: Event<'_>, span: &Range<usize>) -> Option<Event<'static>> {
        match event {
            // The same character from an entity (`&#x2801;`) is the author's and stays.
            Event::Text(text) if self.text[span.clone()].contains(self.mark) => {
                let text = self.clean(&text);
                (!text.is_empty()).then(|| Event::Text(CowStr::from(text)))
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Some(Event::Start(Tag::Link {
                link_type,
                dest_url: dest_url.into_static(),
                title: title.into_static(),
                id: self.clean(&id).into(),
            })),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Some(Event::Start(Tag::Image {
                link_type,
                dest_url: dest_url.into_static(),
                title: title.into_static(),
                id: self.clean(&id).into(),
            })),
            other => Some(other.into_static()),
        }
    }

    fn clean(&self, text: &str) -> String {
        text.replace(self.mark, "")
    }

    /// The place in the source of a place in the patched text.
    fn original(&self, place: usize) -> usize {
        place - self.mark.len_utf8() * self.marks.partition_point(|&mark| mark < place)
    }
}

/// One tilde is the sign of ranges in Korean (`~5명`, `6월~7월`), too common for striking text out,
/// which takes two; the pairs of single tildes that GFM allows are printed.
fn print_single_tildes(source: &str, events: &mut [LocatedEvent]) {
    for (event, span) in events {
        let place = match event {
            Event::Start(Tag::Strikethrough) => span.start..span.start + 1,
            Event::End(TagEnd::Strikethrough) => span.end - 1..span.end,
            _ => continue,
        };
        if delimiter_runs::is_single_tilde(source, span) {
            *event = Event::Text(CowStr::Borrowed("~"));
            *span = place;
        }
    }
}

fn broken_reference(link: &BrokenLink<'_>) -> Option<Lint> {
    let label = &link.reference;
    let (kind, note) = match link.link_type {
        LinkType::Shortcut if label.starts_with('^') => (
            LintKind::Unsupported,
            "footnotes are not supported: say it in the text".to_owned(),
        ),
        LinkType::Reference | LinkType::Collapsed => (
            LintKind::UndefinedReference,
            format!("nothing defines `[{label}]`: add a line `[{label}]: /where/it/leads/`"),
        ),
        _ => return None,
    };
    Some(Lint {
        kind,
        span: link.span.clone(),
        note,
    })
}
