//! The tree straight from the parser's events, without a detour by way of serde: most of the time that reading YAML
//! took went there.
//!
//! It is for files as they mostly are. Where anything else stands in one (an anchor, an alias, a tag, a directive,
//! a second document, a fault), or where it comes near a limit, the YAML crate itself reads the file and says what
//! is wrong. It also tells what a word means that may be more than text, so that both ways come to the same tree,
//! which every debug build makes sure of.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle};

use super::{Key, Node, Value};

/// Collections that stand in one another so deep are left to the YAML crate, which has a limit; the formats need six.
const DEPTH: usize = 12;

/// Nodes of a file, likewise; a labels file has about 300.
const NODES: usize = 5_000;

/// Words that begin like text and may be more.
const SPECIAL: [&str; 12] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
];

/// The tree of a text; `None` where that is for the YAML crate to say.
pub(super) fn parse(text: &str, meaning: impl Fn(&str) -> Option<Value>) -> Option<Node> {
    if text.starts_with('%') || text.contains("\n%") {
        return None;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let node = match event {
            Event::Scalar(text, style, 0, None) => {
                let value = if style != ScalarStyle::Plain || is_text(&text) {
                    Value::Text(text.into_owned())
                } else if is_word(&text) {
                    meaning(&text)?
                } else {
                    return None;
                };
                Node {
                    value,
                    span: span.byte_range()?,
                }
            }
            Event::SequenceStart(_, 0, None) | Event::MappingStart(_, 0, None) => {
                let is_map = matches!(event, Event::MappingStart(..));
                open.push(Open::new(is_map, span.byte_range()?));
                if open.len() > DEPTH {
                    return None;
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop()?.close()?,
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => continue,
            Event::DocumentStart(..) if root.is_none() => continue,
            _ => return None,
        };
        nodes += 1;
        if nodes > NODES {
            return None;
        }
        match open.last_mut() {
            Some(outer) => outer.add(node)?,
            None => root = Some(node),
        }
    }
    root
}

/// Whether a plain scalar cannot be but text: numbers, and words for something else, are one word in ASCII.
fn is_text(scalar: &str) -> bool {
    let begins_with_letter = scalar.starts_with(|it: char| it.is_ascii_alphabetic());
    !scalar.is_ascii()
        || scalar.contains(char::is_whitespace)
        || (begins_with_letter && !SPECIAL.iter().any(|it| it.eq_ignore_ascii_case(scalar)))
}

/// Whether a plain scalar means the same on its own: dots and dashes alone would end and begin a document.
fn is_word(scalar: &str) -> bool {
    matches!(scalar, "" | "~") || scalar.contains(|it: char| it.is_ascii_alphanumeric())
}

/// A collection whose end has not come yet.
struct Open {
    span: Range<usize>,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    /// What is complete, and a key that waits for its value.
    Map(Vec<(Key, Node)>, Option<Key>),
}

impl Open {
    fn new(is_map: bool, span: Range<usize>) -> Self {
        let items = if is_map {
            Items::Map(Vec::new(), None)
        } else {
            Items::List(Vec::new())
        };
        Self { span, items }
    }

    fn add(&mut self, node: Node) -> Option<()> {
        match &mut self.items {
            Items::List(items) => items.push(node),
            Items::Map(entries, waiting) => match waiting.take() {
                Some(key) => entries.push((key, node)),
                // A key that is a collection is a mistake, or a riddle.
                None if matches!(node.value, Value::List(_) | Value::Map(_)) => return None,
                None => *waiting = Some(super::key(node)),
            },
        }
        Some(())
    }

    fn close(self) -> Option<Node> {
        let value = match self.items {
            Items::List(items) => Value::List(items),
            Items::Map(entries, None) => Value::Map(entries),
            Items::Map(_, Some(_)) => return None,
        };
        Some(Node {
            value,
            span: self.span,
        })
    }
}
