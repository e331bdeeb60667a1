//! YAML files as trees in which everything knows its place, and the reading of types from them.
//!
//! 1. [`parse`] turns a text into a tree of [`Node`]s, each with the bytes it stands on; [`plain`] is its short way.
//! 2. [`read::read`] reads a type from the tree. What does not fit is reported, cut out, and the
//!    rest read again, so that one run names every fault of a file, not the first alone.
//!
//! This is the only module that knows the YAML crate.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::from_str_with_options;
use serde_yaml::options::{DuplicateKeyPolicy, MergeKeyPolicy};

mod plain;
mod prune;
mod read;
mod spanned;
mod tabs;

pub(super) use read::{FaultKind, OmittedKey, read};
pub(super) use spanned::{LocalizedStrings, Spanned};
pub(super) use tabs::{parse_tabs, tab};

/// Collections may stand in one another this deep; the formats need six.
const DEPTH: usize = 24;
/// Nodes of one file, aliases resolved; a labels file has about 300.
const NODES: usize = 20_000;

/// A value and the bytes it stands on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// The value.
    pub(super) value: Value,
    /// Its bytes; for a map or list the place it begins at.
    pub(super) span: Range<usize>,
}

/// What YAML can say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key of a map and the bytes it stands on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    /// Its text.
    pub(super) name: String,
    /// Its bytes.
    pub(super) span: Range<usize>,
}

/// Why a text is no YAML.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// Line from 1.
    pub(super) line: usize,
    /// Character in the line from 1.
    pub(super) column: usize,
    /// The parser's words.
    pub(super) message: String,
}

/// Reads a text into a tree.
pub(super) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let meaning = |word: &str| Some(parse_all(word).ok()?.value);
    let Some(node) = plain::parse(text, meaning) else {
        return parse_all(text);
    };
    if cfg!(debug_assertions) {
        // Compared as they print themselves, since no number is equal to one that is none.
        let (all, node) = (format!("{:?}", parse_all(text)), format!("{node:?}"));
        assert_eq!(all, format!("Ok({node})"), "both ways to read\n{text}");
    }
    Ok(node)
}

/// Reads any text there may be, with all that YAML has.
fn parse_all(text: &str) -> Result<Node, SyntaxError> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: DEPTH,
            flow_nesting_limit: DEPTH,
            max_nodes: NODES,
            max_events: 3 * NODES,
            max_documents: 1,
        },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: NODES },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
    };
    let tree: serde_yaml::Spanned<Tree> =
        from_str_with_options(text, options).map_err(|error| {
            let (line, column) = error
                .location()
                .map_or((1, 1), |it| (number(it.line()), number(it.column())));
            let message = error.without_snippet().to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            SyntaxError {
                line,
                column,
                message: message.replace('\n', " "),
            }
        })?;
    Ok(node(tree))
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

fn number(value: u64) -> usize {
    usize::try_from(value).unwrap_or(1).max(1)
}

/// The shape in which the YAML crate hands the tree over.
enum Tree {
    Scalar(Value),
    List(Vec<serde_yaml::Spanned<Tree>>),
    Map(Vec<(serde_yaml::Spanned<Tree>, serde_yaml::Spanned<Tree>)>),
}

fn node(tree: serde_yaml::Spanned<Tree>) -> Node {
    let span = tree.referenced.span();
    let start = span
        .byte_offset()
        .map_or(0, |it| usize::try_from(it).unwrap_or(0));
    let length = span
        .byte_len()
        .map_or(0, |it| usize::try_from(it).unwrap_or(0));
    let value = match tree.value {
        Tree::Scalar(value) => value,
        Tree::List(items) => Value::List(items.into_iter().map(node).collect()),
        Tree::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (self::key(node(key)), node(value)))
                .collect(),
        ),
    };
    Node {
        value,
        span: start..start + length,
    }
}

/// A key as text: numbers and the like are kept as they would be written.
fn key(node: Node) -> Key {
    let name = match node.value {
        Value::Text(text) => text,
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(_) | Value::Map(_) => "?".to_owned(),
    };
    Key {
        name,
        span: node.span,
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(i64::try_from(value).map_or_else(
            |_| Value::Text(value.to_string()),
            Value::Integer,
        )))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Text(value.to_string())))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Text(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Text(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Text(value)))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Tree, E> {
        let text = String::from_utf8_lossy(value).into_owned();
        Ok(Tree::Scalar(Value::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Map(entries))
    }
}

impl Node {
    /// The value of a key, if this is a map that has it.
    pub(super) fn value_of(&self, key: &str) -> Option<&Node> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        let found = entries.iter().find(|(name, _)| name.name == key);
        found.map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "이름: {ko: 한국 어 , en: \"a b\"}\nlist:\n  - 12\n";
        let root = parse(text).expect("valid");
        let Value::Map(entries) = root.value else {
            panic!("a map");
        };
        let Value::Map(names) = &entries[0].1.value else {
            panic!("a map");
        };
        let slice = |span: &Range<usize>| &text[span.clone()];
        assert_eq!(slice(&entries[0].0.span), "이름");
        assert_eq!(slice(&names[0].1.span), "한국 어");
        assert_eq!(slice(&names[1].1.span), "\"a b\"");
    }

    #[test]
    fn both_ways_come_to_the_same_tree() {
        // A debug build compares them in `parse`.
        for text in [
            "a: [1, 1.5, 0x1F, 0o17, 1_000, -3, +7, 1e3, .5, .inf, -.inf, .nan, 18446744073709551616]",
            "a: [~, null, Null, true, True, FALSE, yes, No, on, off, y, n, nan, inf, Infinity, '']",
            "a:\nb: ''\nc: \"1\"\nd: '~'\ne: # nothing\n",
            "1: a\ntrue: b\n0x1F: c\n~: d\n: e\n",
            "a: [---, ..., -, <<]\nb: ---\n",
            "a: 2018-06-17\nb: 14:30\nc: /old/path/\nd: 1\n  2\ne: 1\n\n  2\n",
            "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: plain\n  goes on\n",
            "a: &x {b: 1}\nc: *x\n<<: *x\n",
            "a: !!str 1\nb: !own c\n",
            "%YAML 1.2\n---\na: 1\n",
            "---\na: 1\n...\n",
            "- a: [{b: [[c]]}]\n-\n- - x\n",
            "? [a, b]\n: c\n? d\n",
            "한글: 가 나\n键: １２\n",
            "just text",
            "12",
            "",
            "a: 1\na: 2\n",
            "{a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: 1}}}}}}}}}}}}}",
        ] {
            let _ = parse(text);
        }
        assert!(plain::parse("a: {b: [1, 가]}\n", |_| Some(Value::Null)).is_some());
    }

    #[test]
    fn a_syntax_error_has_a_line_and_a_column() {
        let error = parse("name: 가나\nb: c: d\n").expect_err("no YAML");
        assert_eq!((error.line, error.column), (2, 5));
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let before = level - 1;
            let aliases = vec![format!("*a{before}"); 10].join(", ");
            bomb.extend([
                "a",
                &level.to_string(),
                ": &a",
                &level.to_string(),
                " [",
                &aliases,
                "]\n",
            ]);
        }
        assert!(parse(&bomb).is_err());
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parse(&format!("{}{}", "[".repeat(200), "]".repeat(200))).is_err());
        assert!(parse(&"- ".repeat(5_000)).is_err());
    }
}
