//! Markdown as its readers and the layer above see it.

use std::ops::Range;

use super::Document;
use crate::diagnostic::Diagnostic;
use crate::model::{LinkTarget, Markup, Shown};

mod document;
mod emphasis;
mod robustness;

fn parse(source: &str) -> Document {
    super::parse("projects/alpha/ko.md", source)
}

/// The whole text as HTML.
fn html(source: &str) -> String {
    let prose = parse(source).prose;
    let sections = prose.sections.iter().map(|section| {
        let (heading, body) = (filled(&section.heading), filled(&section.body));
        format!("<h2>{heading}</h2>\n{body}")
    });
    filled(&prose.intro) + &sections.collect::<String>()
}

/// HTML with links that show what they lead to.
fn filled(html: &Markup) -> String {
    let url = |target: &LinkTarget| match target {
        LinkTarget::Page { path, fragment } if fragment.is_empty() => path.clone(),
        LinkTarget::Page { path, fragment } => format!("{path}#{fragment}"),
        LinkTarget::Term(id) => format!("term:{id}"),
        LinkTarget::File(path) => path.clone(),
        LinkTarget::Shown(shown) => shown.path.clone(),
        LinkTarget::External(address) => address.clone(),
    };
    html.to_html(url, |shown| {
        let Shown { path, alt, caption, .. } = shown;
        format!("<img src=\"{path}\" alt=\"{alt}\" title=\"{caption}\">").replace(" title=\"\"", "")
    })
}

/// The content of a single paragraph.
fn inline(source: &str) -> String {
    let html = html(source);
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>\n"));
    inner.unwrap_or(&html).to_owned()
}

/// The places of all problems of a code, as source text.
fn places<'source>(source: &'source str, code: &str) -> Vec<&'source str> {
    let mut spans: Vec<Range<usize>> = parse(source)
        .problems
        .into_iter()
        .filter(|problem| problem.code == code)
        .map(|problem| problem.span)
        .collect();
    spans.sort_by_key(|span| (span.start, span.end));
    spans.into_iter().map(|span| &source[span]).collect()
}

fn codes(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).collect()
}
