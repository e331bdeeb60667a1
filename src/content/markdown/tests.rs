//! Markdown as its readers and the layer above see it.

use std::borrow::Cow;

use super::{Document, Fragments, Lint, LintKind, Slot, parse};

mod document;
mod emphasis;
mod robustness;

/// The whole text as HTML, with `§` and the number of the link or image for each URL.
fn html(source: &str) -> String {
    rendered(&parse(source))
}

fn rendered(document: &Document) -> String {
    let mut html = fragments(&document.intro);
    for section in &document.sections {
        html += "<h2>";
        html += &fragments(&section.heading);
        html += "</h2>\n";
        html += &fragments(&section.body);
    }
    html
}

fn fragments(fragments: &Fragments) -> String {
    fragments.render(|slot| match slot {
        Slot::Link(index) | Slot::Image(index) => Cow::Owned(format!("§{index}")),
    })
}

/// The content of a single paragraph.
fn inline(source: &str) -> String {
    let html = html(source);
    let inner = html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>\n"));
    inner.unwrap_or(&html).to_owned()
}

/// The places of all lints of a kind, as source text.
fn places(source: &str, kind: LintKind) -> Vec<&str> {
    found(&parse(source).lints, source, kind)
}

fn found<'source>(lints: &[Lint], source: &'source str, kind: LintKind) -> Vec<&'source str> {
    lints
        .iter()
        .filter(|lint| lint.kind == kind)
        .map(|lint| &source[lint.span.clone()])
        .collect()
}
