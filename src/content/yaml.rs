//! YAML files as trees in which everything knows its place.
//!
//! 1. [`parse`] builds a tree of [`Node`]s from the events of the YAML crate's parser.
//! 2. Where that fails, [`recover`] reads on without the broken lines.
//! 3. [`NodeRef`] finds the place of a value by its keys.
//!
//! This is the only module that knows the YAML crate.

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::source::is_unfit;
use crate::language::join_lines;

/// Collections may stand in one another this deep; the formats need six.
const DEPTH: usize = 24;
/// Bytes of one text, of which some stand on every page.
const LONGEST: usize = 10_000;
/// Nodes of one file, aliases resolved; a labels file has about 300.
const NODES: usize = 20_000;
/// What is wrong where nothing that follows is part of the file's one document.
const SECOND_DOCUMENT: &str = "a second document begins here";

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    /// Its bytes; for a block map or list the place it begins at.
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Map(Vec<(Key, Node)>),
    /// A value that was reported as wrong, so that nothing else is said of it.
    Faulty,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

/// A value and the bytes it stands on.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// Why a text is no YAML.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

pub(super) fn parse(source: &str) -> Result<Node, SyntaxError> {
    let mut tree = Tree::default();
    for event in Parser::new_from_str(source) {
        let (mut event, span) = event.map_err(|error| syntax_error(&error))?;
        let place = span.byte_range().unwrap_or_default();
        let error = |message: String, help| SyntaxError {
            line: span.start.line(),
            column: span.start.col() + 1,
            message,
            help,
        };
        if let Event::Scalar(_, ScalarStyle::Plain, _, Some(tag)) = &event
            && !is_text(tag)
            && !tag.is_yaml_core_schema()
        {
            return Err(hidden(source, place.start, "!"));
        }
        if let Event::Scalar(text, style, ..) = &mut event {
            let is_broken = || source.get(place.clone()).is_some_and(|it| it.contains('\n'));
            if *style != ScalarStyle::Literal && text.contains(' ') && is_broken() {
                *text = join_lines(text).into();
            }
            if text.contains(is_unfit) {
                let message = "a text holds a character that cannot be shown".to_owned();
                return Err(error(message, "take the `\\` and what stands behind it out"));
            }
            if text.len() > LONGEST {
                let message = format!("a text is longer than {LONGEST} bytes");
                return Err(error(message, "write what is long in Markdown"));
            }
        }
        tree.take(event, place).map_err(|message| {
            error(
                message.to_owned(),
                "write the values out: content needs no aliases and no deep nesting, and one document a file",
            )
        })?;
    }
    if let Some(start) = tree.unused.values().min() {
        return Err(hidden(source, *start, "&"));
    }
    Ok(tree.root.unwrap_or(Node { value: Value::Null, span: 0..0 }))
}

/// A text of which YAML takes the first word for a name, before the byte where it begins for YAML.
fn hidden(source: &str, start: usize, mark: &str) -> SyntaxError {
    let before = &source[..start];
    let before = &before[..before.rfind(mark).unwrap_or_default()];
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    SyntaxError {
        line: before.matches('\n').count() + 1,
        column: before[line..].chars().count() + 1,
        message: format!("of a text that begins with `{mark}` the first word is lost, as a name"),
        help: "put the whole text in quotes",
    }
}

fn syntax_error(error: &ScanError) -> SyntaxError {
    let message = error.info().replace('\n', " ");
    let help = if message.contains("mapping values are not allowed") {
        "put the text in quotes if it contains a colon, and check the indentation"
    } else {
        "check indentation, quotes and brackets on this line and the one before"
    };
    SyntaxError {
        line: error.marker().line().max(1),
        column: error.marker().col() + 1,
        message,
        help,
    }
}

