//! Drawings: only shapes, nothing that runs, nothing from elsewhere.

use std::ops::Range;

use crate::content::problems;
use crate::diagnostic::Diagnostics;

/// Bytes of an emblem, which stands in pages many times.
pub(super) const EMBLEM_LIMIT: usize = 4096;
/// Bytes of a drawing that a text shows.
pub(super) const PICTURE_LIMIT: usize = 256 * 1024;

/// Elements that draw, from SVG 2; no text, so that no font is needed.
const ELEMENTS: [&str; 14] = [
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "defs",
    "clipPath", "title", "desc", "mask",
];

/// Attributes that place and colour; no handlers, no style, no references but to own clip paths.
const ATTRIBUTES: [&str; 38] = [
    "xmlns",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "fill",
    "fill-rule",
    "clip-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "opacity",
    "id",
    "class",
    "clip-path",
    "mask",
    "clipPathUnits",
    "role",
    "aria-label",
    "aria-hidden",
    "preserveAspectRatio",
    "shape-rendering",
];

/// The drawing without declaration and comments, if nothing in it is forbidden.
pub(super) fn check(
    file: &str,
    text: &str,
    limit: usize,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let before = diagnostics.errors();
    if text.len() > limit {
        let message = format!(
            "the drawing has {} bytes, and {limit} are allowed",
            text.len()
        );
        diagnostics.push(problems::invalid_svg(file, &(0..0), message));
        return None;
    }
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut drawing = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(start) = text[rest..].find('<').map(|it| rest + it) {
        drawing.push_str(&text[rest..start]);
        let Some(end) = tag_end(text, start) else {
            let message = "this `<` opens a tag that is never closed";
            diagnostics.push(problems::invalid_svg(file, &(start..start + 1), message));
            return None;
        };
        let tag = &text[start..end];
        rest = end;
        if tag.starts_with("<!--") || tag.starts_with("<?xml ") {
            continue;
        }
        drawing.push_str(tag);
        self::tag(file, tag, start, &mut open, diagnostics);
    }
    drawing.push_str(&text[rest..]);
    if let Some((name, span)) = open.pop() {
        let message = format!("`{name}` is never closed");
        diagnostics.push(problems::invalid_svg(file, &span, message));
    }
    if !drawing.trim_start().starts_with("<svg") || !drawing.contains("viewBox=") {
        let message = "a drawing is one `svg` element with a `viewBox`";
        diagnostics.push(problems::invalid_svg(file, &(0..0), message));
    }
    (diagnostics.errors() == before).then(|| drawing.trim().to_owned())
}

/// Where the tag or comment that begins here ends.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|it| start + it + 3);
    }
    let mut quote = None;
    for (offset, character) in rest.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None, '>') => return Some(start + offset + 1),
            _ => {}
        }
    }
    None
}

fn tag<'a>(
    file: &str,
    tag: &'a str,
    start: usize,
    open: &mut Vec<(&'a str, Range<usize>)>,
    diagnostics: &mut Diagnostics,
) {
    let span = start..start + tag.len();
    let mut fail = |message: String, span: &Range<usize>| {
        diagnostics.push(problems::invalid_svg(file, span, message));
    };
    if let Some(name) = tag.strip_prefix("</") {
        let name = name.trim_end_matches('>').trim();
        match open.pop() {
            Some((expected, _)) if expected == name => {}
            _ => fail(format!("`{name}` is closed but not open"), &span),
        }
        return;
    }
    let inner = tag[1..tag.len() - 1].trim_end_matches('/');
    let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = &inner[..name_end];
    if !ELEMENTS.contains(&name) {
        let name_span = start + 1..start + 1 + name.len().max(1);
        fail(format!("`{name}` is not accepted in a drawing"), &name_span);
    }
    for (attribute, value, offset) in attributes(&inner[name_end..]) {
        let at = start + 1 + name_end + offset;
        let at = at..at + attribute.len();
        let is_known = ATTRIBUTES.contains(&attribute);
        let is_safe = match attribute {
            "xmlns" => value == "http://www.w3.org/2000/svg",
            _ => !value.contains(['&', '<', '\\', ':', '@']) && is_own_reference(value),
        };
        if !is_known || !is_safe {
            fail(
                format!("`{attribute}=\"{value}\"` is not accepted in a drawing"),
                &at,
            );
        }
    }
    if !tag.ends_with("/>") {
        open.push((name, span));
    }
}

/// `url(#id)` alone, or no reference at all.
fn is_own_reference(value: &str) -> bool {
    !value.to_ascii_lowercase().contains("url") || value.starts_with("url(#")
}

/// Names, values and places of a tag's attributes; what has no quoted value comes out empty.
fn attributes(text: &str) -> Vec<(&str, &str, usize)> {
    let mut found = Vec::new();
    let mut rest = 0;
    loop {
        let Some(start) = text[rest..].find(|it: char| !it.is_whitespace()) else {
            return found;
        };
        let start = rest + start;
        let name_end = text[start..]
            .find(|it: char| it.is_whitespace() || it == '=')
            .map_or(text.len(), |it| start + it);
        let name = &text[start..name_end];
        let after = text[name_end..].trim_start();
        let value_start = text.len() - after.len();
        let quoted = after.strip_prefix('=').map(str::trim_start).and_then(|it| {
            let quote = it.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let inner = &it[1..];
            inner.find(quote).map(|end| &inner[..end])
        });
        if let Some(value) = quoted {
            found.push((name, value, start));
            let value_offset = value.as_ptr() as usize - text.as_ptr() as usize;
            rest = value_offset + value.len() + 1;
        } else {
            found.push((name, "", start));
            rest = (value_start + usize::from(after.starts_with('='))).max(start + 1);
            rest = text.ceil_char_boundary(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(inner: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">{inner}</svg>"
        );
        check("emblem.svg", &text, EMBLEM_LIMIT, &mut diagnostics);
        diagnostics
            .items()
            .iter()
            .map(|it| it.message.clone())
            .collect()
    }

    #[test]
    fn shapes_pass() {
        let inner =
            "<!-- a --><g class=\"v\"><circle cx='2' cy=\"2\" r=\"1\" fill=\"#e8432a\"/></g>";
        assert_eq!(verdict(inner), Vec::<String>::new());
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
            "<g><circle r=\"1\"/>",
        ] {
            assert!(!verdict(inner).is_empty(), "{inner}");
        }
    }
}
