//! SVG drawings of contributors: parsed as XML, checked on the tree, and written anew from it. No byte of a file is
//! published, inlined or drawn.
//!
//! 1. [`Svg::read`] parses a file and walks its tree. What is accepted is written; what is not is left out and named.
//! 2. [`attributes`] tells what each attribute may hold: words that are known, and numbers that a renderer can stand.
//!
//! What is written is the same to a parser of HTML as to one of XML: names are exact, values hold no markup, and no
//! element is among those at which HTML leaves SVG.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::ops::Range;

use kurbo::Affine;
use roxmltree::{Document, Error, Node, ParsingOptions};
use svgtypes::Color;

use crate::diagnostic::{escape_html, span_at};

mod attributes;

use attributes::{Kind, absolute, kind, plain, reference, transform, view_box};

/// Elements that stand in one another.
const DEPTH_LIMIT: usize = 32;
/// Uses of masks and clip paths, each of which is a picture of its own while it is drawn.
const LAYER_LIMIT: usize = 100;
/// Bytes of masks and clip paths together, each as often as it is used.
const EXPANDED_LIMIT: usize = 1 << 20;

/// Attributes of an element, and namespaces that are declared.
const ATTRIBUTE_LIMIT: usize = 100;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const XLINK: (&str, &str) = ("http://www.w3.org/1999/xlink", "href");

/// Elements that draw, from SVG 2; no text, so that no font is needed, and one `svg`, the root.
const ELEMENTS: &str = "g path rect circle ellipse line polygon polyline defs clipPath mask linearGradient \
                        radialGradient stop title desc";

/// Those of them that have an ink.
const SHAPES: [&str; 7] = ["path", "rect", "circle", "ellipse", "line", "polygon", "polyline"];

/// Attributes of the root that say how large the drawing is and where it stands in that.
const PLACING: [&str; 4] = ["viewBox", "preserveAspectRatio", "width", "height"];

/// What a file may be, and what is made of it.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Bytes of the file.
    pub limit: usize,
    /// What its ids begin with, so that none is an id of the page that it stands in, nor of another drawing there.
    pub id_prefix: &'a str,
    /// The side of the square that it is fitted into; without one, it keeps its own place and size.
    pub square: Option<f64>,
}

/// A drawing that holds nothing but shapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// The attributes of the root, each behind a space.
    root: String,
    shapes: String,
}

/// What was left out of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The bytes that it is about; empty at 0 for the file as a whole.
    pub span: Range<usize>,
    pub message: String,
    pub help: String,
    /// What to write in its place, where that is beyond doubt.
    pub replacement: Option<&'static str>,
}

impl Svg {
    /// The drawing of a file, as far as it is one, and all that was left out of it.
    pub fn read(text: &str, rules: Rules<'_>) -> (Option<Self>, Vec<Refused>) {
        let document = match parse(text, rules.limit) {
            Ok(document) => document,
            Err(refused) => return (None, vec![refused]),
        };
        let root = document.root_element();
        let view = root.attribute("viewBox").and_then(view_box);
        let (Some(view), "svg", true) = (view, name_of(root), is_svg(root)) else {
            let message = "a drawing is one `svg` element with a `viewBox`";
            let help =
                "begin with <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">";
            return (None, vec![refused(0..0, message, help)]);
        };
        let mut writer = Writer::new(&document, rules.id_prefix, view);
        let svg = writer.svg(root, view, rules.square);
        (Some(svg), writer.refused)
    }

    /// What stands in the `svg` element, so that a page's own element can say how large it is shown.
    pub fn shapes(&self) -> &str {
        &self.shapes
    }
}

impl Svg {
    /// What is seen of it: left, top, width and height.
    pub fn view(&self) -> &str {
        let view = self.root.split("viewBox=\"").nth(1);
        view.and_then(|it| it.split('"').next()).unwrap_or_default()
    }