/// A tree that grows event by event.
#[derive(Default)]
struct Tree {
    root: Option<Node>,
    /// The collections whose end has not come yet, the innermost last, each with its anchor (0 for none).
    open: Vec<(Node, usize)>,
    /// For each open map, the key that waits for its value.
    keys: Vec<Option<Key>>,
    anchors: HashMap<usize, Node>,
    /// Where the texts begin that have an anchor which no alias names.
    unused: HashMap<usize, usize>,
    documents: usize,
    nodes: usize,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), &'static str> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(SECOND_DOCUMENT);
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && !tag.is_some_and(|it| is_text(&it));
                let value = if is_plain { scalar(&text) } else { Value::Text(text.into_owned()) };
                if is_plain && anchor != 0 {
                    self.unused.insert(anchor, span.start);
                }
                self.add(Node { value, span }, anchor)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                let value = Value::List(Vec::new());
                self.open(Node { value, span }, anchor)?;
            }
            Event::MappingStart(_, anchor, _) => {
                let value = Value::Map(Vec::new());
                self.open(Node { value, span }, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.keys.pop();
                if let Some((node, anchor)) = self.open.pop() {
                    self.add(node, anchor)?;
                }
            }
            Event::Alias(anchor) => {
                self.unused.remove(&anchor);
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err("this alias stands in what it names");
                };
                let (nodes, depth) = measure(node);
                self.nodes += nodes;
                if depth + self.open.len() > DEPTH {
                    return Err("collections stand in one another deeper than the limit");
                }
                let value = node.value.clone();
                self.add(Node { value, span }, 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, node: Node, anchor: usize) -> Result<(), &'static str> {
        if self.open.len() >= DEPTH {
            return Err("collections stand in one another deeper than the limit");
        }
        self.open.push((node, anchor));
        self.keys.push(None);
        Ok(())
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), &'static str> {
        self.nodes += 1;
        if self.nodes > NODES {
            return Err("the file holds more values than the limit");
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let (Some((outer, _)), Some(waiting)) = (self.open.last_mut(), self.keys.last_mut()) else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut outer.value {
            Value::Map(entries) => match waiting.take() {
                Some(key) => entries.push((key, node)),
                None => *waiting = Some(key(node)),
            },
            Value::List(items) => items.push(node),
            _ => {}
        }
        Ok(())
    }
}

/// Whether a tag says that the scalar is a text, whatever it looks like.
fn is_text(tag: &Tag) -> bool {
    tag.is_yaml_core_schema_tag("str") || tag.parts() == ("", "!")
}

/// How many nodes there are, and how deep they stand in one another.
fn measure(node: &Node) -> (usize, usize) {
    let inner: Vec<&Node> = match &node.value {
        Value::List(items) => items.iter().collect(),
        Value::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        _ => return (1, 0),
    };
    inner.into_iter().map(measure).fold((1, 1), |all, one| (all.0 + one.0, all.1.max(one.1 + 1)))
}

/// What a plain scalar means (YAML 1.2.2, section 10.3.2).
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

/// A finite decimal number. Underscores may part its digits; with a leading zero it is a text, such as a postcode.
fn number(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_padded = unsigned.len() > 1
        && unsigned.starts_with('0')
        && unsigned.bytes().all(|it| it.is_ascii_digit());
    if is_padded || !unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return None;
    }
    let digits = text.replace('_', "");
    if let Ok(value) = digits.parse() {
        return Some(Value::Integer(value));
    }
    let value = digits.parse().ok().filter(|it: &f64| it.is_finite());
    value.map(Value::Float)
}

/// A key as text: numbers and the like are kept as they would be written.
fn key(node: Node) -> Key {
    let name = match node.value {
        Value::Text(text) => text,
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(_) | Value::Map(_) | Value::Faulty => "?".to_owned(),
    };
    Key { name, span: node.span }
}

