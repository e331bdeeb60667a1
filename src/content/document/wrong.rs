//! What is said of values that are not of their type, and of words that are not known.

use std::ops::Range;

use crate::content::shape::Shape;
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Diagnostic;

pub(super) fn wrong_type(file: &str, node: &Node, shape: &Shape) -> Diagnostic {
    let expected = shape.expected();
    let found = match (&node.value, shape) {
        (Value::Integer(value), Shape::Integer(_)) => format!("integer `{value}`"),
        (Value::Null, _) => "nothing".to_owned(),
        (Value::Bool(_), _) => "true or false".to_owned(),
        (Value::Integer(_) | Value::Float(_), _) => "a number".to_owned(),
        (Value::Text(text), _) if is_short(text) => format!("text `{text}`"),
        (Value::Text(_), _) => "text".to_owned(),
        (Value::List(_), _) => "a list".to_owned(),
        (Value::Map(_) | Value::Faulty, _) => "keys and values".to_owned(),
    };
    let message = format!("expected {expected}, found {found}");
    let problem = Diagnostic::error("wrong-type", file, node.span.clone(), message);
    let problem = match &node.value {
        Value::Text(text) => problem.name_odd(text),
        _ => problem,
    };
    match (shape, &node.value) {
        _ if problem.help.is_some() => problem,
        (Shape::List(inner), _) if let Shape::Struct(fields) = &**inner => {
            let required = fields.iter().filter(|(_, it)| it.is_required);
            let keys: Vec<String> = required.map(|(key, _)| format!("{key}: …")).collect();
            problem.help(format!("write each on a line of its own: `- {{{}}}`", keys.join(", ")))
        }
        (Shape::List(_), Value::Text(text)) if is_short(text) => {
            problem.help(format!("write it in brackets: `[{text}]`"))
        }
        (Shape::Struct(_) | Shape::Map { .. }, Value::Text(_)) => problem
            .help("write `key: …` on lines of their own, each with the same blanks before it"),
        (Shape::Text { .. }, _) => problem.help("put it in quotes to make it text"),
        (Shape::Bool, _) => problem.help("write `true` or `false`"),
        (Shape::Integer(_) | Shape::Number, value) => problem.help(digits(value)),
        (Shape::Localized, Value::Integer(_) | Value::Float(_) | Value::Bool(_)) => {
            problem.help("put it in quotes to make it text")
        }
        _ => problem,
    }
}

/// Whether a text can be repeated in a message.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && !text.contains(['`', '\n'])
}

/// How to write the number that was meant, where that is clear: `300,000,000`, `3억`.
fn digits(found: &Value) -> String {
    let number = match found {
        Value::Text(text) if is_short(text) => {
            let text = text.replace([',', '_', ' '], "");
            let text = text.trim_start_matches('0');
            let units = [("조", 12), ("억", 8), ("만", 4), ("천", 3)];
            let (text, zeros) = units
                .iter()
                .find_map(|(unit, zeros)| Some((text.strip_suffix(unit)?, *zeros)))
                .unwrap_or((text, 0));
            let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
            (is_number && text.len() <= 12).then(|| format!("{text}{}", "0".repeat(zeros)))
        }
        _ => None,
    };
    match number {
        Some(number) => format!("write {number}: digits only"),
        None => "write digits only, without quotes, commas or a unit".to_owned(),
    }
}

pub(super) fn unknown_word(
    file: &str,
    span: &Range<usize>,
    word: &str,
    known: &[String],
) -> Diagnostic {
    let message = format!("`{word}` is none of the words known here");
    let words = || known.iter().map(String::as_str);
    let problem =
        Diagnostic::error("unknown-word", file, span.clone(), message).suggest(word, words());
    let all = format!("known: {}", known.join(", "));
    let meant = synonym(word).filter(|it| words().any(|word| word == *it));
    // Among few words that mean different things, only one that differs by a slip is meant.
    let near = |it: &&str| strsim::damerau_levenshtein(word, it) <= (word.len() / 4).max(1);
    match meant.or_else(|| words().find(near)) {
        Some(near) => problem.help(format!("did you mean `{near}`? {all}")),
        None => problem.help(all),
    }
    .name_odd(word)
}

/// What content calls something that an editor may well call otherwise, or that was once called otherwise.
pub(super) fn synonym(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "person" | "persons" | "user" | "users" | "명" | "사람" => "people",
        "dollar" | "dollars" | "$" | "us$" | "달러" => "usd",
        "won" | "₩" | "원" => "krw",
        "%" | "percentage" | "퍼센트" => "percent",
        "년" => "years",
        "개월" => "months",
        "slip" => "aside",
        "time_zone" | "tz" => "timezone",
        "duration" | "length" => "minutes",
        "hall" => "room",
        "status" => "state",
        "canceled" => "cancelled",
        _ => return None,
    })
}
