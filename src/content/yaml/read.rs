//! Reading types from a tree, naming everything that does not fit.

use std::fmt;
use std::ops::Range;

use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::prune::{absent, cut, cut_duplicates, insert_empty};
use super::spanned::AT;
use super::{Key, Node, Value};

/// How often one file is read again before it is given up.
const ATTEMPTS: usize = 200;

/// Something in a file that its type has no place for.
#[derive(Debug)]
pub(in crate::content) struct Fault {
    /// What is wrong.
    pub(in crate::content) kind: FaultKind,
    /// Where.
    pub(in crate::content) span: Range<usize>,
    /// What is left out because of it, so that nobody reports its lack.
    pub(in crate::content) cut: Option<OmittedKey>,
}

/// A key whose value did not fit, and so is not there for those who look for it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct OmittedKey {
    /// The place of the map that the key stands in; 0..0 for the file as a whole.
    pub(in crate::content) parent: Range<usize>,
    /// The key.
    pub(in crate::content) key: String,
}

/// The ways in which a value can fail its type.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) enum FaultKind {
    /// A key that the type lacks, and those it has.
    UnknownKey(String, Vec<String>),
    /// A key written twice.
    DuplicateKey(String),
    /// A key that must be there.
    MissingKey(String),
    /// A word that is none of those allowed.
    UnknownWord(String, Vec<String>),
    /// A value of another type: what was expected, what was found.
    WrongType(String, String),
    /// Anything else.
    Other(String),
}

/// Reads a type, and names everything in the tree that does not fit it.
pub(in crate::content) fn read<T: DeserializeOwned>(mut root: Node) -> (Option<T>, Vec<Fault>) {
    let mut faults = Vec::new();
    cut_duplicates(&mut root, &mut faults);
    for _ in 0..ATTEMPTS {
        let error = match T::deserialize(&root) {
            Ok(value) => return (Some(value), faults),
            Err(error) => error,
        };
        let mut path = error.path;
        path.reverse();
        let kind = match error.kind {
            FaultKind::UnknownKey(key, known) => {
                FaultKind::UnknownKey(key, absent(&mut root, &path, known))
            }
            kind => kind,
        };
        let span = error.span.unwrap_or_else(|| root.span.clone());
        let (mended, cut) = match &kind {
            FaultKind::MissingKey(name) => (insert_empty(&mut root, &path, name), None),
            _ => cut(&mut root, &path),
        };
        faults.push(Fault { kind, span, cut });
        if !mended {
            break;
        }
    }
    (None, faults)
}

/// A fault on its way up, gathering the steps that lead to it, innermost first.
#[derive(Debug)]
pub(in crate::content) struct Error {
    kind: FaultKind,
    span: Option<Range<usize>>,
    path: Vec<usize>,
}

impl Error {
    fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            span: None,
            path: Vec::new(),
        }
    }

    fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    fn within(mut self, step: usize) -> Self {
        self.path.push(step);
        self
    }
}

fn owned(words: &'static [&'static str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.kind)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(FaultKind::Other(message.to_string()))
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(FaultKind::WrongType(expected.to_string(), String::new()))
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(FaultKind::WrongType(
            expected.to_string(),
            unexpected.to_string(),
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownKey(field.to_owned(), owned(expected)))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownWord(variant.to_owned(), owned(expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::MissingKey(field.to_owned()))
    }
}

impl Node {
    /// What the value is, in the words of an editor.
    fn describe(&self) -> String {
        let what = match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Text(text) if is_short(text) => return format!("text `{text}`"),
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys and values",
        };
        what.to_owned()
    }

    fn explain(&self, mut error: Error) -> Error {
        if let FaultKind::WrongType(_, found) = &mut error.kind
            && error.span.is_none()
            && found.is_empty()
        {
            *found = self.describe();
        }
        error.at(&self.span)
    }
}

impl<'de> Deserializer<'de> for &Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_str(value),
            Value::List(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Map(entries) => visitor.visit_map(Entries { entries, next: 0 }),
        };
        result.map_err(|error| self.explain(error))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == AT {
            visitor.visit_seq(Place {
                span: &self.span,
                node: self,
                next: 0,
            })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match &self.value {
            Value::Text(word) => {
                let word: StrDeserializer<'_, Error> = word.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            _ => Err(Error::new(FaultKind::WrongType(
                "a word".to_owned(),
                String::new(),
            ))),
        };
        result.map_err(|error| self.explain(error))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Whether a text can be repeated in a message.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && !text.contains(['`', '\n'])
}

struct Items<'a> {
    items: &'a [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(item) = self.items.get(self.next) else {
            return Ok(None);
        };
        let step = self.next;
        self.next += 1;
        seed.deserialize(item)
            .map(Some)
            .map_err(|error| error.at(&item.span).within(step))
    }
}

struct Entries<'a> {
    entries: &'a [(Key, Node)],
    next: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some((key, _)) = self.entries.get(self.next) else {
            return Ok(None);
        };
        let name = Node {
            value: Value::Text(key.name.clone()),
            span: key.span.clone(),
        };
        seed.deserialize(&name)
            .map(Some)
            .map_err(|error| error.at(&key.span).within(self.next))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let step = self.next;
        let value = &self.entries[step].1;
        self.next += 1;
        seed.deserialize(value)
            .map_err(|error| error.at(&value.span).within(step))
    }
}

/// Start, end and value, in this order, for `Spanned`.
struct Place<'a> {
    span: &'a Range<usize>,
    node: &'a Node,
    next: u8,
}

impl<'de> SeqAccess<'de> for Place<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.next += 1;
        let offset = |value: usize| U64Deserializer::<Error>::new(value as u64);
        match self.next {
            1 => seed.deserialize(offset(self.span.start)).map(Some),
            2 => seed.deserialize(offset(self.span.end)).map(Some),
            _ => seed.deserialize(self.node).map(Some),
        }
    }
}