    /// How wide and high it is, in hundredths of its units.
    pub fn size(&self) -> Option<(usize, usize)> {
        let [_, _, width, height] = view_box(self.view())?;
        let [width, height] = [width, height].map(|it| (100.0 * it).clamp(1.0, 1e9));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "both are within bounds"
        )]
        Some((width as usize, height as usize))
    }

    /// How large it is shown where nothing else is said, in pixels: as its root says, or as its view.
    pub fn shown_size(&self) -> Option<(u32, u32)> {
        let [_, _, width, height] = view_box(self.view())?;
        let own = |name: &str| {
            let value = self.root.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
            value.trim_end_matches("px").parse::<f64>().ok()
        };
        let (width, height) = match (own("width"), own("height")) {
            (Some(width), Some(height)) => (width, height),
            (Some(own), None) => (own, own * height / width),
            (None, Some(own)) => (own * width / height, own),
            (None, None) => (width, height),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "both are within bounds"
        )]
        let pixels = |it: f64| it.round().clamp(1.0, 1e6) as u32;
        Some((pixels(width), pixels(height)))
    }

    /// The same in the colour of the text around it, if it has but one colour.
    pub fn in_one_ink(&self) -> Option<Self> {
        let text = self.to_string();
        let document = Document::parse(&text).ok()?;
        let mut inks = BTreeSet::new();
        let is_shape = |it: &Node<'_, '_>| SHAPES.contains(&it.tag_name().name());
        for node in document.descendants().filter(is_shape) {
            let own = |name| node.ancestors().find_map(|it| it.attribute(name));
            let is_clip = node.ancestors().any(|it| it.has_tag_name("clipPath"));
            if !is_clip && own("class").is_none() {
                inks.extend([own("fill").unwrap_or("black"), own("stroke").unwrap_or("none")]);
            } else if !is_clip {
                return None;
            }
        }
        inks.remove("none");
        let colours: Result<Vec<Color>, _> = inks.iter().map(|it| it.parse()).collect();
        let colours = colours.ok()?;
        if colours.is_empty() || colours.iter().any(|it| *it != colours[0]) {
            return None;
        }
        let mut shapes = self.shapes.clone();
        for ink in inks {
            for name in ["fill", "stroke"] {
                let written = format!(" {name}=\"{ink}\"");
                shapes = shapes.replace(&written, &format!(" {name}=\"currentColor\""));
            }
        }
        Some(Self {
            root: self.root.clone(),
            shapes: format!("<g fill=\"currentColor\">{shapes}</g>"),
        })
    }
}

/// What a renderer leaves out of a drawing that others would see or fetch, each kind once in words, and where the first
/// of it stands.
pub fn left_out(text: &str) -> Option<(Range<usize>, String)> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let is_elsewhere = |it: &str| {
        let it = it.trim().to_ascii_lowercase();
        !it.starts_with('#') && !it.starts_with("data:image/")
    };
    let leads_away = |it: &str| {
        let mut targets =
            it.split("url(").skip(1).map(|it| it.trim_start_matches(['"', '\'', ' ']));
        it.contains("@import") || targets.any(is_elsewhere)
    };
    let mut found = BTreeMap::new();
    for node in document.descendants() {
        let element = node.tag_name().name();
        let mut note = |what: &'static str| {
            found.entry(what).or_insert_with(|| span_of(node));
        };
        match element {
            "script" | "handler" => note("script"),
            "foreignObject" => note("part in HTML"),
            "a" if node.has_attribute("href") || node.has_attribute(XLINK) => note("link"),
            "animate" | "animateTransform" | "animateMotion" | "animateColor" | "set" => {
                note("animation");
            }
            "style" if leads_away(node.text().unwrap_or_default()) => note("address of elsewhere"),
            "" if node.is_pi() => note("stylesheet of another file"),
            _ => {}
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let is_link = ["href", "src"].contains(&name) && is_elsewhere(value);
            if name.len() > 2 && name.starts_with("on") {
                note("event attribute");
            } else if element != "a" && is_svg(node) && is_link || leads_away(value) {
                note("address of elsewhere");
            }
        }
    }
    let first = found.values().min_by_key(|it| it.start)?.clone();
    let first = Some(first).filter(|it| text.get(it.clone()).is_some());
    let words: Vec<&str> = found.into_keys().collect();
    Some((first.unwrap_or_default(), words.join(", no ")))
}

/// The whole file.
impl fmt::Display for Svg {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { root, shapes } = self;
        write!(formatter, "<svg xmlns=\"{NAMESPACE}\"{root}>{shapes}</svg>")
    }
}