/// Reads on after a syntax error with its line left out, so that the rest of a file can be checked:
/// the tree, and the errors that followed. Nothing where an error reaches beyond its line, since
/// what then follows would not be what was meant.
pub(super) fn recover(text: &str, first: &SyntaxError) -> Option<(Node, Vec<SyntaxError>)> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut errors: Vec<SyntaxError> = Vec::new();
    let mut wrong = first.line;
    while errors.len() < 8 {
        let line = lines.get_mut(wrong - 1)?;
        // As many bytes as before, so that every place stays what it is.
        let blank = " ".repeat(line.trim_end_matches('\n').len());
        *line = blank + if line.ends_with('\n') { "\n" } else { "" };
        if errors.last().unwrap_or(first).message == SECOND_DOCUMENT {
            lines.truncate(wrong);
        }
        match parse(&lines.concat()) {
            Ok(node) => return matches!(node.value, Value::Map(_)).then_some((node, errors)),
            Err(error) if error.line > wrong + 1 => {
                wrong = error.line;
                errors.push(error);
            }
            Err(_) => return None,
        }
    }
    None
}

/// Gives everything in a tree another place.
pub(super) fn relocate(node: &mut Node, place: &impl Fn(&Range<usize>) -> Range<usize>) {
    node.span = place(&node.span);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| relocate(item, place)),
        Value::Map(entries) => {
            for (Key { span, .. }, value) in entries {
                *span = place(span);
                relocate(value, place);
            }
        }
        _ => {}
    }
}

/// A value somewhere in a tree, if it is there: `tree.key("syllable").key("text").span()`. What is null
/// or was reported as wrong counts as not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeRef<'a>(Option<&'a Node>);

impl Node {
    pub(super) fn root(&self) -> NodeRef<'_> {
        NodeRef(Some(self))
    }

    pub(super) fn key(&self, name: &str) -> NodeRef<'_> {
        self.root().key(name)
    }

    /// Takes a key and its value out.
    pub(super) fn take(&mut self, name: &str) -> Option<(Key, Self)> {
        let Value::Map(entries) = &mut self.value else {
            return None;
        };
        let index = entries.iter().position(|(key, _)| key.name == name)?;
        Some(entries.remove(index))
    }
}

impl<'a> NodeRef<'a> {
    pub(super) fn key(self, name: &str) -> Self {
        let node = self.entry(name).map(|(_, value)| value);
        Self(node.filter(|it| !matches!(it.value, Value::Null | Value::Faulty)))
    }

    /// Whether the value of a key was reported as wrong.
    pub(super) fn is_faulty(self, name: &str) -> bool {
        self.entry(name).is_some_and(|(_, value)| value.value == Value::Faulty)
    }

