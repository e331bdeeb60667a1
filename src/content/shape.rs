//! What the JSON Schema of a type says of its values, as far as reading them needs to know.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::Value as Json;

use crate::model::{ADDRESS, DAYS, ID, TIME, ZONE};

/// What the type of a year holds.
const YEARS: RangeInclusive<i64> = i16::MIN as i64..=i16::MAX as i64;

pub(super) enum Shape {
    Text {
        kind: TextKind,
        may_be_blank: bool,
    },
    /// A text: one for all languages, or one for each, such as `{ko: …, en: …}`.
    Localized,
    /// A plain text, or what else may stand in its place.
    TextOr(Box<Shape>),
    Bool,
    Integer(RangeInclusive<i64>),
    Number,
    Words(Vec<String>),
    List(Box<Shape>),
    Struct(BTreeMap<String, Field>),
    /// A text in the forms that numbers ask for, or plainly the one for all.
    Plural(BTreeMap<String, Field>),
    Map {
        /// The only keys there are; where this is empty, any will do.
        keys: Vec<String>,
        value: Box<Shape>,
    },
}

pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) is_required: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum TextKind {
    Plain,
    Id,
    Date,
    Days,
    Address,
    Time,
    Zone,
}

impl Shape {
    /// A text that says something.
    pub(super) const TEXT: Self = Self::Text { kind: TextKind::Plain, may_be_blank: false };

    /// The shape that a schema without references describes.
    pub(super) fn of(schema: &Json) -> Self {
        if let Some(all) = schema["anyOf"].as_array() {
            // An optional value, or null; otherwise a text, or something else.
            let mut all = all.iter().filter(|it| it["type"] != "null").map(Self::of);
            return match (all.next(), all.next()) {
                (_, Some(other)) => Self::TextOr(Box::new(other)),
                (one, None) => one.unwrap_or(Self::Bool),
            };
        }
        if let Some(words) = words(schema) {
            return Self::Words(words);
        }
        let kind = match &schema["type"] {
            Json::Array(kinds) => &kinds[0],
            kind => kind,
        };
        match kind.as_str() {
            Some("object") if schema["propertyNames"]["pattern"].is_string() => Self::Localized,
            Some("object") if schema["properties"].is_object() => {
                let fields = Self::fields(schema);
                if schema["type"].is_array() { Self::Plural(fields) } else { Self::Struct(fields) }
            }
            Some("object") => Self::Map {
                keys: words(&schema["propertyNames"]).unwrap_or_default(),
                value: Box::new(Self::of(&schema["additionalProperties"])),
            },
            Some("array") => Self::List(Box::new(Self::of(&schema["items"]))),
            Some("boolean") => Self::Bool,
            Some("integer") => Self::Integer(match schema["format"].as_str() {
                Some("uint8") => 0..=u8::MAX.into(),
                Some("uint16") => 0..=u16::MAX.into(),
                Some("uint32") => 0..=u32::MAX.into(),
                Some("int16") => YEARS,
                _ => i64::MIN..=i64::MAX,
            }),
            Some("number") => Self::Number,
            _ => {
                let kind = match (&schema["format"], &schema["pattern"]) {
                    (format, _) if format == "date" => TextKind::Date,
                    (_, pattern) if pattern == ID => TextKind::Id,
                    (_, pattern) if pattern == DAYS => TextKind::Days,
                    (_, pattern) if pattern == ADDRESS => TextKind::Address,
                    (_, pattern) if pattern == TIME => TextKind::Time,
                    (_, pattern) if pattern == ZONE => TextKind::Zone,
                    _ => TextKind::Plain,
                };
                Self::Text {
                    kind,
                    may_be_blank: kind == TextKind::Plain && schema["minLength"].is_null(),
                }
            }
        }
    }

    fn fields(schema: &Json) -> BTreeMap<String, Field> {
        let required = schema["required"].as_array();
        let is_required = |key: &str| required.is_some_and(|all| all.iter().any(|it| it == key));
        let properties = schema["properties"].as_object().into_iter().flatten();
        let fields = properties.map(|(key, schema)| {
            let field = Field { shape: Self::of(schema), is_required: is_required(key) };
            (key.clone(), field)
        });
        fields.collect()
    }

    /// What was expected, in the words of an editor.
    pub(super) fn expected(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::TextOr(_) => "text, or keys and values",
            Self::Localized => "text, or a text for each language",
            Self::Bool => "true or false",
            Self::Integer(range) if *range == YEARS => "a year",
            Self::Integer(range) if *range.start() == 0 => "a whole number from 0",
            Self::Integer(_) => "a whole number",
            Self::Number => "a number",
            Self::Words(_) => "a word",
            Self::List(_) => "a list",
            Self::Plural(_) => "text, or its forms for one and other numbers",
            Self::Struct(_) | Self::Map { .. } => "keys and values",
        }
    }

    /// JSON that the type can be read from, in place of what is wrong or lacks.
    pub(super) fn stand_in(&self) -> Json {
        match self {
            Self::Text { kind: TextKind::Date | TextKind::Days, .. } => Json::from("0001-01-01"),
            Self::Text { kind: TextKind::Time, .. } => Json::from("0001-01-01 00:00"),
            Self::Text { .. } | Self::TextOr(_) => Json::from(""),
            Self::Localized | Self::List(_) => Json::Array(Vec::new()),
            Self::Bool => Json::from(false),
            Self::Integer(_) | Self::Number => Json::from(0),
            Self::Words(words) => Json::from(words[0].as_str()),
            Self::Struct(fields) | Self::Plural(fields) => {
                let required = fields.iter().filter(|(_, field)| field.is_required);
                Json::Object(
                    required.map(|(key, field)| (key.clone(), field.shape.stand_in())).collect(),
                )
            }
            Self::Map { .. } => Json::Object(serde_json::Map::new()),
        }
    }
}

pub(super) fn words(schema: &Json) -> Option<Vec<String>> {
    let words = match (schema["enum"].as_array(), schema["oneOf"].as_array()) {
        (Some(words), _) => words.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        (_, Some(all)) => {
            all.iter().filter_map(|it| it["const"].as_str()).map(str::to_owned).collect()
        }
        _ => return None,
    };
    Some(words)
}
