//! Where the marks of emphasis stand, and what stands beside them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

/// An event and its place in the source.
pub(super) type LocatedEvent = (Event<'static>, Range<usize>);

/// A delimiter run (`CommonMark` 6.2): neighbouring asterisks, underscores or tildes.
pub(super) struct Run {
    pub(super) span: Range<usize>,
    /// `*`, `_` or `~`.
    pub(super) mark: u8,
    /// What the caller told apart; runs of different kinds are never joined.
    pub(super) scope: usize,
    pub(super) before: Flank,
    pub(super) after: Flank,
}

/// What stands beside a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flank {
    /// White space, or the end of the line or of the table's cell.
    Edge,
    /// Punctuation or a symbol.
    Punctuation { cjk: bool },
    /// Anything else.
    Letter { cjk: bool },
}

/// What a byte of the source is to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteKind {
    /// Nothing that is shown: marks of blocks, brackets and destinations of links, backslashes of
    /// escapes.
    Markup,
    /// Shown as it is, inside the inline container of that number.
    Literal(usize),
    /// A mark of emphasis that works.
    Delimiter,
    /// Code, raw HTML, a bare URL: no emphasis in there.
    Opaque,
}

/// What each byte of the source is. Emphasis binds weaker than everything else inline (`CommonMark`
/// 6.2, rule 17 and appendix "phase 2"), hence which bytes are text does not depend on which marks
/// work.
pub(super) fn byte_kinds(source: &str, events: &[LocatedEvent]) -> Vec<ByteKind> {
    let mut kinds = vec![ByteKind::Markup; source.len()];
    let mut open = Vec::new();
    let mut scopes = 0;
    for (event, span) in events {
        let inside = open.last().copied().unwrap_or(ByteKind::Literal(0));
        match event {
            Event::Start(tag) => {
                let width = mark_width(source, tag, span);
                fill(
                    &mut kinds,
                    span.start..span.start + width,
                    ByteKind::Delimiter,
                );
                fill(
                    &mut kinds,
                    span.end.saturating_sub(width)..span.end,
                    ByteKind::Delimiter,
                );
                scopes += 1;
                let opaque = inside == ByteKind::Opaque || is_opaque(tag);
                if opaque {
                    fill(&mut kinds, span.clone(), ByteKind::Opaque);
                }
                open.push(if opaque {
                    ByteKind::Opaque
                } else {
                    ByteKind::Literal(scopes)
                });
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(_) => fill(&mut kinds, span.clone(), inside),
            Event::Code(_) | Event::InlineHtml(_) => {
                fill(&mut kinds, span.clone(), ByteKind::Opaque)
            }
            _ => {}
        }
    }
    kinds
}

/// Every run in the text; `scope` says of which bytes, and which belong together.
pub(super) fn runs(
    source: &str,
    kinds: &[ByteKind],
    scope: impl Fn(ByteKind) -> Option<usize>,
) -> Vec<Run> {
    let bytes = source.as_bytes();
    let at = |index: usize| {
        let (&mark, &kinds) = bytes.get(index).zip(kinds.get(index))?;
        let scope = scope(kinds)?;
        matches!(mark, b'*' | b'_' | b'~').then_some((mark, scope))
    };
    let mut runs = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let escaped =
            start > 0 && bytes[start - 1] == b'\\' && kinds[start - 1] == ByteKind::Markup;
        let mut end = start + 1;
        if let Some((mark, scope)) = at(start).filter(|_| !escaped) {
            while at(end) == Some((mark, scope)) {
                end += 1;
            }
            runs.push(Run {
                before: before(source, kinds, start),
                after: after(source, kinds, end),
                span: start..end,
                mark,
                scope,
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
        character => side(character),
    }
}

fn after(source: &str, kinds: &[ByteKind], end: usize) -> Flank {
    match source[end..].chars().next() {
        Some('|') if kinds[end] == ByteKind::Markup => Flank::Edge,
        character => side(character),
    }
}

fn side(character: Option<char>) -> Flank {
    match character {
        None => Flank::Edge,
        Some(character) if character.is_whitespace() => Flank::Edge,
        Some(character) => {
            let cjk = is_cjk(character);
            if is_punctuation(character) {
                Flank::Punctuation { cjk }
            } else {
                Flank::Letter { cjk }
            }
        }
    }
}

fn fill(kinds: &mut [ByteKind], span: Range<usize>, with: ByteKind) {
    if let Some(bytes) = kinds.get_mut(span) {
        bytes.fill(with);
    }
}

/// How many bytes the marks on either end of an element take.
fn mark_width(source: &str, tag: &Tag<'_>, span: &Range<usize>) -> usize {
    match tag {
        Tag::Emphasis => 1,
        Tag::Strikethrough if is_single_tilde(source, span) => 1,
        Tag::Strikethrough | Tag::Strong => 2,
        _ => 0,
    }
}

/// Whether struck text is written with one tilde a side.
pub(super) fn is_single_tilde(source: &str, span: &Range<usize>) -> bool {
    !source[span.clone()].starts_with("~~")
}

fn is_opaque(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock => true,
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        _ => false,
    }
}

/// Unicode punctuation as `CommonMark` 2.1 has it (categories P and S). The parser's own table is
/// private, so beyond the common letters the parser itself is asked: in `a*?b*` the first asterisk
/// opens emphasis exactly if what follows it is not punctuation.
fn is_punctuation(character: char) -> bool {
    match character {
        _ if character.is_ascii() => character.is_ascii_punctuation(),
        '가'..='힣' | '一'..='鿿' => false,
        _ => !Parser::new(&format!("a*{character}b*"))
            .any(|event| matches!(event, Event::Start(Tag::Emphasis))),
    }
}

/// A CJK character as the "`CommonMark` CJK-friendly amendments" define it, less some symbols outside
/// the letters and punctuation of living languages: wide or halfwidth (UAX #11), no emoji, or Hangul.
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