    fn entry(self, name: &str) -> Option<&'a (Key, Node)> {
        self.entries().iter().find(|(key, _)| key.name == name)
    }

    pub(super) fn values(self) -> impl Iterator<Item = (&'a str, NodeRef<'a>)> {
        let entries = self.entries().iter();
        entries.map(move |(key, _)| (key.name.as_str(), self.key(&key.name)))
    }

    /// The texts of a localized value: of each language by its code, or the one for all, without a code.
    pub(super) fn texts(self) -> impl Iterator<Item = (&'a str, &'a str, &'a Range<usize>)> {
        let all = self.values().chain([("", self)]);
        all.filter_map(|(code, it)| Some((code, it.text()?, it.span()?)))
    }

    pub(super) fn keys(self) -> impl Iterator<Item = (&'a str, &'a Range<usize>)> {
        let entries = self.entries().iter();
        entries.map(|(key, _)| (key.name.as_str(), &key.span))
    }

    pub(super) fn entries(self) -> &'a [(Key, Node)] {
        match self.0.map(|it| &it.value) {
            Some(Value::Map(entries)) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(self) -> impl Iterator<Item = NodeRef<'a>> + Clone {
        let items = match self.0.map(|it| &it.value) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        let is_there = |it: &&Node| it.value != Value::Faulty;
        items.iter().map(move |it| NodeRef(Some(it).filter(is_there)))
    }

    pub(super) fn span(self) -> Option<&'a Range<usize>> {
        self.0.map(|it| &it.span)
    }

    pub(super) fn text(self) -> Option<&'a str> {
        match self.value() {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn value(self) -> Option<&'a Value> {
        self.0.map(|it| &it.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "이름: {ko: 한국 어 , en: \"a b\"}\nlist:\n  - 12\n";
        let root = parse(text).expect("valid");
        let slice = |node: NodeRef<'_>| &text[node.span().expect("there").clone()];
        assert_eq!(slice(root.key("이름").key("ko")), "한국 어");
        assert_eq!(slice(root.key("이름").key("en")), "\"a b\"");
        assert_eq!(slice(root.key("list").items().next().expect("an item")), "12");
        let Value::Map(entries) = &root.value else {
            panic!("a map");
        };
        assert_eq!(&text[entries[0].0.span.clone()], "이름");
    }

    #[test]
    fn scalars_mean_what_yaml_says() {
        let values = |text: &str| {
            let node = parse(text).expect("valid");
            let Value::List(items) = node.value else {
                panic!("a list");
            };
            items.into_iter().map(|it| it.value).collect::<Vec<_>>()
        };
        let words = |words: &[&str]| {
            let words = words.iter().map(|it| Value::Text((*it).to_owned()));
            words.collect::<Vec<_>>()
        };
        assert_eq!(values("[1, -3, +7, 1_000]"), [1, -3, 7, 1000].map(Value::Integer));
        assert_eq!(
            values("[1.5, .5, 1e3, 18446744073709551616]"),
            [1.5, 0.5, 1e3, 18_446_744_073_709_551_616.0].map(Value::Float)
        );
        assert_eq!(values("[~, null, ]"), [Value::Null, Value::Null]);
        assert_eq!(values("[true, False]"), [Value::Bool(true), Value::Bool(false)]);
        let texts = [
            "yes",
            "no",
            "on",
            "y",
            "nan",
            "inf",
            ".inf",
            ".nan",
            "1e999",
            "007",
            "2018-06-17",
            "14:30",
            "１２",
            "1 2",
        ];
        assert_eq!(values(&format!("[{}]", texts.join(", "))), words(&texts));
        assert_eq!(values("['', '~', \"1\", !!str 1, ! 2]"), words(&["", "~", "1", "1", "2"]));
    }

    #[test]
    fn aliases_are_what_they_name_where_they_stand() {
        let text = "a: &x {b: 1}\nc: *x\n<<: *x\n";
        let root = parse(text).expect("valid");
        assert_eq!(root.key("c").key("b").value(), Some(&Value::Integer(1)));
        assert_eq!(root.key("c").span(), Some(&(16..18)));
        assert!(root.key("<<").span().is_some());
        assert!(parse("a: &x [*x]\n").is_err());
        assert!(parse("a: *x\n").is_err());
    }

    #[test]
    fn a_file_holds_one_document() {
        assert!(parse("%YAML 1.2\n---\na: 1\n...\n").is_ok());
        let error = parse("a: 1\n---\nb: 2\n").expect_err("two documents");
        assert_eq!(error.line, 2);
    }

    #[test]
    fn a_syntax_error_has_a_line_and_a_column() {
        let error = parse("name: 가나\nb: c: d\n").expect_err("no YAML");
        assert_eq!((error.line, error.column), (2, 5));
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let lines = |aliases: usize| {
            let line = |level: usize| {
                let names = vec![format!("*a{}", level - 1); aliases].join(", ");
                format!("a{level}: &a{level} [{names}]\n")
            };
            (1..99).map(line).collect::<Vec<_>>().concat()
        };
        assert!(parse(&format!("a0: &a0 [x]\n{}", lines(10))).is_err());
        assert!(parse(&format!("a0: &a0 [x]\n{}", lines(1))).is_err());
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parse(&format!("{}{}", "[".repeat(200), "]".repeat(200))).is_err());
        assert!(parse(&"- ".repeat(5_000)).is_err());
    }
}
