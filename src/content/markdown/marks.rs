//! Where the marks of emphasis stand, and what stands beside them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

/// An event and its place in the source.
pub(super) type Located = (Event<'static>, Range<usize>);

/// A delimiter run (`CommonMark` 6.2): neighbouring asterisks, underscores or tildes.
pub(super) struct Run {
    pub(super) span: Range<usize>,
    /// `*`, `_` or `~`.
    pub(super) mark: u8,
    /// What the caller told apart; runs of different kinds are never joined.
    pub(super) scope: usize,
    pub(super) before: Side,
    pub(super) after: Side,
}

/// What stands beside a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// White space, or the end of the line or of the table's cell.
    Edge,
    /// Punctuation or a symbol.
    Punctuation { cjk: bool },
    /// Anything else.
    Letter { cjk: bool },
}

/// What a byte of the source is to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
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
pub(super) fn coverage(source: &str, events: &[Located]) -> Vec<Cover> {
    let mut cover = vec![Cover::Markup; source.len()];
    let mut open = Vec::new();
    let mut scopes = 0;
    for (event, span) in events {
        let inside = open.last().copied().unwrap_or(Cover::Literal(0));
        match event {
            Event::Start(tag) => {
                let width = mark_width(source, tag, span);
                fill(&mut cover, span.start..span.start + width, Cover::Delimiter);
                fill(
                    &mut cover,
                    span.end.saturating_sub(width)..span.end,
                    Cover::Delimiter,
                );
                scopes += 1;
                let opaque = inside == Cover::Opaque || is_opaque(tag);
                if opaque {
                    fill(&mut cover, span.clone(), Cover::Opaque);
                }
                open.push(if opaque {
                    Cover::Opaque
                } else {
                    Cover::Literal(scopes)
                });
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(_) => fill(&mut cover, span.clone(), inside),
            Event::Code(_) | Event::InlineHtml(_) => fill(&mut cover, span.clone(), Cover::Opaque),
            _ => {}
        }
    }
    cover
}

/// Every run in the text; `scope` says of which bytes, and which belong together.
pub(super) fn runs(
    source: &str,
    cover: &[Cover],
    scope: impl Fn(Cover) -> Option<usize>,
) -> Vec<Run> {
    let bytes = source.as_bytes();
    let at = |index: usize| {
        let (&mark, &cover) = bytes.get(index).zip(cover.get(index))?;
        let scope = scope(cover)?;
        matches!(mark, b'*' | b'_' | b'~').then_some((mark, scope))
    };
    let mut runs = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let escaped = start > 0 && bytes[start - 1] == b'\\' && cover[start - 1] == Cover::Markup;
        let mut end = start + 1;
        if let Some((mark, scope)) = at(start).filter(|_| !escaped) {
            while at(end) == Some((mark, scope)) {
                end += 1;
            }
            runs.push(Run {
                before: before(source, cover, start),
                after: after(source, cover, end),
                span: start..end,
                mark,
                scope,
            });
        }
        start = end;
    }
    runs
}

fn before(source: &str, cover: &[Cover], start: usize) -> Side {
    match source[..start].chars().next_back() {
        // The marks of a quotation and of a table's cell; `-`, `1.` and `#` are followed by a space.
        Some('>' | '|') if cover[start - 1] == Cover::Markup => Side::Edge,
        character => side(character),
    }
}

fn after(source: &str, cover: &[Cover], end: usize) -> Side {
    match source[end..].chars().next() {
        Some('|') if cover[end] == Cover::Markup => Side::Edge,
        character => side(character),
    }
}

fn side(character: Option<char>) -> Side {
    match character {
        None => Side::Edge,
        Some(character) if character.is_whitespace() => Side::Edge,
        Some(character) => {
            let cjk = is_cjk(character);
            if is_punctuation(character) {
                Side::Punctuation { cjk }
            } else {
                Side::Letter { cjk }
            }
        }
    }
}

fn fill(cover: &mut [Cover], span: Range<usize>, with: Cover) {
    if let Some(bytes) = cover.get_mut(span) {
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