/// Goes through a tree, and writes what is accepted of it.
struct Writer<'a, 'input> {
    id_prefix: &'a str,
    /// What is seen of the drawing: left, top, width and height.
    view: [f64; 4],
    /// The elements that are referred to, by their ids, and the numbers by which they are called from now on.
    targets: BTreeMap<&'a str, (usize, Node<'a, 'input>)>,
    layers: usize,
    expanded: usize,
    written: String,
    refused: Vec<Refused>,
}

/// Where an element stands.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    matrix: Affine,
    /// Whether it is drawn wherever a mask or clip path around it is used.
    is_in_layer: bool,
}

impl<'a, 'input> Writer<'a, 'input> {
    fn new(document: &'a Document<'input>, id_prefix: &'a str, view: [f64; 4]) -> Self {
        let mut writer = Self {
            id_prefix,
            view,
            targets: BTreeMap::new(),
            layers: 0,
            expanded: 0,
            written: String::new(),
            refused: Vec::new(),
        };
        let values = document.descendants().flat_map(|it| it.attributes());
        let used: BTreeSet<&str> =
            values.filter_map(|it| reference(it.value().trim_ascii())).collect();
        for node in document.descendants() {
            let Some(id) = node.attribute_node("id") else {
                continue;
            };
            let number = writer.targets.len() + 1;
            if writer.targets.contains_key(id.value()) {
                let message = format!("another element has the id `{}`", short(id.value()));
                writer.refuse(id.range_qname(), message, Kind::Id.wanted());
            } else if used.contains(id.value()) {
                writer.targets.insert(id.value(), (number, node));
            }
        }
        writer
    }

    fn svg(&mut self, root: Node<'_, '_>, view: [f64; 4], square: Option<f64>) -> Svg {
        for node in root.document().root().children().filter(Node::is_pi) {
            self.unaccepted(node);
        }
        let fit = square.map_or(Affine::IDENTITY, |side| fit(view, side));
        let place = Place { matrix: fit, ..Place::default() };
        let (attributes, matrix) = self.attributes(root, place);
        let place = Place { depth: 1, matrix, ..place };
        let mut of_root = String::new();
        // What shapes inherit of the root stands around them, wherever they are shown.
        let mut inherited = String::new();
        for (name, value) in attributes {
            let list = match (PLACING.contains(&name), square) {
                (true, Some(_)) => continue,
                (true, None) => &mut of_root,
                _ if name == "role" || name.starts_with("aria-") => &mut of_root,
                _ => &mut inherited,
            };
            let _ = write!(list, " {name}=\"{value}\"");
        }
        self.children(root, place);
        let mut shapes = std::mem::take(&mut self.written);
        if let Some(side) = square {
            of_root = format!(" viewBox=\"0 0 {side} {side}\"{of_root}");
        }
        for group in [inherited, placing(fit)] {
            if !group.is_empty() {
                shapes = format!("<g{group}>{shapes}</g>");
            }
        }
        Svg { root: of_root, shapes }
    }

