//! Drawings: only shapes, nothing that runs, nothing from elsewhere.
//!
//! What is published is written anew from the checked tree, without declarations and comments.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::{Document, Error, Node};

use crate::diagnostic::{Diagnostic, Diagnostics, escape_html, span_at};

/// Bytes of an emblem, which stands in pages many times.
pub(super) const EMBLEM_LIMIT: usize = 4096;
/// Bytes of a drawing that a text shows.
pub(super) const PICTURE_LIMIT: usize = 256 * 1024;
/// Elements that stand in one another.
const DEPTH_LIMIT: usize = 100;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Elements that draw, from SVG 2; no text, so that no font is needed.
const ELEMENTS: [&str; 14] = [
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "defs",
    "clipPath", "title", "desc", "mask",
];

/// Attributes that place and colour; no handlers, no style, no references but to own clip paths.
#[rustfmt::skip]
const ATTRIBUTES: [&str; 37] = [
    "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry",
    "d", "points", "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "opacity", "shape-rendering", "id", "class", "clip-path", "clip-rule",
    "clipPathUnits", "mask", "role", "aria-label", "aria-hidden",
];

/// The drawing as it is published, if nothing in it is forbidden.
pub(super) fn check(
    file: &str,
    text: &str,
    limit: usize,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let mut problems = Vec::new();
    let mut drawing = String::new();
    if text.len() > limit {
        let message = format!(
            "the drawing has {} bytes, and {limit} are allowed",
            text.len()
        );
        problems.push((0..0, message));
    } else {
        match Document::parse(text) {
            Ok(document) => {
                let root = document.root_element();
                for node in document.root().children() {
                    write(node, 0, &mut drawing, &mut problems);
                }
                if name_of(root) != "svg" || !root.has_attribute("viewBox") {
                    let message = "a drawing is one `svg` element with a `viewBox`";
                    problems.push((0..0, message.to_owned()));
                }
            }
            Err(error) => problems.push(malformed(text, &error)),
        }
    }
    let is_sound = problems.is_empty();
    for (span, message) in problems {
        diagnostics.push(
            Diagnostic::error("invalid-svg", file, span, message).help(
                "draw with svg, g, path, rect, circle, ellipse, line, polygon, polyline, defs, clipPath, title and desc alone",
            ),
        );
    }
    is_sound.then_some(drawing)
}

type Problem = (Range<usize>, String);

/// Writes a node and all that stands in it, and notes what is not accepted.
fn write(node: Node<'_, '_>, depth: usize, drawing: &mut String, problems: &mut Vec<Problem>) {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        drawing.push_str(&escape_html(text));
    }
    if let Some(instruction) = node.pi() {
        let message = format!("`?{}` is not accepted in a drawing", instruction.target);
        problems.push((node.range(), message));
    }
    if !node.is_element() {
        return;
    }
    let (name, start) = (name_of(node), node.range().start + 1);
    if depth == DEPTH_LIMIT {
        let message = format!("elements stand in one another more than {DEPTH_LIMIT} deep");
        problems.push((start..start + name.len(), message));
        return;
    }
    let namespace = node.tag_name().namespace();
    if !ELEMENTS.contains(&name) || namespace.is_some_and(|it| it != NAMESPACE) {
        let message = format!("`{name}` is not accepted in a drawing");
        problems.push((start..start + name.len(), message));
    }
    drawing.push('<');
    drawing.push_str(name);
    if depth == 0 && namespace.is_some() {
        let _ = write!(drawing, " xmlns=\"{NAMESPACE}\"");
    }
    for attribute in node.attributes() {
        let source = node.document().input_text();
        let name = &source[attribute.range_qname()];
        let value = &source[attribute.range_value()];
        let is_safe = !value.contains(['&', '\\', ':', '@']) && is_own_reference(value);
        if !ATTRIBUTES.contains(&name) || !is_safe {
            let message = format!("`{name}=\"{value}\"` is not accepted in a drawing");
            problems.push((attribute.range_qname(), message));
        }
        let _ = write!(drawing, " {name}=\"{}\"", escape_html(value));
    }
    if !node.has_children() {
        drawing.push_str("/>");
        return;
    }
    drawing.push('>');
    for child in node.children() {
        write(child, depth + 1, drawing, problems);
    }
    let _ = write!(drawing, "</{name}>");
}

/// The name of an element as it is written, with its prefix.
fn name_of<'a>(node: Node<'_, 'a>) -> &'a str {
    let tag = &node.document().input_text()[node.range().start + 1..];
    let end = tag.find(|it: char| it.is_whitespace() || matches!(it, '/' | '>'));
    &tag[..end.unwrap_or(tag.len())]
}

/// `url(#id)` alone, or no reference at all.
fn is_own_reference(value: &str) -> bool {
    !value.to_ascii_lowercase().contains("url") || value.starts_with("url(#")
}

/// What is no XML at all, as far as the parser came.
fn malformed(text: &str, error: &Error) -> Problem {
    let message = match error {
        Error::UnexpectedCloseTag(_, name, _) => format!("`{name}` is closed but not open"),
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            "an element or its tag is never closed".to_owned()
        }
        Error::DtdDetected => "`!DOCTYPE` is not accepted in a drawing".to_owned(),
        error => format!("this is no valid XML: {error}"),
    };
    let at = error.pos();
    let span = match (error, text.find("<!DOCTYPE")) {
        (Error::DtdDetected, Some(start)) => start..start + 1,
        _ => span_at(text, at.row as usize, at.col as usize),
    };
    (span, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(inner: &str) -> (Option<String>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let text = format!(
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">{inner}</svg>\n"
        );
        let drawing = check("emblem.svg", &text, EMBLEM_LIMIT, &mut diagnostics);
        assert_eq!(drawing.is_none(), diagnostics.errors() > 0);
        (drawing, diagnostics)
    }

    #[test]
    fn shapes_pass_as_they_are() {
        let inner = "<!-- a -->\n<title>A &amp; B</title><g class=\"v\"><circle cx='2' r=\"1\" fill=\"#e8432a\"/></g>\n";
        let drawing = verdict(inner).0.expect("a drawing");
        assert_eq!(
            drawing,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">\n<title>A &amp; B</title>\
             <g class=\"v\"><circle cx=\"2\" r=\"1\" fill=\"#e8432a\"/></g>\n</svg>"
        );
    }

    #[test]
    fn what_runs_or_comes_from_elsewhere_does_not_pass() {
        for inner in [
            "<script>alert(1)</script>",
            "<circle onload=\"alert(1)\" r=\"1\"/>",
            "<circle onload=alert(1) r=\"1\"/>",
            "<a href=\"#\"><circle r=\"1\"/></a>",
            "<use href=\"https://example.org/a.svg#b\"/>",
            "<circle fill=\"url(https://example.org/a)\"/>",
            "<circle style=\"fill:red\"/>",
            "<image href=\"a.png\"/>",
            "<foreignObject/>",
            "<style>*{}</style>",
            "<circle fill=\"&#106;\"/>",
            "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<g xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script/></g>",
            "<?xml-stylesheet href=\"a.css\"?>",
            "<g><circle r=\"1\"/>",
            &("<g>".repeat(200) + &"</g>".repeat(200)),
        ] {
            assert!(verdict(inner).0.is_none(), "{inner}");
        }
    }
}
