use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::found;
use crate::content::markdown::{Document, Fragment, LintKind, parse};

/// Markup, Hangul, and what stands between them in prose.
const ALPHABET: &[&str] = &[
    "*",
    "*",
    "**",
    "**",
    "***",
    "~",
    "~~",
    "_",
    "__",
    "가",
    "나",
    "은",
    "는",
    "a",
    "1",
    " ",
    " ",
    "\n",
    "\n\n",
    "(",
    ")",
    "[",
    "]",
    "](/x/)",
    "![",
    "]: /x",
    "「",
    "」",
    "“",
    "”",
    "!",
    "…",
    "%",
    "`",
    "```",
    "\\",
    "|",
    "|-|-|\n",
    "<",
    ">",
    "<b>",
    "<https://a.kr>",
    "<!--",
    "&amp;",
    "&",
    "#",
    "## ",
    "{#a}",
    "- ",
    "1. ",
    "> ",
    "---",
    "===",
    "    ",
    "\t",
    "\"",
    "'",
    "漢",
    "😀",
    "⠁",
    "\u{301}",
    "\u{200B}",
    "\0",
    ":",
    "^",
    "$",
    "+",
];

/// Knuth's MMIX generator: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).map_or(0, |value| value % limit)
    }

    fn text(&mut self) -> String {
        let pieces = 1 + self.below(40);
        (0..pieces)
            .map(|_| ALPHABET[self.below(ALPHABET.len())])
            .collect()
    }
}

#[test]
fn any_text_is_parsed_located_and_kept() {
    let mut random = Random(17_062_018);
    for _ in 0..6_000 {
        let source = random.text();
        let document = parse(&source);
        for span in spans(&document) {
            assert!(source.get(span.clone()).is_some(), "{span:?} in {source:?}");
        }
        assert_eq!(words(&document.text), words(&plain(&source)), "{source:?}");
        assert_eq!(
            destinations(&document),
            plain_destinations(&source),
            "{source:?}"
        );
        for link in &document.links {
            let Some(place) = link.destination.clone() else {
                continue;
            };
            assert!(link.target.ends_with(&source[place]), "{source:?}");
        }
        for visible in found(&document.lints, &source, LintKind::LiteralEmphasis) {
            let is_mark = |character| matches!(character, '*' | '_' | '~');
            assert!(
                visible.starts_with(is_mark) && visible.ends_with(is_mark),
                "{source:?}"
            );
        }
        let holes = holes(&document);
        assert_eq!(
            holes,
            (document.links.len(), document.images.len()),
            "{source:?}"
        );
    }
}

#[test]
fn a_second_parse_gives_the_same() {
    let mut random = Random(11);
    for _ in 0..200 {
        let source = random.text();
        assert_eq!(parse(&source), parse(&source));
    }
}

fn spans(document: &Document) -> Vec<Range<usize>> {
    let headings = document.headings.iter().map(|heading| heading.span.clone());
    let sections = document
        .sections
        .iter()
        .map(|section| section.heading_span.clone());
    let links = document.links.iter().flat_map(|link| {
        [Some(link.span.clone()), link.destination.clone()]
            .into_iter()
            .flatten()
    });
    let images = document.images.iter().flat_map(|image| {
        [Some(image.span.clone()), image.destination.clone()]
            .into_iter()
            .flatten()
    });
    let lints = document.lints.iter().map(|lint| lint.span.clone());
    headings
        .chain(sections)
        .chain(links)
        .chain(images)
        .chain(lints)
        .collect()
}

fn holes(document: &Document) -> (usize, usize) {
    let bodies = document
        .sections
        .iter()
        .flat_map(|section| [&section.heading, &section.body]);
    let all: Vec<_> = bodies
        .chain([&document.intro])
        .flat_map(|part| &part.0)
        .collect();
    let links = all
        .iter()
        .filter(|piece| matches!(piece, Fragment::Link(_)));
    let images = all
        .iter()
        .filter(|piece| matches!(piece, Fragment::Image(_)));
    (links.count(), images.count())
}

/// Without marks of emphasis and white space.
fn words(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '*' | '_' | '~') && !character.is_whitespace())
        .collect()
}

fn events(source: &str) -> impl Iterator<Item = Event<'_>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut images = 0_usize;
    Parser::new_ext(source, options).filter(move |event| {
        use pulldown_cmark::{Tag, TagEnd};
        let outside = images == 0;
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ => {}
        }
        outside
    })
}

/// The words as the parser alone finds them.
fn plain(source: &str) -> String {
    events(source)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.to_string()),
            _ => None,
        })
        .collect()
}

fn destinations(document: &Document) -> Vec<String> {
    let links = document.links.iter();
    links.map(|link| link.target.clone()).collect()
}

fn plain_destinations(source: &str) -> Vec<String> {
    events(source)
        .filter_map(|event| match event {
            Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}
