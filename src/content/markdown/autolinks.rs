//! Bare addresses as links: `https://example.org/`, `www.example.org` and `desk@example.org` (the extension "autolinks" of
//! GitHub's Markdown, which the parser does not know).
//!
//! Korean particles follow an address without a blank, so they end it, as punctuation does.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::LocatedEvent;

/// Particles of Korean that may stand right behind an address.
const PARTICLES: &str = "은 는 이 가 을 를 에 의 도 와 과 로 만 나 에서 으로 에는 에서는 이나 까지 부터 이며 이고 이다 입니다 라는 라고 처럼";

/// Bytes of an address.
const LONGEST: usize = 2000;

/// The events with a link for each address in their texts.
pub(super) fn link(source: &str, events: Vec<LocatedEvent>) -> Vec<LocatedEvent> {
    let mut linked = Vec::with_capacity(events.len());
    // Links and code, in which nothing is linked.
    let mut closed = 0_usize;
    let mut events = events.into_iter().peekable();
    while let Some((event, mut span)) = events.next() {
        match &event {
            Event::Start(tag) => closed += usize::from(is_closed(tag.to_end())),
            Event::End(tag) => closed -= usize::from(is_closed(*tag)),
            Event::Text(text) if closed == 0 && **text == source[span.clone()] => {
                // The parser parts texts at characters that may be marks, such as underscores.
                while let Some((Event::Text(next), place)) = events.peek()
                    && place.start == span.end
                    && **next == source[place.clone()]
                {
                    span.end = place.end;
                    events.next();
                }
                texts(source, span, &mut linked);
                continue;
            }
            _ => {}
        }
        linked.push((event, span));
    }
    linked
}

fn is_closed(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock)
}

/// A text, parted at the addresses in it.
fn texts(source: &str, span: Range<usize>, linked: &mut Vec<LocatedEvent>) {
    let text = |place: Range<usize>| (Event::Text(source[place.clone()].to_owned().into()), place);
    let mut from = span.start;
    while let Some((link_type, place, before)) = address(&source[from..span.end]) {
        let place = from + place.start..from + place.end;
        if place.start > from {
            linked.push(text(from..place.start));
        }
        let tag = Tag::Link {
            link_type,
            dest_url: format!("{before}{}", &source[place.clone()]).into(),
            title: "".into(),
            id: "".into(),
        };
        linked.push((Event::Start(tag), place.clone()));
        linked.push(text(place.clone()));
        linked.push((Event::End(TagEnd::Link), place.clone()));
        from = place.end;
    }
    if from < span.end {
        linked.push(text(from..span.end));
    }
}

/// The first address in a text, and what has to stand before it.
fn address(text: &str) -> Option<(LinkType, Range<usize>, &'static str)> {
    for (at, _) in text.match_indices([':', '@', 'w', 'W']) {
        let (before, rest) = text.split_at(at);
        let starts =
            |mark: &str| rest.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark));
        if starts("://") {
            let scheme = before.trim_end_matches(|it: char| it.is_ascii_alphabetic());
            let scheme = scheme.len()..at;
            let is_web =
                ["http", "https"].iter().any(|it| text[scheme.clone()].eq_ignore_ascii_case(it));
            let end = end_of(&rest[3..]);
            if is_web && end > 0 {
                return Some((LinkType::Autolink, scheme.start..at + 3 + end, ""));
            }
        } else if starts("www.")
            && !before.ends_with(|it: char| it.is_ascii_alphanumeric() || "/.@-_".contains(it))
        {
            let end = end_of(rest);
            if rest[4..end.max(4)].contains('.') {
                return Some((LinkType::Autolink, at..at + end, "https://"));
            }
        } else if starts("@") {
            let is_local = |it: char| it.is_ascii_alphanumeric() || ".+-_".contains(it);
            let start = before.trim_end_matches(is_local).len();
            let is_host = |it: char| it.is_ascii_alphanumeric() || ".-".contains(it);
            let host = rest[1..].trim_start_matches(is_host);
            let host = rest[1..rest.len() - host.len()].trim_end_matches(['.', '-']);
            if start < at && host.contains('.') && !host.starts_with('.') {
                return Some((LinkType::Email, start..at + 1 + host.len(), ""));
            }
        }
    }
    None
}

/// Where an address ends that begins a text.
fn end_of(text: &str) -> usize {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let end = text.find(|it: char| {
        it.is_whitespace()
            || it.is_control()
            || "<>\"`{}|\\^「」『』《》〈〉（），。、…”’“‘·".contains(it)
    });
    let mut address = &text[..end.unwrap_or(text.len())];
    loop {
        let short = address.trim_end_matches(|it| "?!.,:;*_~'\"".contains(it));
        let is_open =
            short.ends_with(')') && short.matches(')').count() > short.matches('(').count();
        let short = if is_open || short.ends_with(']') { &short[..short.len() - 1] } else { short };
        let start = short.trim_end_matches(crate::language::is_hangul).len();
        let particle = &short[start..];
        let is_particle = !particle.is_empty() && PARTICLES.split(' ').any(|it| it == particle);
        let short = if is_particle { &short[..start] } else { short };
        if short.len() == address.len() {
            return short.len();
        }
        address = short;
    }
}
