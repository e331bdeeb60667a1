use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::Link;
use super::{parse, places};
use crate::model::LinkTarget;

/// Markup, Hangul, and what stands between them in prose.
#[rustfmt::skip]
const ALPHABET: &[&str] = &[
    "*", "*", "**", "**", "***", "~", "~~", "_", "__", "가", "나", "은", "는", "a", "1", " ", " ",
    "\n", "\n\n", "(", ")", "[", "]", "](/x/)", "![", "]: /x", "「", "」", "“", "”", "!", "…", "%",
    "`", "```", "\\", "|", "|-|-|\n", "<", ">", "<b>", "<https://a.kr>", "<!--", "&amp;", "&",
    "#", "## ", "{#a}", "- ", "1. ", "> ", "---", "===", "    ", "\t", "\"", "'", "漢", "😀", "⠁",
    "\u{301}", "\u{200B}", "\0", ":", "^", "$", "+",
];

/// Knuth's MMIX generator: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).map_or(0, |value| value % limit)
    }

    fn text(&mut self) -> String {
        let pieces = 1 + self.below(40);
        (0..pieces).map(|_| ALPHABET[self.below(ALPHABET.len())]).collect()
    }
}

#[test]
fn any_text_is_parsed_located_and_kept() {
    let mut random = Random(17_062_018);
    for _ in 0..6_000 {
        let source = random.text();
        // These are shown elsewhere, or not at all.
        let is_note = |it| matches!(it, Event::Start(Tag::FootnoteDefinition(_)));
        if events(&source).any(is_note) {
            continue;
        }
        let document = parse(&source);
        let links = document.links.iter();
        let spans = links.flat_map(|link| [Some(&link.span), link.destination.as_ref()]);
        let spans = spans.flatten().chain(document.ids.iter().map(|(_, span)| span));
        for span in spans.chain(document.problems.iter().map(|problem| &problem.span)) {
            assert!(source.get(span.clone()).is_some(), "{span:?} in {source:?}");
        }
        assert_eq!(words(&document.prose.text()), words(&plain(&source)), "{source:?}");
        // The parser knows no bare addresses.
        let is_marked = |it: &&Link| source[it.span.clone()].starts_with(['<', '[', '!']);
        let marked = document.links.iter().filter(is_marked);
        let written = marked.map(|link| link.written.as_str());
        assert_eq!(written.collect::<Vec<_>>(), destinations(&source), "{source:?}");
        for link in &document.links {
            if let Some(place) = link.destination.clone() {
                assert!(link.written.ends_with(&source[place]), "{source:?}");
            }
        }
        let sections = document.prose.sections.iter();
        let parts = sections.flat_map(|section| [&section.heading, &section.body]);
        let open: usize = parts.chain([&document.prose.intro]).map(|it| it.links.len()).sum();
        // A picture that is no file is told, and not shown.
        let is_shown = |link: &&Link| match link.target {
            Some(LinkTarget::File(_)) => true,
            Some(_) => !link.is_picture,
            None => false,
        };
        let targets = document.links.iter().filter(is_shown);
        assert_eq!(open, targets.count(), "{source:?}");
        for visible in places(&source, "literal-emphasis") {
            let is_mark = |character| matches!(character, '*' | '_' | '~');
            assert!(visible.starts_with(is_mark) && visible.ends_with(is_mark), "{source:?}");
        }
    }
}

/// Without marks of emphasis and white space.
fn words(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '*' | '_' | '~') && !character.is_whitespace())
        .collect()
}

/// What the parser alone finds, but for what stands in the alternative texts of pictures.
fn events(source: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut images = 0_usize;
    Parser::new_ext(source, options).filter(move |event| {
        if matches!(event, Event::End(TagEnd::Image)) {
            images -= 1;
        }
        let outside = images == 0;
        if matches!(event, Event::Start(Tag::Image { .. })) {
            images += 1;
        }
        outside
    })
}

fn plain(source: &str) -> String {
    events(source)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                Some(text.to_string())
            }
            _ => None,
        })
        .collect()
}

fn destinations(source: &str) -> Vec<String> {
    events(source)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .collect()
}
