//! Where in the source a link's destination stands, so that a problem can point at it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, RefDefs};

/// What the labels of links by reference stand for.
pub(super) struct Definitions(HashMap<String, Definition>);

/// `[label]: target "title"`.
pub(super) struct Definition {
    pub(super) target: String,
    pub(super) title: String,
    span: Range<usize>,
}

impl Definitions {
    pub(super) fn new(parsed: &RefDefs<'_>) -> Self {
        let definitions = parsed.iter().map(|(label, link)| {
            let definition = Definition {
                target: link.dest.to_string(),
                title: link.title.as_deref().unwrap_or_default().to_owned(),
                span: link.span.clone(),
            };
            (normalised(label), definition)
        });
        Self(definitions.collect())
    }

    pub(super) fn get(&self, label: &str) -> Option<&Definition> {
        self.0.get(&normalised(label))
    }
}

/// Labels match whatever their case and white space (`CommonMark` 4.7).
fn normalised(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What the parser says of a link or an image, and only at its start.
pub(super) struct Reference {
    pub(super) link_type: LinkType,
    pub(super) target: String,
    pub(super) label: String,
    pub(super) span: Range<usize>,
}

impl Reference {
    pub(super) fn new(
        link_type: LinkType,
        target: &CowStr<'_>,
        label: &CowStr<'_>,
        span: &Range<usize>,
    ) -> Self {
        Self {
            link_type,
            target: target.to_string(),
            label: label.to_string(),
            span: span.clone(),
        }
    }

    /// The place of the target, if it stands in the source letter for letter. `content_end` is where
    /// the link's text ends, so that brackets in the text do not mislead.
    pub(super) fn destination(
        &self,
        source: &str,
        definitions: &Definitions,
        content_end: usize,
    ) -> Option<Range<usize>> {
        let place = match self.link_type {
            LinkType::Autolink | LinkType::Email => self.span.start + 1,
            LinkType::Inline => after(source, content_end..self.span.end, "](")?,
            _ => after(source, definitions.get(&self.label)?.span.clone(), "]:")?,
        };
        let end = place + self.target.len();
        (source.get(place..end)? == self.target).then_some(place..end)
    }
}

/// Where a destination begins after a mark: past white space and an opening angle bracket
/// (`CommonMark` 6.3 and 4.7).
fn after(source: &str, within: Range<usize>, mark: &str) -> Option<usize> {
    let tail = source.get(within.clone())?;
    let (_, rest) = tail.split_once(mark)?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    Some(within.end - rest.len())
}