    /// Writes an element and all that stands in it.
    fn element(&mut self, node: Node<'_, '_>, mut place: Place) {
        let name = name_of(node);
        if place.depth >= DEPTH_LIMIT {
            let message = format!("elements stand in one another more than {DEPTH_LIMIT} deep");
            let help = "take apart groups that hold one element";
            return self.refuse(span_of(node), message, help);
        }
        let start = self.written.len();
        let is_accepted = ELEMENTS.split(' ').any(|it| it == name) && is_svg(node);
        if !is_accepted {
            self.unaccepted(node);
        }
        place.is_in_layer |= ["mask", "clipPath"].contains(&name);
        let (attributes, matrix) = self.attributes(node, place);
        let _ = write!(self.written, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.written, " {name}=\"{value}\"");
        }
        self.written.push('>');
        let inside = self.written.len();
        let is_words = ["title", "desc"].contains(&name);
        if is_words {
            self.words(node);
        } else {
            place.depth += 1;
            place.matrix = matrix;
            self.children(node, place);
        }
        let is_empty = self.written.len() == inside;
        if !is_accepted || is_words && is_empty {
            self.written.truncate(start);
        } else if is_empty {
            self.written.insert(inside - 1, '/');
        } else {
            let _ = write!(self.written, "</{name}>");
        }
    }

    fn children(&mut self, node: Node<'_, '_>, place: Place) {
        for child in node.children() {
            if child.is_element() {
                self.element(child, place);
            } else if child.is_pi() {
                self.unaccepted(child);
            } else if let Some(words) = child.text().filter(|it| !it.trim().is_empty())
                && child.is_text()
            {
                let Range { start, end } = child.range();
                let blank = words.len() - words.trim_start().len();
                let message = format!("`{}` stands where no text is shown", short(words));
                let help = "draw letters as paths, and name the drawing in a `title`";
                self.refuse(start + blank..end, message, help);
            }
        }
    }

    /// Writes the words of a title or a description.
    fn words(&mut self, node: Node<'_, '_>) {
        let mut words = String::new();
        for child in node.children() {
            if child.is_text() {
                words += child.text().unwrap_or_default();
            } else if !child.is_comment() {
                self.unaccepted(child);
            }
        }
        self.written += &escape_html(&plain(&words));
    }

    /// The attributes of an element as they are written, and where its shapes stand after its transform.
    fn attributes<'b>(
        &mut self,
        node: Node<'_, 'b>,
        place: Place,
    ) -> (Vec<(&'b str, String)>, Affine) {
        let own = node.attribute("transform").and_then(transform);
        let inside = place.matrix * own.unwrap_or_default();
        let source = node.document().input_text();
        let mut written = Vec::new();
        for attribute in node.attributes() {
            let name = &source[attribute.range_qname()];
            let value: Vec<&str> = attribute.value().split_ascii_whitespace().collect();
            let value = value.join(" ");
            let Some(kind) = kind(name) else {
                let message = format!("`{}` is not accepted in a drawing", short(name));
                let help = "take it away; fill, stroke and transform say how a shape looks and where it stands";
                self.refuse(attribute.range_qname(), message, help);
                continue;
            };
            let value = match kind {
                Kind::Length if is_of_view(node) => {
                    absolute(name, &value, self.view).unwrap_or(value)
                }
                _ => value,
            };
            let accepted = match (kind, reference(&value)) {
                (Kind::Id, _) => {
                    let known = self.targets.get(attribute.value()).filter(|it| it.1 == node);
                    let Some((number, _)) = known else { continue };
                    Ok(format!("{}{number}", self.id_prefix))
                }
                (Kind::Paint | Kind::Layer(_), Some(id)) => self.refer(kind, id, place),
                (Kind::Transform, _) => kind.accept(&value, place.matrix).ok_or(kind.wanted()),
                _ => kind.accept(&value, inside).ok_or(kind.wanted()),
            };
            match accepted {
                Ok(value) => written.push((name, escape_html(&value))),
                Err(help) => {
                    let message =
                        format!("`{name}=\"{}\"` is not accepted in a drawing", short(&value));
                    self.refuse(attribute.range_qname(), message, help);
                }
            }
        }
        (written, inside)
    }

    /// What is written for the use of a gradient, a mask or a clip path; what to do where it is not accepted.
    fn refer(&mut self, kind: Kind, id: &str, place: Place) -> Result<String, String> {
        let (number, target) = self.targets.get(id).ok_or(kind.wanted())?;
        match (kind, name_of(*target)) {
            (Kind::Paint, "linearGradient" | "radialGradient") => {}
            (Kind::Layer(name), target) if name == target => {}
            _ => return Err(kind.wanted()),
        }
        if kind != Kind::Paint {
            if place.is_in_layer {
                return Err("take it away: masks and clip paths use no others".to_owned());
            }
            self.layers += 1;
            self.expanded += target.range().len();
            if self.layers > LAYER_LIMIT || self.expanded > EXPANDED_LIMIT {
                return Err("use masks and clip paths less often, or simpler ones".to_owned());
            }
        }
        Ok(format!("url(#{}{number})", self.id_prefix))
    }

    fn unaccepted(&mut self, node: Node<'_, '_>) {
        let message = format!("`{}` is not accepted in a drawing", short(name_of(node)));
        let help = format!("draw in one `svg` with {} alone", ELEMENTS.replace(' ', ", "));
        self.refuse(span_of(node), message, help);
    }

    fn refuse(&mut self, span: Range<usize>, message: String, help: impl Into<String>) {
        self.refused.push(refused(span, message, help));
    }
}

