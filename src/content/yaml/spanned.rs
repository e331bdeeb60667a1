//! Values that know their place in the file.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The name by which [`Spanned`] asks for a place.
pub(super) const AT: &str = "$showcase::Spanned";

/// A value and the bytes it stands on.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct Spanned<T> {
    /// The value.
    pub(in crate::content) value: T,
    /// Its bytes.
    pub(in crate::content) span: Range<usize>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AT, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Spanned<T>, A::Error> {
        let (start, end, value) = Deserialize::deserialize(SeqAccessDeserializer::new(access))?;
        Ok(Spanned {
            value,
            span: start..end,
        })
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

/// A text in several languages as it is written: `{ko: …, en: …}`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct LocalizedStrings(
    pub(in crate::content) Vec<(Spanned<String>, Spanned<String>)>,
);

impl<'de> Deserialize<'de> for LocalizedStrings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LocalizedStringsVisitor)
    }
}

struct LocalizedStringsVisitor;

impl<'de> Visitor<'de> for LocalizedStringsVisitor {
    type Value = LocalizedStrings;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text in every language, such as {ko: …, en: …}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<LocalizedStrings, A::Error> {
        let mut texts = Vec::new();
        while let Some((code, text)) =
            access.next_entry::<Spanned<String>, Option<Spanned<String>>>()?
        {
            let span = code.span.clone();
            let empty = || Spanned {
                value: String::new(),
                span,
            };
            texts.push((code, text.unwrap_or_else(empty)));
        }
        Ok(LocalizedStrings(texts))
    }
}

impl JsonSchema for LocalizedStrings {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A text in every language, keyed by the language's code.",
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
            "additionalProperties": {"type": "string", "minLength": 1},
            "examples": [{"ko": "서울", "en": "Seoul"}]
        })
    }
}
