//! Where the marks of emphasis stand, and what stands beside them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::LocatedEvent;

/// What a byte of the source is to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteKind {
    /// Nothing that is shown: marks of blocks, brackets and destinations of links, backslashes of escapes.
    Markup,
    /// Shown as it is, inside the element of that number.
    Text(usize),
    /// A mark of emphasis that works.
    Delimiter,
    /// Code, raw HTML, a bare URL: no emphasis in there.
    Opaque,
}

/// What each byte of the source is. Emphasis binds weaker than everything else inline (`CommonMark` 6.2, rule 17 and
/// appendix "phase 2"), hence which bytes are text does not depend on which marks work.
pub(super) fn byte_kinds(source: &str, events: &[LocatedEvent]) -> Vec<ByteKind> {
    let mut kinds = vec![ByteKind::Markup; source.len()];
    let mut open = Vec::new();
    let mut elements = 0;
    for (event, span) in events {
        let inside = open.last().copied().unwrap_or(ByteKind::Text(0));
        match event {
            Event::Start(tag) => {
                let width = mark_width(tag);
                kinds[span.start..span.start + width].fill(ByteKind::Delimiter);
                kinds[span.end - width..span.end].fill(ByteKind::Delimiter);
                elements += 1;
                let is_opaque = inside == ByteKind::Opaque || is_opaque(tag);
                if is_opaque {
                    kinds[span.clone()].fill(ByteKind::Opaque);
                }
                open.push(if is_opaque { ByteKind::Opaque } else { ByteKind::Text(elements) });
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(_) => kinds[span.clone()].fill(inside),
            Event::Code(_) | Event::InlineHtml(_) => kinds[span.clone()].fill(ByteKind::Opaque),
            _ => {}
        }
    }
    kinds
}

/// How many bytes the marks on either end of an element take.
fn mark_width(tag: &Tag<'_>) -> usize {
    match tag {
        Tag::Emphasis => 1,
        Tag::Strikethrough | Tag::Strong => 2,
        _ => 0,
    }
}

fn is_opaque(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock => true,
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        _ => false,
    }
}

/// A delimiter run (`CommonMark` 6.2): neighbouring asterisks, underscores or tildes.
pub(super) struct Run {
    pub(super) span: Range<usize>,
    /// `*`, `_` or `~`.
    pub(super) mark: u8,
    /// The group that the caller put its bytes into.
    pub(super) group: usize,
    pub(super) before: Flank,
    pub(super) after: Flank,
}

/// What stands beside a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flank {
    /// White space, or the end of the line or of the table's cell.
    Edge,
    /// Punctuation or a symbol.
    Punctuation {
        cjk: bool,
    },
    Letter {
        cjk: bool,
    },
}

/// Every run of bytes of one group; bytes without a group are in no run.
pub(super) fn runs(
    source: &str,
    kinds: &[ByteKind],
    group: impl Fn(ByteKind) -> Option<usize>,
) -> Vec<Run> {
    let bytes = source.as_bytes();
    let mark_at = |index: usize| {
        let mark = *bytes.get(index).filter(|it| b"*_~".contains(it))?;
        Some((mark, group(kinds[index])?))
    };
    let mut runs = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let is_escaped =
            start > 0 && bytes[start - 1] == b'\\' && kinds[start - 1] == ByteKind::Markup;
        let mut end = start + 1;
        if let Some((mark, group)) = mark_at(start).filter(|_| !is_escaped) {
            while mark_at(end) == Some((mark, group)) {
                end += 1;
            }
            runs.push(Run {
                before: before(source, kinds, start),
                after: after(source, kinds, end),
                span: start..end,
                mark,
                group,
            });
        }
        start = end;
    }
    runs
}

fn before(source: &str, kinds: &[ByteKind], start: usize) -> Flank {
    match source[..start].chars().next_back() {
        // The marks of a quotation and of a table's cell; `-`, `1.` and `#` are followed by a space.
        Some('>' | '|') if kinds[start - 1] == ByteKind::Markup => Flank::Edge,
        character => flank(character),
    }
}

fn after(source: &str, kinds: &[ByteKind], end: usize) -> Flank {
    match source[end..].chars().next() {
        Some('|') if kinds[end] == ByteKind::Markup => Flank::Edge,
        character => flank(character),
    }
}

fn flank(character: Option<char>) -> Flank {
    match character {
        None => Flank::Edge,
        Some(it) if it.is_whitespace() => Flank::Edge,
        Some(it) if is_punctuation(it) => Flank::Punctuation { cjk: is_cjk(it) },
        Some(it) => Flank::Letter { cjk: is_cjk(it) },
    }
}

/// Unicode punctuation as `CommonMark` 2.1 has it (categories P and S). The parser's own table is private, so beyond
/// the common letters the parser itself is asked: in `a*?b*` the first asterisk opens emphasis exactly if what follows
/// it is not punctuation.
fn is_punctuation(character: char) -> bool {
    match character {
        _ if character.is_ascii() => character.is_ascii_punctuation(),
        '가'..='힣' | '一'..='鿿' => false,
        _ => !Parser::new(&format!("a*{character}b*"))
            .any(|event| matches!(event, Event::Start(Tag::Emphasis))),
    }
}

/// A CJK character as the "`CommonMark` CJK-friendly amendments" define it, less some symbols outside the letters and
/// punctuation of living languages: wide or halfwidth (UAX #11), no emoji, or Hangul.
fn is_cjk(character: char) -> bool {
    matches!(
        u32::from(character),
        0x1100..=0x11FF // Hangul jamo
            | 0x20A9 // ₩
            | 0x2329..=0x232A
            | 0x2E80..=0x303E // radicals, CJK punctuation
            | 0x3041..=0x3247 // kana, Hangul compatibility jamo, enclosed letters
            | 0x3250..=0xA4C6 // ideographs, Yi
            | 0xA960..=0xA97C
            | 0xAC00..=0xD7FB // Hangul syllables and extended jamo
            | 0xF900..=0xFAFF
            | 0xFE10..=0xFE19
            | 0xFE30..=0xFE6B
            | 0xFF01..=0xFFEE // full and half width
            | 0x16FE0..=0x18DF2
            | 0x1AFF0..=0x1B2FB
            | 0x20000..=0x3FFFD
    )
}

#[cfg(test)]
mod tests {
    use super::{is_cjk, is_punctuation};

    #[test]
    fn punctuation_is_what_commonmark_counts_as_such() {
        for character in "*(“”‘’「」『』〈〉《》%.!?…·、。㈜₩±".chars() {
            assert!(is_punctuation(character), "{character}");
        }
        for character in "a7가힣ㄱ漢かé²\u{200B}".chars() {
            assert!(!is_punctuation(character), "{character}");
        }
    }

    #[test]
    fn quotation_marks_of_latin_script_are_not_cjk() {
        assert!("가ㅎ漢か「」〈》、㈜".chars().all(is_cjk));
        assert!(!"a7é“”‘’…%😀".chars().any(is_cjk));
    }
}