fn refused(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Refused {
    Refused { span, message: message.into(), help: help.into(), replacement: None }
}

/// Whether `%` in lengths of an element is of the view, and not of the page, of a gradient, or of the box of a shape.
fn is_of_view(node: Node<'_, '_>) -> bool {
    let units = |name| node.attribute(name) == Some("userSpaceOnUse");
    match name_of(node) {
        "svg" | "stop" => false,
        "linearGradient" | "radialGradient" => units("gradientUnits"),
        "mask" => units("maskUnits"),
        _ => true,
    }
}

/// Moves what is seen through a view into the middle of a square.
fn fit([x, y, width, height]: [f64; 4], side: f64) -> Affine {
    let scale = side / width.max(height);
    let middle = |start: f64, length: f64| side / 2.0 - (start + length / 2.0) * scale;
    Affine::new([scale, 0.0, 0.0, scale, middle(x, width), middle(y, height)])
}

/// The attribute that places shapes so; none where they stay where they are.
fn placing(matrix: Affine) -> String {
    if matrix == Affine::IDENTITY {
        return String::new();
    }
    let [scale, .., x, y] = matrix.as_coeffs();
    format!(" transform=\"matrix({scale} 0 0 {scale} {x} {y})\"")
}

/// The name of an element as it is written, with its prefix; that of a processing instruction with its mark.
fn name_of<'a>(node: Node<'_, 'a>) -> &'a str {
    &node.document().input_text()[span_of(node)]
}

fn span_of(node: Node<'_, '_>) -> Range<usize> {
    let Range { start, end } = node.range();
    let tag = &node.document().input_text()[start + 1..end];
    let length = tag.find(|it: char| it.is_whitespace() || matches!(it, '/' | '>'));
    start + 1..start + 1 + length.unwrap_or(tag.len())
}

fn is_svg(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_none_or(|it| it == NAMESPACE)
}

/// As much of a text as fits a message.
fn short(text: &str) -> String {
    let text = text.trim();
    let shown: String = text.chars().take(40).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    shown + more
}

/// The tree of a file, if that is one that can be looked through.
fn parse(text: &str, limit: usize) -> Result<Document<'_>, Refused> {
    if text.len() > limit {
        let message = format!("the drawing has {} bytes, and {limit} are allowed", text.len());
        return Err(refused(0..0, message, "leave out what nobody sees, such as decimals"));
    }
    // The parser compares each of them with all others.
    let attributes = text.split('<').map(|it| it.matches('=').count()).max();
    if attributes.max(Some(text.matches("xmlns").count())) > Some(ATTRIBUTE_LIMIT) {
        let message =
            format!("an element has more than {ATTRIBUTE_LIMIT} attributes or namespaces");
        return Err(refused(0..0, message, "save it again as a plain SVG"));
    }
    Document::parse(text).map_err(|error| malformed(text, &error))
}

/// What is no XML at all, as far as the parser came.
fn malformed(text: &str, error: &Error) -> Refused {
    let at = error.pos();
    let span = match (error, text.find("<!DOCTYPE")) {
        (Error::DtdDetected, Some(start)) => start..start + 1,
        _ => span_at(text, at.row as usize, at.col as usize),
    };
    let (message, help) = match error {
        Error::UnknownEntityReference(name, _) => {
            (format!("`&{name};` is known in HTML alone"), "write the character itself")
        }
        Error::MalformedEntityReference(_) if !text[span.end..].starts_with('#') => {
            let message = "`&` begins an entity, and none follows";
            let mut refused = refused(span, message, "write `&amp;`");
            refused.replacement = Some("&amp;");
            return refused;
        }
        Error::UnexpectedCloseTag(_, name, _) => (
            format!("`{name}` is closed but not open"),
            "close each element before the one around it",
        ),
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => (
            "an element or its tag is never closed".to_owned(),
            "close it, as in <g>…</g> or <path d=\"…\"/>",
        ),
        Error::DtdDetected => {
            ("`!DOCTYPE` is not accepted in a drawing".to_owned(), "take it away")
        }
        error => (
            format!("this is no valid XML: {error}"),
            "save it again as a plain SVG, or mend it here",
        ),
    };
    refused(span, message, help)
}
